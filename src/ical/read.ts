import ICAL from 'ical.js';
import { RRuleTemporal } from 'rrule-temporal';
import { addDays, daysBetween } from '../platform/calendar/dates.ts';
import { dayBounds, localDate, toInstant } from '../platform/calendar/zones.ts';
import { type ZoneOffsets, zoneOf } from './zones.ts';

/**
 * Busy time out of a calendar file (RFC 5545). ical.js reads the file; repetitions are worked out by rrule-temporal,
 * which always ends: a rule that never comes true would keep ical.js busy for ever.
 */

export type BusyPeriod = { startMs: number; endMs: number; title: string };
export type Window = {
  fromMs: number;
  toMs: number;
  /** Of days without a time, and of times without a zone. */
  timeZone: string;
};
export type ReadCalendar = {
  /** Within the window, by start; they may overlap. */
  periods: BusyPeriod[];
  /** Events that could not be read: the rest stands. */
  skipped: number;
};

/** The file is no calendar. */
export class CalendarUnreadable extends Error {
  override name = 'CalendarUnreadable';
}

const mostPeriods = 10_000;
const mostIterations = 60_000;
const dayMs = 86_400_000;

/** @throws CalendarUnreadable */
export function readCalendar(text: string, window: Window): ReadCalendar {
  const found: ReadCalendar = { periods: [], skipped: 0 };
  for (const calendar of parse(text)) {
    const read = reading(calendar, window);
    for (const series of groupByUid(calendar)) {
      try {
        found.periods.push(...seriesPeriods(series, read));
      } catch {
        found.skipped += 1;
      }
      if (found.periods.length > mostPeriods) throw new CalendarUnreadable('It holds too many events.');
    }
  }
  found.periods.sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  return found;
}

function parse(text: string): ICAL.Component[] {
  let parsed: unknown;
  try {
    parsed = ICAL.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new CalendarUnreadable('It is no calendar.');
  }
  const [first] = Array.isArray(parsed) ? parsed : [];
  const all = (Array.isArray(first) ? parsed : [parsed]) as unknown[][];
  const calendars = all.map((one) => new ICAL.Component(one)).filter((one) => one.name === 'vcalendar');
  if (calendars.length === 0) throw new CalendarUnreadable('It is no calendar.');
  return calendars;
}

type Series = { masters: ICAL.Component[]; exceptions: ICAL.Component[] };

/** An event and what was said otherwise of single times of it. */
function groupByUid(calendar: ICAL.Component): Series[] {
  const byUid = new Map<string, Series>();
  calendar.getAllSubcomponents('vevent').forEach((event, at) => {
    const uid = String(event.getFirstPropertyValue('uid') ?? `event ${at}`);
    const series = byUid.get(uid) ?? { masters: [], exceptions: [] };
    byUid.set(uid, series);
    (event.hasProperty('recurrence-id') ? series.exceptions : series.masters).push(event);
  });
  return [...byUid.values()];
}

type Reading = { window: Window; zones: ReadonlyMap<string, string> };

function reading(calendar: ICAL.Component, window: Window): Reading {
  const zones = new Map<string, string>();
  for (const zone of calendar.getAllSubcomponents('vtimezone')) {
    const tzid = String(zone.getFirstPropertyValue('tzid') ?? '');
    const found = zoneOf(tzid, offsetsOf(zone));
    if (found) zones.set(tzid, found);
  }
  return { window, zones };
}

/** The rules that began last are those in effect. */
function offsetsOf(zone: ICAL.Component): ZoneOffsets | undefined {
  const last = (name: string) => {
    const rules = zone.getAllSubcomponents(name);
    const began = (one: ICAL.Component) => String(one.getFirstProperty('dtstart')?.jCal[3] ?? '');
    const [latest] = rules.sort((a, b) => began(b).localeCompare(began(a)));
    const offset = latest && String(latest.getFirstProperty('tzoffsetto')?.jCal[3] ?? '');
    const parts = offset && /^([+-])(\d\d):?(\d\d)/.exec(offset);
    if (!parts) return null;
    return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3]));
  };
  const standard = last('standard');
  const daylight = last('daylight');
  if (standard === null) return daylight === null ? undefined : { standard: daylight, daylight: null };
  return { standard, daylight };
}

/** A moment as a file says it. `wall`: as on the wall of its zone, `2026-03-04T09:00:00`; of a day without its time. */
type Moment = { atMs: number; zone: string; isDay: boolean; wall: string };

function momentOf(property: ICAL.Property, value: string, { window, zones }: Reading): Moment {
  const tzid = property.getParameter('tzid');
  const named = typeof tzid === 'string' ? (zones.get(tzid) ?? zoneOf(tzid, undefined)) : null;
  const zone = named ?? window.timeZone;
  if (/^\d{4}-\d\d-\d\d$/.test(value)) {
    const { startMs } = dayBounds(value, window.timeZone);
    return { atMs: startMs, zone: window.timeZone, isDay: true, wall: value };
  }
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):(\d\d)(Z?)$/.exec(value);
  if (!parts) throw new RangeError('no moment');
  const [, date = '', time = '', seconds = '', utc] = parts;
  if (utc) return { atMs: Date.parse(value), zone: 'UTC', isDay: false, wall: value.slice(0, -1) };
  const atMs = toInstant(date, time, zone) + Number(seconds) * 1000;
  return { atMs, zone, isDay: false, wall: value };
}

