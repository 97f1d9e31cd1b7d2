import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound } from '../../../platform/refusal.ts';
import { readSettings } from '../../calls/settings/queries.ts';
import { findRedFlags, spanishFlags } from '../../messages/danger/rules.ts';

export type Act = {
  patientId: string;
  visitId: string;
  act: 'cancelled-late' | 'moved-late' | 'wrote';
  text: string;
};

/** Whether what someone wrote has words of danger in it: the practice's own, and the usual ones in Spanish. */
export async function isUrgent(tx: Tx, text: string): Promise<boolean> {
  if (text === '') return false;
  const { redFlags } = await readSettings(tx.db);
  return findRedFlags(text, [...redFlags, ...spanishFlags]).length > 0;
}

/** What a patient did by themself and a human has to look at. */
export async function noteAct(tx: Tx, { patientId, visitId, act, text }: Act): Promise<void> {
  const actId = newId();
  const urgent = await isUrgent(tx, text);
  await sql`
    insert into online_acts (practice_id, act_id, patient_id, visit_id, act, text, urgent, at)
    values (${tx.practiceId}, ${actId}, ${patientId}, ${visitId}, ${act}, ${text}, ${urgent}, ${tx.now})`.execute(
    tx.db,
  );
  tx.audit({
    action: 'online.act-noted',
    subjectKind: 'online-act',
    subjectIds: [actId, patientId, visitId],
    after: { act, urgent },
  });
  tx.touch('online', actId, patientId);
}

/** Somebody at a desk has seen to it. */
export async function seeAct(tx: Tx, actId: string): Promise<void> {
  const { rows } = await sql<{ patientId: string }>`
    update online_acts set seen_at = coalesce(seen_at, ${tx.now}), seen_by = coalesce(seen_by, ${tx.actor.staffId})
    where act_id = ${actId} returning patient_id`.execute(tx.db);
  const [act] = rows;
  if (!act) throw notFound('message');
  tx.audit({ action: 'online.act-seen', subjectKind: 'online-act', subjectIds: [actId, act.patientId] });
  tx.touch('online', actId, act.patientId);
}
