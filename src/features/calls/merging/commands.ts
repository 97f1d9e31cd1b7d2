import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';

async function moveCalls(tx: Tx, fromId: string, toId: string, only?: readonly string[]): Promise<string[]> {
  const ids = only ? [...only] : null;
  const { rows } = await sql<{ callId: string }>`
    update calls set patient_id = ${toId}, version = version + 1
    where patient_id = ${fromId} and (${ids}::uuid[] is null or call_id = any (${ids}::uuid[]))
    returning call_id`.execute(tx.db);
  const moved = rows.map((row) => row.callId);
  if (moved.length === 0) return moved;
  tx.audit({
    action: only ? 'call.taken-apart' : 'call.merged',
    subjectKind: 'call',
    subjectIds: moved,
    before: { patientId: fromId },
    after: { patientId: toId },
  });
  tx.touch('calls', ...moved, fromId, toId);
  return moved;
}

/** Calls about a person; what was done about them hangs on the call and goes along. */
export const callHolder: PersonHolder = {
  name: 'calls',
  words: { one: 'call', many: 'calls' },
  move: (tx, fromId, toId) => moveCalls(tx, fromId, toId),
  moveBack: (tx, ids, fromId, toId) => moveCalls(tx, fromId, toId, ids),
  preview: async (db, fromId) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from calls
      where patient_id = ${fromId} and entered_in_error_at is null`.execute(db);
    return { count: rows[0]?.count ?? 0, remarks: [] };
  },
};
