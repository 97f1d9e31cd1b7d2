import { dateLabel } from '../../../platform/calendar/dates.ts';
import { localDate, timeLabel } from '../../../platform/calendar/zones.ts';
import type { DutySource } from '../../../platform/contributions.ts';
import { listClashes, listFailing } from './queries.ts';
import { unreadHours } from './rules.ts';

const hourMs = 3_600_000;

function when(at: string, timeZone: string): string {
  const atMs = Date.parse(at);
  const date = localDate(atMs, timeZone);
  return `${dateLabel(date, Number(date.slice(0, 4)))}, ${timeLabel(atMs, timeZone)}`;
}

/** Nothing is cancelled by a calendar outside: a person decides, before the visit. */
const clashes: DutySource = {
  kinds: ['calendar.clash'],
  permission: 'visits.move',
  topics: ['visits', 'patients', 'setup'],
  nextChangeAt: async (db, { now }) => {
    const [first] = await listClashes(db, now);
    return first ? new Date(first.startsAt) : null;
  },
  list: async (db, { now }) =>
    (await listClashes(db, now)).map((visit) => ({
      kind: 'calendar.clash',
      subjectId: visit.visitId,
      patientId: visit.patientId,
      dueAt: visit.startsAt,
      severity: 'wait',
      title: `${visit.physicianName} is busy elsewhere during a visit: ${visit.patientName}`,
      detail: `${when(visit.startsAt, visit.timeZone)} · by an external calendar; ask, then move the visit or the other`,
      tag: 'busy',
      action: {
        label: 'Look at the day',
        kind: 'open',
        href: `/schedule?date=${localDate(Date.parse(visit.startsAt), visit.timeZone)}&visitId=${visit.visitId}`,
      },
    })),
};

const isUnread = (since: string, now: Date) => now.getTime() - Date.parse(since) >= unreadHours * hourMs;

/** What cannot be read for hours: the busy times known before stand, and may be old. */
const unread: DutySource = {
  kinds: ['calendar.unread'],
  permission: 'schedule.set-up',
  topics: ['calendars', 'setup'],
  nextChangeAt: async (db, { now }) => {
    const next = (await listFailing(db)).find((one) => !isUnread(one.since, now));
    return next ? new Date(Date.parse(next.since) + unreadHours * hourMs) : null;
  },
  list: async (db, { now, practiceTimeZone }) =>
    (await listFailing(db))
      .filter((one) => isUnread(one.since, now))
      .map((one) => ({
        kind: 'calendar.unread',
        subjectId: one.calendarId,
        dueAt: new Date(Date.parse(one.since) + unreadHours * hourMs).toISOString(),
        severity: 'wait',
        title: `The calendar “${one.name}” of ${one.physicianName} cannot be read: ${one.fault}`,
        detail: `since ${when(one.since, practiceTimeZone)} · the busy times known then still stand`,
        tag: 'calendar',
        action: { label: 'Look at it', kind: 'open', href: '/settings/calendars' },
      })),
};

export const calendarDuties: readonly DutySource[] = [clashes, unread];
