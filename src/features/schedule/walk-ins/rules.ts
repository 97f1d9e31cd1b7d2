/** Who sees someone that came without a visit. Pure; instants are epoch ms. */

const minuteMs = 60_000;
/** A free place within this is "soon"; later than that, the person is put between others. */
export const soonMinutes = 45;
/** One more in the waiting room weighs as much as so many minutes until a free place. */
const minutesPerWaiting = 10;

export type FreePlace = { startsAt: string; physicianId: string; siteId: string; resourceIds: string[] };

/** The best free place soon: early, with few who wait there already. */
export function soonPlace<T extends FreePlace>(
  places: readonly T[],
  waiting: ReadonlyMap<string, number>,
  nowMs: number,
): T | undefined {
  const weight = (one: T) =>
    (Date.parse(one.startsAt) - nowMs) / minuteMs + (waiting.get(one.physicianId) ?? 0) * minutesPerWaiting;
  return places
    .filter((one) => Date.parse(one.startsAt) - nowMs <= soonMinutes * minuteMs)
    .sort((a, b) => weight(a) - weight(b) || (a.physicianId < b.physicianId ? -1 : 1))[0];
}

export type AtWork = { physicianId: string; siteId: string };

/** Of those at work now, who has the fewest waiting. */
export function leastWaiting<T extends AtWork>(
  atWork: readonly T[],
  waiting: ReadonlyMap<string, number>,
): T | undefined {
  const count = (one: T) => waiting.get(one.physicianId) ?? 0;
  return [...atWork].sort((a, b) => count(a) - count(b))[0];
}

/** The last five minutes of the clock that have begun: where a visit between others stands. */
export function startNow(nowMs: number): string {
  return new Date(Math.floor(nowMs / (5 * minuteMs)) * 5 * minuteMs).toISOString();
}
