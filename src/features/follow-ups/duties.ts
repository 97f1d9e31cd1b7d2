import { addDays, dateLabel } from '../../platform/calendar/dates.ts';
import { dayBounds, localDate, timeLabel, toInstant } from '../../platform/calendar/zones.ts';
import type { Duty, DutyAction, DutyCall, DutyContext, DutySource } from '../../platform/contributions.ts';
import * as queries from './queries.ts';
import {
  askFirstDays,
  attemptWords,
  bookingSeverity,
  firstSeverity,
  missingFirst,
  owedFirstDays,
  priorityWords,
} from './rules.ts';
import type { FollowUp } from './schema.ts';

/** By the end of the day on which it is work. */
const bookBy = '17:00';
/** Seen from so many days before. */
const aheadDays = 7;
const topics = ['follow-ups', 'visits', 'patients', 'practice', 'setup'];

const dayWords = (date: string) => dateLabel(date, Number(date.slice(0, 4)));
const instant = (date: string, time: string, timeZone: string) =>
  new Date(toInstant(date, time, timeZone)).toISOString();

function callOf(one: FollowUp, label: string, path: string, body: object = {}): DutyCall {
  const at = `/api/follow-ups/${one.followUpId}/${path}`;
  return { label, kind: 'call', method: 'POST', path: at, body: { version: one.version, ...body } };
}

function withUndo(one: FollowUp, call: DutyCall, path: string, body: object = {}): DutyCall {
  const at = `/api/follow-ups/${one.followUpId}/${path}`;
  return { ...call, undo: { path: at, body: { version: one.version + 1, ...body } } };
}

function endings(one: FollowUp): DutyAction[] {
  const refuse = callOf(one, 'The patient refuses', 'refuse');
  return [{ ...withUndo(one, refuse, 'reopen'), reasonLabel: 'Why does the patient not want it?' }];
}

/** Also what was tried, and by which ways the patient does not want to be reached. */
function detailOf(one: FollowUp): string {
  const first = missingFirst(one).map((missing) => missing.text);
  const lost = one.visit && (one.visit.state === 'no_show' ? 'missed' : 'cancelled');
  return [
    `${one.visitTypeName} with ${one.physicianName || 'anyone'}`,
    `${dayWords(one.earliestOn)} to ${dayWords(one.latestOn)}`,
    first.length > 0 ? `first: ${first.join(', ')}` : '',
    one.visit ? `${lost} ${dayWords(localDate(Date.parse(one.visit.startsAt), one.visit.timeZone))}` : '',
    one.lastAttempt ? `last: ${attemptWords(one.lastAttempt)}` : '',
    one.refusedChannels.length > 0 ? `not by ${one.refusedChannels.join(' or ')}` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

type ToBook = FollowUp & { lostVisitIds: readonly string[] };

function bookDuty(one: ToBook, { now, practiceTimeZone }: DutyContext): Duty {
  const today = localDate(now.getTime(), practiceTimeZone);
  const isPast = today > one.latestOn;
  const kind = isPast ? 'follow-up.past-window' : 'follow-up.book';
  return {
    kind,
    subjectId: one.followUpId,
    patientId: one.patientId,
    dueAt: isPast
      ? instant(addDays(one.latestOn, 1), '09:00', practiceTimeZone)
      : instant(one.actOn, bookBy, practiceTimeZone),
    severity: bookingSeverity(one, today),
    // A visit of this kind that was lost is booked with it: the person is called once
    instead: one.lostVisitIds.map((subjectId) => ({ kind: 'visit.not-rebooked', subjectId })),
    title: `${isPast ? 'Past its time, not booked' : 'Book the follow-up'}: ${one.patientName}`,
    detail: detailOf(one),
    tag: isPast
      ? 'past its time'
      : one.priority === 'routine'
        ? 'follow-up'
        : priorityWords[one.priority].toLowerCase(),
    action: { label: 'Book it', kind: 'open', href: `/follow-ups?id=${one.followUpId}&book=1` },
    others: [{ label: 'Open it', kind: 'open', href: `/follow-ups?id=${one.followUpId}` }, ...endings(one)],
  };
}

const toBook: DutySource = {
  kinds: ['follow-up.book', 'follow-up.past-window'],
  permission: 'follow-ups.see',
  ownerRole: 'secretary',
  topics,
  list: async (db, context) => {
    const today = localDate(context.now.getTime(), context.practiceTimeZone);
    const followUps = await queries.listToBook(db, addDays(today, aheadDays));
    return followUps.map((one) => bookDuty(one, context));
  },
  nextChangeAt: async (_db, context) => nextMidnight(context),
  countDone: (db, since) => queries.countSettled(db, since),
};

function nextMidnight({ now, practiceTimeZone }: DutyContext): Date {
  const today = localDate(now.getTime(), practiceTimeZone);
  return new Date(dayBounds(today, practiceTimeZone).endMs);
}

function firstDuty(one: FollowUp, { now }: DutyContext): Duty[] {
  const { visit } = one;
  const [first, ...more] = missingFirst(one);
  if (!visit || !first) return [];
  const startMs = Date.parse(visit.startsAt);
  const on = localDate(startMs, visit.timeZone);
  const tick = (missing: typeof first) => {
    const { prerequisiteId } = missing;
    const call = callOf(one, `${missing.text}: done`, 'first', { prerequisiteId, done: true });
    return withUndo(one, call, 'first', { prerequisiteId, done: false });
  };
  return [
    {
      kind: 'follow-up.first',
      subjectId: one.followUpId,
      patientId: one.patientId,
      dueAt: instant(addDays(on, -owedFirstDays), '12:00', visit.timeZone),
      severity: firstSeverity(on, localDate(now.getTime(), visit.timeZone)),
      title: `Missing before the visit of ${one.patientName}: ${[first, ...more].map((missing) => missing.text).join(', ')}`,
      detail: `comes ${dayWords(on)}, ${timeLabel(startMs, visit.timeZone)} to ${visit.physicianName} · ${one.visitTypeName}`,
      tag: 'missing',
      action: tick(first),
      others: [
        ...more.map(tick),
        { label: 'Open it', kind: 'open', href: `/follow-ups?id=${one.followUpId}` },
      ],
    },
  ];
}

const missing: DutySource = {
  kinds: ['follow-up.first'],
  permission: 'follow-ups.see',
  ownerRole: 'secretary',
  topics,
  list: async (db, context) => {
    const { now, practiceTimeZone } = context;
    const today = localDate(now.getTime(), practiceTimeZone);
    const to = new Date(dayBounds(addDays(today, askFirstDays), practiceTimeZone).endMs);
    const followUps = await queries.listMissingFirst(db, now, to);
    return followUps.flatMap((one) => firstDuty(one, context));
  },
  nextChangeAt: async (_db, context) => nextMidnight(context),
};

export const followUpDuties: readonly DutySource[] = [toBook, missing];
