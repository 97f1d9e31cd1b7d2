import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import type { Restriction } from '../schema.ts';

type Kept = Restriction & { version: number; liftedAt: string | null };

async function lockRestriction(tx: Tx, patientId: string): Promise<Kept | undefined> {
  const { rows } = await sql<Kept>`
    select kind, note, roles, account_ids, care_team, version, lifted_at from restricted_records
    where patient_id = ${patientId} for update`.execute(tx.db);
  return rows[0];
}

/** The person, kept from a merge meanwhile; a record that became part of another is restricted as that one. */
async function requireWhole(tx: Tx, patientId: string): Promise<void> {
  const { rows } = await sql<{ mergedInto: string | null }>`
    select merged_into from patients where patient_id = ${patientId} for share`.execute(tx.db);
  if (!rows[0]) throw notFound('person');
  if (rows[0].mergedInto)
    throw new Refusal('conflict', 'This record became part of another. Restrict that one.');
}

/** Only these may open it from now on; whoever has it open loses it with the next look. @returns the version */
export async function restrictRecord(
  tx: Tx,
  patientId: string,
  { version, ...wanted }: Restriction & { version: number },
): Promise<number> {
  await requireWhole(tx, patientId);
  const before = await lockRestriction(tx, patientId);
  if ((before?.version ?? 0) !== version) throw stale('restriction', before);
  const { kind, note, roles, accountIds, careTeam } = wanted;
  const { rows } = await sql<{ version: number }>`
    insert into restricted_records (practice_id, patient_id, kind, note, roles, account_ids, care_team, set_at)
    values (${tx.practiceId}, ${patientId}, ${kind}, ${note}, ${[...roles]}::text[], ${[...accountIds]}::uuid[],
      ${careTeam}, ${tx.now})
    on conflict (practice_id, patient_id) do update set kind = excluded.kind, note = excluded.note,
      roles = excluded.roles, account_ids = excluded.account_ids, care_team = excluded.care_team,
      set_at = excluded.set_at, lifted_at = null, version = restricted_records.version + 1
    returning version`.execute(tx.db);
  tx.audit({
    action: 'patient.restricted',
    subjectKind: 'patient',
    subjectIds: [patientId],
    before,
    after: wanted,
  });
  touchAll(tx);
  return rows[0]?.version ?? 1;
}

export async function liftRestriction(
  tx: Tx,
  patientId: string,
  { version, reason }: { version: number; reason: string },
): Promise<number> {
  const before = await lockRestriction(tx, patientId);
  if (!before || before.liftedAt) throw notFound('restriction');
  if (before.version !== version) throw stale('restriction', before);
  await sql`
    update restricted_records set lifted_at = ${tx.now}, version = version + 1
    where patient_id = ${patientId}`.execute(tx.db);
  tx.audit({
    action: 'patient.unrestricted',
    subjectKind: 'patient',
    subjectIds: [patientId],
    reason,
    before,
  });
  touchAll(tx);
  return version + 1;
}

/** Names appear and go on every desk. */
function touchAll(tx: Tx): void {
  for (const topic of ['privacy', 'visits', 'patients', 'tasks']) tx.touch(topic);
}

/** One staff member is one patient, and the other way round. */
export async function linkStaff(
  tx: Tx,
  { staffId, patientId }: { staffId: string; patientId: string },
): Promise<void> {
  await requireWhole(tx, patientId);
  const { rows } = await sql<{ staffId: string }>`
    select staff_id from staff_patients where patient_id = ${patientId} and staff_id <> ${staffId}`.execute(
    tx.db,
  );
  if (rows.length > 0) throw new Refusal('conflict', 'This record is linked to someone else of the staff.');
  await sql`
    insert into staff_patients (practice_id, staff_id, patient_id)
    values (${tx.practiceId}, ${staffId}, ${patientId})
    on conflict (practice_id, staff_id) do update set patient_id = excluded.patient_id`.execute(tx.db);
  tx.audit({
    action: 'patient.staff-linked',
    subjectKind: 'patient',
    subjectIds: [patientId],
    after: { staffId },
  });
  tx.touch('privacy');
}

export async function unlinkStaff(tx: Tx, staffId: string): Promise<void> {
  const { rows } = await sql<{ patientId: string }>`
    delete from staff_patients where staff_id = ${staffId} returning patient_id`.execute(tx.db);
  const [gone] = rows;
  if (!gone) throw notFound('link');
  tx.audit({
    action: 'patient.staff-unlinked',
    subjectKind: 'patient',
    subjectIds: [gone.patientId],
    before: { staffId },
  });
  tx.touch('privacy');
}
