import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';

/** Two records become one: where either was restricted, the one that stays is. */
async function restrictSurvivor(tx: Tx, fromId: string, toId: string): Promise<string[]> {
  const { rows } = await sql<{ patientId: string }>`
    insert into restricted_records (practice_id, patient_id, kind, note, roles, account_ids, care_team, set_at)
    select practice_id, ${toId}, kind, note, roles, account_ids, care_team, ${tx.now} from restricted_records
    where patient_id = ${fromId} and lifted_at is null
    on conflict (practice_id, patient_id) do update set kind = excluded.kind, note = excluded.note,
      roles = excluded.roles, account_ids = excluded.account_ids, care_team = excluded.care_team,
      set_at = excluded.set_at, lifted_at = null, version = restricted_records.version + 1
    where restricted_records.lifted_at is not null
    returning patient_id`.execute(tx.db);
  const ids = rows.map((row) => row.patientId);
  // Remembered by who became part of whom, also where nothing moved.
  tx.touch('privacy');
  if (ids.length > 0)
    tx.audit({
      action: 'patient.restricted',
      subjectKind: 'patient',
      subjectIds: ids,
      reason: 'The record that became part of it was restricted',
    });
  return ids;
}

/** Taken apart, the record that was restricted still is; the other is as it was before. */
async function freeSurvivor(tx: Tx, ids: readonly string[], fromId: string): Promise<string[]> {
  const { rows } = await sql<{ patientId: string }>`
    update restricted_records set lifted_at = ${tx.now}, version = version + 1
    where patient_id = ${fromId} and patient_id = any (${[...ids]}::uuid[]) and lifted_at is null
    returning patient_id`.execute(tx.db);
  const freed = rows.map((row) => row.patientId);
  tx.touch('privacy');
  if (freed.length > 0)
    tx.audit({
      action: 'patient.unrestricted',
      subjectKind: 'patient',
      subjectIds: freed,
      reason: 'Taken apart',
    });
  return freed;
}

export const restrictionHolder: PersonHolder = {
  name: 'restrictions',
  words: { one: 'restriction', many: 'restrictions' },
  move: restrictSurvivor,
  moveBack: (tx, ids, fromId) => freeSurvivor(tx, ids, fromId),
  preview: async (db, fromId) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from restricted_records
      where patient_id = ${fromId} and lifted_at is null`.execute(db);
    const count = rows[0]?.count ?? 0;
    return {
      count,
      remarks: count > 0 ? ['One of the two is restricted: the record that stays will be.'] : [],
    };
  },
};

async function moveLink(tx: Tx, fromId: string, toId: string, only?: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ staffId: string }>`
    update staff_patients set patient_id = ${toId}
    where patient_id = ${fromId}
      and (${only ? [...only] : null}::uuid[] is null or staff_id = any (${only ? [...only] : null}::uuid[]))
      and not exists (select from staff_patients o where o.patient_id = ${toId})
    returning staff_id`.execute(tx.db);
  tx.touch('privacy');
  return rows.map((row) => row.staffId);
}

/** That someone works here goes along with their record. */
export const staffLinkHolder: PersonHolder = {
  name: 'staff-links',
  words: { one: 'link to the staff', many: 'links to the staff' },
  move: (tx, fromId, toId) => moveLink(tx, fromId, toId),
  moveBack: (tx, ids, fromId, toId) => moveLink(tx, fromId, toId, ids),
  preview: async (db, fromId) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from staff_patients where patient_id = ${fromId}`.execute(db);
    return { count: rows[0]?.count ?? 0, remarks: [] };
  },
};
