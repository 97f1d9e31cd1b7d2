import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { type ChartPlace, usualOutDays } from './schema.ts';

/** Where it is now first, then every move, the latest first. */
export async function listChartMoves(db: Db, patientId: string): Promise<ChartPlace[]> {
  const { rows } = await sql<ChartPlace>`
    select m.move_id, m.shelf, m.out_to, m.note, m.at, coalesce(s.display_name, '') as by_name, m.ended_at
    from chart_moves m left join staff s on s.practice_id = m.practice_id and s.staff_id = m.by_staff_id
    where m.patient_id = ${patientId}
    order by m.ended_at is not null, m.at desc, m.move_id desc limit 100`.execute(db);
  return rows;
}

export async function readChartSettings(db: Db): Promise<{ outDays: number; version: number }> {
  const { rows } = await sql<{ outDays: number; version: number }>`
    select out_days, version from chart_settings limit 1`.execute(db);
  return rows[0] ?? { outDays: usualOutDays, version: 0 };
}

export type ChartOut = {
  moveId: string;
  patientId: string;
  name: string;
  outTo: string;
  shelf: string;
  at: string;
};

/** Charts out since before a moment, the longest out first. */
export async function listChartsOut(db: Db, before: Date): Promise<ChartOut[]> {
  const { rows } = await sql<ChartOut>`
    select m.move_id, m.patient_id, m.out_to, m.shelf, m.at,
      coalesce(nullif(p.preferred_name, ''), p.given_name) || ' ' || p.family_name as name
    from chart_moves m join patients p on p.practice_id = m.practice_id and p.patient_id = m.patient_id
    where m.ended_at is null and m.out_to <> '' and m.at < ${before} and p.entered_in_error_at is null
    order by m.at, m.move_id limit 300`.execute(db);
  return rows;
}

/** When the next chart was taken out after a moment: it is asked for so many days later. */
export async function nextChartOut(db: Db, after: Date): Promise<Date | null> {
  const { rows } = await sql<{ at: string }>`
    select at from chart_moves where ended_at is null and out_to <> '' and at >= ${after}
    order by at limit 1`.execute(db);
  return rows[0] ? new Date(rows[0].at) : null;
}
