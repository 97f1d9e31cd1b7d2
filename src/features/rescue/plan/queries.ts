import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { newAfterYears } from '../../schedule/booking-rules/rules.ts';
import type { BusyInterval } from '../../schedule/openings/wish/rules.ts';
import type { VisitResource, VisitState } from '../../schedule/visits/schema.ts';

const yearMs = 365.25 * 86_400_000;
/** A visit lasts a day at most, its buffers two hours each. */
const longestMs = 28 * 3_600_000;

/** Someone who has a visit with the physician then, with all that the order and the search ask. */
export type AffectedRow = {
  visitId: string;
  version: number;
  state: VisitState;
  patientId: string;
  patientName: string;
  bornOn: string | null;
  phones: { number: string; preferred?: boolean }[];
  language: string;
  interpreterNeeded: boolean;
  patientZip: string;
  visitTypeId: string;
  physicianId: string;
  siteId: string;
  siteName: string;
  siteZip: string;
  timeZone: string;
  startsAt: string;
  endsAt: string;
  arrivedAt: string | null;
  confirmedAt: string | null;
  createdAt: string;
  reason: string;
  note: string;
  seriesId: string | null;
  sessionId: string | null;
  movedBefore: number;
  /** Until when the follow-up is to be kept for which it was booked, and how soon that was wanted. */
  followUpBy: string | null;
  followUpPriority: string | null;
  seen: boolean;
  taken: (Pick<VisitResource, 'resourceId' | 'lane'> & { startMs: number; endMs: number })[];
};

type Stretch = { physicianId: string; fromMs: number; toMs: number; expectedFromMs: number; now: Date };

/** Booked visits of the stretch that nobody has held yet, and people who are here and wait for this physician. */
export async function listAffected(
  db: Db,
  { physicianId, fromMs, toMs, expectedFromMs, now }: Stretch,
): Promise<AffectedRow[]> {
  const seenFrom = new Date(now.getTime() - newAfterYears * yearMs);
  const { rows } = await sql<AffectedRow>`
    select v.visit_id, v.version, v.state, v.patient_id,
      p.family_name || case when p.given_name = '' then '' else ', ' || p.given_name end as patient_name,
      p.born_on, p.phones, p.language, p.interpreter_needed,
      coalesce(p.addresses -> 0 ->> 'zip', '') as patient_zip, v.visit_type_id, v.physician_id, v.site_id, s.name as site_name,
      coalesce(s.address ->> 'zip', '') as site_zip, s.time_zone, v.starts_at, v.ends_at, v.arrived_at,
      v.confirmed_at, v.created_at, v.reason, v.note, v.series_id, v.session_id,
      (select count(*)::int from visit_steps x
        where x.practice_id = v.practice_id and x.visit_id = v.visit_id and x.undone_at is null
          and x.step = 'moved' and x.detail ->> 'askedBy' = 'practice') as moved_before,
      w.latest_on as follow_up_by, w.priority as follow_up_priority,
      exists (select from visits e
        where e.practice_id = v.practice_id and e.patient_id = v.patient_id and e.visit_id <> v.visit_id
          and e.state in ('arrived', 'in_room', 'with_physician', 'checked_out')
          and e.starts_at >= ${seenFrom} and e.starts_at < ${now}) as seen,
      coalesce((select json_agg(json_build_object('resourceId', o.resource_id, 'lane', o.lane,
          'startMs', extract(epoch from o.starts_at)::float8 * 1000,
          'endMs', extract(epoch from o.ends_at)::float8 * 1000)
          order by o.resource_id = v.physician_id desc, o.resource_id)
        from visit_resources o
        where o.practice_id = v.practice_id and o.visit_id = v.visit_id and not o.released), '[]') as taken
    from visits v
    join patients p on p.practice_id = v.practice_id and p.patient_id = v.patient_id
    join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
    left join lateral (
      select f.latest_on, f.priority from follow_ups f
      where f.practice_id = v.practice_id and f.visit_id = v.visit_id and f.patient_id = v.patient_id
        and f.ended_as is null and f.entered_in_error_at is null
      order by f.latest_on limit 1) w on true
    where v.physician_id = ${physicianId} and v.starts_at > ${new Date(fromMs - longestMs)}
      and v.starts_at < ${new Date(toMs)}
      and ((v.state = 'booked' and (v.ends_at > ${new Date(fromMs)} or v.starts_at >= ${new Date(expectedFromMs)}))
        or (v.state in ('arrived', 'in_room') and (${fromMs <= now.getTime()} or v.starts_at >= ${new Date(fromMs)})))
    order by v.starts_at, v.visit_id limit 500`.execute(db);
  return rows;
}

