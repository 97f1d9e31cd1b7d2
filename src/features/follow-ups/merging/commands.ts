import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';

async function moveFollowUps(
  tx: Tx,
  fromId: string,
  toId: string,
  only?: readonly string[],
): Promise<string[]> {
  const ids = only ? [...only] : null;
  const { rows } = await sql<{ followUpId: string }>`
    update follow_ups set patient_id = ${toId}, version = version + 1
    where patient_id = ${fromId} and (${ids}::uuid[] is null or follow_up_id = any (${ids}::uuid[]))
    returning follow_up_id`.execute(tx.db);
  const moved = rows.map((row) => row.followUpId);
  if (moved.length === 0) return moved;
  tx.audit({
    action: only ? 'follow-up.taken-apart' : 'follow-up.merged',
    subjectKind: 'follow-up',
    subjectIds: moved,
    before: { patientId: fromId },
    after: { patientId: toId },
  });
  tx.touch('follow-ups', ...moved, fromId, toId);
  return moved;
}

/** Follow-ups go along with their visits, and back with them. */
export const followUpHolder: PersonHolder = {
  name: 'follow-ups',
  words: { one: 'follow-up', many: 'follow-ups' },
  // A booking locks the follow-up before its person: so does a merge.
  hold: async (tx, patientIds) => {
    await sql`
      select from follow_ups where patient_id = any (${[...patientIds]}::uuid[])
      order by follow_up_id for no key update`.execute(tx.db);
  },
  move: (tx, fromId, toId) => moveFollowUps(tx, fromId, toId),
  moveBack: (tx, ids, fromId, toId) => moveFollowUps(tx, fromId, toId, ids),
  preview: async (db, fromId) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from follow_ups
      where patient_id = ${fromId} and entered_in_error_at is null`.execute(db);
    return { count: rows[0]?.count ?? 0, remarks: [] };
  },
};
