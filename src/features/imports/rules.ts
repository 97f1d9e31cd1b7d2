import { makeDate } from '../../platform/calendar/dates.ts';
import type { ImportOptions, Problem } from './schema.ts';

/** The cells of a line by field, trimmed; columns that are left out are not here. */
export type Cells = Record<string, string>;

/** Which heading a field stands under, for messages. */
export type Headed = (field: string) => string;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * 1/2/1980, 1980-01-02, 02-Jan-1980, Jan 2, 1980, 19800102 → `YYYY-MM-DD`; a year of two digits is the latest
 * that is not after `latest`. @returns null for what is no date
 */
export function readDate(text: string, order: ImportOptions['dates'], latest: string): string | null {
  const plain = text.trim().replace(/[T ]0?0:00(:00)?(\.0+)?( ?AM)?Z?$/i, '');
  const iso = plain.match(/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/) ?? plain.match(/^(\d{4})(\d\d)(\d\d)$/);
  if (iso) return makeDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const named =
    plain.match(/^(?<day>\d{1,2})[-/. ]?(?<month>[a-z]{3})[a-z]*[-/., ]*(?<year>\d{4}|\d\d)$/i) ??
    plain.match(/^(?<month>[a-z]{3})[a-z]*[-/. ]*(?<day>\d{1,2})[-/., ]+(?<year>\d{4}|\d\d)$/i);
  if (named?.groups) {
    const { day, month = '', year = '' } = named.groups;
    const at = months.indexOf(month.toLowerCase()) + 1;
    return at === 0 ? null : makeDate(wholeYear(year, latest), at, Number(day));
  }
  const parts = plain.match(/^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d\d)$/);
  if (!parts) return null;
  const [, one = '', two = '', year = ''] = parts;
  const [month, day] = order === 'mdy' ? [one, two] : [two, one];
  return makeDate(wholeYear(year, latest), Number(month), Number(day));
}

function wholeYear(year: string, latest: string): number {
  if (year.length === 4) return Number(year);
  const last = Number(latest.slice(0, 4));
  const guess = Math.floor(last / 100) * 100 + Number(year);
  return guess > last ? guess - 100 : guess;
}

/** 9:05 am, 9am, 0905, 14:30, 14:30:00 → `HH:MM`; null for what is no time. */
export function readTime(text: string): string | null {
  const found = text.trim().match(/^(\d{1,2})(?::?(\d\d))?(?::\d\d(?:\.\d+)?)? ?(?:([ap])\.?m?\.?)?$/i);
  if (!found) return null;
  const [, hour = '', minute, half] = found;
  if (minute === undefined && !half) return null;
  const hours = Number(hour);
  if (half && (hours < 1 || hours > 12)) return null;
  const h = half ? (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : hours;
  if (h > 23 || Number(minute ?? 0) > 59) return null;
  return `${String(h).padStart(2, '0')}:${minute ?? '00'}`;
}

const suffixes = /^(jr|sr|ii|iii|iv|v|md|phd)\.?$/i;

/** “Smith, Joanna M” or “Joanna M Smith Jr” in its parts. */
export function readWholeName(text: string) {
  const [before = '', ...after] = text.split(',').map((part) => part.trim());
  const last = after.at(-1);
  const suffix = last !== undefined && suffixes.test(last) ? (after.pop() ?? '') : '';
  if (after.length > 0) {
    const [givenName = '', ...middle] = after.join(' ').split(/\s+/);
    return { familyName: before, givenName, middleName: middle.join(' '), suffix };
  }
  const words = before.split(/\s+/).filter(Boolean);
  const behind = words.length > 2 && suffixes.test(words.at(-1) ?? '') ? (words.pop() ?? '') : '';
  const familyName = words.pop() ?? '';
  const [givenName = '', ...middle] = words;
  return { familyName, givenName, middleName: middle.join(' '), suffix: suffix || behind };
}

/** Faults that any cell may have. Tabs and line breaks inside a quoted cell are text. */
export function cellFaults(cells: Cells, headed: Headed): Problem[] {
  return Object.entries(cells).flatMap(([field, text]) =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/.test(text)
      ? [{ column: headed(field), what: 'holds characters that are no text' }]
      : [],
  );
}

/** Spreadsheets run what begins so: an apostrophe in front makes it text, and is taken off again when it comes back. */
const formula = /^[=+\-@\t\r]/;

export function neutralCell(text: string): string {
  return formula.test(text) || /^'+[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

export function plainCell(text: string): string {
  return /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}

/** A cell as it stands in a file. */
export function csvCell(text: string): string {
  const safe = neutralCell(text);
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** “DOB is no date; Phone is no phone number”. */
export function problemText(problems: readonly Problem[]): string {
  return problems.map(({ column, what }) => [column, what].filter(Boolean).join(' ')).join('; ');
}

/** The columns that the file of errors adds; a later import leaves them out. */
export const errorHeadings = ['Line', 'What is wrong'] as const;
