import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';

/** A link, an act and a request are told apart by their ids alone: each is looked for in all three. */
async function moveAll(
  tx: Tx,
  fromId: string,
  toId: string,
  only: readonly string[] | null,
): Promise<string[]> {
  const ids = only ? [...only] : null;
  const { rows: links } = await sql<{ id: string }>`
    update patient_links set patient_id = ${toId}
    where patient_id = ${fromId} and (${ids}::uuid[] is null or link_id = any (${ids}::uuid[]))
    returning link_id as id`.execute(tx.db);
  const { rows: acts } = await sql<{ id: string }>`
    update online_acts set patient_id = ${toId}
    where patient_id = ${fromId} and (${ids}::uuid[] is null or act_id = any (${ids}::uuid[]))
    returning act_id as id`.execute(tx.db);
  const { rows: requests } = await sql<{ id: string }>`
    update online_requests set patient_id = ${toId}, version = version + 1
    where patient_id = ${fromId} and (${ids}::uuid[] is null or request_id = any (${ids}::uuid[]))
    returning request_id as id`.execute(tx.db);
  const moved = [...links, ...acts, ...requests].map((row) => row.id);
  if (moved.length === 0) return moved;
  tx.audit({
    action: only ? 'online.taken-apart' : 'online.merged',
    subjectKind: 'patient',
    subjectIds: [fromId, toId],
    after: { count: moved.length },
  });
  tx.touch('online', fromId, toId);
  return moved;
}

/** What a person did by themself goes along; a link asks for the birth date of the record that stays. */
export const onlineHolder: PersonHolder = {
  name: 'online',
  words: { one: 'link or online request', many: 'links and online requests' },
  // Whoever acts by a link locks it before the person
  hold: async (tx, patientIds) => {
    await sql`
      select from patient_links where patient_id = any (${[...patientIds]}::uuid[])
      order by link_id for update`.execute(tx.db);
  },
  move: (tx, fromId, toId) => moveAll(tx, fromId, toId, null),
  moveBack: (tx, ids, fromId, toId) => moveAll(tx, fromId, toId, ids),
  preview: async (db, fromId) => {
    const { rows } = await sql<{ count: number }>`
      select ((select count(*) from patient_links where patient_id = ${fromId})
        + (select count(*) from online_acts where patient_id = ${fromId})
        + (select count(*) from online_requests where patient_id = ${fromId}))::int as count`.execute(db);
    return { count: rows[0]?.count ?? 0, remarks: [] };
  },
};
