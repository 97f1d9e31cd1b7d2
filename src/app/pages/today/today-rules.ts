import { addDays } from '../../../platform/calendar/dates.ts';
import { dayBounds, localDate, localMinutes } from '../../../platform/calendar/zones.ts';
import type { TodayDuty, TodaySection } from './today-api.ts';

/** What is owed within so many minutes is owed now. */
export const nowMinutes = 15;

const noon = 12 * 60;

/** Under which heading a duty stands at this moment. */
export function sectionOf(dueAt: string, now: Date, timeZone: string): TodaySection {
  const dueMs = Date.parse(dueAt);
  if (dueMs <= now.getTime() + nowMinutes * 60_000) return 'now';
  const today = localDate(now.getTime(), timeZone);
  const dueOn = localDate(dueMs, timeZone);
  if (dueOn === today) {
    const isMorning = localMinutes(now.getTime(), timeZone) < noon;
    return isMorning && localMinutes(dueMs, timeZone) <= noon ? 'before-noon' : 'today';
  }
  return dueOn === addDays(today, 1) ? 'tomorrow' : 'later';
}

const severityOrder = { wrong: 0, wait: 1, calm: 2 } as const;

type Ordered = Pick<TodayDuty, 'section' | 'severity' | 'dueAt' | 'title' | 'key'>;

/**
 * By deadline, then severity. What is owed now goes by severity first: the worst is settled before the
 * oldest.
 */
export function compareDuties(a: Ordered, b: Ordered): number {
  const bySeverity = severityOrder[a.severity] - severityOrder[b.severity];
  const byDue = Date.parse(a.dueAt) - Date.parse(b.dueAt);
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

/** Given to me, to one of my roles, or to nobody in particular. */
export function isMine(duty: Owned, me: { staffId: string; roles: readonly string[] }): boolean {
  if (duty.ownerStaffId) return duty.ownerStaffId === me.staffId;
  return duty.ownerRole === null || me.roles.includes(duty.ownerRole);
}
