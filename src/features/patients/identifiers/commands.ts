import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';

export type KnownAs = { patientId: string; value: string };

/** Keep how people are known in one other system. */
export async function keepKnownAs(tx: Tx, system: string, people: readonly KnownAs[]): Promise<void> {
  if (people.length === 0) return;
  await sql`
    insert into patient_identifiers (practice_id, system, value, patient_id)
    select ${tx.practiceId}, ${system}, k.value, k."patientId"
    from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) k ("patientId" uuid, value text)`.execute(
    tx.db,
  );
}
