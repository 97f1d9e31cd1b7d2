import { formatDuration, formatTime } from '../../../ui/format.ts';
import type { Tone } from '../../../ui/tag.tsx';
import type { DayVisit } from '../day/schema.ts';
import { isOverWait } from '../flow/rules.ts';
import type { FlowLimits } from '../flow/schema.ts';
import type { VisitState, VisitStep } from '../visits/schema.ts';

const minuteMs = 60_000;
/** From when on someone who has not come is called late; a few minutes are traffic. */
const lateAfterMinutes = 5;
/** After this long nobody is late any more: the visit was not closed out. */
const forgottenAfterMinutes = 240;

export type StepKey = 'arrive' | 'room' | 'with-physician' | 'check-out';

export const stepWords: Record<StepKey, { label: string; done: string; key: string }> = {
  arrive: { label: 'Check in', done: 'Checked in', key: 'a' },
  room: { label: 'In room', done: 'In room', key: 'r' },
  'with-physician': { label: 'With physician', done: 'With the physician', key: 'd' },
  'check-out': { label: 'Check out', done: 'Checked out', key: 'o' },
};

const next: Partial<Record<VisitState, StepKey>> = {
  booked: 'arrive',
  arrived: 'room',
  in_room: 'with-physician',
  with_physician: 'check-out',
};

/** The one step that comes next on the way through the office; none once it is over. */
export function nextStep(state: VisitState): StepKey | undefined {
  return next[state];
}

const over: ReadonlySet<VisitState> = new Set(['checked_out', 'cancelled', 'no_show', 'entered_in_error']);

export function isOver(state: VisitState): boolean {
  return over.has(state);
}

export type VisitFace = { sign: string; words: string; tone: Tone };

export type FaceFacts = { nowMs: number; zone: string; limits: FlowLimits };

/** The state in a sign and a few words: what color alone must not say. */
export function visitFace(visit: DayVisit, facts: FaceFacts): VisitFace {
  const { nowMs, zone } = facts;
  switch (visit.state) {
    case 'booked':
      return bookedFace(visit, nowMs);
    case 'arrived':
      return waitingFace(visit, facts);
    case 'in_room':
      return roomFace(visit, facts);
    case 'with_physician':
      return { sign: '●', words: `with physician${since(visit.withPhysicianAt, nowMs)}`, tone: 'good' };
    case 'checked_out': {
      const at = visit.checkedOutAt ? ` ${formatTime(visit.checkedOutAt, zone).slice(0, -3)}` : '';
      return { sign: '✓', words: `left${at}`, tone: 'calm' };
    }
    case 'cancelled':
      return { sign: '✕', words: 'cancelled', tone: 'calm' };
    case 'no_show':
      return { sign: '⊘', words: 'no-show', tone: 'wrong' };
    case 'entered_in_error':
      return { sign: '✕', words: 'entered in error', tone: 'calm' };
  }
}

function bookedFace(visit: DayVisit, nowMs: number): VisitFace {
  const late = Math.floor((nowMs - Date.parse(visit.startsAt)) / minuteMs);
  if (late > forgottenAfterMinutes) return { sign: '!', words: 'not closed out', tone: 'wrong' };
  if (late >= lateAfterMinutes) return { sign: '!', words: `${formatDuration(late)} late`, tone: 'wrong' };
  if (visit.confirmed) return { sign: '✓', words: 'confirmed', tone: 'calm' };
  return { sign: '?', words: 'unconfirmed', tone: 'wait' };
}

function roomFace(visit: DayVisit, { nowMs, limits }: FaceFacts): VisitFace {
  const words = `in room${since(visit.inRoomAt, nowMs)}`;
  return isOverWait(visit, limits, nowMs)
    ? { sign: '!', words: `${words}, waits long`, tone: 'wrong' }
    : { sign: '▣', words, tone: 'good' };
}

function waitingFace(visit: DayVisit, { nowMs, limits }: FaceFacts): VisitFace {
  const waits = minutesSince(visit.arrivedAt, nowMs);
  const long = isOverWait(visit, limits, nowMs);
  if (waits > forgottenAfterMinutes) return { sign: '!', words: 'not closed out', tone: 'wrong' };
  const words = waits < 1 ? 'arrived' : `waiting ${formatDuration(waits)}`;
  return long ? { sign: '!', words, tone: 'wrong' } : { sign: '◔', words, tone: 'wait' };
}

function minutesSince(instant: string | undefined, nowMs: number): number {
  return instant ? Math.floor((nowMs - Date.parse(instant)) / minuteMs) : 0;
}

function since(instant: string | undefined, nowMs: number): string {
  const minutes = minutesSince(instant, nowMs);
  return minutes < 1 || minutes > forgottenAfterMinutes ? '' : ` ${formatDuration(minutes)}`;
}

/** What is missing before this visit, in words. */
export function missingOf(visit: DayVisit): string[] {
  return [visit.noPhone && 'no phone', visit.noAddress && 'no address'].filter((one) => one !== undefined);
}

export function minutesOfVisit(visit: { startsAt: string; endsAt: string }): number {
  return Math.round((Date.parse(visit.endsAt) - Date.parse(visit.startsAt)) / minuteMs);
}

/** Not come yet and due: a few minutes before its time until it is closed out. */
export function isDue(visit: DayVisit, nowMs: number): boolean {
  return visit.state === 'booked' && Date.parse(visit.startsAt) - nowMs < 15 * minuteMs;
}

export const historyWords: Record<VisitStep, string> = {
  booked: 'Booked',
  moved: 'Moved',
  confirmed: 'Confirmed',
  unconfirmed: 'Confirmation taken back',
  arrived: 'Checked in',
  in_room: 'In room',
  with_physician: 'With physician',
  checked_out: 'Checked out',
  cancelled: 'Cancelled',
  left: 'Left without being seen',
  no_show: 'No-show',
  reinstated: 'Brought back',
  entered_in_error: 'Entered in error',
  edited: 'Reason or note changed',
  room_changed: 'Changed rooms',
  let_go: 'Not to be rebooked',
  merged: 'The person’s two records became one',
  taken_apart: 'The person’s records were taken apart',
};
