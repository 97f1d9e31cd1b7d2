import { addDays, addMonthsClamped, daysBetween } from '../../platform/calendar/dates.ts';
import type { DutySeverity } from '../../platform/contributions.ts';
import type {
  AttemptChannel,
  AttemptOutcome,
  FollowUp,
  FollowUpState,
  Priority,
  StepKind,
} from './schema.ts';

/** The usual times, by the digit that chooses them at check-out. */
export const spans = [
  { id: '2w', label: '2 weeks' },
  { id: '6w', label: '6 weeks' },
  { id: '3m', label: '3 months' },
  { id: '6m', label: '6 months' },
  { id: '1y', label: '1 year' },
] as const;
export type SpanId = (typeof spans)[number]['id'];

/** `6w`, `3m`, `10d`, `1y` from a day on. @returns null where it is no span */
export function dateAfter(from: string, span: string): string | null {
  const match = /^(\d{1,3})\s*(d|w|m|mo|y)[a-z]*$/i.exec(span.trim());
  const count = Number(match?.[1] ?? 0);
  if (!match || count === 0) return null;
  switch (match[2]?.toLowerCase()) {
    case 'd':
      return addDays(from, count);
    case 'w':
      return addDays(from, count * 7);
    case 'y':
      return addMonthsClamped(from, count * 12);
    default:
      return addMonthsClamped(from, count);
  }
}

/** The window around a day when nobody said one: a seventh of the time to it on either side, at most four weeks. */
export function windowAround(orderedOn: string, targetOn: string): { earliestOn: string; latestOn: string } {
  const days = daysBetween(orderedOn, targetOn);
  const slack = Math.min(28, Math.max(2, Math.round(days / 7)));
  const earliestOn = addDays(targetOn, -slack);
  const floor = orderedOn < targetOn ? orderedOn : targetOn;
  return { earliestOn: earliestOn < floor ? floor : earliestOn, latestOn: addDays(targetOn, slack) };
}

/** So many days before the window opens a time is looked for: the next ones are gone by then. */
const leadDays: Record<Exclude<Priority, 'urgent'>, number> = { soon: 28, routine: 21 };

type Acting = {
  orderedOn: string;
  earliestOn: string;
  priority: Priority;
  nextTryOn: string | null;
};

/** From which day on it is the office's work: what is urgent at once, the rest ahead of its window. */
export function actOnOf({ orderedOn, earliestOn, priority, nextTryOn }: Acting): string {
  const ahead = priority === 'urgent' ? orderedOn : addDays(earliestOn, -leadDays[priority]);
  const from = ahead < orderedOn ? orderedOn : ahead;
  return nextTryOn !== null && nextTryOn > from ? nextTryOn : from;
}

/** How pressing it is to book: the further the window has gone, the more. */
export function bookingSeverity(
  {
    priority,
    targetOn,
    latestOn,
    earliestOn,
  }: Pick<FollowUp, 'priority' | 'targetOn' | 'latestOn' | 'earliestOn'>,
  today: string,
): Exclude<DutySeverity, 'danger'> {
  if (today > latestOn) return 'wrong';
  if (priority === 'urgent') return today >= earliestOn ? 'wrong' : 'wait';
  if (today >= targetOn) return priority === 'soon' ? 'wrong' : 'wait';
  return today >= earliestOn ? 'wait' : 'calm';
}

/** What is missing before a booked visit is asked after from a week ahead, and owed three days ahead. */
export const askFirstDays = 7;
export const owedFirstDays = 3;

export function firstSeverity(visitOn: string, today: string): Exclude<DutySeverity, 'danger'> {
  const left = daysBetween(today, visitOn);
  if (left <= 1) return 'wrong';
  return left <= owedFirstDays ? 'wait' : 'calm';
}

export const missingFirst = ({ prerequisites }: Pick<FollowUp, 'prerequisites'>) =>
  prerequisites.filter((one) => one.doneAt === null);

export const stateWords: Record<FollowUpState, string> = {
  open: 'to book',
  booked: 'booked',
  kept: 'kept',
  refused: 'refused',
  closed: 'closed',
};

export const priorityWords: Record<Priority, string> = {
  routine: 'Routine',
  soon: 'Soon',
  urgent: 'Urgent',
};

export const stepWords: Record<StepKind | 'attempt', string> = {
  ordered: 'ordered it',
  changed: 'changed it',
  booked: 'booked the visit',
  linked: 'took a visit for it',
  unlinked: 'let the visit go',
  'done-first': 'done first',
  'not-done-first': 'not done after all',
  refused: 'the patient refused',
  closed: 'closed it',
  reopened: 'opened it again',
  'entered-in-error': 'entered in error',
  attempt: 'tried',
};

export const attemptChannelWords: Record<AttemptChannel, string> = {
  call: 'call',
  voicemail: 'voicemail',
  text: 'text',
  email: 'e-mail',
  mail: 'letter',
  'in-person': 'in person',
};

export const outcomeWords: Record<AttemptOutcome, string> = {
  reached: 'reached',
  'left-message': 'left a message',
  'no-answer': 'no answer',
  'wrong-number': 'wrong number',
  refused: 'refused',
  sent: 'sent',
};

/** `call, no answer`; `letter 2` */
export function attemptWords(one: {
  channel: AttemptChannel;
  outcome: AttemptOutcome;
  letterNo: number | null;
}): string {
  if (one.letterNo !== null) return `letter ${one.letterNo}`;
  return `${attemptChannelWords[one.channel]}, ${outcomeWords[one.outcome]}`;
}

/** When the next try is due where nobody says: after no answer tomorrow, after a message in three days. */
export function usualNextTry(outcome: AttemptOutcome, today: string): string | null {
  if (outcome === 'no-answer') return addDays(today, 1);
  if (outcome === 'left-message') return addDays(today, 3);
  if (outcome === 'reached') return addDays(today, 7);
  return outcome === 'sent' ? addDays(today, 14) : null;
}
