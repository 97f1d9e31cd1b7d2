import { useCallback, useRef } from 'react';

/**
 * Drafts live in memory, each person's apart: they outlast moving between pages, an expired session, a lock and
 * a colleague at the same desk, and never touch the disk of a shared computer. Signing out wipes them.
 */
const drafts = new Map<string, Map<string, unknown>>();
let owner = '';

/** Whose drafts are meant from now on: the signed-in account. */
export function setDraftOwner(accountId: string): void {
  owner = accountId;
}

export function wipeDrafts(): void {
  drafts.delete(owner);
}

function own(): Map<string, unknown> {
  const known = drafts.get(owner) ?? new Map<string, unknown>();
  drafts.set(owner, known);
  return known;
}

/** A form's draft under a key: read once when the form opens, kept at every change, dropped when it is done. */
export function useDraft<T>(key: string): { initial: T | undefined; keep(value: T): void; drop(): void } {
  const initial = useRef(own().get(key) as T | undefined);
  const keep = useCallback((value: T) => void own().set(key, value), [key]);
  const drop = useCallback(() => void own().delete(key), [key]);
  return { initial: initial.current, keep, drop };
}
