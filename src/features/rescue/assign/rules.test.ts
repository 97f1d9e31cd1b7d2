import { expect, test } from 'vitest';
import { rounds, seed } from '../../../../test/rounds.ts';
import { type Random, seeded } from '../../../platform/random.ts';
import { prepareSearch, type Search } from '../../schedule/openings/search/rules.ts';
import type {
  BusyInterval,
  OpeningsResource,
  OpeningsVisitType,
} from '../../schedule/openings/wish/rules.ts';
import { openBoard } from './board/rules.ts';
import type { Stranded } from './candidates/rules.ts';
import { assign, firstFit, isBetter } from './rules.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Mon, Mar 2 2026 in New York. */
const monday = Date.parse('2026-03-02T05:00:00.000Z');
const site = { id: 'main', name: 'Main', timeZone: 'America/New_York' };

const resources: OpeningsResource[] = [
  ...['lee', 'okoye', 'weber'].map((id) => ({ id, name: id, kind: 'physician' as const, capacity: 1 })),
  { id: 'nurses', name: 'nurses', kind: 'physician', capacity: 2 },
  ...['room 1', 'room 2'].map((id) => ({ id, name: id, kind: 'room' as const, capacity: 1 })),
];
const physicians = resources.filter((one) => one.kind === 'physician').map((one) => one.id);

const typeOf = (id: string, minutes: number, more: Partial<OpeningsVisitType> = {}): OpeningsVisitType => ({
  ...{ id, name: id, minutes, minutesByPhysician: {}, bufferBeforeMinutes: 0, bufferAfterMinutes: 0 },
  ...{ needs: [{ kind: 'physician', resourceIds: [], count: 1 }], stepMinutes: 15 },
  ...more,
});
const own = (ids: string[]) => [{ kind: 'physician' as const, resourceIds: ids, count: 1 as const }];
const room = { kind: 'room' as const, resourceIds: [], count: 1 as const };
const types = [
  typeOf('follow-up', 15),
  typeOf('new', 30, { needs: [...own([]), room] }),
  typeOf('scan', 45, { needs: [...own(['lee', 'okoye']), room], bufferAfterMinutes: 5 }),
  typeOf('only lee', 20, { needs: own(['lee']), stepMinutes: 10 }),
];

type Day = { visits: Stranded[]; busy: BusyInterval[]; closed: BusyInterval };

/** A week that is as full as the seed wants, and Monday of Dr. Lee lost. */
function aDay(random: Random, days: number): Day {
  const closed = { resourceId: 'lee', lane: 0, startMs: monday, endMs: monday + dayMs };
  const available = resources.flatMap(({ id }) =>
    Array.from({ length: days }, (_, day) => ({
      ...{ resourceId: id, siteId: site.id },
      ...{ startMs: monday + day * dayMs + 8 * hourMs, endMs: monday + day * dayMs + 13 * hourMs },
    })),
  );
  const full = random.between(30, 97) / 100;
  const busy = available.flatMap((one) => {
    if (one.resourceId === 'lee' && one.startMs < monday + dayMs) return [];
    const { capacity } = resources.find((other) => other.id === one.resourceId)!;
    return Array.from({ length: 20 * capacity }, (_, slot) => {
      const startMs = one.startMs + Math.floor(slot / capacity) * 15 * minuteMs;
      return { resourceId: one.resourceId, lane: slot % capacity, startMs, endMs: startMs + 15 * minuteMs };
    }).filter(() => random.chance(one.resourceId.startsWith('room') ? full / 2 : full));
  });
  const searches = new Map<string, Search>();
  for (const visitType of types)
    searches.set(
      visitType.id,
      prepareSearch({
        ...{ visitType, resources, sites: [site], available, absences: [], patientBusy: [], limit: 1 },
        ...{
          busy: [...busy, closed],
          wish: { from: '2026-03-02', to: '2026-03-20' },
          nowMs: monday + 9 * hourMs,
        },
      }),
    );
  const visits = Array.from({ length: random.between(2, 20) }, (_, index): Stranded => {
    const visitType = random.pick(types);
    const startMs = monday + 8 * hourMs + index * 15 * minuteMs;
    const patientId = `person ${random.below(15)}`;
    const busyMs = monday + random.below(days) * dayMs + random.between(8, 12) * hourMs;
    return {
      ...{ visitId: `visit ${index}`, patientId, visitTypeId: visitType.id, isNew: false, startMs },
      ...{ endMs: startMs + visitType.minutes * minuteMs, siteId: site.id, physicianId: 'lee' },
      ...{ timeZone: site.timeZone, taken: [], weight: random.pick([1, 1, 1, 2, 5, 9]) },
      search: searches.get(visitType.id)!,
      patientBusy: random.chance(0.3) ? [busyMs, busyMs + hourMs] : [],
    };
  }).sort((a, b) => b.weight - a.weight);
  return { visits, busy, closed };
}

