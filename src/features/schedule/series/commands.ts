import { sql } from 'kysely';
import { dateLabel } from '../../../platform/calendar/dates.ts';
import { localDate } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { readHoursFacts } from '../hours/queries.ts';
import { findOpenings } from '../openings/queries.ts';
import type { Opening } from '../openings/schema.ts';
import { lockAhead } from '../placing/ahead/commands.ts';
import { bookVisit } from '../visits/commands.ts';
import type { Visit } from '../visits/schema.ts';
import { patternLabel } from './pattern/rules.ts';
import { findSeries, listPlaces, lockSeries, type NewSeries } from './queries.ts';
import { bookedLabel, nearestTo, wantedInstants } from './rules.ts';
import type { BookPlace, BookSeries, PlaceChoice, PlaceResult } from './schema.ts';

/** Book a series, or rehearse it: every place gets its visit, or says why it has none. */
export async function placeSeries(tx: Tx, input: BookSeries) {
  const plan = await readPlan(tx, input);
  const { series, timeZone, wanted } = plan;
  tx.send(insertSeries(tx, plan));
  const choices = new Map(input.choices.map((one) => [one.placeNo, one.choice]));
  await lockAhead(tx, input.patientId, listAsked(input, plan, choices));
  const places: PlaceResult[] = [];
  for (const [at, wantedAt] of wanted.entries()) {
    const placeNo = at + 1;
    places.push(await fillPlace(tx, { input, plan, placeNo, wantedAt, choice: choices.get(placeNo) }));
  }
  tx.send(writePlaces(tx, series.seriesId, places));
  return { series, timeZone, places, label: patternLabel(input.pattern) };
}

type Choice = PlaceChoice['choice'];
type Plan = { series: NewSeries; timeZone: string; wanted: string[]; today: string };

async function readPlan(tx: Tx, input: BookSeries): Promise<Plan> {
  const { pattern, patientId, visitTypeId, siteId, physicianId } = input;
  const facts = await readHoursFacts(tx.db, pattern.startsOn, pattern.startsOn);
  const site = facts.sites.find((one) => one.id === siteId);
  const type = facts.visitTypes.find((one) => one.visitTypeId === visitTypeId);
  if (!site) throw notFound('site');
  if (!type) throw notFound('visit type');
  const today = localDate(tx.now.getTime(), site.timeZone);
  if (pattern.startsOn < today) {
    const message = `${dateLabel(pattern.startsOn, Number(today.slice(0, 4)))} has passed. Begin the series today or later.`;
    throw new Refusal('bad-input', message, { fields: { 'pattern.startsOn': message } });
  }
  const wanted = wantedInstants(pattern, site.timeZone);
  if (wanted.length < 2) {
    const message = 'This pattern has fewer than two visits. Choose a later end, or book one visit.';
    throw new Refusal('bad-input', message, { fields: { 'pattern.until': message } });
  }
  const minutes = input.minutes ?? type.minutesByPhysician[physicianId] ?? type.minutes;
  const ids = { seriesId: newId(), patientId, visitTypeId, siteId, physicianId };
  return { series: { ...ids, minutes, pattern }, timeZone: site.timeZone, wanted, today };
}

function listAsked(input: BookSeries, { wanted, series }: Plan, choices: Map<number, Choice>) {
  return wanted.flatMap((wantedAt, at) => {
    const choice = choices.get(at + 1);
    if (choice && choice.kind !== 'instead') return [];
    return [{ ...askedOf(input, series, wantedAt, choice) }];
  });
}

function askedOf(input: BookSeries, series: NewSeries, wantedAt: string, choice: Choice | undefined) {
  const instead = choice?.kind === 'instead' ? choice : undefined;
  return {
    ...{ patientId: input.patientId, visitTypeId: input.visitTypeId, siteId: input.siteId },
    physicianId: instead?.physicianId ?? input.physicianId,
    resourceIds: instead?.resourceIds ?? input.resourceIds,
    startsAt: instead?.startsAt ?? wantedAt,
    minutes: series.minutes,
    reason: input.reason,
    note: input.note,
  };
}

type ToFill = {
  input: BookSeries;
  plan: Plan;
  placeNo: number;
  wantedAt: string;
  choice: Choice | undefined;
};

async function fillPlace(tx: Tx, { input, plan, placeNo, wantedAt, choice }: ToFill): Promise<PlaceResult> {
  const { series, timeZone } = plan;
  const bare = { placeNo, wantedAt, alternatives: [] };
  if (choice?.kind === 'give-up') return { ...bare, state: 'given_up', why: choice.reason };
  if (choice?.kind === 'owe') return { ...bare, state: 'owed', why: 'Left open when the series was booked.' };
  const asked = askedOf(input, series, wantedAt, choice);
  const booked = await orWhy(() => bookVisit(tx, asked, { series: { seriesId: series.seriesId, placeNo } }));
  if (typeof booked === 'string') {
    const alternatives = await listAlternatives(tx, asked, timeZone);
    return { ...bare, state: 'owed', why: booked, alternatives };
  }
  const { startsAt, physicianName, visitId } = booked;
  return { ...bare, state: 'booked', why: '', startsAt, physicianName, visitId };
}

/** What stands in the way of a visit, in words; every other refusal is one of the whole series. */
export async function orWhy<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal && error.code === 'conflict' && error.detail.offers) return error.message;
    throw error;
  }
}

type Asked = ReturnType<typeof askedOf>;

