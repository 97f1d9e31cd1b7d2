import { sql } from 'kysely';
import { addDays, isoWeekday } from '../../../platform/calendar/dates.ts';
import { dayBounds } from '../../../platform/calendar/zones.ts';
import type { Db } from '../../../platform/db/database.ts';
import { notFound } from '../../../platform/refusal.ts';
import { busyOn } from '../calendars/rules.ts';
import { listSessions } from '../groups/queries.ts';
import type { Session } from '../groups/schema.ts';
import { listHeld, shownHold } from '../holds/queries.ts';
import { type HoursFacts, readHoursFacts, type SetupFacts } from '../hours/queries.ts';
import { listHours } from '../hours/rules.ts';
import { listPins } from '../pinboard/queries.ts';
import type { SlotCode } from '../slot-codes/rules.ts';
import {
  countDay,
  listBlocks,
  listColumns,
  listNotes,
  shownGroup,
  shownVisit,
  type VisitRow,
  withPins,
} from './rules.ts';
import type { Day, Week } from './schema.ts';

/** What a visit occupies may begin this much before it (setup/schema.ts). */
const longestBufferMs = 2 * 3_600_000 + 1;

type Asked = { from: Date; to: Date; siteId?: string | undefined; physicianId?: string | undefined };

/** The visits that begin in a stretch, by start; those entered in error are left out. */
async function listVisits(db: Db, { from, to, siteId, physicianId }: Asked): Promise<VisitRow[]> {
  const { rows } = await sql<Omit<VisitRow, 'resourceIds'> & { resourceIds: string | null }>`
    select v.visit_id, v.version, v.state, v.patient_id,
      p.family_name || case when p.given_name = '' then '' else ', ' || p.given_name end as patient,
      p.preferred_name, v.visit_type_id, v.physician_id, v.site_id, v.starts_at, v.ends_at, v.reason,
      v.confirmed_at, v.arrived_at, v.in_room_at, v.with_physician_at, v.checked_out_at, v.cancel_reason,
      v.note <> '' as has_note, p.phones = '[]' as no_phone, p.addresses = '[]' as no_address,
      v.session_id, v.walk_in, v.series_id, v.series_no, o.resource_ids, coalesce(o.overbooked, false) as overbooked
    from visits v
    join patients p on p.practice_id = v.practice_id and p.patient_id = v.patient_id
    left join (
      select vr.visit_id, string_agg(vr.resource_id::text, ' ' order by vr.resource_id) as resource_ids,
        bool_or(vr.lane >= 100) as overbooked
      from visit_resources vr
      where vr.starts_at > ${new Date(from.getTime() - longestBufferMs)} and vr.starts_at < ${to}
      group by vr.visit_id
    ) o on o.visit_id = v.visit_id
    where v.starts_at >= ${from} and v.starts_at < ${to} and v.state <> 'entered_in_error'
      and (${siteId ?? null}::uuid is null or v.site_id = ${siteId ?? null}::uuid)
      and (${physicianId ?? null}::uuid is null or v.physician_id = ${physicianId ?? null}::uuid)
    order by v.starts_at, v.physician_id, v.visit_id limit 5000`.execute(db);
  return rows.map((row) => ({ ...row, resourceIds: row.resourceIds?.split(' ') ?? [] }));
}

/** The stretch that holds the dates in the zone of every site. */
function around(from: string, to: string, facts: HoursFacts): { from: Date; to: Date } {
  const zones = [...new Set(facts.sites.map((site) => site.timeZone))];
  const starts = zones.map((zone) => dayBounds(from, zone).startMs);
  const ends = zones.map((zone) => dayBounds(to, zone).endMs);
  return { from: new Date(Math.min(...starts)), to: new Date(Math.max(...ends)) };
}

/** Which of them begin on a date of their own site's zone. */
function isOn(date: string, facts: HoursFacts): (row: { siteId: string; startsAt: string }) => boolean {
  const bounds = new Map(facts.sites.map((site) => [site.id, dayBounds(date, site.timeZone)]));
  return (row) => {
    const day = bounds.get(row.siteId);
    const atMs = Date.parse(row.startsAt);
    return day !== undefined && day.startMs <= atMs && atMs < day.endMs;
  };
}

type DayAsked = { date: string; siteId?: string | undefined; now: Date };

