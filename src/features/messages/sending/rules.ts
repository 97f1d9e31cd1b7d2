import { addDays } from '../../../platform/calendar/dates.ts';
import { localDate, localMinutes, minutesOf, toInstant } from '../../../platform/calendar/zones.ts';
import type { MayContact } from '../../patients/consents/rules.ts';
import type { Purpose } from '../../patients/consents/schema.ts';
import type { MessageChannel, MessagePurpose } from '../schema.ts';
import type { SendingRules } from '../settings/schema.ts';

/** Under which of the patient's answers about being contacted a message falls. */
export const consentFor: Record<MessagePurpose, Exclude<Purpose, 'marketing'>> = {
  reminder: 'appointments',
  waitlist: 'appointments',
  recall: 'appointments',
  billing: 'billing',
  other: 'results',
};

export type Opt = { purpose: MessagePurpose | 'all'; state: 'out' | 'in' };

/** Whether the number or address itself wants none of these. @param opts the latest first */
export function isOptedOut(opts: readonly Opt[], purpose: MessagePurpose): boolean {
  const last = opts.find((one) => one.purpose === 'all' || one.purpose === purpose);
  return last?.state === 'out';
}

export type WhySuppressed =
  | 'no-provider'
  | 'nobody'
  | 'deceased'
  | 'not-a-patient'
  | 'minor'
  | 'no-address'
  | 'opted-out'
  | 'refused'
  | 'not-asked'
  | 'too-late'
  | 'limit'
  | 'stopped';

export const whyWords: Record<WhySuppressed, string> = {
  'no-provider': 'nothing is set up to send it',
  nobody: 'nobody knows whose number this is',
  deceased: 'the person has died',
  'not-a-patient': 'the record is no longer in use',
  minor: 'a minor: no authorized person with a number is on record',
  'no-address': 'no number or address for it is on record',
  'opted-out': 'they answered STOP: nothing more goes there until START',
  refused: 'they do not want this way',
  'not-asked': 'nobody asked them yet whether this way is fine',
  'too-late': 'it was of no use any more',
  limit: 'so many reminders went there already',
  stopped: 'what it was about changed before it went out',
};

/** A sentence for a reason that is a code; what a provider said stays as it is. */
export function sayWhy(why: string): string {
  return Object.entries(whyWords).find(([key]) => key === why)?.[1] ?? why;
}

/** What a rule knows of a message and of whom it goes to, as of now. */
export type Facts = {
  channel: MessageChannel;
  purpose: MessagePurpose;
  /** An answer to someone who wrote a moment ago, or to a word of theirs. */
  isAnswer: boolean;
  /** A desk answers someone who wrote from there within the days in which it may, though nobody asked them. */
  mayAnswer: boolean;
  /** The one text that says that no more will come, or that they come again. */
  isConfirming: boolean;
  hasProvider: boolean;
  person: 'alive' | 'deceased' | 'gone' | 'nobody';
  address: string;
  opts: readonly Opt[];
  may: MayContact;
  zones: readonly string[];
  /** Instants at which reminders went to this address within the last eight days. */
  sentAtMs: readonly number[];
  expiresAtMs: number | null;
  nowMs: number;
  rules: SendingRules;
};

export type Decision =
  | { kind: 'go' }
  | { kind: 'later'; atMs: number }
  | { kind: 'never'; why: WhySuppressed };

/** So many days a desk may answer someone who wrote: a patient whom nobody asked, and a number that nobody knows. */
export const answerDays = { patient: 3, nobody: 30 } as const;

const never = (why: WhySuppressed): Decision => ({ kind: 'never', why });

/** Whether a message may go out now. The last to decide, right before it leaves: what changed since is heard. */
export function decide(facts: Facts): Decision {
  const { person, address, expiresAtMs, nowMs, isAnswer } = facts;
  if (!facts.hasProvider) return never('no-provider');
  if (address === '') return never('no-address');
  if (expiresAtMs !== null && expiresAtMs <= nowMs) return never('too-late');
  if (facts.isConfirming) return { kind: 'go' };
  if (person === 'deceased') return never('deceased');
  if (person === 'gone') return never('not-a-patient');
  if (isOptedOut(facts.opts, facts.purpose)) return never('opted-out');
  if (isAnswer) return facts.may === 'no' && facts.channel === 'email' ? never('refused') : { kind: 'go' };
  if (person === 'nobody' && !facts.mayAnswer) return never('nobody');
  if (facts.may === 'no') return never('refused');
  if (facts.may === 'ask' && person !== 'nobody' && !facts.mayAnswer) return never('not-asked');
  const atMs = Math.max(openFrom(nowMs, facts.zones, facts.rules), withinLimits(facts));
  const openMs = openFrom(atMs, facts.zones, facts.rules);
  if (openMs <= nowMs) return { kind: 'go' };
  if (expiresAtMs !== null && openMs >= expiresAtMs)
    return never(withinLimits(facts) > nowMs ? 'limit' : 'too-late');
  return { kind: 'later', atMs: openMs };
}

/** The first moment from `nowMs` on that is not quiet in any of the zones in which the person may be. */
export function openFrom(
  nowMs: number,
  zones: readonly string[],
  rules: Pick<SendingRules, 'quietFrom' | 'quietTo'>,
): number {
  const [from, to] = [minutesOf(rules.quietTo), minutesOf(rules.quietFrom)];
  let atMs = nowMs;
  // Each round moves on to where one zone opens; zones of one country leave hours that all share.
  for (let round = 0; round < 6; round++) {
    const shut = zones.find((zone) => {
      const minutes = localMinutes(atMs, zone);
      return minutes < from || minutes >= to;
    });
    if (shut === undefined) return atMs;
    const today = localDate(atMs, shut);
    const date = localMinutes(atMs, shut) >= to ? addDays(today, 1) : today;
    atMs = toInstant(date, rules.quietTo, shut);
  }
  return atMs;
}

const dayMs = 86_400_000;

/** When the next reminder may go there: so many a day, by the calendar there, and so many in any seven days. */
function withinLimits({ purpose, channel, sentAtMs, zones, rules, nowMs }: Facts): number {
  if (channel !== 'text' || purpose !== 'reminder') return nowMs;
  const [zone = 'UTC'] = zones;
  const sent = [...sentAtMs].sort((one, other) => other - one);
  const today = localDate(nowMs, zone);
  const todays = sent.filter((ms) => localDate(ms, zone) === today).length;
  const dayAt = todays >= rules.aDay ? toInstant(addDays(today, 1), rules.quietTo, zone) : nowMs;
  const nth = sent.filter((ms) => ms > nowMs - 7 * dayMs)[rules.aWeek - 1];
  return Math.max(nowMs, dayAt, nth === undefined ? nowMs : nth + 7 * dayMs + 1);
}

const firstWaitSeconds = 30;
const longestWaitSeconds = 3600;
export const mostTries = 10;

/** How long until the next try: half a minute, then twice as long each time, up to an hour. */
export function waitSeconds(tries: number, asked?: number): number {
  return Math.max(asked ?? 0, Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** Math.max(0, tries - 1)));
}
