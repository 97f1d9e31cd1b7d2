import { sql } from 'kysely';
import { addDays, dayNumber } from '../../../platform/calendar/dates.ts';
import { intersect, subtract } from '../../../platform/calendar/intervals.ts';
import { localDate } from '../../../platform/calendar/zones.ts';
import type { Db } from '../../../platform/db/database.ts';
import { readHoursFacts } from '../hours/queries.ts';
import { listHours } from '../hours/rules.ts';
import { readBusy } from '../openings/busy/queries.ts';
import { openBooks } from '../openings/lanes/rules.ts';
import { openingsResources } from '../openings/queries.ts';
import type { VisitState } from '../visits/schema.ts';
import type { Stretch } from './fhir.ts';

export type VisitSearch = {
  ids: string[] | null;
  patientIds: string[] | null;
  physicianIds: string[] | null;
  siteIds: string[] | null;
  states: VisitState[] | null;
  fromAt: Date | null;
  toAt: Date | null;
  limit: number;
  offset: number;
};

/** Ids of visits in the order of their start, and how many there are. */
export async function listVisitIds(db: Db, asked: VisitSearch): Promise<{ ids: string[]; total: number }> {
  const where = sql`
    (${asked.ids}::uuid[] is null or visit_id = any (${asked.ids}::uuid[]))
    and (${asked.patientIds}::uuid[] is null or patient_id = any (${asked.patientIds}::uuid[]))
    and (${asked.physicianIds}::uuid[] is null or physician_id = any (${asked.physicianIds}::uuid[]))
    and (${asked.siteIds}::uuid[] is null or site_id = any (${asked.siteIds}::uuid[]))
    and (${asked.states}::text[] is null or state = any (${asked.states}::text[]))
    and (${asked.fromAt}::timestamptz is null or starts_at >= ${asked.fromAt})
    and (${asked.toAt}::timestamptz is null or starts_at < ${asked.toAt})`;
  const { rows } = await sql<{ visitId: string; total: number }>`
    select visit_id, (select count(*)::int from visits where ${where}) as total
    from visits where ${where}
    order by starts_at, visit_id limit ${asked.limit} offset ${asked.offset}`.execute(db);
  return { ids: rows.map((row) => row.visitId), total: rows[0]?.total ?? 0 };
}

/** What a visit's row does not say and an Appointment does. */
export async function listAppointmentFacts(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, { code: string; staffId: string | null; lastUpdated: string | null }>> {
  const { rows } = await sql<{
    visitId: string;
    code: string;
    staffId: string | null;
    lastUpdated: string | null;
  }>`
    select v.visit_id, t.code, d.staff_id,
      (select max(greatest(x.at, x.undone_at)) from visit_steps x
        where x.practice_id = v.practice_id and x.visit_id = v.visit_id) as last_updated
    from visits v
    join visit_types t on t.practice_id = v.practice_id and t.visit_type_id = v.visit_type_id
    join resources d on d.practice_id = v.practice_id and d.resource_id = v.physician_id
    where v.visit_id = any (${[...ids]}::uuid[]) limit 1000`.execute(db);
  return new Map(rows.map(({ visitId, ...facts }) => [visitId, facts]));
}

/** The hours of these physicians between two instants, cut into what is free and what is full, by time. */
export async function listStretches(
  db: Db,
  asked: { resourceIds: string[]; fromMs: number; toMs: number },
): Promise<Stretch[]> {
  const { resourceIds, fromMs, toMs } = asked;
  const [from, to] = [addDays(localDate(fromMs, 'UTC'), -1), addDays(localDate(toMs, 'UTC'), 1)];
  const facts = await readHoursFacts(db, from, to);
  const resources = facts.resources.filter((one) => resourceIds.includes(one.resourceId) && one.active);
  const { available } = listHours({ ...facts, resources, from, to });
  const { busy } = await readBusy(db, {
    resourceIds,
    fromMs: dayNumber(from) * 86_400_000,
    toMs: (dayNumber(to) + 1) * 86_400_000,
  });
  const bookOf = openBooks({ resources: openingsResources(facts), available, busy });
  const zoneOf = new Map(facts.sites.map((site) => [site.id, site.timeZone]));
  const stretches = resources.flatMap(({ resourceId }) => {
    const book = bookOf(resourceId);
    if (!book) return [];
    const full = book.lanes.reduce((one, other) => intersect(one, other));
    return [...book.hoursAt].flatMap(([siteId, hours]) => {
      const within = intersect(hours, [fromMs, toMs]);
      const whose = { resourceId, timeZone: zoneOf.get(siteId) ?? 'UTC' };
      const free = pairs(subtract(within, full)).map((pair) => ({ ...whose, ...pair, free: true }));
      const taken = pairs(intersect(within, full)).map((pair) => ({ ...whose, ...pair, free: false }));
      return [...free, ...taken];
    });
  });
  return stretches
    .filter((one) => one.endMs > one.startMs)
    .sort((a, b) => a.startMs - b.startMs || (a.resourceId < b.resourceId ? -1 : 1));
}

function pairs(flat: readonly number[]): { startMs: number; endMs: number }[] {
  const found: { startMs: number; endMs: number }[] = [];
  for (let i = 0; i < flat.length; i += 2) found.push({ startMs: flat[i] ?? 0, endMs: flat[i + 1] ?? 0 });
  return found;
}

/** The site at which a physician works at an instant; null when nowhere. */
export async function findSiteAt(db: Db, physicianId: string, atMs: number): Promise<string | null> {
  const date = localDate(atMs, 'UTC');
  const [from, to] = [addDays(date, -1), addDays(date, 1)];
  const facts = await readHoursFacts(db, from, to);
  const resources = facts.resources.filter((one) => one.resourceId === physicianId);
  const { available } = listHours({ ...facts, resources, from, to });
  const at = available.find((one) => one.startMs <= atMs && atMs < one.endMs);
  const active = facts.sites.filter((site) => site.active);
  return at?.siteId ?? (active.length === 1 ? (active[0]?.id ?? null) : null);
}
