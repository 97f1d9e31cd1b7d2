import { sql } from 'kysely';
import { entryOf } from '../../platform/audit/record.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/id.ts';
import type { KeptEncounter } from './schema.ts';

type Made = { encounterId: string; patientId: string };

/**
 * Keep encounters of other places as they are given (imports, the simulator). One that is known by its source
 * stays as it is. @returns the ids of what was made
 */
export async function keepOutsideEncounters(tx: Tx, encounters: readonly KeptEncounter[]): Promise<string[]> {
  if (encounters.length === 0) return [];
  const rows = encounters.map((encounter) => ({ ...encounter, encounterId: newId(tx.now.getTime()) }));
  const { rows: made } = await sql<Made>`
    insert into outside_encounters (practice_id, encounter_id, patient_id, starts_at, ends_at, created_at,
      starts_precision, ends_precision, status, kind, practitioner, organization, reason, source)
    select ${tx.practiceId}, r."encounterId", r."patientId", r."startsAt", r."endsAt", ${tx.now},
      r."startsPrecision", r."endsPrecision", r.status, r.kind, r.practitioner, r.organization, r.reason, r.source
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r ("encounterId" uuid, "patientId" uuid,
      "startsAt" timestamptz, "endsAt" timestamptz, "startsPrecision" text, "endsPrecision" text, status text,
      kind text, practitioner text, organization text, reason text, source text)
    on conflict do nothing
    returning encounter_id, patient_id`.execute(tx.db);
  if (made.length > 0) tellMade(tx, made, encounters);
  return made.map((one) => one.encounterId);
}

function tellMade(tx: Tx, made: readonly Made[], encounters: readonly KeptEncounter[]): void {
  const told = { action: 'patient.outside-encounter-added', subjectKind: 'patient' };
  tx.audit(entryOf(told, made, encounters.length === 1 ? encounters[0] : undefined));
  tx.touch('outside-encounters', ...new Set(made.map((one) => one.patientId)));
}
