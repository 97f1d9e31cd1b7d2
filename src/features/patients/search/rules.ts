import { makeDate } from '../../../platform/calendar/dates.ts';
import { foldJoined, foldWords, nationalDigits } from '../rules.ts';

/** One way to read what was typed. */
export type Reading = {
  /** folded, at most four */
  words: string[];
  /** both or none; a day, a month or a year */
  bornFrom: string | null;
  bornTo: string | null;
  /** runs of digits of a phone or MRN, at most two */
  digits: string[];
};

type Born = { bornFrom: string; bornTo: string };
type Piece = { born: Born } | { digits: string };

const oldestYear = 1890;

function dayRange(year: number, month: number, day: number): Born | null {
  const date = makeDate(year, month, day);
  return date ? { bornFrom: date, bornTo: date } : null;
}

function monthRange(year: number, month: number): Born | null {
  const first = makeDate(year, month, 1);
  const next = month === 12 ? makeDate(year + 1, 1, 1) : makeDate(year, month + 1, 1);
  if (!first || !next) return null;
  const last = new Date(Date.parse(`${next}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return { bornFrom: first, bornTo: last };
}

/** The years that two or four digits may mean: 61 is 1961; 14 is 2014 or, for the very old, 1914. */
function yearsOf(typed: string, today: string): number[] {
  const thisYear = Number(today.slice(0, 4));
  if (typed.length === 4)
    return Number(typed) >= oldestYear && Number(typed) <= thisYear ? [Number(typed)] : [];
  const short = Number(typed);
  const years = [2000 + short, 1900 + short];
  return years.filter((year) => year <= thisYear && year >= thisYear - 115);
}

const some = <T>(list: readonly (T | null)[]): T[] => list.filter((one) => one !== null);
const borns = (list: readonly (Born | null)[]): Piece[] => some(list).map((born) => ({ born }));

/** A date typed with separators: 3/14/1961, 3-14-61, 1961-03-14, 3/61, 3-1961. */
function readDate(typed: string, today: string): Piece[] {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  if (iso) return borns([dayRange(Number(iso[1]), Number(iso[2]), Number(iso[3]))]);
  const day = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/.exec(typed);
  if (day) {
    const years = yearsOf(day[3] ?? '', today);
    return borns(years.map((year) => dayRange(year, Number(day[1]), Number(day[2]))));
  }
  const month = /^(\d{1,2})[/.-](\d{4}|\d{2})$/.exec(typed);
  if (!month) return [];
  return borns(yearsOf(month[2] ?? '', today).map((year) => monthRange(year, Number(month[1]))));
}

/** A run of digits: a phone or MRN, and where it can be one, a birth date or year. */
function readDigits(typed: string, today: string): Piece[] {
  const digits = /^1\d{10}$/.test(typed) ? typed.slice(1) : typed;
  const parts = /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(digits);
  const days = parts
    ? yearsOf(parts[3] ?? '', today).map((year) => dayRange(year, Number(parts[1]), Number(parts[2])))
    : [];
  const years = digits.length === 4 ? yearsOf(digits, today) : [];
  const whole = years.map((year) => ({ bornFrom: `${year}-01-01`, bornTo: `${year}-12-31` }));
  return [...borns(days), ...borns(whole), { digits }];
}

const longestRun = 15;

/** A US phone number, however it is written: with or without the country, parentheses, dots, dashes, blanks. */
const writtenPhone =
  /(?<![\d/.-])(?:(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}|\d{3}[ .-]\d{4})(?!\d)/g;

/** What stands between blanks, with the pieces of a phone number put together. */
function splitTyped(text: string): string[] {
  const joined = text.replace(writtenPhone, (run) => run.replace(/\D/g, ''));
  return joined.split(/[\s,;]+/).filter((part) => part !== '');
}

/**
 * Read what was typed at the desk: `smi jo 3/61`, `(555) 010-2233`, `2233`, `03141961`, `O'Brien`. What can mean
 * two things (1961: a year, or the end of a phone number) gives two readings, the likelier first; at most six.
 */
export function readSearch(text: string, today: string): Reading[] {
  let readings: Reading[] = [{ words: [], bornFrom: null, bornTo: null, digits: [] }];
  for (const part of splitTyped(text.slice(0, 200))) {
    if (/\p{L}/u.test(part)) {
      const words = foldWords(part);
      readings = readings.map((one) => ({ ...one, words: [...one.words, ...words].slice(0, 4) }));
      continue;
    }
    const digits = part.replace(/\D/g, '').slice(0, longestRun);
    if (digits === '') continue;
    const dated = readDate(part, today);
    const pieces = dated.length > 0 ? dated : readDigits(digits, today);
    readings = readings.flatMap((one) => some(pieces.map((piece) => withPiece(one, piece)))).slice(0, 6);
  }
  return readings.filter((one) => one.words.length > 0 || one.bornFrom !== null || one.digits.length > 0);
}

function withPiece(reading: Reading, piece: Piece): Reading | null {
  if ('digits' in piece) return { ...reading, digits: [...reading.digits, piece.digits].slice(0, 2) };
  return reading.bornFrom === null ? { ...reading, ...piece.born } : null;
}

/** What ranking looks at. */
export type Candidate = {
  familyName: string;
  givenName: string;
  middleName: string;
  preferredName: string;
  formerNames: readonly string[];
  bornOn: string | null;
  mrn: string;
  formerMrns?: readonly string[];
  phones: readonly { number: string }[];
  deceased: boolean;
};

type Met = { points: number; what: string };
const wordKinds = [
  { what: 'last name', whole: 100, start: 80, inside: 45, of: (one: Candidate) => [one.familyName] },
  { what: 'preferred name', whole: 96, start: 76, inside: 40, of: (one: Candidate) => [one.preferredName] },
  { what: 'first name', whole: 95, start: 75, inside: 40, of: (one: Candidate) => [one.givenName] },
  { what: 'former name', whole: 80, start: 65, inside: 35, of: (one: Candidate) => one.formerNames },
  { what: 'middle name', whole: 70, start: 50, inside: 30, of: (one: Candidate) => [one.middleName] },
] as const;

function meetWord(word: string, person: Candidate): Met | null {
  let best: Met | null = null;
  for (const kind of wordKinds) {
    for (const name of kind.of(person)) {
      const joined = foldJoined(name);
      if (joined === '') continue;
      const points = joined === word ? kind.whole : pointsOfPart(word, joined, foldWords(name), kind);
      if (points > (best?.points ?? 0)) best = { points, what: kind.what };
    }
  }
  return best;
}

function pointsOfPart(
  word: string,
  joined: string,
  words: readonly string[],
  kind: { whole: number; start: number; inside: number },
): number {
  // Names of imported people may end in digits: smith123 is whole enough for smith.
  if (joined.replace(/\d+$/, '') === word) return kind.whole - 1;
  // "jo" means Jo Ann before Joanna.
  if (words[0] === word) return kind.whole - 2;
  if (joined.startsWith(word)) return kind.start + (4 * word.length) / joined.length;
  if (words.includes(word)) return kind.start - 4;
  if (words.some((one) => one.startsWith(word))) return kind.start - 8;
  return word.length > 2 && joined.includes(word) ? kind.inside : 0;
}

function meetDigits(digits: string, person: Candidate): Met | null {
  const mrn = person.mrn.replace(/\D/g, '');
  if (mrn === digits) return { points: 100, what: 'MRN' };
  const former = (person.formerMrns ?? []).find((one) => one.replace(/\D/g, '').includes(digits));
  if (former?.replace(/\D/g, '') === digits) return { points: 98, what: `was MRN ${former}` };
  const numbers = person.phones.map((phone) => nationalDigits(phone.number));
  if (numbers.includes(digits)) return { points: 100, what: 'phone' };
  if (digits.length > 2 && numbers.some((number) => number.endsWith(digits)))
    return { points: 85, what: 'phone' };
  if (mrn.endsWith(digits) || mrn.startsWith(digits)) return { points: 60, what: 'MRN' };
  if (numbers.some((number) => number.includes(digits))) return { points: 45, what: 'phone' };
  if (mrn.includes(digits)) return { points: 30, what: 'MRN' };
  return former === undefined ? null : { points: 25, what: `was MRN ${former}` };
}

function meetBirth(reading: Reading, person: Candidate): Met | null {
  const { bornFrom, bornTo } = reading;
  if (!bornFrom || !bornTo || !person.bornOn) return null;
  if (person.bornOn < bornFrom || person.bornOn > bornTo) return null;
  if (bornFrom === bornTo) return { points: 95, what: 'birth date' };
  return bornFrom.slice(0, 7) === bornTo.slice(0, 7)
    ? { points: 85, what: 'birth month' }
    : { points: 80, what: 'birth year' };
}

/** A person that a reading meets: 0 to 100, and what was met. Null when something typed is not met. */
export function rankCandidate(
  reading: Reading,
  person: Candidate,
): { points: number; matched: string[] } | null {
  const met = [
    ...reading.words.map((word) => meetWord(word, person)),
    ...reading.digits.map((digits) => meetDigits(digits, person)),
    ...(reading.bornFrom ? [meetBirth(reading, person)] : []),
  ];
  const all = some(met);
  if (all.length < met.length || all.length === 0) return null;
  const points = all.reduce((sum, one) => sum + one.points, 0) / all.length - (person.deceased ? 3 : 0);
  return { points, matched: [...new Set(all.map((one) => one.what))] };
}

/**
 * Whether who typed this knows the person: the whole last name, a first name and the very birth date. Less would let
 * someone find out, letter by letter, who is here.
 */
export function knowsPerson(
  readings: readonly Reading[],
  person: { fileName: string; callName: string; bornOn: string | null },
): boolean {
  const [family = '', first = ''] = person.fileName.split(', ');
  const given = new Set([...foldWords(first), ...foldWords(person.callName)]);
  return readings.some(
    ({ bornFrom, bornTo, words }) =>
      bornFrom === bornTo &&
      bornFrom === person.bornOn &&
      bornFrom !== null &&
      words.includes(foldJoined(family)) &&
      words.some((word) => word !== foldJoined(family) && given.has(word)),
  );
}

/** How a mended word stands beside what was typed. */
export type Mended = { word: string; oneSlip: boolean; alike: number };

/**
 * Readings with misspelled words mended: every mix of the typed words and the nearest known ones, nearest first.
 * @param mended for each word of the reading, the known words near it
 * @returns each with what the mending costs in points
 */
export function mendReading(
  reading: Reading,
  mended: readonly (readonly Mended[])[],
  most = 8,
): { reading: Reading; cost: number }[] {
  let mixes: { words: string[]; cost: number }[] = [{ words: [], cost: 0 }];
  reading.words.forEach((typed, index) => {
    const near = mended[index] ?? [];
    const choices = [
      { word: typed, cost: 0 },
      ...near.map(({ word, oneSlip, alike }) => ({ word, cost: (oneSlip ? 12 : 25) + (1 - alike) * 15 })),
    ];
    mixes = mixes.flatMap((mix) =>
      choices.map(({ word, cost }) => ({ words: [...mix.words, word], cost: mix.cost + cost })),
    );
  });
  return mixes
    .filter((mix) => mix.cost > 0)
    .sort((one, other) => one.cost - other.cost)
    .slice(0, most)
    .map(({ words, cost }) => ({ reading: { ...reading, words }, cost: cost / reading.words.length }));
}

const capital = (word: string) =>
  word === word.toLowerCase() ? word.charAt(0).toUpperCase() + word.slice(1) : word;

/** What a search that found nobody already says of the person to register: `smith jo 3/14/61 5185550144`. */
export function draftFromSearch(
  text: string,
  today: string,
): { familyName: string; givenName: string; bornOn: string; phone: string } {
  const [reading] = readSearch(text, today);
  const words = text.split(/[\s,;]+/).filter((part) => /\p{L}/u.test(part));
  const day = reading?.bornFrom && reading.bornFrom === reading.bornTo ? reading.bornFrom : '';
  return {
    // as it is filed: last name first
    familyName: capital(words[0] ?? ''),
    givenName: words.slice(1).map(capital).join(' '),
    bornOn: day,
    phone: reading?.digits.find((digits) => digits.length === 10) ?? '',
  };
}
