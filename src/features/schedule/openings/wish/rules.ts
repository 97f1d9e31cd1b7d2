import { dayNumber, isoWeekday } from '../../../../platform/calendar/dates.ts';
import { instantAt, minutesOf } from '../../../../platform/calendar/zones.ts';
import type { Ruling } from '../../booking-rules/rules.ts';
import type { Absence, AvailableInterval, CodedInterval, Site } from '../../hours/rules.ts';
import type { KeptInterval, SlotCode } from '../../slot-codes/rules.ts';

/** What is asked of the slot search, and what it is given to search in. Instants are epoch ms. */

export type ResourceKind = 'physician' | 'room' | 'device' | 'staff';

export type Need = {
  kind: ResourceKind;
  /** Any one of these, the first that is free; empty: any of the kind. */
  resourceIds: string[];
  count: 1;
};

export type OpeningsVisitType = {
  id: string;
  name: string;
  minutes: number;
  minutesByPhysician: Record<string, number>;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  /** The first need (of a physician, where there is one) leads: its duration, its hours, its name in reasons. */
  needs: Need[];
  /** Starts lie on these minutes of the wall clock, counted from midnight. */
  stepMinutes: number;
};

export type OpeningsResource = { id: string; name: string; kind: ResourceKind; capacity: number };

/** Buffers included. Lanes count from 0; a lane at or above the capacity is a deliberate overbooking. */
export type BusyInterval = { resourceId: string; lane: number; startMs: number; endMs: number };

export type TimeRange = { from: string; to: string };

export type Wish = {
  physicianIds?: string[];
  siteId?: string;
  /** 1 Monday to 7 Sunday. */
  weekdays?: number[];
  /** The visit starts within one of these: from included, to not. */
  timesOfDay?: TimeRange[];
  /** Dates, both included. */
  from: string;
  to: string;
  /** Nearest to this date first, instead of earliest first. */
  aroundDate?: string;
};

export type OpeningsInput = {
  visitType: OpeningsVisitType;
  resources: OpeningsResource[];
  sites: Site[];
  /** Hours of every resource; load some weeks beyond the wish, so that "nearest" has somewhere to look. */
  available: AvailableInterval[];
  absences: Absence[];
  /** What of the available time carries a slot code, and what of that is kept from this visit type. */
  slots?: { coded: CodedInterval[]; kept: KeptInterval[]; codes: SlotCode[] };
  /** The practice's rules that speak of such a visit. */
  ruling?: Ruling | undefined;
  busy: BusyInterval[];
  patientBusy: { startMs: number; endMs: number }[];
  wish: Wish;
  limit: number;
  nowMs: number;
};

/** Day numbers of the wish, best first: in order, or nearest to `aroundDate` (the later of two equally near). */
export function wishedDays(wish: Wish): number[] {
  const days: number[] = [];
  for (let day = dayNumber(wish.from); day <= dayNumber(wish.to); day++) days.push(day);
  const { aroundDate } = wish;
  if (!aroundDate) return days;
  const target = dayNumber(aroundDate);
  return days.sort((a, b) => Math.abs(a - target) - Math.abs(b - target) || b - a);
}

export function wishesWeekday(wish: Wish, date: string): boolean {
  return !wish.weekdays?.length || wish.weekdays.includes(isoWeekday(date));
}

/** Starts allowed on one day by the hours asked, as closed intervals of instants. */
export function startWindows(wish: Wish, day: number, timeZone: string): number[] {
  const ranges = wish.timesOfDay?.length ? wish.timesOfDay : [{ from: '00:00', to: '24:00' }];
  const sorted = [...ranges].sort((a, b) => a.from.localeCompare(b.from));
  const windows: number[] = [];
  for (const range of sorted) {
    const from = Math.max(instantAt(day, minutesOf(range.from), timeZone), (windows.at(-1) ?? -Infinity) + 1);
    const to = instantAt(day, minutesOf(range.to), timeZone) - 1;
    if (from <= to) windows.push(from, to);
  }
  return windows;
}

/** 'morning', 'afternoon', or null when the hours asked are neither. */
export function partOfDay(wish: Wish): 'morning' | 'afternoon' | null {
  const ranges = wish.timesOfDay ?? [];
  if (ranges.length === 0) return null;
  if (ranges.every((range) => range.to <= '12:00')) return 'morning';
  return ranges.every((range) => range.from >= '12:00') ? 'afternoon' : null;
}
