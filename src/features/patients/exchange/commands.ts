import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { Refusal } from '../../../platform/refusal.ts';

/** Keep by which numbers other programs know a person. Refuses one that another person has. */
export async function keepIdentifiers(
  tx: Tx,
  patientId: string,
  identifiers: readonly { system: string; value: string }[],
): Promise<void> {
  if (identifiers.length === 0) return;
  await sql`
    insert into patient_identifiers (practice_id, system, value, patient_id)
    select ${tx.practiceId}, k.system, k.value, ${patientId}
    from jsonb_to_recordset(${JSON.stringify(identifiers)}::jsonb) k (system text, value text)
    on conflict do nothing`.execute(tx.db);
  const { rows } = await sql`
    select 1 from jsonb_to_recordset(${JSON.stringify(identifiers)}::jsonb) k (system text, value text)
    join patient_identifiers i on i.system = k.system and i.value = k.value
    where i.patient_id <> ${patientId} limit 1`.execute(tx.db);
  if (rows.length > 0)
    throw new Refusal('conflict', 'Another person here has one of these identifiers. Search by it first.');
}
