import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { rounds, seed } from '../../../../test/rounds.ts';
import { addDays } from '../../../platform/calendar/dates.ts';
import { localDate, localTime } from '../../../platform/calendar/zones.ts';
import { rehearse } from '../../../platform/db/rehearse.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { type Random, seeded } from '../../../platform/random.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { arriveVisit, cancelVisit, noShowVisit, reinstateVisit } from '../steps/commands.ts';
import { bookVisit, moveVisit } from '../visits/commands.ts';
import { bookPlace, bookSeries, giveUpPlace } from './commands.ts';
import { applyEdit, editSeries, undoEdit } from './edits/commands.ts';
import { findSeries } from './queries.ts';
import { BookSeries, EditSeries, type Series } from './schema.ts';

const first = seed();
const turns = 14;
const zone = 'America/New_York';
/** Weeks around each change of the clocks. */
const starts = ['2026-03-02', '2026-10-26'];

type VisitFacts = {
  visitId: string;
  seriesId: string | null;
  seriesNo: number | null;
  state: string;
  startsAt: string;
  endsAt: string;
  physicianId: string;
  places: string;
};

async function readVisits(tx: Tx): Promise<VisitFacts[]> {
  const { rows } = await sql<VisitFacts>`
    select v.visit_id, v.series_id, v.series_no, v.state, v.starts_at, v.ends_at, v.physician_id,
      (select string_agg(concat_ws(' ', r.resource_id, r.lane, r.starts_at, r.ends_at, r.released), ','
        order by r.resource_id) from visit_resources r where r.visit_id = v.visit_id) as places
    from visits v order by v.visit_id limit 1000`.execute(tx.db);
  return rows;
}

type Played = { kind: string; refused: boolean };
type World = { practice: TestPractice; plan: TestSchedule; random: Random; startsOn: string; ids: string[] };

const scopes = ['one', 'following', 'all'] as const;

function someEdit({ random, plan }: World, series: Series): EditSeries {
  const times = ['08:00', '09:00', '09:15', '11:45', '14:30'];
  const change = random.pick([
    { time: random.pick(times) },
    { days: random.pick([-7, -1, 1, 2, 7]) },
    { physicianId: random.pick([plan.lee, plan.okoye]), minutes: random.pick([15, 30]) },
    { time: random.pick(times), days: random.pick([-1, 1]), physicianId: plan.okoye },
  ]);
  const edit = random.chance(0.2)
    ? { kind: 'cancel' as const, reason: 'patient-asked' as const, text: '' }
    : { kind: 'move' as const, change };
  return EditSeries.parse({
    ...{ version: series.version, scope: random.pick([...scopes]), movedToo: random.chance(0.3), edit },
    fromNo: 1 + random.below(series.places.length),
  });
}

function somePattern({ random, startsOn, plan }: World): BookSeries {
  const unit = random.pick(['day', 'week', 'week', 'week'] as const);
  return BookSeries.parse({
    patientId: random.pick(plan.patients.slice(0, 3)),
    visitTypeId: random.pick([plan.followUp, plan.newPatient]),
    siteId: plan.main,
    physicianId: random.pick([plan.lee, plan.okoye]),
    pattern: {
      startsOn: addDays(startsOn, random.below(5)),
      time: random.pick(['08:00', '09:00', '09:15', '16:45']),
      unit,
      weekdays: unit === 'week' ? [1, 2, 3, 4, 5].filter(() => random.chance(0.35)) : [],
      count: 2 + random.below(7),
    },
  });
}

