/** Chance that can be played again: the same key gives the same row of numbers. Not for secrets. */
export type Random = {
  /** 0 up to before 1 */
  next(): number;
  /** a whole number from 0 to before `limit` */
  below(limit: number): number;
  /** a whole number from `low` to `high`, both included */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** one of a list that is not empty */
  pick<T>(list: readonly T[]): T;
};

/** FNV-1a, 32 bits, of the key's text. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** A generator (mulberry32) of its own for every key. */
export function seeded(...key: readonly (string | number)[]): Random {
  let state = hashOf(key.join(' '));
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => next() < probability,
    pick: (list) => {
      const chosen = list[below(list.length)];
      if (chosen === undefined) throw new RangeError('Nothing to pick from.');
      return chosen;
    },
  };
}
