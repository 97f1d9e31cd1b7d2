import type { Look } from './schema.ts';

/** What is looked at, as the address carries it. Pure. */

export type LookSearch = {
  view?: string | undefined;
  site?: string | undefined;
  who?: string | undefined;
  zoom?: string | undefined;
};

/** Enough of an id to tell columns apart, short enough that fifty stand in an address. */
export function shortId(id: string): string {
  return id.slice(-8);
}

/** The columns that are asked for; all of them when none is. */
export function chosenOf<T extends { resourceId: string }>(all: readonly T[], who: string | undefined): T[] {
  const wanted = new Set((who ?? '').split('.').filter(Boolean));
  return wanted.size === 0 ? [...all] : all.filter((one) => wanted.has(shortId(one.resourceId)));
}

/** One more or one less; nobody chosen is everyone, so the first choice is that one alone. */
export function toggled(who: string | undefined, resourceId: string): string | undefined {
  const chosen = (who ?? '').split('.').filter(Boolean);
  const id = shortId(resourceId);
  const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
  return next.join('.') || undefined;
}

const usualHeight = 96;

export function hourHeightOf(zoom: string | undefined): number {
  const height = Number(zoom);
  return height >= usualHeight && height <= 240 ? height : usualHeight;
}

export function searchOf(look: Look): LookSearch {
  const { kind, siteId, resourceIds, hourHeight } = look;
  return {
    view: kind,
    site: siteId,
    who: resourceIds.map(shortId).join('.') || undefined,
    zoom: hourHeight === usualHeight ? undefined : String(hourHeight),
  };
}

/** Words of a name begin with what was typed, in any order: "le" and "kim le" find Dr. Kim Lee. */
export function isHit(name: string, typed: string): boolean {
  const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain(name).split(/[^\p{L}\p{N}]+/u);
  return plain(typed)
    .split(/\s+/)
    .filter(Boolean)
    .every((scrap) => words.some((word) => word.startsWith(scrap)));
}