type BusyAsked = {
  fromMs: number;
  toMs: number;
  /** They leave their time: it counts as free. */
  visitIds: readonly string[];
  /** What this account holds for a rescue counts as free, but for these. */
  accountId: string | null;
  now: Date;
};

/** What takes the time of every resource besides the visits that move; holds until they are over. */
export async function readTaken(db: Db, asked: BusyAsked): Promise<BusyInterval[]> {
  const { fromMs, toMs, visitIds, accountId, now } = asked;
  type Row = { resourceId: string; lane: number; starts: number[]; ends: number[] };
  const { rows } = await sql<Row>`
    select o.resource_id, o.lane, json_agg(extract(epoch from o.starts_at)::float8 * 1000) as starts,
      json_agg(extract(epoch from o.ends_at)::float8 * 1000) as ends
    from visit_resources o
    left join holds h on h.practice_id = o.practice_id and h.hold_id = o.hold_id
    where not o.released and o.starts_at > ${new Date(fromMs - longestMs)} and o.starts_at < ${new Date(toMs)}
      and (o.visit_id is null or o.visit_id <> all (${[...visitIds]}::uuid[]))
      and (o.hold_id is null or (h.expires_at > ${now} and not (h.for_rescue and h.account_id = ${accountId})))
    group by o.resource_id, o.lane`.execute(db);
  return rows.flatMap(({ resourceId, lane, starts, ends }) =>
    starts.map((startMs, i) => ({ resourceId, lane, startMs, endMs: ends[i] ?? startMs })),
  );
}

type PatientRow = { visitId: string; patientId: string; startMs: number; endMs: number };

/** Every visit of these people in a stretch: nobody is in two places. */
export async function listPatientTimes(
  db: Db,
  patientIds: readonly string[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<PatientRow[]> {
  const { rows } = await sql<PatientRow>`
    select visit_id, patient_id, extract(epoch from starts_at)::float8 * 1000 as start_ms,
      extract(epoch from ends_at)::float8 * 1000 as end_ms
    from visits
    where patient_id = any (${[...patientIds]}::uuid[]) and state not in ('cancelled', 'no_show', 'entered_in_error')
      and starts_at > ${new Date(fromMs - longestMs)} and starts_at < ${new Date(toMs)}
    order by starts_at, visit_id limit 5000`.execute(db);
  return rows;
}

type CountedRow = { physicianId: string; visitTypeId: string; startMs: number; isNew: boolean };

/** What limits of booking count in a stretch, as a booking counts it. */
export async function listCounted(
  db: Db,
  { physicianIds, fromMs, toMs, now }: { physicianIds: string[]; fromMs: number; toMs: number; now: Date },
): Promise<CountedRow[]> {
  const seenFrom = new Date(now.getTime() - newAfterYears * yearMs);
  const { rows } = await sql<{ counted: CountedRow[] }>`
    select counted from frontdesk.ruled_facts(null, ${physicianIds}::uuid[], '{}'::uuid[], ${seenFrom}, ${now},
      ${new Date(fromMs)}, ${new Date(toMs)}, null, null)`.execute(db);
  return rows[0]?.counted ?? [];
}
