import { sql } from 'kysely';
import { localDate } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import type { LookUpKind } from '../schema.ts';

type Said = { patientId: string; kind: LookUpKind; text: string; timeZone: string };

/** Why this account looks someone up: once a person and day, the first reason stays. */
export async function sayWhy(tx: Tx, { patientId, kind, text, timeZone }: Said): Promise<string> {
  const { accountId, staffId } = tx.actor;
  if (!accountId || !staffId)
    throw new Refusal('not-permitted', 'Only someone with an account looks people up.');
  const { rows: known } = await sql`
    select 1 from patients where patient_id = ${patientId}`.execute(tx.db);
  if (known.length === 0) throw notFound('person');
  const lookUpId = newId(tx.now.getTime());
  const onDate = localDate(tx.now.getTime(), timeZone);
  const { rows } = await sql<{ lookUpId: string }>`
    insert into look_ups (practice_id, look_up_id, account_id, staff_id, patient_id, on_date, at, kind, text)
    values (${tx.practiceId}, ${lookUpId}, ${accountId}, ${staffId}, ${patientId}, ${onDate}, ${tx.now},
      ${kind}, ${text})
    on conflict (practice_id, account_id, patient_id, on_date) do update set kind = look_ups.kind
    returning look_up_id`.execute(tx.db);
  tx.audit({
    action: 'patient.looked-up',
    subjectKind: 'patient',
    subjectIds: [patientId],
    reason: text,
    after: { kind },
  });
  tx.touch('look-ups');
  return rows[0]?.lookUpId ?? lookUpId;
}

/** @returns how many were not reviewed before */
export async function reviewLookUps(
  tx: Tx,
  { lookUpIds, note }: { lookUpIds: readonly string[]; note: string },
): Promise<number> {
  const { rows } = await sql<{ lookUpId: string; accountId: string }>`
    select look_up_id, account_id from look_ups
    where look_up_id = any (${[...lookUpIds]}::uuid[]) and reviewed_at is null
    order by look_up_id limit 200 for update`.execute(tx.db);
  if (rows.some((one) => one.accountId === tx.actor.accountId))
    throw new Refusal('not-permitted', 'Your own look-ups are reviewed by someone else.');
  const ids = rows.map((one) => one.lookUpId);
  if (ids.length === 0) return 0;
  await sql`
    update look_ups set reviewed_at = ${tx.now}, reviewed_by = ${tx.actor.staffId}, review_note = ${note}
    where look_up_id = any (${ids}::uuid[])`.execute(tx.db);
  for (let at = 0; at < ids.length; at += 8)
    tx.audit({
      action: 'look-ups.reviewed',
      subjectKind: 'look-up',
      subjectIds: ids.slice(at, at + 8),
      reason: note,
    });
  tx.touch('look-ups');
  return ids.length;
}
