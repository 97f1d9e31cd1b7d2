import { dateLabel } from '../../../platform/calendar/dates.ts';
import { dayBounds, localDate, timeLabel } from '../../../platform/calendar/zones.ts';
import type { VisitState } from './schema.ts';

/** The steps that change the state of a visit; confirming, moving and editing leave it as it is. */
export type StateStep = Exclude<VisitState, 'booked'> | 'reinstated' | 'left';

export type VisitFacts = { state: VisitState; startsAtMs: number; timeZone: string };

const minuteMs = 60_000;

/** Not arrived so long after the start is late. */
export const lateMinutes = 10;
/** A step can be undone for so long, and in any case until the end of its day. */
export const undoMinutes = 15;

/** Forward steps may skip the room and the physician: not every office records them. */
const steps: Record<VisitState, readonly StateStep[]> = {
  booked: ['arrived', 'no_show', 'cancelled', 'entered_in_error'],
  arrived: ['in_room', 'with_physician', 'checked_out', 'left', 'entered_in_error'],
  in_room: ['with_physician', 'checked_out', 'left', 'entered_in_error'],
  with_physician: ['checked_out', 'entered_in_error'],
  checked_out: ['entered_in_error'],
  cancelled: ['reinstated', 'entered_in_error'],
  no_show: ['reinstated', 'entered_in_error'],
  entered_in_error: [],
};

/** Steps that the state allows, the most usual first. */
export function nextSteps(state: VisitState): readonly StateStep[] {
  return steps[state];
}

/** The state that a step leads to. */
export function stateAfter(step: StateStep): VisitState {
  if (step === 'left') return 'cancelled';
  return step === 'reinstated' ? 'booked' : step;
}

const stateWords: Record<VisitState, string> = {
  booked: 'booked',
  arrived: 'checked in',
  in_room: 'in a room',
  with_physician: 'with the physician',
  checked_out: 'checked out',
  cancelled: 'cancelled',
  no_show: 'marked as a no-show',
  entered_in_error: 'entered in error',
};

const refusedInstead: Partial<Record<VisitState, Partial<Record<StateStep, string>>>> = {
  booked: {
    left: 'This patient has not come. Cancel the visit, or mark it as a no-show.',
    in_room: 'Check the patient in first.',
    with_physician: 'Check the patient in first.',
    checked_out: 'Check the patient in first.',
  },
  cancelled: { arrived: 'This visit was cancelled. Reinstate it first, then check in.' },
  no_show: { arrived: 'This visit was marked as a no-show. Reinstate it first, then check in.' },
};

/** Why a step cannot be taken now, and what to do instead; null when it can. */
export function whyNot(visit: VisitFacts, step: StateStep, nowMs: number): string | null {
  const { state } = visit;
  if (!steps[state].includes(step)) return whyNotFrom(state, step);
  if (step === 'no_show' && nowMs < visit.startsAtMs) {
    return `The visit starts only at ${timeLabel(visit.startsAtMs, visit.timeZone)}. Cancel it, or wait for the start.`;
  }
  const onDate = localDate(visit.startsAtMs, visit.timeZone);
  if (step === 'arrived' && onDate > localDate(nowMs, visit.timeZone)) {
    return `This visit is on ${dateLabel(onDate)}. Move it to today first.`;
  }
  return null;
}

function whyNotFrom(state: VisitState, step: StateStep): string {
  const instead = refusedInstead[state]?.[step];
  if (instead) return instead;
  if (stateAfter(step) === state) return `This visit is already ${stateWords[state]}.`;
  if (state === 'entered_in_error') return 'This visit was entered in error. Book a new one.';
  if (step === 'left')
    return `This visit is ${stateWords[state]}. Only who waits can leave without being seen.`;
  if (step === 'cancelled' || step === 'no_show') {
    return `This visit is ${stateWords[state]} and cannot be ${stateWords[step]} any more. Undo that first.`;
  }
  if (step === 'reinstated') return 'Only a cancelled or missed visit can be reinstated.';
  return `This visit is already ${stateWords[state]}. Undo that first.`;
}

/** Why a visit cannot be moved, resized or confirmed any more; null when it can. */
export function whyNotChange(state: VisitState): string | null {
  if (state === 'booked') return null;
  const more = state === 'cancelled' || state === 'no_show' ? 'Reinstate it first.' : 'Undo that first.';
  return `This visit is ${stateWords[state]}. ${state === 'entered_in_error' ? 'Book a new one.' : more}`;
}

/** Whether the visit takes the time of its physician, room and devices. A missed visit gives it back. */
export function occupies(state: VisitState): boolean {
  return state !== 'cancelled' && state !== 'no_show' && state !== 'entered_in_error';
}

/** Whether going from one state to another takes time again that someone else may have by now. */
export function takesTimeAgain(from: VisitState, to: VisitState): boolean {
  return !occupies(from) && occupies(to);
}

type UndoFacts = { step: string; atMs: number; timeZone: string; inGroup?: boolean };

export function undoFacts(
  { timeZone, sessionId }: { timeZone: string; sessionId: string | null },
  { step, at }: { step: string; at: string },
): UndoFacts {
  return { step, atMs: Date.parse(at), timeZone, inGroup: sessionId !== null };
}

/** Why the last step cannot be undone; null when it can. The first step, booking, is cancelled instead. */
export function whyNotUndo(last: UndoFacts | null, nowMs: number): string | null {
  if (!last) return 'There is nothing to undo.';
  if (last.inGroup && last.step === 'moved')
    return 'This place moved with its group. Undo the move of the session on its roster.';
  if (last.step === 'booked')
    return 'A booking is not undone. Cancel the visit, or mark it as entered in error.';
  const isRecent = nowMs - last.atMs <= undoMinutes * minuteMs;
  const isToday = localDate(last.atMs, last.timeZone) === localDate(nowMs, last.timeZone);
  return isRecent || isToday ? null : 'This was done on an earlier day and can no longer be undone.';
}

/** The last moment at which a step can be undone; as whyNotUndo decides. */
export function undoUntilMs(last: { atMs: number; timeZone: string }): number {
  const { endMs } = dayBounds(localDate(last.atMs, last.timeZone), last.timeZone);
  return Math.max(endMs - 1, last.atMs + undoMinutes * minuteMs);
}

/** Whether a booked patient has not come. */
export function isLate(
  visit: { state: VisitState; startsAtMs: number },
  nowMs: number,
  thresholdMinutes: number = lateMinutes,
): boolean {
  return visit.state === 'booked' && nowMs >= visit.startsAtMs + thresholdMinutes * minuteMs;
}
