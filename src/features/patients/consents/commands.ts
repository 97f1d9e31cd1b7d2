import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, stale } from '../../../platform/refusal.ts';
import { lockPatient } from '../queries.ts';
import { listAnswers } from './queries.ts';
import { holding } from './rules.ts';
import type { Answer, Way } from './schema.ts';

type Said = { answers: readonly Answer[]; how: Way; lastId: string | null };

/** Keep what a person said; answers that say what holds already are kept too: someone asked again. */
export async function recordConsents(tx: Tx, patientId: string, said: Said): Promise<void> {
  const patient = await lockPatient(tx.db, patientId);
  if (!patient || patient.enteredInErrorAt) throw notFound('person');
  const history = await listAnswers(tx.db, patientId);
  if ((history[0]?.consentId ?? null) !== said.lastId) throw stale('consent', holding(history));
  // Later than the answer before, whatever the clocks of several processes say: the latest holds.
  const after = history[0] ? Date.parse(history[0].at) + 1 : 0;
  const at = new Date(Math.max(tx.now.getTime(), after));
  const rows = said.answers.map((answer) => ({ ...answer, consentId: newId() }));
  await sql`
    insert into contact_consents (practice_id, consent_id, patient_id, channel, purpose, state, how, at, by_staff_id)
    select ${tx.practiceId}, r."consentId", ${patientId}, r.channel, r.purpose, r.state, ${said.how}, ${at},
      ${tx.actor.staffId}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r("consentId" uuid, channel text, purpose text, state text)`.execute(tx.db);
  const words = Object.fromEntries(said.answers.map((one) => [`${one.channel} ${one.purpose}`, one.state]));
  tx.audit({
    action: 'patient.consent-recorded',
    subjectKind: 'patient',
    subjectIds: [patientId],
    after: { ...words, how: said.how },
  });
  tx.touch('patients', patientId);
}

async function moveConsents(tx: Tx, fromId: string, toId: string, only?: readonly string[]) {
  const ids = only ? [...only] : null;
  const { rows } = await sql<{ consentId: string }>`
    update contact_consents set patient_id = ${toId}
    where patient_id = ${fromId} and (${ids}::uuid[] is null or consent_id = any (${ids}::uuid[]))
    returning consent_id`.execute(tx.db);
  return rows.map((row) => row.consentId);
}

/** Of two records the later answer holds, whichever of them it was given to. */
export const consentHolder: PersonHolder = {
  name: 'consents',
  words: { one: 'answer about contact', many: 'answers about contact' },
  move: (tx, fromId, toId) => moveConsents(tx, fromId, toId),
  moveBack: (tx, ids, fromId, toId) => moveConsents(tx, fromId, toId, ids),
  preview: async (db, fromId) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from contact_consents where patient_id = ${fromId}`.execute(db);
    return { count: rows[0]?.count ?? 0, remarks: [] };
  },
};
