import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';

async function moveEncounters(
  tx: Tx,
  fromId: string,
  toId: string,
  only?: readonly string[],
): Promise<string[]> {
  const ids = only ? [...only] : null;
  const { rows } = await sql<{ encounterId: string }>`
    update outside_encounters set patient_id = ${toId}, version = version + 1
    where patient_id = ${fromId} and (${ids}::uuid[] is null or encounter_id = any (${ids}::uuid[]))
    returning encounter_id`.execute(tx.db);
  const moved = rows.map((row) => row.encounterId);
  if (moved.length === 0) return moved;
  tx.audit({
    action: only ? 'outside-encounter.taken-apart' : 'outside-encounter.merged',
    subjectKind: 'outside-encounter',
    subjectIds: moved,
    before: { patientId: fromId },
    after: { patientId: toId },
  });
  tx.touch('outside-encounters', fromId, toId);
  return moved;
}

/** What other places told of a person. */
export const historyHolder: PersonHolder = {
  name: 'outside-encounters',
  words: { one: 'visit at another place', many: 'visits at other places' },
  move: (tx, fromId, toId) => moveEncounters(tx, fromId, toId),
  moveBack: (tx, ids, fromId, toId) => moveEncounters(tx, fromId, toId, ids),
  preview: async (db, fromId) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from outside_encounters
      where patient_id = ${fromId} and status <> 'entered-in-error'`.execute(db);
    return { count: rows[0]?.count ?? 0, remarks: [] };
  },
};
