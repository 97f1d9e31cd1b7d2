import { Temporal } from 'temporal-polyfill';
import { addDays, dateOfDay, dayNumber } from './dates.ts';

/**
 * Wall time of a site and instants (epoch ms). Temporal is asked once for each stretch between two clock
 * changes of a zone; everything after that is arithmetic, since a slot search converts thousands of times.
 */

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** A stretch of time in which a zone keeps one offset from UTC: from `fromMs` until before `toMs`. */
type Stretch = { fromMs: number; toMs: number; offsetMs: number };

const stretchesOf = new Map<string, Stretch[]>();
let lastZone = '';
let lastStretch: Stretch = { fromMs: 0, toMs: 0, offsetMs: 0 };

/** Offset of the zone from UTC at an instant, in ms (New York in winter: -18,000,000). */
export function offsetMs(atMs: number, timeZone: string): number {
  if (timeZone === lastZone && atMs >= lastStretch.fromMs && atMs < lastStretch.toMs)
    return lastStretch.offsetMs;
  const known = stretchesOf.get(timeZone) ?? [];
  let stretch = known.find((one) => atMs >= one.fromMs && atMs < one.toMs);
  if (!stretch) {
    stretch = readStretch(atMs, timeZone);
    known.push(stretch);
    stretchesOf.set(timeZone, known);
  }
  lastZone = timeZone;
  lastStretch = stretch;
  return stretch.offsetMs;
}

function readStretch(atMs: number, timeZone: string): Stretch {
  const zoned = Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs)).toZonedDateTimeISO(timeZone);
  const next = zoned.getTimeZoneTransition('next');
  // "previous" is strictly before, so it is asked a millisecond later: a stretch holds its first instant
  const previous = zoned.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  return {
    fromMs: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    toMs: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: zoned.offsetNanoseconds / 1_000_000,
  };
}

/** Whether the computer knows the IANA zone, e.g. 'America/New_York'. */
export function isTimeZone(timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** Minutes since midnight of 'HH:MM'; '24:00' is 1440. @throws RangeError on what is not a time */
export function minutesOf(time: string): number {
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  if (time.length !== 5 || time[2] !== ':' || !(minutes >= 0 && minutes <= 1440)) {
    throw new RangeError(`Not a time of day: ${time}`);
  }
  return minutes;
}

/** 'HH:MM' of minutes since midnight. */
export function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/**
 * The instant at which a clock on the wall of `timeZone` shows `time` on `date`.
 * A time that does not exist (spring forward) gives the first one that does: 02:30 is 03:00 daylight time.
 * A time that comes twice (fall back) gives the earlier. '24:00' is midnight at the end of the day.
 */
export function toInstant(date: string, time: string, timeZone: string): number {
  return instantAt(dayNumber(date), minutesOf(time), timeZone);
}

/** As toInstant, for a day number (dates.ts) and minutes since midnight. */
export function instantAt(day: number, minutes: number, timeZone: string): number {
  const wallMs = day * dayMs + minutes * minuteMs;
  const before = offsetMs(wallMs - dayMs, timeZone);
  const after = offsetMs(wallMs + dayMs, timeZone);
  if (before === after) return wallMs - before;
  const earlier = wallMs - Math.max(before, after);
  const later = wallMs - Math.min(before, after);
  if (earlier + offsetMs(earlier, timeZone) === wallMs) return earlier;
  if (later + offsetMs(later, timeZone) === wallMs) return later;
  // In the gap: the change itself lies between the two readings and begins the later stretch
  offsetMs(later, timeZone);
  return lastStretch.fromMs;
}

/** The date on the wall of the zone at an instant. */
export function localDate(atMs: number, timeZone: string): string {
  return dateOfDay(localDay(atMs, timeZone));
}

/** As localDate, as a day number. */
export function localDay(atMs: number, timeZone: string): number {
  return Math.floor((atMs + offsetMs(atMs, timeZone)) / dayMs);
}

/** Minutes since midnight (0 to 1439) on the wall of the zone at an instant. */
export function localMinutes(atMs: number, timeZone: string): number {
  const wallMs = atMs + offsetMs(atMs, timeZone);
  return Math.floor((wallMs - Math.floor(wallMs / dayMs) * dayMs) / minuteMs);
}

/** 'HH:MM' on the wall of the zone at an instant. */
export function localTime(atMs: number, timeZone: string): string {
  return timeOf(localMinutes(atMs, timeZone));
}

/** First instant of the date and first of the next: 23 or 25 hours apart on the days of a clock change. */
export function dayBounds(date: string, timeZone: string): { startMs: number; endMs: number } {
  return {
    startMs: instantAt(dayNumber(date), 0, timeZone),
    endMs: instantAt(dayNumber(addDays(date, 1)), 0, timeZone),
  };
}

/** '10:30 am', '12:00 pm' of minutes since midnight. */
export function minutesLabel(minutes: number): string {
  const hour = Math.floor(minutes / 60) % 24;
  const minute = String(minutes % 60).padStart(2, '0');
  return `${hour % 12 === 0 ? 12 : hour % 12}:${minute} ${hour < 12 ? 'am' : 'pm'}`;
}

/** '10:30 am' on the wall of the zone at an instant. */
export function timeLabel(atMs: number, timeZone: string): string {
  return minutesLabel(localMinutes(atMs, timeZone));
}
