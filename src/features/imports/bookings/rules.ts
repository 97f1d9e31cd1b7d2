import { foldWords } from '../../patients/rules.ts';
import { readNames } from '../people/rules.ts';
import { type Cells, type Headed, readDate, readTime } from '../rules.ts';
import type { ImportOptions, Problem } from '../schema.ts';

export type ReadBooking = {
  mrn: string;
  externalId: string;
  familyName: string;
  givenName: string;
  bornOn: string | null;
  physician: string;
  visitType: string;
  site: string;
  date: string;
  time: string;
  minutes: number | undefined;
  reason: string;
  note: string;
};
type Reading = { headed: Headed; today: string; dates: ImportOptions['dates'] };

/** The booking that a line asks for, or what is wrong with it. */
export function readBooking(cells: Cells, reading: Reading): ReadBooking | Problem[] {
  const { names, bornOn, problems } = readNames(cells, reading);
  const note = (field: string, what: string) => void problems.push({ column: reading.headed(field), what });
  const { mrn = '', externalId = '', physician = '', visitType = '', site = '', reason = '' } = cells;
  if (!mrn && !externalId && !(names.familyName && bornOn))
    note(cells.mrn === undefined ? 'externalId' : 'mrn', 'is missing, and so are name and birth date');
  if (!physician) note('physician', 'is missing');
  if (!visitType) note('visitType', 'is missing');
  const when = readWhen(cells, reading, note);
  const minutes = cells.minutes ? Number(cells.minutes.replace(/ ?min.*$/i, '')) : undefined;
  if (minutes !== undefined && !(Number.isInteger(minutes) && minutes >= 5 && minutes <= 720))
    note('minutes', 'are no number from 5 to 720');
  if (reason.length > 300) note('reason', 'is too long');
  if ((cells.note ?? '').length > 2000) note('note', 'is too long');
  if (problems.length > 0 || !when) return problems;
  const { familyName, givenName } = names;
  const who = { mrn, externalId, familyName, givenName, bornOn };
  return { ...who, physician, visitType, site, ...when, minutes, reason, note: cells.note ?? '' };
}

function readWhen(cells: Cells, { today, dates }: Reading, note: (field: string, what: string) => void) {
  const [both, dateField, timeField] = ['dateTime', 'date', 'time'];
  const whole = (cells[both] ?? '').match(/^(\S+|.*?\d{4})[ T,]+(\d{1,2}(?::\d\d.*| ?[ap]m?.*))$/i);
  const dateText = cells[dateField] || whole?.[1] || cells[both] || '';
  const timeText = cells[timeField] || whole?.[2] || '';
  // A year of two digits may lie a little ahead.
  const date = readDate(dateText, dates, `${Number(today.slice(0, 4)) + 10}${today.slice(4)}`);
  const time = readTime(timeText);
  const dateAt = cells[dateField] === undefined ? both : dateField;
  const timeAt = cells[timeField] === undefined ? both : timeField;
  if (date === null) note(dateAt, dateText === '' ? 'is missing' : 'is no date');
  else if (date < today) note(dateAt, 'lies in the past');
  if (time === null) note(timeAt, timeText === '' ? 'is missing a time' : 'is no time');
  return date !== null && date >= today && time !== null ? { date, time } : null;
}

const titles = new Set(['dr', 'md', 'do', 'np', 'pa', 'phd', 'c', 'prof']);

/** The words of a clinician's name, in no order and without titles. */
function nameOf(text: string): string {
  return foldWords(text)
    .filter((word) => !titles.has(word))
    .sort()
    .join(' ');
}

export type Clinician = {
  resourceId: string;
  name: string;
  npi: string | null;
  givenName: string;
  familyName: string;
  displayName: string;
};

/** Who is meant by a name or an NPI; undefined when nobody or more than one is. */
export function findClinician(text: string, all: readonly Clinician[]): string | undefined {
  if (/^\d{10}$/.test(text)) return all.find((one) => one.npi === text)?.resourceId;
  const wanted = nameOf(text);
  const named = all.filter((one) =>
    [one.name, one.displayName, `${one.givenName} ${one.familyName}`, one.familyName].some(
      (name) => nameOf(name) === wanted,
    ),
  );
  return named.length === 1 ? named[0]?.resourceId : undefined;
}

/** The one that has this code or name, whatever the case. */
export function findNamed<One extends { name: string; code?: string }>(
  text: string,
  all: readonly One[],
): One | undefined {
  const wanted = foldWords(text).join(' ');
  return all.find((one) => one.code === text.toLowerCase() || foldWords(one.name).join(' ') === wanted);
}
