import type { GridBand, GridItem } from './grid-types.ts';

/** The nearest step, inside the day. */
export function snapStart(minutes: number, lengthMinutes: number, day: Day): number {
  const snapped = Math.round(minutes / day.stepMinutes) * day.stepMinutes;
  return Math.max(day.fromMinutes, Math.min(snapped, day.toMinutes - lengthMinutes));
}

export function snapEnd(minutes: number, startMinutes: number, day: Day): number {
  const snapped = Math.round(minutes / day.stepMinutes) * day.stepMinutes;
  return Math.min(day.toMinutes, Math.max(snapped, startMinutes + day.stepMinutes));
}

export type Day = { fromMinutes: number; toMinutes: number; stepMinutes: number };

/**
 * Where a new item would begin at a minute that was pointed at: the slot's beginning, or the end of the item or
 * the beginning of the free hint that lies in between.
 */
export function slotStart(
  minutes: number,
  slotMinutes: number,
  column: { items: readonly GridItem[]; bands: readonly GridBand[] },
): number {
  const edges = [
    Math.floor(minutes / slotMinutes) * slotMinutes,
    ...column.items.map((item) => item.endMinutes),
    ...column.bands.filter((band) => band.kind === 'free').map((band) => band.startMinutes),
  ];
  return Math.max(...edges.filter((edge) => edge <= minutes));
}
