import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { usualNoticeHours } from './rules.ts';
import type { Missed } from './schema.ts';

/** For visits of a type: its own notice, else the practice's. */
export async function readNoticeHours(db: Db, visitTypeId: string): Promise<number> {
  const { rows } = await sql<{ noticeHours: number | null }>`
    select coalesce((select notice_hours from visit_types where visit_type_id = ${visitTypeId}),
      (select notice_hours from flow_settings)) as notice_hours`.execute(db);
  return rows[0]?.noticeHours ?? usualNoticeHours;
}

/** How often a person did not come, or let the office know too late; steps that were undone do not count. */
export async function countMissed(db: Db, patientId: string, since: Date): Promise<Missed> {
  const { rows } = await sql<Missed>`
    select
      (count(*) filter (where v.state = 'no_show'))::int as no_shows,
      (count(*) filter (where v.state = 'cancelled' and v.cancel_reason = 'left-unseen'))::int as left_unseen,
      coalesce(sum(late.cancelled), 0)::int as late_cancels, coalesce(sum(late.moved), 0)::int as late_moves
    from visits v
    left join lateral (
      select count(*) filter (where x.step = 'cancelled') as cancelled, count(*) filter (where x.step = 'moved') as moved
      from visit_steps x
      where x.practice_id = v.practice_id and x.visit_id = v.visit_id and x.undone_at is null
        and x.step in ('cancelled', 'moved') and x.detail ->> 'late' = 'true'
    ) late on true
    where v.patient_id = ${patientId} and v.starts_at >= ${since} and v.state <> 'entered_in_error'`.execute(
    db,
  );
  return rows[0] ?? { noShows: 0, leftUnseen: 0, lateCancels: 0, lateMoves: 0 };
}
