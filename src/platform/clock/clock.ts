/** The time as the program sees it. Everything that needs "now" is given one, so that tests stand still. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };

export type FixedClock = Clock & {
  /** Puts the clock at an instant (ISO 8601 with offset, epoch ms or Date). */
  set(at: Date | string | number): void;
  /** Moves the clock on, by milliseconds. */
  advance(ms: number): void;
};

/** A clock that moves only when told. @throws RangeError on what is not an instant */
export function fixedClock(at: Date | string | number): FixedClock {
  let nowMs = instantMs(at);
  return {
    now: () => new Date(nowMs),
    set: (next) => {
      nowMs = instantMs(next);
    },
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

function instantMs(at: Date | string | number): number {
  const ms = new Date(at).getTime();
  if (Number.isNaN(ms)) throw new RangeError(`Not an instant: ${String(at)}`);
  return ms;
}
