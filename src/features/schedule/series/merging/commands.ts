import { sql } from 'kysely';
import type { PersonHolder } from '../../../../platform/contributions.ts';
import type { Tx } from '../../../../platform/db/transaction.ts';

type Moving = { fromId: string; toId: string; only?: readonly string[] };

/** A series changes its person with its visits: those move by themselves (merging/commands.ts). */
async function moveSeries(tx: Tx, { fromId, toId, only }: Moving): Promise<string[]> {
  const { rows } = await sql<{ seriesId: string }>`
    with moved as (
      update series set patient_id = ${toId}, version = version + 1
      where patient_id = ${fromId}
        and (${only ? [...only] : null}::uuid[] is null or series_id = any (${only ? [...only] : null}::uuid[]))
      returning series_id
    )
    select series_id from moved order by series_id`.execute(tx.db);
  const subjectIds = rows.map((row) => row.seriesId);
  if (subjectIds.length === 0) return subjectIds;
  const [before, after] = [{ patientId: fromId }, { patientId: toId }];
  tx.audit({ action: 'series.to-other-record', subjectKind: 'series', subjectIds, before, after });
  tx.touch('series');
  return subjectIds;
}

export const seriesHolder: PersonHolder = {
  name: 'series',
  words: { one: 'series of visits', many: 'series of visits' },
  // An edit locks the series before its visits, and these before the person: so does a merge.
  hold: async (tx, patientIds) => {
    await sql`
      select from series where patient_id = any (${[...patientIds]}::uuid[])
      order by series_id for no key update`.execute(tx.db);
  },
  move: (tx, fromId, toId) => moveSeries(tx, { fromId, toId }),
  moveBack: (tx, ids, fromId, toId) => moveSeries(tx, { fromId, toId, only: ids }),
  preview: async (db, fromId) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from series where patient_id = ${fromId}`.execute(db);
    return { count: rows[0]?.count ?? 0, remarks: [] };
  },
};
