import { type RawBuilder, sql } from 'kysely';
import { addDays, dayNumber } from '../../../platform/calendar/dates.ts';
import { intersect, subtract } from '../../../platform/calendar/intervals.ts';
import { localDate } from '../../../platform/calendar/zones.ts';
import type { Db } from '../../../platform/db/database.ts';
import { readHoursFacts, type SetupFacts } from '../hours/queries.ts';
import { type CodedInterval, listHours } from '../hours/rules.ts';
import { readBusy } from '../openings/busy/queries.ts';
import { openBooks } from '../openings/lanes/rules.ts';
import { openingsResources } from '../openings/queries.ts';
import type { SlotCode } from '../slot-codes/rules.ts';
import type { VisitState } from '../visits/schema.ts';
import type { Stretch } from './fhir.ts';

/** When the last step was done or undone, or the booking made. */
const changedAt = sql`coalesce((select max(greatest(x.at, x.undone_at)) from visit_steps x
  where x.practice_id = v.practice_id and x.visit_id = v.visit_id), v.created_at)`;

/** Who or what takes part; one of them is enough. */
export type Participants = {
  patientIds?: string[];
  physicianIds?: string[];
  siteIds?: string[];
  roomIds?: string[];
};
export type VisitSort = { by: 'start' | 'changed' | 'id'; descending: boolean };

export type VisitSearch = {
  ids: string[] | null;
  /** Each has to be met. */
  participants: Participants[];
  states: VisitState[] | null;
  fromAt: Date | null;
  toAt: Date | null;
};
export type VisitPage = {
  sorts: readonly VisitSort[];
  /** The keys of the last one of the page before. */
  after: readonly string[] | null;
  limit: number;
  offset: number;
  counted: boolean;
};

function takesPart({ patientIds, physicianIds, siteIds, roomIds }: Participants): RawBuilder<unknown> {
  const met = [
    ...(patientIds ? [sql`v.patient_id = any (${patientIds}::uuid[])`] : []),
    ...(physicianIds ? [sql`v.physician_id = any (${physicianIds}::uuid[])`] : []),
    ...(siteIds ? [sql`v.site_id = any (${siteIds}::uuid[])`] : []),
    ...(roomIds
      ? [
          sql`exists (select from visit_resources r where r.practice_id = v.practice_id
            and r.visit_id = v.visit_id and r.resource_id = any (${roomIds}::uuid[]))`,
        ]
      : []),
  ];
  return met.length === 0 ? sql`false` : sql`(${sql.join(met, sql` or `)})`;
}

/** Only the conditions in use, so that no plan has to fit them all. */
function conditionsOf({ ids, participants, states, fromAt, toAt }: VisitSearch): RawBuilder<unknown>[] {
  return [
    ...(ids ? [sql`v.visit_id = any (${ids}::uuid[])`] : []),
    ...participants.map(takesPart),
    ...(states ? [sql`v.state = any (${states}::text[])`] : []),
    ...(fromAt ? [sql`v.starts_at >= ${fromAt}`] : []),
    ...(toAt ? [sql`v.starts_at < ${toAt}`] : []),
  ];
}

const terms = {
  start: { term: sql`v.starts_at`, type: sql`timestamptz` },
  changed: { term: changedAt, type: sql`timestamptz` },
  id: { term: sql`v.visit_id`, type: sql`uuid` },
} as const;

/** What comes after the keys of the last one: further by the first, or even with it and further by the rest. */
function isPast(
  [sort, ...sorts]: readonly VisitSort[],
  [key, ...keys]: readonly string[],
): RawBuilder<unknown> {
  if (!sort || key === undefined) return sql`false`;
  const { term, type } = terms[sort.by];
  const at = sql`${key}::${type}`;
  const further = sort.descending ? sql`${term} < ${at}` : sql`${term} > ${at}`;
  if (sorts.length === 0) return further;
  const even = sort.descending ? sql`${term} <= ${at}` : sql`${term} >= ${at}`;
  // The first part is a range of an index.
  return sql`(${even} and (${further} or ${isPast(sorts, keys)}))`;
}

const allOf = (conditions: readonly RawBuilder<unknown>[]) =>
  conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;

export type FoundVisit = { visitId: string; keys: string[] };

/** A page of visits, each with what it is sorted by, and how many there are where they are counted. */
export async function listVisitIds(db: Db, asked: VisitSearch, page: VisitPage) {
  const { sorts, after, limit, offset, counted } = page;
  const conditions = conditionsOf(asked);
  const past = after ? [isPast(sorts, after)] : [];
  const by = sorts.map((sort) => ({ ...terms[sort.by], way: sort.descending ? sql`desc` : sql`asc` }));
  const total = counted ? sql`(select count(*)::int from visits v ${allOf(conditions)})` : sql`null::int`;
  const { rows } = await sql<FoundVisit & { total: number | null }>`
    select v.visit_id, array[${sql.join(by.map(({ term }) => sql`${term}::text`))}] as keys, ${total} as total
    from visits v ${allOf([...conditions, ...past])}
    order by ${sql.join(by.map(({ term, way }) => sql`${term} ${way}`))} limit ${limit} offset ${offset}`.execute(
    db,
  );
  const [first] = rows;
  if (first || !counted) return { found: rows, total: first?.total ?? null };
  return { found: rows, total: await countVisits(db, asked) };
}

export async function countVisits(db: Db, asked: VisitSearch): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from visits v ${allOf(conditionsOf(asked))}`.execute(db);
  return rows[0]?.total ?? 0;
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
    select v.visit_id, t.code, d.staff_id, ${changedAt} as last_updated
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
  const { available, coded } = listHours({ ...facts, resources, from, to });
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
      const own = coded.filter((one) => one.resourceId === resourceId && one.siteId === siteId);
      return [...free, ...taken].flatMap((stretch) => cutByCode(stretch, own, facts));
    });
  });
  return stretches
    .filter((one) => one.endMs > one.startMs)
    .sort((a, b) => a.startMs - b.startMs || (a.resourceId < b.resourceId ? -1 : 1));
}

/** A stretch cut where it begins or ends to be kept for something. A code out of use keeps nothing. */
function cutByCode(stretch: Stretch, coded: readonly CodedInterval[], facts: SetupFacts): Stretch[] {
  const whole = [stretch.startMs, stretch.endMs];
  const kept = coded.flatMap(({ startMs, endMs, slotCodeId }) => {
    const code = facts.slotCodes.find((one) => one.slotCodeId === slotCodeId && one.active);
    const within = code ? pairs(intersect(whole, [startMs, endMs])) : [];
    return within.map((pair) => ({ ...stretch, ...pair, keptFor: code && servedBy(code, facts) }));
  });
  const marks = kept.flatMap(({ startMs, endMs }) => [startMs, endMs]);
  return [...pairs(subtract(whole, marks)).map((pair) => ({ ...stretch, ...pair })), ...kept];
}

function servedBy({ code, name, visitTypeIds }: SlotCode, { visitTypes }: SetupFacts) {
  const types = visitTypes.filter((one) => one.active && visitTypeIds.includes(one.visitTypeId));
  return { code, name, types: types.map((one) => ({ code: one.code, name: one.name })) };
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
