import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound } from '../../../platform/refusal.ts';
import { lockPatient } from '../queries.ts';

/** Asked once; asked again changes nothing. */
export async function reviewAdult(tx: Tx, patientId: string): Promise<void> {
  const patient = await lockPatient(tx.db, patientId);
  if (!patient || patient.enteredInErrorAt) throw notFound('person');
  const { rows } = await sql`
    insert into adult_reviews (practice_id, review_id, patient_id, at, by_staff_id)
    select ${tx.practiceId}, ${newId()}, ${patientId}, ${tx.now}, ${tx.actor.staffId}
    where not exists (select from adult_reviews where patient_id = ${patientId})
    returning review_id`.execute(tx.db);
  if (rows.length === 0) return;
  tx.audit({ action: 'patient.adult-reviewed', subjectKind: 'patient', subjectIds: [patientId] });
  tx.touch('patients', patientId);
}

async function moveReviews(tx: Tx, fromId: string, toId: string, only?: readonly string[]) {
  const ids = only ? [...only] : null;
  const { rows } = await sql<{ reviewId: string }>`
    update adult_reviews set patient_id = ${toId}
    where patient_id = ${fromId} and (${ids}::uuid[] is null or review_id = any (${ids}::uuid[]))
    returning review_id`.execute(tx.db);
  return rows.map((row) => row.reviewId);
}

export const reviewHolder: PersonHolder = {
  name: 'adult-reviews',
  words: { one: 'review on coming of age', many: 'reviews on coming of age' },
  move: (tx, fromId, toId) => moveReviews(tx, fromId, toId),
  moveBack: (tx, ids, fromId, toId) => moveReviews(tx, fromId, toId, ids),
  preview: async (db, fromId) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from adult_reviews where patient_id = ${fromId}`.execute(db);
    return { count: rows[0]?.count ?? 0, remarks: [] };
  },
};
