import { addDays } from '../../../platform/calendar/dates.ts';
import { dayBounds, localDate, toInstant } from '../../../platform/calendar/zones.ts';
import type { DutySource } from '../../../platform/contributions.ts';
import { dutyOf, nextMidnight, open, step, when } from '../duties.ts';
import { cancelReasonLabels } from '../visits/schema.ts';
import { countSteps, listNotRebooked, type NotRebooked, readCalendar } from './queries.ts';

/** A visit missed or cancelled is offered again by noon of the next business day. */
const rebookBy = '12:00';

function lostWords(visit: NotRebooked): string {
  const missed = `missed ${when(visit)} with ${visit.physicianName}`;
  if (visit.state === 'no_show') return missed;
  const why = visit.cancelReason ? ` (${cancelReasonLabels[visit.cancelReason].toLowerCase()})` : '';
  return `cancelled${why}: ${when(visit)} with ${visit.physicianName}`;
}

/** Visits missed or cancelled in the last thirty days without a later one of the same type. */
export const notRebooked: DutySource = {
  kinds: ['visit.not-rebooked'],
  permission: 'visits.see',
  ownerRole: 'secretary',
  topics: ['visits', 'patients', 'setup', 'practice'],
  list: async (db, context) => {
    const calendar = await readCalendar(db, context);
    const from = new Date(dayBounds(addDays(calendar.today, -30), context.practiceTimeZone).startMs);
    const visits = await listNotRebooked(db, from, context.now);
    return visits.map((visit) => {
      const date = localDate(Date.parse(visit.lostAt), visit.timeZone);
      return dutyOf(visit, {
        kind: 'visit.not-rebooked',
        dueMs: toInstant(calendar.nextBusinessDay(date), rebookBy, visit.timeZone),
        severity: 'wait',
        title: `Rebook ${visit.patientName}`,
        detail: `${lostWords(visit)} · ${visit.visitTypeName} · no later visit`,
        tag: visit.state === 'no_show' ? 'no-show' : 'cancelled',
        action: open('Rebook', `/patients/${visit.patientId}?book=${visit.visitTypeId}`),
        others: [{ ...step(visit, 'Wants no other visit', 'let-go'), reasonLabel: 'Why no other visit' }],
      });
    });
  },
  nextChangeAt: async (_db, context) => nextMidnight(context),
  countDone: (db, since) => countSteps(db, since, ['let_go']),
};
