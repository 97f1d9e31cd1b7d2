import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';

async function moveLines(tx: Tx, fromId: string, toId: string, only?: readonly string[]): Promise<string[]> {
  const ids = only ? [...only] : null;
  const { rows } = await sql<{ lineId: string }>`
    update rescue_lines set patient_id = ${toId}, version = version + 1
    where patient_id = ${fromId} and (${ids}::uuid[] is null or line_id = any (${ids}::uuid[]))
    returning line_id`.execute(tx.db);
  const moved = rows.map((row) => row.lineId);
  if (moved.length === 0) return moved;
  tx.audit({
    action: only ? 'rescue-line.taken-apart' : 'rescue-line.merged',
    subjectKind: 'rescue-line',
    subjectIds: moved,
    before: { patientId: fromId },
    after: { patientId: toId },
  });
  tx.touch('rescues', ...moved, fromId, toId);
  return moved;
}

/** Lines of call lists; what was said hangs on the line and goes along. */
export const rescueHolder: PersonHolder = {
  name: 'rescue-lines',
  words: { one: 'line of a call list', many: 'lines of call lists' },
  move: (tx, fromId, toId) => moveLines(tx, fromId, toId),
  moveBack: (tx, ids, fromId, toId) => moveLines(tx, fromId, toId, ids),
  preview: async (db, fromId) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from rescue_lines where patient_id = ${fromId}`.execute(db);
    return { count: rows[0]?.count ?? 0, remarks: [] };
  },
};
