import { addDays } from '../../../platform/calendar/dates.ts';
import { dateAfter } from '../rules.ts';
import type { FollowUp, Priority } from '../schema.ts';

/** What a physician said, as someone typed it: `6w, MRI first`, `3m mri and labs first urgent`. */
export type Said = {
  targetOn: string | null;
  /** The span in the words typed: "6w"; '' where none was. */
  span: string;
  first: string[];
  priority: Priority | null;
  /** What meant nothing else: the instructions. */
  rest: string;
};

const spanWords = /\b(\d{1,3})\s*(days?|weeks?|wks?|months?|mos?|years?|yrs?|d|w|m|y)\b/i;
const priorityWords: readonly (readonly [RegExp, Priority])[] = [
  [/\burgent(ly)?\b/i, 'urgent'],
  [/\bsoon\b/i, 'soon'],
  [/\broutine\b/i, 'routine'],
];
const firstWords = /^(.+?)\s+first$/i;

/** Said of a follow-up when it is ordered; pure, for the line and the dialog. */
export function readSaid(text: string, today: string): Said {
  const span = spanWords.exec(text);
  let left = span ? text.replace(span[0], ' ') : text;
  const found = priorityWords.find(([words]) => words.test(left));
  if (found) left = left.replace(found[0], ' ');
  const clauses = left
    .split(/[,;]+/)
    .map((clause) => clause.replace(/\s+/g, ' ').trim())
    .map((clause) => clause.replace(/^(rtc|return|back|in)\b\s*/i, ''))
    .filter(Boolean);
  const first = clauses.flatMap((clause) => firstWords.exec(clause)?.[1]?.split(/\s+and\s+|\s*\+\s*/i) ?? []);
  return {
    targetOn: span ? dateAfter(today, `${span[1]}${span[2]?.[0]}`) : null,
    span: span ? `${span[1]}${span[2]?.[0]?.toLowerCase()}` : '',
    first: first.map((one) => one.trim()).filter(Boolean),
    priority: found?.[1] ?? null,
    rest: clauses.filter((clause) => !firstWords.test(clause)).join(', '),
  };
}

const verb = /(^|\s)rtc(?=\s|$)/i;

/**
 * A line that orders a follow-up instead of booking one: the verb stands in it (`smith jo rtc 6w`), or something must
 * happen first. @returns the line without the verb, or null
 */
export function withoutVerb(text: string): string | null {
  return verb.test(text) ? text.replace(verb, ' ').trim() : null;
}

export const saysFirst = (rest: string) => /\S\s+first\b/i.test(rest);

/** Where times are looked for: the window that is left; past it the next four weeks. */
export function searchWindow(
  { targetOn, earliestOn, latestOn }: Pick<FollowUp, 'targetOn' | 'earliestOn' | 'latestOn'>,
  today: string,
) {
  if (latestOn < today) return { aroundDate: today, window: { from: today, to: addDays(today, 28) } };
  const from = earliestOn < today ? today : earliestOn;
  return { aroundDate: targetOn < from ? from : targetOn, window: { from, to: latestOn } };
}
