import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { countBoth } from '../queries.ts';

async function moveCoverages(
  tx: Tx,
  fromId: string,
  toId: string,
  only?: readonly string[],
): Promise<string[]> {
  const ids = only ? [...only] : null;
  // What the other has from the same source too is doubled there, and whole again when it goes back.
  const { rows } = await sql<{ coverageId: string }>`
    update coverages c set patient_id = ${toId}, version = c.version + 1, doubled = m.doubled
    from (
      select o.coverage_id, o.source is not null and (
          row_number() over (partition by o.source order by o.doubled, o.coverage_id) > 1
          or exists (select from coverages t
            where t.patient_id = ${toId} and t.source = o.source and not t.doubled)) as doubled
      from coverages o
      where o.patient_id = ${fromId} and (${ids}::uuid[] is null or o.coverage_id = any (${ids}::uuid[]))
    ) m
    where c.patient_id = ${fromId} and c.coverage_id = m.coverage_id
    returning c.coverage_id`.execute(tx.db);
  const moved = rows.map((row) => row.coverageId);
  if (moved.length === 0) return moved;
  if (only) await showLeft(tx, fromId);
  tx.audit({
    action: only ? 'coverage.taken-apart' : 'coverage.merged',
    subjectKind: 'coverage',
    subjectIds: moved,
    before: { patientId: fromId },
    after: { patientId: toId },
  });
  tx.touch('coverages', fromId, toId);
  return moved;
}

/** What was hidden behind one that went back is shown again. */
async function showLeft(tx: Tx, patientId: string): Promise<void> {
  await sql`
    update coverages set doubled = false, version = version + 1
    where patient_id = ${patientId} and coverage_id in (
      select distinct on (o.source) o.coverage_id from coverages o
      where o.patient_id = ${patientId} and o.doubled and not exists (select from coverages t
        where t.patient_id = ${patientId} and t.source = o.source and not t.doubled)
      order by o.source, o.coverage_id)`.execute(tx.db);
}

/** What a person is insured by. */
export const coverageHolder: PersonHolder = {
  name: 'coverages',
  words: { one: 'coverage', many: 'coverages' },
  move: (tx, fromId, toId) => moveCoverages(tx, fromId, toId),
  moveBack: (tx, ids, fromId, toId) => moveCoverages(tx, fromId, toId, ids),
  preview: async (db, fromId, toId) => {
    const { count, first } = await countBoth(db, fromId, toId);
    const remark = 'The records name different payers that pay first. Both stay: ask which one it is.';
    return { count, remarks: first > 1 ? [remark] : [] };
  },
};
