import { useSyncExternalStore } from 'react';
import type { Block } from '../blocks/schema.ts';
import type { DayVisit } from '../day/schema.ts';
import { cutVisit } from './moving.ts';

/** What was copied, or a block that was cut; a visit that was cut waits in moving.ts. Outlasts turning days. */
export type Clip = { kind: 'visit'; visit: DayVisit } | { kind: 'block'; block: Block; cut: boolean };

let clip: Clip | undefined;
const watchers = new Set<() => void>();

function set(next: Clip | undefined): void {
  clip = next;
  for (const watch of watchers) watch();
}

export function takeClip(next: Clip | undefined): void {
  if (next) cutVisit(undefined);
  set(next);
}

/** A visit that is cut takes the place of what was copied. */
export function dropClip(): void {
  if (clip) set(undefined);
}

export function useClip(): Clip | undefined {
  return useSyncExternalStore(
    (watch) => {
      watchers.add(watch);
      return () => watchers.delete(watch);
    },
    () => clip,
  );
}