const valuesOf = (property: ICAL.Property): string[] =>
  property.jCal.slice(3).flatMap((value: unknown) => (typeof value === 'string' ? [value] : []));

function momentsOf(event: ICAL.Component, name: string, read: Reading): Moment[] {
  return event.getAllProperties(name).flatMap((property) =>
    // A period of RDATE begins where it begins.
    valuesOf(property).map((value) => momentOf(property, value.split('/')[0] ?? '', read)),
  );
}

function isFree(event: ICAL.Component): boolean {
  const said = (name: string) => String(event.getFirstPropertyValue(name) ?? '').toUpperCase();
  return (
    said('status') === 'CANCELLED' ||
    said('transp') === 'TRANSPARENT' ||
    said('x-microsoft-cdo-busystatus') === 'FREE'
  );
}

/** How long each time of an event is: whole days where it has no time, since a day may have 23 hours. */
type Length = { days: number } | { ms: number };

function lengthOf(event: ICAL.Component, start: Moment, read: Reading): Length {
  const [end] = momentsOf(event, 'dtend', read);
  const duration = event.getFirstPropertyValue('duration');
  if (end) {
    if (start.isDay && end.isDay) return { days: daysBetween(start.wall, end.wall) };
    return { ms: end.atMs - start.atMs };
  }
  const seconds = duration instanceof ICAL.Duration ? duration.toSeconds() : null;
  if (start.isDay) return { days: seconds === null ? 1 : Math.max(1, Math.round(seconds / 86_400)) };
  return { ms: (seconds ?? 0) * 1000 };
}

function periodAt(atMs: number, start: Moment, length: Length, title: string): BusyPeriod {
  if ('ms' in length) return { startMs: atMs, endMs: atMs + length.ms, title };
  const date = localDate(atMs, start.zone);
  return { startMs: atMs, endMs: dayBounds(addDays(date, length.days), start.zone).startMs, title };
}

function seriesPeriods({ masters, exceptions }: Series, read: Reading): BusyPeriod[] {
  const { fromMs, toMs } = read.window;
  const moved = exceptions.flatMap((one) => momentsOf(one, 'recurrence-id', read));
  const replaced = new Set(moved.map((one) => one.atMs));
  const periods = [
    ...masters.flatMap((event) => eventPeriods(event, read).filter((one) => !replaced.has(one.startMs))),
    ...exceptions.flatMap((event) => eventPeriods(event, read)),
  ];
  return periods.filter((one) => one.endMs > one.startMs && one.endMs > fromMs && one.startMs < toMs);
}

function eventPeriods(event: ICAL.Component, read: Reading): BusyPeriod[] {
  const [start] = momentsOf(event, 'dtstart', read);
  if (!start || isFree(event)) return [];
  const length = lengthOf(event, start, read);
  const title = String(event.getFirstPropertyValue('summary') ?? '').slice(0, 200);
  const without = new Set(momentsOf(event, 'exdate', read).map((one) => one.atMs));
  const times = new Set([
    ...repetitions(event, start, length, read),
    ...momentsOf(event, 'rdate', read).map((one) => one.atMs),
  ]);
  return [...times].filter((atMs) => !without.has(atMs)).map((atMs) => periodAt(atMs, start, length, title));
}

/** The times at which it begins, of those that reach into the window. */
function repetitions(event: ICAL.Component, start: Moment, length: Length, { window }: Reading): number[] {
  const rules = event.getAllProperties('rrule');
  if (rules.length === 0 || event.hasProperty('recurrence-id')) return [start.atMs];
  const longestMs = 'ms' in length ? length.ms : (length.days + 1) * dayMs;
  const from = new Date(window.fromMs - longestMs);
  const begins = `DTSTART;TZID=${start.zone}:${basic(start)}`;
  return rules.flatMap((property) => {
    const rule = ruleText(String(property.getFirstValue() ?? ''), start);
    const series = new RRuleTemporal({
      rruleString: `${begins}\nRRULE:${rule}`,
      maxIterations: mostIterations,
    });
    return series.between(from, new Date(window.toMs), true).map((one) => one.epochMilliseconds);
  });
}

const basic = ({ wall, isDay }: Moment) => wall.replace(/[-:]/g, '') + (isDay ? 'T000000' : '');

/** UNTIL as an instant: programs write it as a day, or on the wall, where RFC 5545 wants UTC. */
function ruleText(rule: string, start: Moment): string {
  return rule.replace(/UNTIL=([^;]+)/i, (_whole, until: string) => {
    const parts = /^(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)(Z?))?$/.exec(until);
    if (!parts) throw new RangeError('no end');
    const [, year, month, day, hours, minutes, seconds, utc] = parts;
    const date = `${year}-${month}-${day}`;
    const atMs = hours
      ? utc
        ? Date.parse(`${date}T${hours}:${minutes}:${seconds}Z`)
        : toInstant(date, `${hours}:${minutes}`, start.zone) + Number(seconds) * 1000
      : dayBounds(date, start.zone).endMs - 1000;
    const text = new Date(atMs).toISOString();
    return `UNTIL=${text.slice(0, 19).replace(/[-:]/g, '')}Z`;
  });
}