/** Everything that the day view shows, in two statements. */
export async function readDay(db: Db, { date, siteId, now }: DayAsked): Promise<Day> {
  const facts = await readHoursFacts(db, date, date);
  const rows = (await listVisits(db, { ...around(date, date, facts), siteId })).filter(isOn(date, facts));
  const sites = facts.sites.filter((site) => (siteId ? site.id === siteId : site.active));
  const [first] = sites;
  if (!first) throw notFound('site');
  const { startMs, endMs } = dayBounds(date, first.timeZone);
  const hours = listHours({ ...facts, from: date, to: date });
  const nowMs = now.getTime();
  const shown = rows.map((row) => shownVisit(row, nowMs, facts.limits));
  const visits = withPins(shown, await listPins(db));
  const resources = listColumns({ facts, hours, rows, siteId });
  const held = await listHeld(db, now);
  const groups = (await listGroups(db, [date], facts)).filter((one) => !siteId || one.siteId === siteId);
  return {
    date,
    now: now.toISOString(),
    startsAt: new Date(startMs).toISOString(),
    endsAt: new Date(endMs).toISOString(),
    sites: sites.map(({ id, name, timeZone }) => ({ siteId: id, name, timeZone })),
    resources: resources.map((one) => ({ ...one, ...busyOf(facts, one.resourceId, date, first.timeZone) })),
    visitTypes: shownTypes(facts),
    slotCodes: shownCodes(facts.slotCodes),
    visits,
    groups: groups.map((one) => shownGroup(one, visits)),
    blocks: listBlocks(facts, date),
    holds: held.filter(isOn(date, facts)).map(shownHold),
    closures: listClosures(facts, date).filter((one) => !siteId || !one.siteId || one.siteId === siteId),
    notes: listNotes(facts, resources),
    counts: countDay(visits, resources, nowMs),
    limits: facts.limits,
  };
}

/** Sessions change seldom: remembered until one is planned or cancelled; who has a seat is told by the visits. */
async function listGroups(db: Db, days: readonly string[], facts: HoursFacts): Promise<Session[]> {
  if (!facts.hasGroups) return [];
  const [first = '', last = first] = [days[0], days.at(-1)];
  const stretch = around(first, last, facts);
  const of = { topics: ['groups', 'setup', 'practice'], days };
  const sessions = await db.remember(`groups ${first} ${last}`, of, () =>
    listSessions(db, { ...stretch, limit: 500 }),
  );
  return sessions.filter((one) => days.some((day) => isOn(day, facts)(one)));
}

/** Busy times of calendars outside; left out where there are none. */
function busyOf({ externalBusy }: HoursFacts, resourceId: string, date: string, timeZone: string) {
  const busy = busyOn(externalBusy, resourceId, date, timeZone);
  return busy.length > 0 ? { busy } : {};
}

function shownTypes({ visitTypes, noticeHours }: SetupFacts) {
  return visitTypes.map(({ needs: _needs, ...type }) => ({
    ...type,
    noticeHours: type.noticeHours ?? noticeHours,
  }));
}

function shownCodes(codes: SlotCode[]) {
  return codes.filter((one) => one.active).map(({ active: _active, ...code }) => code);
}

function listClosures(facts: HoursFacts, date: string) {
  return facts.closures
    .filter((one) => one.onDate === date)
    .map(({ onDate, name, siteId }) => ({ onDate, name, ...(siteId ? { siteId } : {}) }));
}

type WeekAsked = { physicianId: string; date: string; now: Date };

/** Monday to Sunday of one physician, in two statements. */
export async function readWeek(db: Db, { physicianId, date, now }: WeekAsked): Promise<Week> {
  const monday = addDays(date, 1 - isoWeekday(date));
  const sunday = addDays(monday, 6);
  const facts = await readHoursFacts(db, monday, sunday);
  const physician = facts.resources.find((one) => one.resourceId === physicianId);
  if (physician?.kind !== 'physician') throw notFound('physician');
  const rows = await listVisits(db, { ...around(monday, sunday, facts), physicianId });
  const held = await listHeld(db, now);
  const pins = await listPins(db);
  const dates = Array.from({ length: 7 }, (_, i) => addDays(monday, i));
  const groups = (await listGroups(db, dates, facts)).filter((one) => one.resourceIds.includes(physicianId));
  return {
    physicianId,
    physicianName: physician.name,
    now: now.toISOString(),
    sites: facts.sites
      .filter((site) => site.active)
      .map(({ id, name, timeZone }) => ({ siteId: id, name, timeZone })),
    visitTypes: shownTypes(facts),
    slotCodes: shownCodes(facts.slotCodes),
    limits: facts.limits,
    holds: held.filter((one) => one.physicianId === physicianId).map(shownHold),
    blocks: dates.flatMap((day) => listBlocks(facts, day)).filter((one) => one.resourceId === physicianId),
    days: dates.map((day) => {
      const own = rows.filter(isOn(day, facts));
      const shown = own.map((row) => shownVisit(row, now.getTime(), facts.limits));
      const hours = listHours({ ...facts, resources: [physician], from: day, to: day });
      const [column] = listColumns({ facts: { ...facts, resources: [physician] }, hours, rows: own });
      return {
        date: day,
        working: column?.working ?? [],
        ...(column?.coded ? { coded: column.coded } : {}),
        ...(column?.away ? { away: column.away } : {}),
        ...busyOf(facts, physicianId, day, facts.sites[0]?.timeZone ?? 'UTC'),
        closures: listClosures(facts, day),
        visits: withPins(shown, pins),
        groups: groups.filter(isOn(day, facts)).map((one) => shownGroup(one, shown)),
      };
    }),
  };
}
