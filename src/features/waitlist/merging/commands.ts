import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';

async function moveEntries(
  tx: Tx,
  fromId: string,
  toId: string,
  only?: readonly string[],
): Promise<string[]> {
  const ids = only ? [...only] : null;
  const { rows } = await sql<{ entryId: string }>`
    update waitlist_entries set patient_id = ${toId}, version = version + 1
    where patient_id = ${fromId} and (${ids}::uuid[] is null or entry_id = any (${ids}::uuid[]))
    returning entry_id`.execute(tx.db);
  const moved = rows.map((row) => row.entryId);
  if (moved.length === 0) return moved;
  tx.audit({
    action: only ? 'waitlist.taken-apart' : 'waitlist.merged',
    subjectKind: 'waitlist-entry',
    subjectIds: moved,
    before: { patientId: fromId },
    after: { patientId: toId },
  });
  tx.touch('waitlist', ...moved, fromId, toId);
  return moved;
}

/** What a person waits for, with their place; offers and how they were chosen hang on the entry and go along. */
export const waitlistHolder: PersonHolder = {
  name: 'waitlist entries',
  words: { one: 'waitlist entry', many: 'waitlist entries' },
  // A yes locks the entry before its person
  hold: async (tx, patientIds) => {
    await sql`
      select from waitlist_entries where patient_id = any (${[...patientIds]}::uuid[])
      order by entry_id for update`.execute(tx.db);
  },
  move: (tx, fromId, toId) => moveEntries(tx, fromId, toId),
  moveBack: (tx, ids, fromId, toId) => moveEntries(tx, fromId, toId, ids),
  preview: async (db, fromId) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from waitlist_entries where patient_id = ${fromId}`.execute(db);
    return { count: rows[0]?.count ?? 0, remarks: [] };
  },
};
