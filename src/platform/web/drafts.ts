import { useCallback, useRef } from 'react';

/**
 * Drafts live in memory: they outlast moving between pages, an expired session and a lock, and never touch the
 * disk of a shared computer. Signing out wipes them.
 */
const drafts = new Map<string, unknown>();

export function wipeDrafts(): void {
  drafts.clear();
}

/** A form's draft under a key: read once when the form opens, kept at every change, dropped when it is done. */
export function useDraft<T>(key: string): { initial: T | undefined; keep(value: T): void; drop(): void } {
  const initial = useRef(drafts.get(key) as T | undefined);
  const keep = useCallback((value: T) => void drafts.set(key, value), [key]);
  const drop = useCallback(() => void drafts.delete(key), [key]);
  return { initial: initial.current, keep, drop };
}
