import { addDays } from '../../../platform/calendar/dates.ts';
import { dayBounds, localDate, localMinutes, toInstant } from '../../../platform/calendar/zones.ts';
import type { TodayDuty, TodaySection, Who } from './today-api.ts';

/** What is owed within so many minutes is owed now. */
export const nowMinutes = 15;

const noon = 12 * 60;

/** Under which heading what is owed at an instant stands, as of this moment: for a list, the day is measured once. */
export function sectionsAt(now: Date, timeZone: string): (dueMs: number) => TodaySection {
  const nowMs = now.getTime();
  const soonMs = nowMs + nowMinutes * 60_000;
  const today = localDate(nowMs, timeZone);
  const { endMs } = dayBounds(today, timeZone);
  const tomorrowEndMs = dayBounds(addDays(today, 1), timeZone).endMs;
  const isMorning = localMinutes(nowMs, timeZone) < noon;
  const noonMs = isMorning ? toInstant(today, '12:00', timeZone) : Number.NEGATIVE_INFINITY;
  return (dueMs) => {
    if (dueMs <= soonMs) return 'now';
    if (dueMs < endMs) return dueMs <= noonMs ? 'before-noon' : 'today';
    return dueMs < tomorrowEndMs ? 'tomorrow' : 'later';
  };
}

/** Under which heading a duty stands at this moment. */
export function sectionOf(dueAt: string, now: Date, timeZone: string): TodaySection {
  return sectionsAt(now, timeZone)(Date.parse(dueAt));
}

const severityOrder = { danger: 0, wrong: 1, wait: 2, calm: 3 } as const;

export type Ordered = Pick<TodayDuty, 'section' | 'severity' | 'title' | 'key'> & { dueMs: number };

/**
 * By deadline, then severity. What is owed now goes by severity first: the worst is settled before the
 * oldest. Who may be in danger stands above all.
 */
export function compareDuties(a: Ordered, b: Ordered): number {
  const bySeverity = severityOrder[a.severity] - severityOrder[b.severity];
  const byDue = a.dueMs - b.dueMs;
  const byTitle = a.title < b.title ? -1 : a.title > b.title ? 1 : a.key < b.key ? -1 : 1;
  const bothNow = a.section === 'now' && b.section === 'now';
  return (bothNow ? bySeverity || byDue : byDue || bySeverity) || byTitle;
}

/** Owed until tonight: what the counts count. */
export function isOwedToday(section: TodaySection): boolean {
  return section !== 'tomorrow' && section !== 'later';
}

export function startOfDay(now: Date, timeZone: string): Date {
  return new Date(dayBounds(localDate(now.getTime(), timeZone), timeZone).startMs);
}

type Owned = { ownerStaffId: string | null; ownerRole: string | null };

type Standing = Owned & { because: { kind: string } };

/**
 * Which list it stands in. `mine`: all that is mine to do; `role`: of these what any of my role may do; `covered`:
 * what is mine because I cover for someone.
 */
export function isFor(who: Who, duty: Standing, me: { staffId: string; roles: readonly string[] }): boolean {
  switch (who) {
    case 'everyone':
      return true;
    case 'mine':
      return isMine(duty, me);
    case 'role':
      return duty.ownerStaffId === null && isMine(duty, me);
    case 'covered':
      return duty.because.kind === 'covers' && duty.ownerStaffId === me.staffId;
  }
}

/** Given to me, to one of my roles, or to nobody in particular. */
export function isMine(duty: Owned, me: { staffId: string; roles: readonly string[] }): boolean {
  if (duty.ownerStaffId) return duty.ownerStaffId === me.staffId;
  return duty.ownerRole === null || me.roles.includes(duty.ownerRole);
}
