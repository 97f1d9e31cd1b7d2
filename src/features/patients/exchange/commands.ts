import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { Refusal } from '../../../platform/refusal.ts';

type Identifier = { system: string; value: string };

/** Keep by which numbers other programs know a person who has just been registered. */
export async function keepIdentifiers(tx: Tx, patientId: string, identifiers: readonly Identifier[]) {
  await insertIdentifiers(tx, patientId, identifiers);
}

/** As keepIdentifiers, of a person who is known: what is new is a change of the record. Lock the person first. */
export async function addIdentifiers(tx: Tx, patientId: string, identifiers: readonly Identifier[]) {
  const added = await insertIdentifiers(tx, patientId, identifiers);
  if (added.length === 0) return;
  await sql`
    update patients set version = version + 1, updated_at = ${tx.now}
    where patient_id = ${patientId}`.execute(tx.db);
  tx.audit({
    action: 'patient.changed',
    subjectKind: 'patient',
    subjectIds: [patientId],
    before: { identifiers: [] },
    after: { identifiers: added },
  });
  tx.touch('patients', patientId);
}

/** Refuses one that another person has. @returns those that are new */
async function insertIdentifiers(
  tx: Tx,
  patientId: string,
  identifiers: readonly Identifier[],
): Promise<Identifier[]> {
  if (identifiers.length === 0) return [];
  const told = JSON.stringify(identifiers);
  const { rows: added } = await sql<Identifier>`
    insert into patient_identifiers (practice_id, system, value, patient_id)
    select ${tx.practiceId}, k.system, k.value, ${patientId}
    from jsonb_to_recordset(${told}::jsonb) k (system text, value text)
    on conflict do nothing returning system, value`.execute(tx.db);
  const { rows } = await sql`
    select 1 from jsonb_to_recordset(${told}::jsonb) k (system text, value text)
    join patient_identifiers i on i.system = k.system and i.value = k.value
    where i.patient_id <> ${patientId} limit 1`.execute(tx.db);
  if (rows.length > 0)
    throw new Refusal('conflict', 'Another person here has one of these identifiers. Search by it first.');
  return added;
}