/** One turn of somebody at a desk. */
const moves: Record<string, (tx: Tx, world: World, series: Series | undefined) => Promise<unknown>> = {
  book: async (tx, world) => {
    const { seriesId } = await bookSeries(tx, somePattern(world));
    world.ids.push(seriesId);
  },
  edit: async (tx, world, series) => {
    if (!series) return;
    const input = someEdit(world, series);
    const rehearsed = await rehearse(tx, (open) => applyEdit(open, series.seriesId, input));
    const done = await editSeries(tx, series.seriesId, input);
    expect(rehearsed.results).toEqual(done.results);
  },
  undo: async (tx, _, series) => series && undoEdit(tx, series.seriesId, { version: series.version }),
  'in the way': (tx, { random, plan, startsOn }) =>
    bookVisit(tx, {
      ...{ patientId: plan.patients[4]!, visitTypeId: plan.followUp, siteId: plan.main, resourceIds: [] },
      ...{ physicianId: random.pick([plan.lee, plan.okoye]), reason: '', note: '' },
      startsAt: `${addDays(startsOn, random.below(14))}T1${random.pick([3, 4, 5])}:00:00.000Z`,
    }),
  'by hand': async (tx, { random }, series) => {
    const visit = random.pick(series?.places ?? [null])?.visit;
    if (!visit) return;
    const { visitId, version } = visit;
    const startsAt = new Date(Date.parse(visit.startsAt) + random.pick([-60, 15, 90]) * 60_000).toISOString();
    const hands = [
      () => moveVisit(tx, visitId, { version, startsAt }),
      () => cancelVisit(tx, visitId, { version, reason: 'patient-ill', text: '' }),
      () => reinstateVisit(tx, visitId, { version }),
      () => arriveVisit(tx, visitId, { version }),
      () => noShowVisit(tx, visitId, { version }),
    ];
    await random.pick(hands)();
  },
  owed: async (tx, { random }, series) => {
    const place = series?.places.find((one) => one.state === 'owed');
    if (!series || !place) return;
    const { seriesId, version } = series;
    const reason = 'not needed';
    if (random.chance(0.3)) return giveUpPlace(tx, seriesId, place.placeNo, { version, reason });
    const startsAt = new Date(Date.parse(place.wantedAt) + 3_600_000).toISOString();
    await bookPlace(tx, seriesId, place.placeNo, { version, startsAt, resourceIds: [] });
  },
};

const kinds = ['book', 'edit', 'edit', 'edit', 'undo', 'undo', 'in the way', 'by hand', 'by hand', 'owed'];

/** What a play must never have done: ids and words. */
function complaintsOf(before: VisitFacts[], after: VisitFacts[], played: Played): string[] {
  const now = new Map(after.map((one) => [one.visitId, one]));
  const said: string[] = [];
  for (const was of before) {
    const is = now.get(was.visitId);
    if (!is) said.push(`visit ${was.visitId} is lost`);
    else if (is.seriesId !== was.seriesId || is.seriesNo !== was.seriesNo)
      said.push(`visit ${was.visitId} changed its place`);
    else if (played.refused && JSON.stringify(is) !== JSON.stringify(was))
      said.push(`a refused ${played.kind} changed visit ${was.visitId}`);
  }
  const places = after.flatMap((one) => (one.seriesId ? [`${one.seriesId} ${one.seriesNo}`] : []));
  if (new Set(places).size !== places.length) said.push(`a place holds two visits after ${played.kind}`);
  if (played.refused && after.length !== before.length) said.push(`a refused ${played.kind} booked a visit`);
  return said;
}

