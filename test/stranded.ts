import type { Stranded } from '../src/features/rescue/assign/candidates/rules.ts';
import { prepareSearch, type Search } from '../src/features/schedule/openings/search/rules.ts';
import type {
  BusyInterval,
  OpeningsResource,
  OpeningsVisitType,
} from '../src/features/schedule/openings/wish/rules.ts';
import type { Random } from '../src/platform/random.ts';

const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
/** Mon, Mar 2 2026 in New York. */
export const monday = Date.parse('2026-03-02T05:00:00.000Z');
export const site = { id: 'main', name: 'Main', timeZone: 'America/New_York' };

export const resources: OpeningsResource[] = [
  ...['lee', 'okoye', 'weber'].map((id) => ({ id, name: id, kind: 'physician' as const, capacity: 1 })),
  { id: 'nurses', name: 'nurses', kind: 'physician', capacity: 2 },
  ...['room 1', 'room 2'].map((id) => ({ id, name: id, kind: 'room' as const, capacity: 1 })),
];
export const physicians = resources.filter((one) => one.kind === 'physician').map((one) => one.id);

export const typeOf = (
  id: string,
  minutes: number,
  more: Partial<OpeningsVisitType> = {},
): OpeningsVisitType => ({
  ...{ id, name: id, minutes, minutesByPhysician: {}, bufferBeforeMinutes: 0, bufferAfterMinutes: 0 },
  ...{ needs: [{ kind: 'physician', resourceIds: [], count: 1 }], stepMinutes: 15 },
  ...more,
});
export const own = (ids: string[]) => [{ kind: 'physician' as const, resourceIds: ids, count: 1 as const }];
const room = { kind: 'room' as const, resourceIds: [], count: 1 as const };
const types = [
  typeOf('follow-up', 15),
  typeOf('new', 30, { needs: [...own([]), room] }),
  typeOf('scan', 45, { needs: [...own(['lee', 'okoye']), room], bufferAfterMinutes: 5 }),
  typeOf('only lee', 20, { needs: own(['lee']), stepMinutes: 10 }),
];

export type StrandedDay = { visits: Stranded[]; busy: BusyInterval[]; closed: BusyInterval };

/** A week that is as full as the seed wants, and Monday of Dr. Lee lost. */
export function aDay(
  random: Random,
  { days, count, full: given }: { days: number; count: number; full?: number },
): StrandedDay {
  const closed = { resourceId: 'lee', lane: 0, startMs: monday, endMs: monday + dayMs };
  const available = resources.flatMap(({ id }) =>
    Array.from({ length: days }, (_, day) => ({
      ...{ resourceId: id, siteId: site.id },
      ...{ startMs: monday + day * dayMs + 8 * hourMs, endMs: monday + day * dayMs + 13 * hourMs },
    })),
  );
  const full = given ?? random.between(30, 97) / 100;
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
  const visits = Array.from({ length: count }, (_, index): Stranded => {
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
