import { useEffect, useRef, useSyncExternalStore } from 'react';

export type KeyBinding = {
  /** What the overlay says the key does. Left out, the key works but is not listed. */
  label?: string;
  /** Also while typing in a field. */
  inFields?: boolean;
  run: (event: KeyboardEvent) => void;
};

/**
 * `dialog` keys silence those of the page below; `global` keys are listed last and work on every page; `always` ones
 * also over a dialog.
 */
export type KeyScope = 'global' | 'page' | 'dialog' | 'always';

export type KeyBindings = Record<string, KeyBinding | ((event: KeyboardEvent) => void)>;

export type ListedKey = { keys: string; label: string; scope: KeyScope };

type Layer = { scope: KeyScope; current: () => ReadonlyMap<string, KeyBinding> };

const layers: Layer[] = [];
const watchers = new Set<() => void>();
let listed: readonly ListedKey[] = [];

/** `Ctrl+K` → `mod+k`; a printed character carries its own Shift (`?` is not `shift+/`). */
export function eventKeys(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const printed = event.key.length === 1 && !/\p{L}/u.test(event.key);
  return [
    event.ctrlKey || event.metaKey ? 'mod' : '',
    event.altKey ? 'alt' : '',
    event.shiftKey && !printed ? 'shift' : '',
    key,
  ]
    .filter(Boolean)
    .join('+');
}

function normalKeys(keys: string): string {
  if (keys === '+') return keys;
  const parts = keys.toLowerCase().split('+');
  const key = parts.pop() ?? '';
  const held = new Set(parts.map((part) => (part === 'ctrl' || part === 'meta' ? 'mod' : part)));
  return [...['mod', 'alt', 'shift'].filter((part) => held.has(part)), key].join('+');
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT') return true;
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  );
}

function inForce(): Layer[] {
  const dialogs = layers.filter((layer) => layer.scope === 'dialog');
  return dialogs.length > 0
    ? [...layers.filter((layer) => layer.scope === 'always'), ...dialogs.slice(-1)]
    : layers;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const keys = eventKeys(event);
  const typing = isTyping(event.target);
  for (const layer of inForce().toReversed()) {
    const binding = layer.current().get(keys);
    if (!binding || (typing && !binding.inFields)) continue;
    event.preventDefault();
    binding.run(event);
    return;
  }
}

function relist(): void {
  listed = layers.flatMap((layer) =>
    [...layer.current()].flatMap(([keys, { label }]) => (label ? [{ keys, label, scope: layer.scope }] : [])),
  );
  for (const watch of watchers) watch();
}

function normalBindings(bindings: KeyBindings): ReadonlyMap<string, KeyBinding> {
  return new Map(
    Object.entries(bindings).map(([keys, binding]) => [
      normalKeys(keys),
      typeof binding === 'function' ? { run: binding } : binding,
    ]),
  );
}

/**
 * Keys of this page, as long as the component is on screen:
 * `useKeys({ 'mod+k': { label: 'search', inFields: true, run: open }, n: { label: 'new', run: create } })`.
 * Newer components come first; while typing in a field only those marked `inFields` work.
 */
export function useKeys(bindings: KeyBindings, options: { scope?: KeyScope; enabled?: boolean } = {}): void {
  const { scope = 'page', enabled = true } = options;
  const latest = useRef<ReadonlyMap<string, KeyBinding>>(new Map());
  const labels = Object.entries(bindings)
    .map(([keys, binding]) => `${keys}:${typeof binding === 'function' ? '' : (binding.label ?? '')}`)
    .join('\n');
  useEffect(() => {
    latest.current = normalBindings(bindings);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list changes only when its words do
  useEffect(() => {
    if (!enabled) return;
    const layer: Layer = { scope, current: () => latest.current };
    if (layers.length === 0) window.addEventListener('keydown', onKeyDown);
    layers.push(layer);
    relist();
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) window.removeEventListener('keydown', onKeyDown);
      relist();
    };
  }, [scope, enabled, labels]);
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

/** The keys that work now, for the `?` overlay. */
export function useListedKeys(): readonly ListedKey[] {
  return useSyncExternalStore(watch, () => listed);
}
