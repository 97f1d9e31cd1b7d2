import type { Sort } from './search.ts';

/** Lists that are all in hand: sorted by what was asked, then by id, and gone on with after the last one shown. */

type Keyed<T> = { one: T; keys: readonly string[] };

function compare(a: readonly string[], b: readonly string[], sorts: readonly Sort[]): number {
  for (const [index, key] of a.entries()) {
    const other = b[index] ?? '';
    if (key !== other) return key < other === !sorts[index]?.descending ? -1 : 1;
  }
  return 0;
}

export type Order<T> = {
  sorts: readonly Sort[];
  /** What a sort compares, as text in the order of its letters; `''` where nothing was asked for. */
  keyOf(one: T, name: string): string;
  idOf(one: T): string;
  /** The keys of the last one shown; null at the beginning. */
  after: readonly string[] | null;
};

/** What is left to show, in order, each with its keys. */
export function inOrder<T>(all: readonly T[], { sorts, keyOf, idOf, after }: Order<T>): Keyed<T>[] {
  const by = sorts.length > 0 ? sorts : [{ name: '', descending: false }];
  return all
    .map((one) => ({ one, keys: [...by.map(({ name }) => keyOf(one, name)), idOf(one)] }))
    .filter(({ keys }) => after === null || compare(keys, after, by) > 0)
    .sort((a, b) => compare(a.keys, b.keys, by));
}