const meet = (a: { startMs: number; endMs: number }, b: { startMs: number; endMs: number }) =>
  a.startMs < b.endMs && b.startMs < a.endMs;

test('no two people have one place, nobody is in two, and it is never worse than first-fit', () => {
  for (let round = 0; round < rounds(25, 1500); round += 1) {
    const random = seeded(String(seed()), 'assign', String(round));
    const { visits, busy, closed } = aDay(random, random.between(1, 6));
    const open = () => openBoard(resources, busy);
    const made = assign(visits, open);
    const first = firstFit(visits, open);
    expect(isBetter(first.cost, made.cost), `round ${round}`).toBe(false);
    expect(made.places.size + made.cost.unplaced).toBe(visits.length);
    const taken = [...busy, closed, ...[...made.places.values()].flatMap((one) => one.taken)];
    for (const { id, capacity } of resources) {
      const of = taken.filter((one) => one.resourceId === id);
      const lanes = of.some((one, i) =>
        of.some((other, j) => i < j && one.lane === other.lane && meet(one, other)),
      );
      const mine = of.filter((one) => !busy.includes(one) && one !== closed);
      const clashes = mine.some((one) =>
        of.some((other) => other !== one && other.lane === one.lane && meet(one, other)),
      );
      expect([id, capacity > 0 && clashes, lanes && clashes]).toEqual([id, false, false]);
    }
    for (const visit of visits) {
      const place = made.places.get(visit.visitId);
      if (!place) continue;
      const [from = 0, to = 0] = visit.patientBusy;
      const others = visits.filter((one) => one !== visit && one.patientId === visit.patientId);
      const theirs = others.flatMap((one) => made.places.get(one.visitId) ?? []);
      expect([...theirs, { startMs: from, endMs: to }].filter((one) => meet(one, place))).toEqual([]);
      expect(physicians).toContain(place.physicianId);
    }
  }
});

test('the same facts give the same answer', () => {
  const twice = [0, 1].map(() => {
    const { visits, busy } = aDay(seeded('7', 'assign', 'twice'), 4);
    const { places } = assign(visits, () => openBoard(resources, busy));
    return [...places].map(([id, one]) => [id, one.startMs, one.resourceIds]);
  });
  expect(twice[0]).toEqual(twice[1]);
});

test('an urgent one has the last place, and an exchange helps who is left over', () => {
  const search = (needs: OpeningsVisitType['needs']) =>
    prepareSearch({
      visitType: typeOf('x', 15, { needs }),
      ...{ resources, sites: [site], absences: [], patientBusy: [], limit: 1, busy: [] },
      available: ['lee', 'okoye'].map((resourceId) => ({
        ...{ resourceId, siteId: site.id },
        ...{ startMs: monday + dayMs + 8 * hourMs, endMs: monday + dayMs + 8.25 * hourMs },
      })),
      ...{ wish: { from: '2026-03-02', to: '2026-03-04' }, nowMs: monday },
    });
  const someone = (visitId: string, weight: number, needs: OpeningsVisitType['needs']): Stranded => ({
    ...{ visitId, patientId: visitId, visitTypeId: 'x', isNew: false, startMs: monday + 8 * hourMs, weight },
    ...{
      endMs: monday + 8.25 * hourMs,
      siteId: site.id,
      physicianId: 'lee',
      timeZone: site.timeZone,
      taken: [],
    },
    ...{ search: search(needs), patientBusy: [] },
  });
  // Whoever may go to either takes the place of who may go to Dr. Lee alone, unless they exchange
  const either = someone('either', 9, own([]));
  const onlyLee = someone('only lee', 1, own(['lee']));
  const made = assign([either, onlyLee], () => openBoard(resources, []));
  expect([made.places.get('either')?.physicianId, made.places.get('only lee')?.physicianId]).toEqual([
    'okoye',
    'lee',
  ]);
  expect(firstFit([either, onlyLee], () => openBoard(resources, [])).cost.unplaced).toBe(1);
  const urgent = someone('urgent', 9, own(['lee']));
  const one = assign([onlyLee, urgent], () => openBoard(resources, []));
  expect([...one.places.keys()]).toEqual(['urgent']);
});