/** The free times of that day with the same physician, the nearest first. */
async function listAlternatives(tx: Tx, asked: Asked, timeZone: string): Promise<Opening[]> {
  const date = localDate(Date.parse(asked.startsAt), timeZone);
  if (date < localDate(tx.now.getTime(), timeZone)) return [];
  const { openings } = await findOpenings(
    tx.db,
    {
      visitTypeId: asked.visitTypeId,
      minutes: asked.minutes,
      physicianIds: [asked.physicianId],
      siteId: asked.siteId,
      ...{ weekdays: [], times: [], from: date, to: date, limit: 50 },
      patientId: asked.patientId,
    },
    { now: tx.now, nearDays: 0 },
  );
  return nearestTo(openings, asked.startsAt, 3);
}

async function insertSeries(tx: Tx, { series, wanted }: Plan): Promise<void> {
  const { seriesId, patientId, visitTypeId, siteId, physicianId, minutes, pattern } = series;
  const places = wanted.map((wantedAt, at) => ({ placeNo: at + 1, wantedAt }));
  await sql`
    with made as (
      insert into series (practice_id, series_id, patient_id, visit_type_id, site_id, physician_id, minutes, pattern,
        created_at, created_by)
      values (${tx.practiceId}, ${seriesId}, ${patientId}, ${visitTypeId}, ${siteId}, ${physicianId}, ${minutes},
        ${JSON.stringify(pattern)}::jsonb, ${tx.now}, ${tx.actor.staffId})
    )
    insert into series_places (practice_id, series_id, place_no, wanted_at, physician_id)
    select ${tx.practiceId}, ${seriesId}, r."placeNo", r."wantedAt", ${physicianId}
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as r("placeNo" int, "wantedAt" timestamptz)`.execute(
    tx.db,
  );
}

/** What has no visit: why it is owed, or was given up. */
async function writePlaces(tx: Tx, seriesId: string, places: readonly PlaceResult[]): Promise<void> {
  const open = places.filter((one) => one.state !== 'booked');
  if (open.length === 0) return;
  const rows = open.map(({ placeNo, state, why }) => ({ placeNo, state, why }));
  await sql`
    update series_places o set state = r.state, why = r.why
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("placeNo" int, state text, why text)
    where o.series_id = ${seriesId} and o.place_no = r."placeNo"`.execute(tx.db);
}

export type BookedSeries = { seriesId: string; version: number; places: PlaceResult[] };

/** Book the visits of a pattern in one transaction; a series of which nothing could be booked is refused. */
export async function bookSeries(tx: Tx, input: BookSeries): Promise<BookedSeries> {
  const { series, places, label } = await placeSeries(tx, input);
  if (!places.some((one) => one.state === 'booked')) {
    const why = places.find((one) => one.why)?.why ?? '';
    throw new Refusal('conflict', `None of these visits can be booked. ${why}`.trim());
  }
  const { seriesId, patientId } = series;
  tx.audit({
    action: 'series.booked',
    subjectKind: 'series',
    subjectIds: [seriesId],
    after: { patientId, pattern: label, booked: bookedLabel(places) },
  });
  tx.touch('series', seriesId);
  return { seriesId, version: 1, places };
}

/** Open a series for change: locked, and refused when someone else changed it since it was shown. */
export async function openSeries(tx: Tx, seriesId: string, version: number) {
  const series = await lockSeries(tx.db, seriesId);
  if (!series) throw notFound('series');
  if (series.version !== version) throw stale('series', await findSeries(tx.db, seriesId));
  return series;
}

/** A series was changed. @returns its version now */
export async function raiseVersion(tx: Tx, seriesId: string, version: number): Promise<number> {
  await sql`update series set version = ${version + 1} where series_id = ${seriesId}`.execute(tx.db);
  tx.touch('series', seriesId);
  return version + 1;
}

async function openPlaceOf(tx: Tx, seriesId: string, placeNo: number) {
  const place = (await listPlaces(tx.db, seriesId)).find((one) => one.placeNo === placeNo);
  if (!place) throw notFound('place');
  if (place.state === 'booked')
    throw new Refusal('conflict', 'This visit of the series is booked already. Look at the series again.');
  return place;
}

/** Book a visit into a place that is owed, or that was given up. */
export async function bookPlace(tx: Tx, seriesId: string, placeNo: number, input: BookPlace) {
  const series = await openSeries(tx, seriesId, input.version);
  await openPlaceOf(tx, seriesId, placeNo);
  const { patientId, visitTypeId, siteId, minutes } = series;
  const { startsAt, resourceIds, overrideReason } = input;
  const visit: Visit = await bookVisit(
    tx,
    {
      ...{ patientId, visitTypeId, siteId, minutes, startsAt, resourceIds, overrideReason },
      physicianId: input.physicianId ?? series.physicianId,
      reason: '',
      note: '',
    },
    { series: { seriesId, placeNo } },
  );
  const after = { placeNo, visitId: visit.visitId };
  tx.audit({ action: 'series.place-booked', subjectKind: 'series', subjectIds: [seriesId], after });
  return { visit, version: await raiseVersion(tx, seriesId, series.version) };
}

/** A visit of the series is not needed after all: nobody owes it any more. */
export async function giveUpPlace(
  tx: Tx,
  seriesId: string,
  placeNo: number,
  { version, reason }: { version: number; reason: string },
): Promise<number> {
  const series = await openSeries(tx, seriesId, version);
  await openPlaceOf(tx, seriesId, placeNo);
  await sql`
    update series_places set state = 'given_up', why = ${reason}
    where series_id = ${seriesId} and place_no = ${placeNo}`.execute(tx.db);
  const after = { placeNo, state: 'given_up' };
  tx.audit({ action: 'series.place-given-up', subjectKind: 'series', subjectIds: [seriesId], reason, after });
  return raiseVersion(tx, seriesId, series.version);
}
