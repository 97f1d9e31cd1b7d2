import { sql } from 'kysely';
import { addDays } from '../../../../platform/calendar/dates.ts';
import { localDate } from '../../../../platform/calendar/zones.ts';
import type { Db } from '../../../../platform/db/database.ts';
import { readHoursFacts } from '../../hours/queries.ts';
import type { WeeklyHours } from '../../hours/rules.ts';
import type { OutsideVisit } from '../schema.ts';
import { findOutside, type PlacedVisit } from './rules.ts';

/** What a visit occupies; a seat of a group occupies nothing, its session does. */
const occupied = sql`coalesce(
        (select array_agg(x.resource_id::text) from visit_resources x
          where x.practice_id = v.practice_id and x.visit_id = v.visit_id),
        (select array_agg(x.resource_id::text) from visit_resources x
          where x.practice_id = v.practice_id and x.session_id = v.session_id), '{}')`;

/**
 * Booked visits to come, of some resources or of all. Those booked outside hours or into kept time on purpose carry
 * a reason and are left out.
 */
export async function listPlaced(db: Db, now: Date, resourceIds?: readonly string[]): Promise<PlacedVisit[]> {
  const ids = resourceIds ? [...resourceIds] : null;
  const { rows } = await sql<PlacedVisit>`
    select v.visit_id, v.visit_type_id, v.site_id, v.physician_id, v.starts_at, v.ends_at,
      ${occupied} as resource_ids
    from visits v
    where v.state = 'booked' and v.starts_at >= ${now} and v.override_reason is null
      and (${ids}::uuid[] is null or exists (select from visit_resources y
        where y.practice_id = v.practice_id and y.visit_id = v.visit_id
          and y.resource_id = any (${ids}::uuid[]))
        or exists (select from visit_resources y
        where y.practice_id = v.practice_id and y.session_id = v.session_id
          and y.resource_id = any (${ids}::uuid[])))
    order by v.starts_at, v.visit_id limit 20000`.execute(db);
  return rows;
}

/** Which of them lie outside the hours of what they occupy, or in time kept for others; by the hours, or changed ones. */
export async function outsideOf(
  db: Db,
  visits: readonly PlacedVisit[],
  now: Date,
  changed: (weekly: WeeklyHours[]) => WeeklyHours[] = (weekly) => weekly,
): Promise<OutsideVisit[]> {
  const [first, last] = [visits[0], visits.at(-1)];
  if (!first || !last) return [];
  const from = addDays(first.startsAt.slice(0, 10), -1);
  const to = addDays(last.startsAt.slice(0, 10), 1);
  const facts = await readHoursFacts(db, from, to);
  const zones = new Map(facts.sites.map((site) => [site.id, site.timeZone]));
  const zoneOf = (visit: PlacedVisit) => zones.get(visit.siteId) ?? 'UTC';
  return findOutside(
    visits,
    { ...facts, weekly: changed(facts.weekly), from, to, nowMs: now.getTime() },
    { zoneOf, dateAt: (visit) => localDate(Date.parse(visit.startsAt), zoneOf(visit)) },
  );
}

export async function listOutside(
  db: Db,
  now: Date,
  resourceIds?: readonly string[],
): Promise<OutsideVisit[]> {
  return outsideOf(db, await listPlaced(db, now, resourceIds), now);
}

/** Of the visits that changes of hours left outside, those that are still booked, to come, and outside. */
export async function listLeftOutside(db: Db, now: Date): Promise<OutsideVisit[]> {
  const { rows } = await sql<PlacedVisit>`
    select v.visit_id, v.visit_type_id, v.site_id, v.physician_id, v.starts_at, v.ends_at,
      ${occupied} as resource_ids
    from visits_left_outside l
    join visits v on v.practice_id = l.practice_id and v.visit_id = l.visit_id
    where v.state = 'booked' and v.starts_at >= ${now} and v.override_reason is null
    order by v.starts_at, v.visit_id limit 500`.execute(db);
  return outsideOf(db, rows, now);
}
