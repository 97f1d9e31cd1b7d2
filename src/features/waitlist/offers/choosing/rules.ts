import { isoWeekday } from '../../../../platform/calendar/dates.ts';
import { localDate, localMinutes, minutesOf } from '../../../../platform/calendar/zones.ts';
import { type Priority, priorities, type TimeWindow } from '../../schema.ts';
import type { WaitlistSettings } from '../../settings/schema.ts';

/**
 * Who is offered an opening, in which order, and why someone is not. Pure: the same facts give the same answer, so
 * that whoever doubts an order works it out anew from what was written down with it.
 */
export const ruleVersion = 1;

export type Slot = {
  startsAtMs: number;
  endsAtMs: number;
  physicianId: string;
  siteId: string;
  timeZone: string;
};

/** Of one who waits, all that decides. */
export type Candidate = {
  entryId: string;
  priority: Priority;
  addedAtMs: number;
  visitTypeId: string;
  /** Of the visit that would be theirs, with this physician; null: this physician does not do it. */
  minutes: number | null;
  physicianIds: string[];
  siteIds: string[];
  weekdays: number[];
  times: TimeWindow[];
  earliestOn: string | null;
  latestOn: string | null;
  expiresOn: string;
  noticeHours: number;
  /** The visit that would be moved forward. */
  heldAtMs: number | null;
  /** Another visit of theirs takes some of the time. */
  isBusy: boolean;
  /** They were asked about this opening already. */
  wasAsked: boolean;
  /** Another opening is offered to them now. */
  isOffered: boolean;
  /** A channel reaches them, and they did not refuse it. */
  mayContact: boolean;
  /** As far as it was tried, for those whose turn it was: their visit can stand there as the schedule is. */
  hasPlace: boolean;
};

export const obstacles = [
  'type-off',
  'other-physician',
  'not-done',
  'too-long',
  'other-site',
  'weekday',
  'time',
  'too-early',
  'too-late',
  'expires',
  'notice',
  'not-earlier',
  'busy',
  'asked',
  'offered',
  'no-contact',
  'no-place',
] as const;
export type WhyNot = (typeof obstacles)[number];

export const whyWords: Record<WhyNot, string> = {
  'type-off': 'the visit type is not offered from the waitlist',
  'other-physician': 'waits for another physician',
  'not-done': 'this physician does not do that visit',
  'too-long': 'the visit is longer than the opening',
  'other-site': 'waits for another site',
  weekday: 'not on that weekday',
  time: 'not at that time of day',
  'too-early': 'not before their earliest day',
  'too-late': 'not after their latest day',
  expires: 'leaves the waitlist before',
  notice: 'needs more notice',
  'not-earlier': 'has a visit that is no later',
  busy: 'has another visit at that time',
  asked: 'was asked about this opening',
  offered: 'is being offered another opening',
  'no-contact': 'cannot or must not be contacted that way',
  'no-place': 'a room, device or booking rule is in the way',
};

export type Choice = { entryId: string; position: number | null; why: WhyNot[] };

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** More urgent first, then who waits longest; of two at the same moment, by id. */
export function compare(one: Candidate, other: Candidate): number {
  return (
    priorities.indexOf(one.priority) - priorities.indexOf(other.priority) ||
    one.addedAtMs - other.addedAtMs ||
    (one.entryId < other.entryId ? -1 : 1)
  );
}

/** Of everyone who waits: their place in the order, or all that speaks against them. */
export function choose(
  slot: Slot,
  candidates: readonly Candidate[],
  settings: Pick<WaitlistSettings, 'noticeHours' | 'offTypeIds'>,
  nowMs: number,
): Choice[] {
  let position = 0;
  return [...candidates].sort(compare).map((one) => {
    const why = whyNot(slot, one, settings, nowMs);
    return { entryId: one.entryId, position: why.length === 0 ? ++position : null, why };
  });
}

export function whyNot(
  slot: Slot,
  one: Candidate,
  settings: Pick<WaitlistSettings, 'noticeHours' | 'offTypeIds'>,
  nowMs: number,
): WhyNot[] {
  const { startsAtMs, endsAtMs, timeZone } = slot;
  const date = localDate(startsAtMs, timeZone);
  const minute = localMinutes(startsAtMs, timeZone);
  const isAny = <T>(wished: readonly T[], has: T) => wished.length === 0 || wished.includes(has);
  const suits = ({ from, to }: TimeWindow) => minutesOf(from) <= minute && minute < minutesOf(to);
  const notice = Math.max(one.noticeHours, settings.noticeHours) * hourMs;
  const against: Record<WhyNot, boolean> = {
    'type-off': settings.offTypeIds.includes(one.visitTypeId),
    'other-physician': !isAny(one.physicianIds, slot.physicianId),
    'not-done': one.minutes === null,
    'too-long': one.minutes !== null && one.minutes * minuteMs > endsAtMs - startsAtMs,
    'other-site': !isAny(one.siteIds, slot.siteId),
    weekday: !isAny(one.weekdays, isoWeekday(date)),
    time: one.times.length > 0 && !one.times.some(suits),
    'too-early': one.earliestOn !== null && date < one.earliestOn,
    'too-late': one.latestOn !== null && date > one.latestOn,
    // The list is left at the end of that day: an opening beyond it is not what they waited for
    expires: date > one.expiresOn,
    notice: startsAtMs - nowMs < notice,
    'not-earlier': one.heldAtMs !== null && one.heldAtMs <= startsAtMs,
    busy: one.isBusy,
    asked: one.wasAsked,
    offered: one.isOffered,
    'no-contact': !one.mayContact,
    'no-place': !one.hasPlace,
  };
  return obstacles.filter((code) => against[code]);
}
