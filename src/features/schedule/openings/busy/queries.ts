import { sql } from 'kysely';
import { dateOfDay } from '../../../../platform/calendar/dates.ts';
import { mergePairs } from '../../../../platform/calendar/intervals.ts';
import type { Db } from '../../../../platform/db/database.ts';
import type { BusyInterval } from '../wish/rules.ts';

const dayMs = 86_400_000;
/** A visit lasts a day at most and its buffers two hours each: what began earlier is over. */
export const longestMs = 28 * 3_600_000;
export type BusyRow = { resourceId: string; lane: number; starts: number[]; ends: number[] };
export type Busy = { busy: BusyInterval[]; patientBusy: { startMs: number; endMs: number }[] };
export type BusyAsked = {
  resourceIds: string[];
  fromMs: number;
  toMs: number;
  patientId?: string | undefined;
  /** Does not count: the visit that moves. */
  ignoreVisitId?: string | undefined;
};

/**
 * What visits take of the time of these resources and of the patient, overlapping a stretch; one statement. Holds
 * are over at their own minute and are listed by themselves (holds/queries.ts).
 */
export async function readBusy(db: Db, asked: BusyAsked): Promise<Busy> {
  const [from, to] = [new Date(asked.fromMs), new Date(asked.toMs)];
  const begun = new Date(asked.fromMs - longestMs);
  const ignored = asked.ignoreVisitId ?? null;
  const { rows } = await sql<{ busy: BusyRow[]; patient: { startMs: number; endMs: number }[] }>`
    select
      (select coalesce(json_agg(b), '[]') from (
        select resource_id as "resourceId", lane,
          json_agg(extract(epoch from starts_at)::float8 * 1000) as starts,
          json_agg(extract(epoch from ends_at)::float8 * 1000) as ends
        from visit_resources
        where resource_id = any(${asked.resourceIds}::uuid[]) and not released and hold_id is null
          and starts_at > ${begun} and starts_at < ${to} and ends_at > ${from}
          and (${ignored}::uuid is null or visit_id <> ${ignored}::uuid)
        group by resource_id, lane) b) as busy,
      (select coalesce(json_agg(json_build_object(
          'startMs', extract(epoch from starts_at)::float8 * 1000,
          'endMs', extract(epoch from ends_at)::float8 * 1000) order by starts_at), '[]')
        from visits
        where patient_id = ${asked.patientId ?? null}::uuid
          and state not in ('cancelled', 'no_show', 'entered_in_error')
          and starts_at > ${begun} and starts_at < ${to} and ends_at > ${from}
          and (${ignored}::uuid is null or visit_id <> ${ignored}::uuid)) as patient`.execute(db);
  const [row] = rows;
  return { busy: listBusy(row?.busy ?? []), patientBusy: row?.patient ?? [] };
}

export function listBusy(rows: readonly BusyRow[]): BusyInterval[] {
  return rows.flatMap(({ resourceId, lane, starts, ends }) =>
    starts.map((startMs, i) => ({ resourceId, lane, startMs, endMs: ends[i] ?? startMs })),
  );
}

/**
 * As readBusy, for those who only look: what was asked for before, and not changed since, comes from memory by
 * day. Who books asks openPlace, under its locks.
 */
export async function rememberedBusy(db: Db, asked: BusyAsked): Promise<Busy> {
  // The visit that moves would have to be cut out of what is kept as stretches.
  if (asked.ignoreVisitId) return readBusy(db, asked);
  const { fromMs, toMs } = asked;
  const wanted: number[] = [];
  // Asked in one statement, once all days said whether they are known.
  let reading: Promise<Map<number, BusyInterval[]>> | undefined;
  const read = async (day: number) => {
    wanted.push(day);
    reading ??= Promise.resolve().then(() => readBusyDays(db, wanted));
    return (await reading).get(day) ?? [];
  };
  const days: Promise<BusyInterval[]>[] = [];
  for (let day = Math.floor((fromMs - longestMs) / dayMs); day * dayMs < toMs; day += 1) {
    const of = { topics: ['visits'], days: [day - 1, day, day + 1].map(dateOfDay) };
    days.push(db.remember(`busy ${day}`, of, () => read(day)));
  }
  const used = new Set(asked.resourceIds);
  const patientBusy = await readPatientBusy(db, asked);
  const busy: BusyInterval[] = [];
  for (const day of await Promise.all(days)) {
    for (const one of day) {
      if (one.startMs < toMs && one.endMs > fromMs && used.has(one.resourceId)) busy.push(one);
    }
  }
  return { busy, patientBusy };
}

type DayRow = { day: number; resourceId: string; lane: number; starts: string; ends: string };

/** What begins on these days (UTC), by day. */
async function readBusyDays(db: Db, days: readonly number[]): Promise<Map<number, BusyInterval[]>> {
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const { rows } = await sql<DayRow>`
    select day, resource_id, lane, string_agg(starts, ' ') as starts, string_agg(ends, ' ') as ends
    from (
      select floor(extract(epoch from starts_at) / 86400)::int as day, resource_id, lane,
        extract(epoch from starts_at)::bigint::text as starts, extract(epoch from ends_at)::bigint::text as ends
      from visit_resources
      where starts_at >= ${new Date(first * dayMs)} and starts_at < ${new Date((last + 1) * dayMs)}
        and not released and hold_id is null) taken
    group by day, resource_id, lane`.execute(db);
  const wanted = new Map<number, BusyInterval[]>(days.map((day) => [day, []]));
  for (const { day, resourceId, lane, starts, ends } of rows) {
    const until = ends.split(' ');
    const visits = starts
      .split(' ')
      .map((start, index) => ({ startMs: Number(start) * 1000, endMs: Number(until[index]) * 1000 }));
    // Visit after visit is one stretch: a full day is a few of them.
    const taken = mergePairs(visits);
    for (let i = 0; i < taken.length; i += 2) {
      wanted.get(day)?.push({ resourceId, lane, startMs: taken[i] ?? 0, endMs: taken[i + 1] ?? 0 });
    }
  }
  return wanted;
}

async function readPatientBusy(db: Db, { patientId, fromMs, toMs }: BusyAsked) {
  if (!patientId) return [];
  const { rows } = await sql<{ start: string; end: string }>`
    select extract(epoch from starts_at)::bigint as start, extract(epoch from ends_at)::bigint as end
    from visits
    where patient_id = ${patientId}::uuid and state not in ('cancelled', 'no_show', 'entered_in_error')
      and starts_at > ${new Date(fromMs - longestMs)} and starts_at < ${new Date(toMs)}
      and ends_at > ${new Date(fromMs)}
    order by starts_at limit 1000`.execute(db);
  return rows.map(({ start, end }) => ({ startMs: Number(start) * 1000, endMs: Number(end) * 1000 }));
}
