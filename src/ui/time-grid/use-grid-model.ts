import { useMemo, useRef } from 'react';
import type { GridBand, GridItem, TimeGridProps } from './grid-types.ts';
import { inOrder } from './layout.ts';
import type { GridModel } from './navigation.ts';

type Lists<T> = ReadonlyMap<string, readonly T[]>;

/**
 * The items by column, in order. A column whose items read the same as before keeps its list, so that a moved item
 * redraws two columns and not the day, also when the parent builds every item anew.
 */
export function useGridModel(props: TimeGridProps, slotMinutes: number) {
  const { columns, items, bands, fromMinutes, toMinutes } = props;
  const keptItems = useRef<Lists<GridItem>>(new Map());
  const keptBands = useRef<Lists<GridBand>>(new Map());

  const byColumn = useMemo(() => {
    keptItems.current = keepSame(keptItems.current, group(items, inOrder));
    return keptItems.current;
  }, [items]);
  const bandsByColumn = useMemo(() => {
    keptBands.current = keepSame(keptBands.current, group(bands ?? []));
    return keptBands.current;
  }, [bands]);
  const model = useMemo<GridModel>(() => {
    const byId = new Map([...byColumn.values()].flat().map((item) => [item.id, item]));
    return { columns, byColumn, byId, fromMinutes, toMinutes, slotMinutes };
  }, [columns, byColumn, fromMinutes, toMinutes, slotMinutes]);
  return { model, bandsByColumn };
}

function group<T extends { columnId: string }>(all: readonly T[], order?: (a: T, b: T) => number): Lists<T> {
  const lists = new Map<string, T[]>();
  for (const one of all) {
    const list = lists.get(one.columnId);
    if (list) list.push(one);
    else lists.set(one.columnId, [one]);
  }
  if (order) for (const list of lists.values()) list.sort(order);
  return lists;
}

function keepSame<T extends object>(before: Lists<T>, now: Lists<T>): Lists<T> {
  return new Map(
    [...now].map(([id, list]) => {
      const old = before.get(id);
      const same = old?.length === list.length && old.every((one, at) => reads(one, list[at]));
      return [id, old && same ? old : list];
    }),
  );
}

/** Equal field by field; lists inside an item are short, so they are compared as text. */
function reads(a: object, b: object | undefined): boolean {
  if (a === b || b === undefined) return a === b;
  const old = Object.entries(a);
  const values = new Map<string, unknown>(Object.entries(b));
  if (old.length !== values.size) return false;
  return old.every(([key, value]) => {
    const other = values.get(key);
    return value === other || (typeof value === 'object' && JSON.stringify(value) === JSON.stringify(other));
  });
}
