import { localDate, toInstant } from '../../../../platform/calendar/zones.ts';
import type { DutySource } from '../../../../platform/contributions.ts';
import { dayHref, dutyOf, nextMidnight, open, when } from '../../duties.ts';
import { listOwed, readCalendar } from '../../owed/queries.ts';
import { listLeftOutside } from './queries.ts';

/** The patient is told by 4 pm of the business day before, as with confirming. */
const toldBy = '16:00';

/** Booked visits that a change of hours left outside, until they are moved or the hours fit again. */
const leftOutside: DutySource = {
  kinds: ['visit.left-outside'],
  permission: 'visits.see',
  topics: ['visits', 'patients', 'setup', 'practice'],
  list: async (db, context) => {
    const left = await listLeftOutside(db, context.now);
    if (left.length === 0) return [];
    const calendar = await readCalendar(db, context);
    const because = new Map(left.map((visit) => [visit.visitId, visit.because]));
    const visits = await listOwed(db, [...because.keys()]);
    return visits.map((visit) => {
      const date = localDate(Date.parse(visit.startsAt), visit.timeZone);
      return dutyOf(visit, {
        kind: 'visit.left-outside',
        dueMs: toInstant(calendar.addBusinessDays(date, -1), toldBy, visit.timeZone),
        severity: 'wait',
        title: `Move the visit: ${visit.patientName}`,
        detail: `${when(visit)} with ${visit.physicianName} · ${visit.visitTypeName} · booked outside the new hours: ${because.get(visit.visitId)}`,
        tag: 'outside hours',
        action: open('Open the day', dayHref(visit)),
      });
    });
  },
  nextChangeAt: async (_db, context) => nextMidnight(context),
};

export const outsideDuties: readonly DutySource[] = [leftOutside];
