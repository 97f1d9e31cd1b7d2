import { foldJoined } from '../../patients/rules.ts';
import {
  type Address,
  type Contact,
  PatientDraft,
  type Phone,
  toE164,
  usStateCode,
} from '../../patients/schema.ts';
import { type Cells, type Headed, readDate, readWholeName } from '../rules.ts';
import type { ImportOptions, Problem } from '../schema.ts';

export type ReadPerson = { patient: PatientDraft; externalId: string | null; personKey: string };
type Reading = { headed: Headed; today: string; dates: ImportOptions['dates'] };
type Note = (field: string, what: string) => void;

const sexCodes: Record<string, PatientDraft['sex']> = {
  f: 'female',
  female: 'female',
  woman: 'female',
  w: 'female',
  m: 'male',
  male: 'male',
  man: 'male',
  o: 'other',
  other: 'other',
  x: 'other',
  nb: 'other',
  u: 'unknown',
  unk: 'unknown',
  unknown: 'unknown',
};

/** Who a line is by name and birth date: for finding the same person twice. */
export function personKeyOf(names: { familyName: string; givenName: string; bornOn: string | null }): string {
  return `${foldJoined(names.familyName)} ${foldJoined(names.givenName)} ${names.bornOn ?? ''}`;
}

/** Name and birth date of a line, in whichever columns they stand. */
export function readNames(cells: Cells, { headed, today, dates }: Reading) {
  const whole = readWholeName(cells.fullName ?? '');
  const names = {
    familyName: cells.familyName || whole.familyName,
    givenName: cells.givenName || whole.givenName,
    middleName: cells.middleName || whole.middleName,
    suffix: cells.suffix || whole.suffix,
  };
  const problems: Problem[] = [];
  const text = cells.bornOn ?? '';
  const bornOn = text === '' ? null : readDate(text, dates, today);
  if (text !== '' && bornOn === null) problems.push({ column: headed('bornOn'), what: 'is no date' });
  if (bornOn && bornOn > today) problems.push({ column: headed('bornOn'), what: 'lies ahead' });
  if (bornOn && bornOn < '1880-01-01') problems.push({ column: headed('bornOn'), what: 'lies too far back' });
  return { names, bornOn, problems };
}

/** The person of a line, or what is wrong with it, by column and never with what stands there. */
export function readPerson(cells: Cells, reading: Reading): ReadPerson | Problem[] {
  const { names, bornOn, problems } = readNames(cells, reading);
  const note: Note = (field, what) => void problems.push({ column: reading.headed(field), what });
  if (names.familyName === '') note(cells.fullName === undefined ? 'familyName' : 'fullName', 'is missing');
  for (const field of ['familyName', 'givenName', 'fullName', 'middleName', 'preferredName']) {
    if (/^[=+@-]/.test(cells[field] ?? '')) note(field, 'looks like a formula');
  }
  const sex = sexCodes[(cells.sex || 'unknown').toLowerCase()];
  if (!sex) note('sex', 'is no sex: F, M, other or unknown');
  if ((cells.externalId ?? '').length > 100) note('externalId', 'is longer than 100 letters');
  const draft = PatientDraft.safeParse({
    ...names,
    preferredName: cells.preferredName,
    sex: sex ?? 'unknown',
    language: cells.language || 'en',
    maritalStatus: cells.maritalStatus,
    email: cells.email,
    note: cells.note,
  });
  if (!draft.success && names.familyName !== '') noteIssues(draft.error.issues, cells, note);
  const phones = readPhones(cells, note);
  const addresses = readAddress(cells, note);
  const contacts = readContact(cells, note);
  if (problems.length > 0 || !draft.success) return problems;
  const patient = { ...draft.data, bornOn, phones, addresses, contacts };
  return { patient, externalId: cells.externalId || null, personKey: personKeyOf(patient) };
}

const plainIssue: Record<string, string> = {
  email: 'is no e-mail address',
  language: 'is no language code, such as en or es',
};

function noteIssues(
  issues: readonly { path: PropertyKey[]; code: string }[],
  cells: Cells,
  note: Note,
): void {
  for (const { path, code } of issues) {
    const field = String(path[0]);
    const column = cells[field] === undefined ? 'fullName' : field;
    note(column, code === 'too_big' ? 'is too long' : (plainIssue[field] ?? 'cannot be taken'));
  }
}

function readPhones(cells: Cells, note: Note): Phone[] {
  const kinds = [
    ['mobilePhone', 'mobile'],
    ['homePhone', 'home'],
    ['workPhone', 'work'],
  ] as const;
  return kinds.flatMap(([field, kind]) => {
    const text = cells[field] ?? '';
    if (text === '') return [];
    const [, main = text, extension] = text.match(/^(.*?)\s*(?:x|ext\.?)\s*(\d{1,6})$/i) ?? [];
    const number = toE164(main);
    if (!number) {
      note(field, 'is no phone number');
      return [];
    }
    const said = extension ? `ext. ${extension}` : '';
    return [{ kind, number, note: said, preferred: false, mayText: false, mayLeaveVoicemail: false }];
  });
}

/** A spreadsheet loses the zero that a ZIP code begins with, and writes nine digits as one number. */
export function readZip(text: string): string | null {
  const [, five = '', , four = ''] = text.match(/^(\d{3,5})(-?(\d{4}))?$/) ?? [];
  const nine = text.match(/^(\d{8,9})$/)?.[1]?.padStart(9, '0');
  if (nine) return `${nine.slice(0, 5)}-${nine.slice(5)}`;
  const last = text.match(/^\d{3,5}-(\d{4})$/)?.[1] ?? '';
  if (five === '' || (four !== '' && last === '')) return null;
  return five.padStart(5, '0') + (last === '' ? '' : `-${last}`);
}

// Records of elsewhere may say less of an address than the desk must.
function readAddress(cells: Cells, note: Note): Address[] {
  const { line1 = '', line2 = '', city = '', state = '', zip = '' } = cells;
  if ([line1, line2, city, state, zip].every((part) => part === '')) return [];
  const code = state === '' ? '' : usStateCode(state);
  if (code === undefined) note('state', 'is no state');
  const digits = zip === '' ? '' : readZip(zip);
  if (digits === null) note('zip', 'is no ZIP code');
  if (line1.length > 120) note('line1', 'is too long');
  if (line2.length > 120) note('line2', 'is too long');
  if (city.length > 80) note('city', 'is too long');
  return [{ kind: 'home', line1, line2, city, state: code ?? '', zip: digits ?? '', country: 'US' }];
}

function readContact(cells: Cells, note: Note): Contact[] {
  const { contactName = '', contactPhone = '' } = cells;
  if (contactName === '' && contactPhone === '') return [];
  const phone = contactPhone === '' ? '' : toE164(contactPhone);
  if (phone === null) note('contactPhone', 'is no phone number');
  if (contactName === '') note('contactName', 'is missing beside its phone');
  if (contactName.length > 120) note('contactName', 'is too long');
  return [{ kind: 'emergency', name: contactName, relationship: '', phone: phone ?? '', note: '' }];
}
