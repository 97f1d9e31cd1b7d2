import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { patternLabel } from './pattern/rules.ts';
import { isMovedByHand } from './rules.ts';
import type { Series, SeriesPattern, SeriesPlace } from './schema.ts';

type SeriesRow = Omit<Series, 'label' | 'places' | 'undo'>;

const columns = sql`
  e.series_id, e.version, e.patient_id,
  p.family_name || case when p.given_name = '' then '' else ', ' || p.given_name end as patient_name,
  e.visit_type_id, t.name as visit_type_name, e.site_id, s.name as site_name, s.time_zone, e.physician_id,
  d.name as physician_name, e.minutes, e.pattern, e.created_at`;

const joins = sql`
  join patients p on p.practice_id = e.practice_id and p.patient_id = e.patient_id
  join visit_types t on t.practice_id = e.practice_id and t.visit_type_id = e.visit_type_id
  join sites s on s.practice_id = e.practice_id and s.site_id = e.site_id
  join resources d on d.practice_id = e.practice_id and d.resource_id = e.physician_id`;

export async function findSeriesRow(db: Db, seriesId: string): Promise<SeriesRow | undefined> {
  const { rows } = await sql<SeriesRow>`
    select ${columns} from series e ${joins} where e.series_id = ${seriesId}`.execute(db);
  return rows[0];
}

/** The series, locked until the transaction ends: before its visits, its patient and its resources. */
export async function lockSeries(db: Db, seriesId: string): Promise<SeriesRow | undefined> {
  await sql`select from series where series_id = ${seriesId} for no key update`.execute(db);
  return findSeriesRow(db, seriesId);
}

export type PlaceRow = Pick<SeriesPlace, 'placeNo' | 'wantedAt' | 'state' | 'why'> & {
  physicianId: string;
  visitId: string | null;
};

export async function listPlaces(db: Db, seriesId: string): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`
    select o.place_no, o.wanted_at, o.state, o.why, o.physician_id, v.visit_id
    from series_places o
    left join visits v on v.practice_id = o.practice_id and v.series_id = o.series_id and v.series_no = o.place_no
    where o.series_id = ${seriesId}
    order by o.place_no limit 104`.execute(db);
  return rows;
}

/** Lock visits in the order of their ids. */
export async function lockVisits(db: Db, visitIds: readonly string[]): Promise<void> {
  await sql`
    select from visits where visit_id = any (${[...visitIds]}::uuid[])
    order by visit_id for no key update`.execute(db);
}

type PlaceOfSeries = {
  placeNo: number;
  wantedAt: string;
  state: SeriesPlace['state'];
  why: string;
  wantedPhysicianId: string;
  visit: Omit<NonNullable<SeriesPlace['visit']>, 'movedByHand'> | null;
};

export type SeriesEdit = {
  editNo: number;
  kind: 'moved' | 'cancelled';
  before: SeriesBefore;
  visits: { visitId: string; version: number }[];
};

/** What an edit changed of the series itself. */
export type SeriesBefore = {
  physicianId: string;
  minutes: number;
  places: {
    placeNo: number;
    wantedAt: string;
    physicianId: string;
    state: SeriesPlace['state'];
    why: string;
  }[];
};

/** The edit that stands last. */
export async function findLastEdit(db: Db, seriesId: string): Promise<SeriesEdit | undefined> {
  const { rows } = await sql<SeriesEdit>`
    select edit_no, kind, before, visits from series_edits
    where series_id = ${seriesId} and undone_at is null
    order by edit_no desc limit 1`.execute(db);
  return rows[0];
}

export async function findSeries(db: Db, seriesId: string): Promise<Series | undefined> {
  const row = await findSeriesRow(db, seriesId);
  if (!row) return undefined;
  const { rows } = await sql<PlaceOfSeries>`
    select o.place_no, o.wanted_at, o.state, o.why, o.physician_id as wanted_physician_id,
      case when v.visit_id is null then null else json_build_object('visitId', v.visit_id, 'version', v.version,
        'state', v.state, 'startsAt', to_char(v.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'endsAt', to_char(v.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'physicianId', v.physician_id, 'physicianName', d.name, 'cancelReason', v.cancel_reason) end as visit
    from series_places o
    left join visits v on v.practice_id = o.practice_id and v.series_id = o.series_id and v.series_no = o.place_no
    left join resources d on d.practice_id = v.practice_id and d.resource_id = v.physician_id
    where o.series_id = ${seriesId}
    order by o.place_no limit 104`.execute(db);
  const last = await findLastEdit(db, seriesId);
  return {
    ...row,
    label: patternLabel(row.pattern),
    places: rows.map(shownPlace),
    undo: last ? { editNo: last.editNo, kind: last.kind, visits: last.visits.length } : null,
  };
}

function shownPlace({ wantedPhysicianId, visit, ...place }: PlaceOfSeries): SeriesPlace {
  const wanted = { wantedAt: place.wantedAt, physicianId: wantedPhysicianId };
  return { ...place, visit: visit && { ...visit, movedByHand: isMovedByHand(visit, wanted) } };
}

/** A series with places that are still owed, for the duty. */
export type OwedSeries = {
  seriesId: string;
  patientId: string;
  patientName: string;
  visitTypeName: string;
  physicianName: string;
  timeZone: string;
  planned: number;
  booked: number;
  firstOwedAt: string;
};

export async function listOwedSeries(db: Db): Promise<OwedSeries[]> {
  const { rows } = await sql<OwedSeries>`
    select e.series_id, e.patient_id,
      case when p.preferred_name = '' then p.given_name else p.preferred_name end || ' ' || p.family_name
        as patient_name,
      t.name as visit_type_name, d.name as physician_name, s.time_zone, owed.first_owed_at,
      (select count(*)::int from series_places a
        where a.practice_id = e.practice_id and a.series_id = e.series_id and a.state <> 'given_up') as planned,
      (select count(*)::int from series_places a
        where a.practice_id = e.practice_id and a.series_id = e.series_id and a.state = 'booked') as booked
    from (
      select practice_id, series_id, min(wanted_at) as first_owed_at from series_places where state = 'owed'
      group by practice_id, series_id
    ) owed
    join series e on e.practice_id = owed.practice_id and e.series_id = owed.series_id ${joins}
    where not p.deceased
    order by owed.first_owed_at, e.series_id limit 500`.execute(db);
  return rows;
}

export type NewSeries = {
  seriesId: string;
  patientId: string;
  visitTypeId: string;
  siteId: string;
  physicianId: string;
  minutes: number;
  pattern: SeriesPattern;
};
