import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';

async function moveMessages(
  tx: Tx,
  fromId: string,
  toId: string,
  only?: readonly string[],
): Promise<string[]> {
  const ids = only ? [...only] : null;
  const { rows } = await sql<{ messageId: string }>`
    update messages set patient_id = ${toId}, version = version + 1
    where patient_id = ${fromId} and (${ids}::uuid[] is null or message_id = any (${ids}::uuid[]))
    returning message_id`.execute(tx.db);
  const moved = rows.map((row) => row.messageId);
  if (moved.length === 0) return moved;
  tx.audit({
    action: only ? 'message.taken-apart' : 'message.merged',
    subjectKind: 'message',
    subjectIds: [...moved, toId],
    before: { patientId: fromId },
    after: { patientId: toId },
  });
  tx.touch('messages', fromId, toId);
  return moved;
}

export const messageHolder: PersonHolder = {
  name: 'messages',
  words: { one: 'message', many: 'messages' },
  move: (tx, fromId, toId) => moveMessages(tx, fromId, toId),
  moveBack: (tx, ids, fromId, toId) => moveMessages(tx, fromId, toId, ids),
  preview: async (db, fromId) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from messages where patient_id = ${fromId}`.execute(db);
    return { count: rows[0]?.count ?? 0, remarks: [] };
  },
};
