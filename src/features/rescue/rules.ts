import { addDays, dateLabel, daysBetween } from '../../platform/calendar/dates.ts';
import { dayBounds, localDate, localMinutes, timeLabel, toInstant } from '../../platform/calendar/zones.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Answer, RescueAsked } from './schema.ts';

/** When a physician is out, and how the office says it. Pure; instants are epoch ms. */

const minuteMs = 60_000;
/** Someone booked so long before and not here yet is still expected. */
export const expectedMs = 30 * minuteMs;
/** Nobody is moved to a time that is nearer than this: they must hear of it and come. */
export const leadMs = 60 * minuteMs;

export type Window = { fromMs: number; toMs: number; label: string };
type Away = { startsAt: string; endsAt: string };
type At = { nowMs: number; timeZone: string; absence?: Away | undefined };

/** What is asked, as two instants and in words: "out today from 10:20 am", "out Mon, Mar 9 to Wed, Mar 11". */
export function windowOf(asked: RescueAsked, { nowMs, timeZone, absence }: At): Window {
  const today = localDate(nowMs, timeZone);
  const year = Number(today.slice(0, 4));
  const day = (date: string) => (date === today ? 'today' : dateLabel(date, year));
  if (absence) {
    const [fromMs, toMs] = [Math.max(nowMs, Date.parse(absence.startsAt)), Date.parse(absence.endsAt)];
    if (toMs <= nowMs)
      throw new Refusal('conflict', 'This absence is over. There is nothing left to rescue.');
    const [first, last] = [localDate(fromMs, timeZone), localDate(toMs - 1, timeZone)];
    return {
      fromMs,
      toMs,
      label: first === last ? `away ${day(first)}` : `away ${day(first)} to ${day(last)}`,
    };
  }
  const from = asked.date ?? today;
  if (from < today)
    throw new Refusal('bad-input', 'This day is past. Choose today or a day to come.', {
      fields: { date: 'Choose today or a day to come.' },
    });
  const { startMs, endMs } = dayBounds(from, timeZone);
  const atLeastNow = (ms: number) => Math.max(ms, nowMs);
  if (asked.when === 'now')
    return {
      fromMs: nowMs,
      toMs: dayBounds(today, timeZone).endMs,
      label: `out from ${timeLabel(nowMs, timeZone)}`,
    };
  if (asked.when === 'late') return lateWindow(asked.minutes, nowMs);
  if (asked.when === 'afternoon') {
    const noonMs = toInstant(from, '12:00', timeZone);
    return { fromMs: atLeastNow(noonMs), toMs: endMs, label: `out ${day(from)}, afternoon` };
  }
  if (asked.when === 'today') return { fromMs: atLeastNow(startMs), toMs: endMs, label: `out ${day(from)}` };
  const to = asked.toDate ?? from;
  if (to < from || daysBetween(from, to) > 60)
    throw new Refusal('bad-input', 'Look at the days: the last comes after the first, at most 60 days on.', {
      fields: { toDate: 'Choose a day after the first, at most 60 days on.' },
    });
  const label = from === to ? `out ${day(from)}` : `out ${day(from)} to ${day(to)}`;
  return { fromMs: atLeastNow(startMs), toMs: dayBounds(to, timeZone).endMs, label };
}

/** Until when the physician is not there; from which visit on it counts is told by the plan. */
function lateWindow(minutes: number, nowMs: number): Window {
  const label = `late by ${minutes < 60 ? `${minutes} minutes` : hoursWords(minutes)}`;
  return { fromMs: nowMs, toMs: nowMs + minutes * minuteMs, label };
}

function hoursWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const words = hours === 1 ? '1 hour' : `${hours} hours`;
  return rest === 0 ? words : `${words} ${rest} minutes`;
}

type Moved = { fromMs: number; toMs: number; timeZone: string; otherPhysician: string };

/** What a new time means for someone: "20 minutes later", "the next day, same time · Dr. Okoye". */
export function moveWords({ fromMs, toMs, timeZone, otherPhysician }: Moved): string {
  const days = daysBetween(localDate(fromMs, timeZone), localDate(toMs, timeZone));
  const minutes = localMinutes(toMs, timeZone) - localMinutes(fromMs, timeZone);
  const clock =
    minutes === 0
      ? 'same time'
      : Math.abs(minutes) < 60
        ? `${Math.abs(minutes)} minutes ${minutes > 0 ? 'later' : 'earlier'}`
        : `${Math.round(Math.abs(minutes) / 30) / 2} h ${minutes > 0 ? 'later' : 'earlier'}`;
  const which =
    days === 0
      ? ''
      : days === 1
        ? 'the next day'
        : days < 0
          ? `${-days === 1 ? 'a day' : `${-days} days`} before`
          : `${days} days later`;
  const when =
    days === 0 ? clock : Math.abs(minutes) <= 60 ? `${which}, about the same time` : `${which}, ${clock}`;
  return [when, otherPhysician].filter(Boolean).join(' · ');
}

/** Whether nothing more is owed to them. */
export function isSettled(answer: Answer): boolean {
  return answer === 'agreed' || answer === 'done' || answer === 'undone';
}

/** The latest moment at which someone must know: before the old time and before the new one. */
export function tellBy({
  fromStartsAt,
  toStartsAt,
}: {
  fromStartsAt: string;
  toStartsAt: string | null;
}): number {
  const from = Date.parse(fromStartsAt);
  return toStartsAt === null ? from : Math.min(from, Date.parse(toStartsAt));
}

/** Days of a rescue that the schedule shows, the first and the last. */
export function datesOf(fromMs: number, toMs: number, timeZone: string): { first: string; last: string } {
  return { first: localDate(fromMs, timeZone), last: localDate(toMs - 1, timeZone) };
}

/** The last date to look for new places. */
export function searchUntil(asked: Pick<RescueAsked, 'searchDays'>, fromDate: string): string {
  return addDays(fromDate, asked.searchDays);
}
