/** Loose typing in, exact values out. Each parser answers null for what it cannot read; none of them throws. */

export type DateReading = {
  /** Today in the office's zone, `YYYY-MM-DD`: the base of years left out, `tomorrow`, `+3w`. */
  today: string;
  /** How a two-digit or missing year is read: `past` never lies after today (birth dates). */
  years?: 'past' | 'near';
};

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A date as a US office types it → `YYYY-MM-DD`: `3/4/61`, `3-4-1961`, `03041961`, `030461`, `3/4`, `mar 4 1961`,
 * `1961-03-04`, `today`, `tomorrow`, `+3d`, `+2w`, `+3m`.
 */
export function parseDate(text: string, reading: DateReading): string | null {
  const typed = text.trim().toLowerCase();
  if (typed === 'today' || typed === 't') return reading.today;
  if (typed === 'tomorrow') return addDays(reading.today, 1);
  const shift = /^\+\s*(\d{1,3})\s*([dwmy])$/.exec(typed);
  if (shift) return shiftDate(reading.today, Number(shift[1]), shift[2] ?? 'd');
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  if (iso) return isoDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const parts = splitDate(typed);
  if (!parts) return null;
  const [month, day, year] = parts;
  return isoDate(fullYear(year, month, day, reading), month, day);
}

type DateParts = [month: number, day: number, year: string];

function splitDate(typed: string): DateParts | null {
  const named = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}|\d{2}))?$/.exec(typed);
  if (named) return [months.indexOf((named[1] ?? '').slice(0, 3)) + 1, Number(named[2]), named[3] ?? ''];
  const parted = /^(\d{1,2})[/\-. ]+(\d{1,2})(?:[/\-. ]+(\d{4}|\d{2}))?$/.exec(typed);
  if (parted) return [Number(parted[1]), Number(parted[2]), parted[3] ?? ''];
  const run = /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(typed);
  return run ? [Number(run[1]), Number(run[2]), run[3] ?? ''] : null;
}

function fullYear(year: string, month: number, day: number, { today, years = 'near' }: DateReading): number {
  const thisYear = Number(today.slice(0, 4));
  if (year.length === 4) return Number(year);
  const guess = year === '' ? thisYear : Math.floor(thisYear / 100) * 100 + Number(year);
  const step = year === '' ? 1 : 100;
  const guessed = isoDate(guess, month, day);
  if (years === 'past') return guessed !== null && guessed > today ? guess - step : guess;
  // Within 50 years either way: `1/2/99` written in 2026 is 1999.
  return year !== '' && guess - thisYear > 50 ? guess - 100 : guess;
}

function isoDate(year: number, month: number, day: number): string | null {
  if (year < 1800 || year > 2199 || month < 1 || month > 12 || day < 1) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 ? date.toISOString().slice(0, 10) : null;
}

/** `YYYY-MM-DD` plus so many days. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Months end where they end: Jan 31 plus one month is Feb 28. */
function shiftDate(date: string, count: number, unit: string): string | null {
  if (unit === 'd' || unit === 'w') return addDays(date, count * (unit === 'w' ? 7 : 1));
  const monthsOn =
    Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + count * (unit === 'y' ? 12 : 1);
  const year = Math.floor(monthsOn / 12);
  const month = (monthsOn % 12) + 1;
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return isoDate(year, month, Math.min(Number(date.slice(8, 10)), lastDay));
}

/**
 * A time as it is typed → `HH:MM`: `9`, `915`, `9:15a`, `1p`, `13:30`, `noon`. Without am or pm, 1 to 6 are read as
 * the afternoon, as an office means them; `01:00` with its zero is the night.
 */
export function parseTime(text: string): string | null {
  const typed = text.trim().toLowerCase();
  if (typed === 'noon') return '12:00';
  if (typed === 'midnight') return '00:00';
  const match = /^(\d{1,2}?)[:.\s]?([0-5]\d)?\s*([ap])?\.?(?:m\.?)?$/.exec(typed);
  if (!match) return null;
  const [, hours = '', minutes = '00', half] = match;
  const hour = clockHour(Number(hours), half, hours.startsWith('0'));
  return hour === null ? null : `${String(hour).padStart(2, '0')}:${minutes}`;
}

function clockHour(hour: number, half: string | undefined, exact: boolean): number | null {
  if (half) {
    if (hour < 1 || hour > 12) return null;
    return (hour % 12) + (half === 'p' ? 12 : 0);
  }
  if (hour > 23) return null;
  return hour >= 1 && hour <= 6 && !exact ? hour + 12 : hour;
}

/** `HH:MM` → minutes of the day. */
export function clockMinutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

/** Minutes of the day → `HH:MM`. */
export function minutesClock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** A phone number as typed → E.164: ten US digits, or anything that begins with `+`. */
export function parsePhone(text: string): string | null {
  const digits = text.replace(/\D/g, '');
  if (text.trim().startsWith('+')) return digits.length >= 8 && digits.length <= 15 ? `+${digits}` : null;
  if (/[a-z]/i.test(text)) return null;
  if (digits.length === 10) return `+1${digits}`;
  return digits.length === 11 && digits.startsWith('1') ? `+${digits}` : null;
}

/** `$1,234.5`, `45`, `(12.00)` → cents. */
export function parseMoney(text: string): number | null {
  const typed = text.replace(/[$,\s]/g, '');
  const match = /^(-|\()?(\d{1,9})?(?:\.(\d{1,2}))?\)?$/.exec(typed);
  if (!match || (match[2] === undefined && match[3] === undefined)) return null;
  const cents = Number(match[2] ?? 0) * 100 + Number((match[3] ?? '').padEnd(2, '0'));
  return match[1] && cents !== 0 ? -cents : cents;
}
