import { addDays } from '../../../platform/calendar/dates.ts';
import { localDate, localMinutes, toInstant } from '../../../platform/calendar/zones.ts';
import { parseTask } from '../../schedule/line/task/rules.ts';
import { isBirthScrap } from '../../schedule/line/when/rules.ts';

/** A call in one line: `call 5185550123 refill of lisinopril, back by 3pm to nurse`. */
export type CallLine = {
  /** Who calls, as a scrap to look for; '' where the person in view is meant. */
  caller: string;
  text: string;
  promise: Promised;
};

/** By when and to whom; nulls where nothing was promised. */
export type Promised = { dueOn: string | null; dueLocalTime: string | null; ownerWord: string | null };

export type CallVocabulary = {
  /** Today at the practice, for "tomorrow". */
  today: string;
  /** Whether a word names a colleague or a role. */
  isOwner: (word: string) => boolean;
  /** Someone is in view: they call, unless a number or a colon says otherwise. */
  hasPerson?: boolean;
};

export const callWords = ['call', 'phone'];

/** @returns null where the line is not about a call */
export function readCall(line: string, vocabulary: CallVocabulary): CallLine | null {
  const [first = '', ...rest] = line.trim().split(/\s+/);
  if (!callWords.includes(first.toLowerCase())) return null;
  const { caller, message } = splitCaller(rest.join(' '), vocabulary);
  return { caller, ...splitPromise(message, vocabulary) };
}

function splitCaller(words: string, { hasPerson, today }: CallVocabulary) {
  const colon = /^([^:]{1,80}):(?:\s+|$)(.*)$/.exec(words);
  if (colon) return { caller: (colon[1] ?? '').trim(), message: (colon[2] ?? '').trim() };
  const tokens = words.split(' ').filter((token) => token !== '');
  const count = countPhoneTokens(tokens) || (hasPerson ? 0 : countNameTokens(tokens, today));
  const strip = (text: string) => text.replace(/^[\s,]+|[\s,]+$/g, '');
  return { caller: strip(tokens.slice(0, count).join(' ')), message: strip(tokens.slice(count).join(' ')) };
}

/** A number may be typed in pieces: `(518) 555 0123`. Ten digits are one, or eleven after a 1; fewer end at a word. */
function countPhoneTokens(tokens: readonly string[]): number {
  let digits = '';
  let count = 0;
  for (const token of tokens) {
    if (!/^\+?[\d().,-]+$/.test(token)) break;
    const next = digits + token.replace(/\D/g, '');
    const most = next.startsWith('1') ? 11 : 10;
    if (next.length > most && !tokens[0]?.startsWith('+')) break;
    digits = next;
    count += 1;
    if (digits.length >= most || token.endsWith(',')) break;
  }
  return digits.length >= 4 ? count : 0;
}

/** Without a colon one word names who calls, and a birth date behind it. */
function countNameTokens(tokens: readonly string[], today: string): number {
  let count = Math.min(1, tokens.length);
  while (isBirthScrap((tokens[count] ?? '').toLowerCase(), today)) count += 1;
  return count;
}

/** What was promised stands at the end: `back by 3pm to nurse`, `by fri @ana`, `to nurse`. */
export function splitPromise(
  message: string,
  vocabulary: CallVocabulary,
): { text: string; promise: Promised } {
  const { rest, ownerWord } = takeOwner(message.split(/\s+/).filter(Boolean), vocabulary);
  for (let at = 0; at < rest.length; at++) {
    if (!/^(by|back|before)$/i.test(rest[at] ?? '')) continue;
    const due = readDue(rest.slice(at), vocabulary.today);
    if (!due) continue;
    const text = rest
      .slice(0, at)
      .join(' ')
      .replace(/[\s,]*(\b(will )?call)?[\s,]*$/i, '');
    return { text, promise: { ...due, ownerWord } };
  }
  return {
    text: rest.join(' ').replace(/[\s,]+$/, ''),
    promise: { dueOn: null, dueLocalTime: null, ownerWord },
  };
}

/** `to nurse`, `for the nurse`, `@ana` at the end; a word that names nobody here is the message's. */
function takeOwner(words: readonly string[], { isOwner }: CallVocabulary) {
  const tagged = words.findIndex((word) => /^@\p{L}/u.test(word));
  if (tagged >= 0) {
    const ownerWord = (words[tagged] ?? '').slice(1).toLowerCase();
    return { rest: words.toSpliced(tagged, 1), ownerWord };
  }
  const last = words.at(-1)?.toLowerCase().replace(/[.,]$/, '') ?? '';
  const before = words.at(-2)?.toLowerCase() === 'the' ? 2 : 1;
  const link = words.at(-1 - before)?.toLowerCase() ?? '';
  if (!/^(to|for)$/.test(link) || !isOwner(last)) return { rest: [...words], ownerWord: null };
  return { rest: words.slice(0, -1 - before), ownerWord: last };
}

function readDue(words: readonly string[], today: string) {
  const plain = words.filter((word, at) => !(at === 0 && /^back$/i.test(word)));
  const { text, dueOn, dueLocalTime } = parseTask(plain.map(withoutComma).join(' '), today);
  return text === '' && (dueOn || dueLocalTime) ? { dueOn, dueLocalTime } : null;
}

const withoutComma = (word: string) => word.replace(/,$/, '');

/**
 * A promise alone, as the form's field holds it: `3pm nurse`, `by fri`, `@ana tomorrow`.
 * @returns null where a word means nothing
 */
export function readPromise(typed: string, vocabulary: CallVocabulary): Promised | null {
  const words = typed.split(/[\s,]+/).filter(Boolean);
  const ownerAt = words.findIndex((word) => word.startsWith('@') || vocabulary.isOwner(word.toLowerCase()));
  const ownerWord = ownerAt < 0 ? null : (words[ownerAt] ?? '').replace(/^@/, '').toLowerCase();
  const rest = words.filter((word, at) => at !== ownerAt && !/^(to|for|the|back)$/i.test(word));
  if (rest.length === 0) return { dueOn: null, dueLocalTime: null, ownerWord };
  const due = readDue(rest, vocabulary.today) ?? readDue(['by', ...rest], vocabulary.today);
  return due && { ...due, ownerWord };
}

const usualTime = '17:00';

/** The moment that was promised; without a day today, or tomorrow once that time has passed; null without either. */
export function promisedAt({ dueOn, dueLocalTime }: Promised, now: Date, timeZone: string): string | null {
  if (!dueOn && !dueLocalTime) return null;
  const time = dueLocalTime ?? usualTime;
  const today = localDate(now.getTime(), timeZone);
  const isPast = toInstant(today, time, timeZone) <= now.getTime();
  const date = dueOn ?? (isPast ? addDays(today, 1) : today);
  const atMs = toInstant(date, time, timeZone);
  const isLate = !dueLocalTime && atMs <= now.getTime() && localMinutes(now.getTime(), timeZone) < 1439;
  return new Date(isLate ? toInstant(date, '23:59', timeZone) : atMs).toISOString();
}
