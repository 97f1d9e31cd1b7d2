import { addDays, dateLabel } from '../../platform/calendar/dates.ts';
import { dayBounds, localDate, timeLabel, toInstant } from '../../platform/calendar/zones.ts';
import type { Duty, DutyAction, DutyCall, DutyContext, DutySource } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import { rememberedFlowSettings } from './flow/queries.ts';
import { limitMinutes, overWaitAtMs, waitSinceMs } from './flow/rules.ts';
import { notRebooked } from './owed/duties.ts';
import { countSteps, listInState, type OwedVisit, readCalendar } from './owed/queries.ts';
import { listMarks } from './risk/queries.ts';
import { seriesDuty } from './series/duties.ts';

const dayMs = 86_400_000;
/** Visits are confirmed by 4 pm of the business day before: the patient can still be reached in the evening. */
const confirmBy = '16:00';
/** Every visit of the day is closed out by 6 pm, or by its own end where that is later. */
const closeOutBy = '18:00';
const topics = ['visits', 'patients', 'setup', 'practice'];

export function when(visit: OwedVisit): string {
  const startMs = Date.parse(visit.startsAt);
  const date = localDate(startMs, visit.timeZone);
  return `${dateLabel(date, Number(date.slice(0, 4)))}, ${timeLabel(startMs, visit.timeZone)}`;
}

export function step(
  visit: OwedVisit,
  label: string,
  path: string,
  more: Record<string, unknown> = {},
): DutyCall {
  const at = `/api/visits/${visit.visitId}`;
  return {
    label,
    kind: 'call',
    method: 'POST',
    path: `${at}/${path}`,
    body: { version: visit.version, ...more },
    undo: { path: `${at}/undo`, body: { version: visit.version + 1 } },
  };
}

export function open(label: string, href: string): DutyAction {
  return { label, kind: 'open', href };
}

export function dayHref(visit: OwedVisit): string {
  return `/schedule?date=${localDate(Date.parse(visit.startsAt), visit.timeZone)}&visitId=${visit.visitId}`;
}

type Owed = Omit<Duty, 'subjectId' | 'patientId' | 'dueAt'> & { dueMs: number };

export function dutyOf(visit: OwedVisit, { dueMs, ...owed }: Owed): Duty {
  return {
    ...owed,
    subjectId: visit.visitId,
    patientId: visit.patientId,
    dueAt: new Date(dueMs).toISOString(),
  };
}

/** The next midnight of the practice: lists by date change then. */
export function nextMidnight({ now, practiceTimeZone }: DutyContext): Date {
  const today = localDate(now.getTime(), practiceTimeZone);
  return new Date(dayBounds(today, practiceTimeZone).endMs);
}

/** Booked visits of the days up to the second business day from now that nobody has confirmed. */
const unconfirmed: DutySource = {
  kinds: ['visit.unconfirmed'],
  permission: 'visits.see',
  ownerRole: 'secretary',
  topics: [...topics, 'visit-risk'],
  list: async (db, context) => {
    const calendar = await readCalendar(db, context);
    const zone = context.practiceTimeZone;
    const last = calendar.addBusinessDays(calendar.today, 2);
    const visits = await listInState(
      db,
      {
        states: ['booked'],
        from: new Date(dayBounds(calendar.today, zone).endMs),
        to: new Date(dayBounds(last, zone).endMs),
      },
      'unconfirmed',
    );
    const marks = await listMarks(db, visits);
    return visits.flatMap((visit) => {
      const mark = marks.get(visit.visitId);
      const date = localDate(Date.parse(visit.startsAt), visit.timeZone);
      const dueMs = toInstant(calendar.addBusinessDays(date, -1), confirmBy, visit.timeZone);
      // Who booked after that hour knows of the visit
      if (Date.parse(visit.createdAt) >= dueMs) return [];
      return [
        dutyOf(visit, {
          kind: 'visit.unconfirmed',
          dueMs,
          // Who may not come is called before the others of the day
          severity: mark ? 'wait' : 'calm',
          title: `Confirm the visit: ${visit.patientName}`,
          detail: `${when(visit)} with ${visit.physicianName} · ${visit.visitTypeName} · ${mark ? mark.reasons.join(', ') : 'not confirmed yet'}`,
          tag: mark ? 'call first' : 'unconfirmed',
          action: step(visit, 'Confirmed', 'confirm', { confirmed: true }),
          others: [
            open('Open the day', dayHref(visit)),
            ...(mark ? [open('Why it is marked', '/schedule/risk')] : []),
          ],
        }),
      ];
    });
  },
  nextChangeAt: async (_db, context) => nextMidnight(context),
  countDone: (db, since) => countSteps(db, since, ['confirmed']),
};

async function listOpen(db: Db, { now }: DutyContext): Promise<OwedVisit[]> {
  return listInState(db, {
    states: ['booked', 'arrived', 'in_room', 'with_physician'],
    from: new Date(now.getTime() - 90 * dayMs),
    to: now,
  });
}

function closeOutMs(visit: OwedVisit): number {
  const date = localDate(Date.parse(visit.startsAt), visit.timeZone);
  return Math.max(toInstant(date, closeOutBy, visit.timeZone), Date.parse(visit.endsAt));
}

