import { dateLabel } from '../../../platform/calendar/dates.ts';
import { localDate, timeLabel } from '../../../platform/calendar/zones.ts';
import type { OfferOutcome, OpeningOutcome } from './schema.ts';

/** Time that was given away so long before anybody heard of it (the office was down) is offered by hand, or not at all. */
export const newsHours = 12;
/** A hold outlasts the answers by so long: an answer of the last minute is still kept. */
export const graceMinutes = 10;

export const openingWords: Record<OpeningOutcome, string> = {
  filled: 'filled',
  taken: 'booked by someone else',
  nobody: 'nobody left to ask',
  'too-late': 'too late to ask anyone',
  stopped: 'stopped',
};

export const offerWords: Record<OfferOutcome, string> = {
  won: 'yes, booked',
  lost: 'someone else was faster',
  no: 'no',
  'not-reached': 'not reached',
  'timed-out': 'did not answer in time',
  gone: 'the opening was withdrawn',
};

type Opening = { startsAt: string; timeZone: string; physicianName: string };

/** "Thu, Mar 5, 10:00 am with Dr. Lee" */
export function openingLabel({ startsAt, timeZone, physicianName }: Opening): string {
  const startMs = Date.parse(startsAt);
  const date = localDate(startMs, timeZone);
  return `${dateLabel(date, Number(date.slice(0, 4)))}, ${timeLabel(startMs, timeZone)} with ${physicianName}`;
}

/** What is said to someone whose yes comes to nothing: no blame, and what they keep. */
export const kindWords = {
  lost: 'Someone else was faster. They keep their place on the waitlist and will be asked again.',
  late: 'The time to answer was up. They keep their place on the waitlist and will be asked again.',
  gone: 'The opening is no longer there. They keep their place on the waitlist and will be asked again.',
} as const;
