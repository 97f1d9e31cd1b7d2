import { useSyncExternalStore } from 'react';
import type { DayVisit } from '../day/schema.ts';

/** The visit that was cut and waits to be put somewhere: outlasts going to another day or to the week. */
let cut: DayVisit | undefined;
const watchers = new Set<() => void>();

export function cutVisit(visit: DayVisit | undefined): void {
  cut = visit;
  for (const watch of watchers) watch();
}

export function useCutVisit(): DayVisit | undefined {
  return useSyncExternalStore(
    (watch) => {
      watchers.add(watch);
      return () => watchers.delete(watch);
    },
    () => cut,
  );
}
