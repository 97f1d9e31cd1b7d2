import { expect, test } from 'vitest';
import { rounds, seed } from '../../../../test/rounds.ts';
import {
  aDay,
  dayMs,
  hourMs,
  monday,
  own,
  physicians,
  resources,
  site,
  typeOf,
} from '../../../../test/stranded.ts';
import { seeded } from '../../../platform/random.ts';
import { prepareSearch } from '../../schedule/openings/search/rules.ts';
import type { OpeningsVisitType } from '../../schedule/openings/wish/rules.ts';
import { openBoard } from './board/rules.ts';
import type { Stranded } from './candidates/rules.ts';
import { assign, firstFit, isBetter } from './rules.ts';

const meet = (a: { startMs: number; endMs: number }, b: { startMs: number; endMs: number }) =>
  a.startMs < b.endMs && b.startMs < a.endMs;

test('no two people have one place, nobody is in two, and it is never worse than first-fit', () => {
  for (let round = 0; round < rounds(25, 1500); round += 1) {
    const random = seeded(String(seed()), 'assign', String(round));
    const { visits, busy, closed } = aDay(random, {
      days: random.between(1, 6),
      count: random.between(2, 20),
    });
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
    const { visits, busy } = aDay(seeded('7', 'assign', 'twice'), { days: 4, count: 12 });
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
