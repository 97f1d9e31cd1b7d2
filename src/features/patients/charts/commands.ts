import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, stale } from '../../../platform/refusal.ts';
import { lockPatient } from '../queries.ts';
import { listChartMoves, readChartSettings } from './queries.ts';
import type { ChartMove } from './schema.ts';

/** The chart goes somewhere else; refused where another desk moved it meanwhile. */
export async function moveChart(tx: Tx, patientId: string, move: ChartMove): Promise<void> {
  const patient = await lockPatient(tx.db, patientId);
  if (!patient || patient.enteredInErrorAt) throw notFound('person');
  const now = (await listChartMoves(tx.db, patientId)).filter((one) => one.endedAt === null);
  const ends = now.find((one) => one.moveId === move.endsId);
  if (move.endsId === null ? now.length > 0 : !ends) throw stale('paper chart', now);
  if (ends) {
    await sql`
      update chart_moves set ended_at = greatest(at, ${tx.now}::timestamptz)
      where move_id = ${ends.moveId}`.execute(tx.db);
  }
  await sql`
    insert into chart_moves (practice_id, move_id, patient_id, shelf, out_to, note, at, by_staff_id)
    values (${tx.practiceId}, ${newId()}, ${patientId}, ${move.shelf}, ${move.outTo}, ${move.note}, ${tx.now},
      ${tx.actor.staffId})`.execute(tx.db);
  const image = ({ shelf, outTo }: { shelf: string; outTo: string }) => ({ shelf, outTo });
  tx.audit({
    action: 'patient.chart-moved',
    subjectKind: 'patient',
    subjectIds: [patientId],
    ...(ends ? { before: image(ends) } : {}),
    after: image(move),
  });
  tx.touch('charts', patientId);
}

export async function changeChartSettings(
  tx: Tx,
  { version, outDays }: { version: number; outDays: number },
): Promise<void> {
  const before = await readChartSettings(tx.db);
  const { rows } = await sql`
    insert into chart_settings as kept (practice_id, out_days) values (${tx.practiceId}, ${outDays})
    on conflict (practice_id) do update set out_days = excluded.out_days, version = kept.version + 1
      where kept.version = ${version}
    returning version`.execute(tx.db);
  if (before.version !== version || rows.length === 0) throw stale('setting', before);
  tx.audit({
    action: 'chart-settings.changed',
    subjectKind: 'practice',
    subjectIds: [tx.practiceId],
    before: { outDays: before.outDays },
    after: { outDays },
  });
  tx.touch('charts');
}

async function moveMoves(tx: Tx, fromId: string, toId: string, only?: readonly string[]) {
  const ids = only ? [...only] : null;
  const { rows } = await sql<{ moveId: string }>`
    update chart_moves set patient_id = ${toId}
    where patient_id = ${fromId} and (${ids}::uuid[] is null or move_id = any (${ids}::uuid[]))
    returning move_id`.execute(tx.db);
  if (rows.length > 0) tx.touch('charts', fromId, toId);
  return rows.map((row) => row.moveId);
}

/** Two records may have two charts: both go on where they are. */
export const chartHolder: PersonHolder = {
  name: 'chart-moves',
  words: { one: 'note of the paper chart', many: 'notes of the paper chart' },
  move: (tx, fromId, toId) => moveMoves(tx, fromId, toId),
  moveBack: (tx, ids, fromId, toId) => moveMoves(tx, fromId, toId, ids),
  preview: async (db, fromId) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from chart_moves where patient_id = ${fromId}`.execute(db);
    const count = rows[0]?.count ?? 0;
    return { count, remarks: count > 0 ? ['Both may have a paper chart: put them together.'] : [] };
  },
};