/** Visits whose day is over and that still stand as booked or in the office. */
const notClosedOut: DutySource = {
  kinds: ['visit.not-closed-out'],
  permission: 'visits.see',
  ownerRole: 'secretary',
  topics,
  list: async (db, context) => {
    const visits = await listOpen(db, context);
    const over = visits.filter((visit) => closeOutMs(visit) <= context.now.getTime());
    return over.map((visit) => {
      const came = visit.state !== 'booked';
      return dutyOf(visit, {
        kind: 'visit.not-closed-out',
        dueMs: closeOutMs(visit),
        severity: 'wait',
        title: `Close out the visit: ${visit.patientName}`,
        detail: `${when(visit)} with ${visit.physicianName} · ${came ? 'came and was not checked out' : 'neither checked in nor a no-show'}`,
        tag: 'not closed out',
        action: came ? step(visit, 'Check out', 'check-out') : step(visit, 'No-show', 'no-show'),
        others: [
          ...(came ? [] : [step(visit, 'Checked in', 'arrive')]),
          open('Open the day', dayHref(visit)),
        ],
      });
    });
  },
  nextChangeAt: async (db, context) => {
    const ahead = (await listOpen(db, context)).map(closeOutMs).filter((ms) => ms > context.now.getTime());
    // A visit that starts later today joins the list at 6 pm at the earliest, and by then it has begun
    const next = Math.min(...ahead, nextAt(closeOutBy, context));
    return new Date(next);
  },
};

/** The next time the practice's clock shows this time. */
function nextAt(time: string, { now, practiceTimeZone }: DutyContext): number {
  const today = localDate(now.getTime(), practiceTimeZone);
  const ms = toInstant(today, time, practiceTimeZone);
  return ms > now.getTime() ? ms : toInstant(addDays(today, 1), time, practiceTimeZone);
}

type Waiting = { visit: OwedVisit; sinceMs: number; overMs: number };

/** Who is in the office and waits under a limit of the practice, with the moment from which it is too long. */
async function listWaiting(db: Db, { now }: DutyContext): Promise<Waiting[]> {
  const limits = await rememberedFlowSettings(db);
  const states = (['arrived', 'in_room', 'with_physician'] as const).filter(
    (state) => limitMinutes({ state, startsAt: '' }, limits) !== null,
  );
  const from = new Date(now.getTime() - dayMs);
  const visits = await listInState(db, { states, from, to: new Date(now.getTime() + dayMs) });
  return visits.flatMap((visit) => {
    const [sinceMs, overMs] = [waitSinceMs(visit), overWaitAtMs(visit, limits)];
    return sinceMs === null || overMs === null ? [] : [{ visit, sinceMs, overMs }];
  });
}

const nextOfWait: Partial<Record<OwedVisit['state'], [label: string, path: string]>> = {
  arrived: ['In room', 'room'],
  in_room: ['With physician', 'with-physician'],
  with_physician: ['Check out', 'check-out'],
};
const whereOfWait: Partial<Record<OwedVisit['state'], string>> = {
  in_room: ', in a room',
  with_physician: ', with the physician',
};

function waitDuty({ visit, sinceMs, overMs }: Waiting): Duty {
  const [label, path] = nextOfWait[visit.state] ?? ['Check out', 'check-out'];
  return dutyOf(visit, {
    kind: 'visit.waits-long',
    dueMs: overMs,
    severity: 'wrong',
    title: `Look after ${visit.patientName}`,
    detail: `waits since ${timeLabel(sinceMs, visit.timeZone)} for ${visit.physicianName}${whereOfWait[visit.state] ?? ''}`,
    tag: 'waiting',
    action: step(visit, label, path),
    others: [open('Open the flow', '/flow'), open('Open the day', dayHref(visit))],
  });
}

const waitsLong: DutySource = {
  kinds: ['visit.waits-long'],
  permission: 'visits.see',
  topics,
  list: async (db, context) => {
    const nowMs = context.now.getTime();
    return (await listWaiting(db, context)).filter((one) => one.overMs <= nowMs).map(waitDuty);
  },
  nextChangeAt: async (db, context) => {
    const waiting = await listWaiting(db, context);
    const ahead = waiting.map((one) => one.overMs).filter((ms) => ms > context.now.getTime());
    return ahead.length > 0 ? new Date(Math.min(...ahead)) : null;
  },
};

/** Who comes within seven days and cannot be reached by phone or mail: asked for by the start of the visit. */
const unreachable: DutySource = {
  kinds: ['visit.unreachable'],
  permission: 'visits.see',
  ownerRole: 'secretary',
  topics,
  list: async (db, context) => {
    const zone = context.practiceTimeZone;
    const today = localDate(context.now.getTime(), zone);
    const stretch = {
      states: ['booked'] as const,
      from: new Date(dayBounds(today, zone).startMs),
      to: new Date(dayBounds(addDays(today, 7), zone).endMs),
    };
    const visits = await listInState(db, stretch, 'unreachable');
    const first = visits.filter((one, i) => visits.findIndex((two) => two.patientId === one.patientId) === i);
    return first.map((visit) => {
      const missing = [visit.noPhone ? 'phone' : '', visit.noAddress ? 'address' : ''].filter(Boolean);
      return dutyOf(visit, {
        kind: 'visit.unreachable',
        dueMs: Date.parse(visit.startsAt),
        severity: 'calm',
        title: `Ask ${visit.patientName} for ${missing.join(' and ')}`,
        detail: `comes ${when(visit)} · no ${missing.join(', no ')} on record`,
        tag: 'missing',
        action: open('Open the card', `/patients/${visit.patientId}`),
      });
    });
  },
  nextChangeAt: async (_db, context) => nextMidnight(context),
};

export const scheduleDuties: readonly DutySource[] = [
  unconfirmed,
  notClosedOut,
  waitsLong,
  notRebooked,
  unreachable,
  seriesDuty,
];