describe.each(eitherStorage)('series on %s storage', (storage) => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
  });
  afterAll(() => office.close());

  const seeds = Array.from({ length: rounds(storage === 'embedded' ? 3 : 2, 150) }, (_, i) => first + i);

  const prepare = async (one: number): Promise<World> => {
    const startsOn = starts[one % 2]!;
    office.clock.set(new Date(`${addDays(startsOn, 1)}T17:00:00.000Z`));
    const practice = await office.practice();
    const plan = await setUpSchedule(practice, 5);
    return { practice, plan, random: seeded('series', one), startsOn: addDays(startsOn, 1), ids: [] };
  };

  const facts = (world: World) => world.practice.tx(readVisits);

  it.each(seeds)('edits and their undos never lose, double or misplace a visit: seed %i', async (one) => {
    const world = await prepare(one);
    const { practice, random } = world;
    let before = await facts(world);
    for (let turn = 0; turn < turns; turn++) {
      // Days go by while the series lie ahead
      if (turn === 7) office.clock.set(new Date(office.clock.now().getTime() + 4 * 86_400_000));
      const kind = turn === 0 ? 'book' : random.pick(kinds);
      const id = world.ids.length > 0 ? random.pick(world.ids) : undefined;
      const refused = await practice
        .tx(async (tx) => {
          await moves[kind]!(tx, world, id ? await findSeries(tx.db, id) : undefined);
          return false;
        })
        .catch((error: unknown) => {
          if (error instanceof Refusal) return true;
          throw error;
        });
      const after = await facts(world);
      expect(complaintsOf(before, after, { kind, refused }), `turn ${turn}: ${kind}`).toEqual([]);
      const nowMs = office.clock.now().getTime();
      if (kind === 'edit') expect(changedLate(before, after, nowMs), `turn ${turn}`).toEqual([]);
      before = after;
    }
    await practice.tx((tx) => checkSeries(tx, world, before));
  });

  it.each(seeds)(
    'an edit and its undo leave everything as it was, to the last column: seed %i',
    async (one) => {
      const world = await prepare(one);
      const { practice } = world;
      // A pattern of which nothing can be booked is refused: another one then
      while (world.ids.length === 0)
        await practice.tx((tx) => moves.book!(tx, world, undefined)).catch(unlessRefused);
      for (let turn = 0; turn < 5; turn++) {
        const id = world.ids[0]!;
        const was = await practice.tx(
          async (tx) => [await readVisits(tx), await findSeries(tx.db, id)] as const,
        );
        const done = await practice
          .tx((tx) => editSeries(tx, id, someEdit(world, was[1]!)))
          .catch((error: unknown) => {
            if (error instanceof Refusal) return undefined;
            throw error;
          });
        if (!done) continue;
        await practice.tx((tx) => undoEdit(tx, id, { version: done.version }));
        const is = await practice.tx(
          async (tx) => [await readVisits(tx), await findSeries(tx.db, id)] as const,
        );
        expect(is[0]).toEqual(was[0]);
        expect(plain(is[1]!)).toEqual(plain(was[1]!));
        // And on from another state
        await practice.tx((tx) => moves.edit!(tx, world, is[1])).catch(unlessRefused);
      }
    },
  );
});

function unlessRefused(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}

/** Without the versions, which only ever rise. */
function plain(series: Series) {
  const places = series.places.map(({ visit, ...place }) => ({
    ...place,
    visit: visit && { ...visit, version: 0 },
  }));
  return { ...series, version: 0, undo: null, places };
}

/** A series edit touched a visit whose time had come, or that was not booked any more. */
function changedLate(before: VisitFacts[], after: VisitFacts[], nowMs: number): string[] {
  const now = new Map(after.map((one) => [one.visitId, one]));
  return before
    .filter((was) => was.state !== 'booked' || Date.parse(was.startsAt) <= nowMs)
    .filter((was) => JSON.stringify(now.get(was.visitId)) !== JSON.stringify(was))
    .map((was) => `a series edit changed visit ${was.visitId}, which was ${was.state}`);
}

/** Each place has its visit, is owed, or was given up; visits that nobody moved keep the time on the wall. */
async function checkSeries(tx: Tx, world: World, visits: VisitFacts[]): Promise<void> {
  for (const id of world.ids) {
    const series = await findSeries(tx.db, id);
    const own = visits.filter((one) => one.seriesId === id);
    expect(series?.places.filter((one) => one.state === 'booked').length).toBe(own.length);
    expect(series?.places.map((one) => one.placeNo)).toEqual(series?.places.map((_, at) => at + 1));
    for (const place of series?.places ?? []) {
      expect((place.visit !== null) === (place.state === 'booked')).toBe(true);
      if (!place.visit || place.visit.movedByHand) continue;
      const [is, wanted] = [place.visit.startsAt, place.wantedAt].map((at) => Date.parse(at));
      expect([localDate(is!, zone), localTime(is!, zone)]).toEqual([
        localDate(wanted!, zone),
        localTime(wanted!, zone),
      ]);
    }
  }
}
