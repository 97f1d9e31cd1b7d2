import { organizationWords, searchName } from '../../contacts/rules.ts';
import { ContactDraft, type ContactKind } from '../../contacts/schema.ts';
import { toE164, usStateCode } from '../../patients/schema.ts';
import { npiFault } from '../../practice/rules.ts';
import { readZip } from '../people/rules.ts';
import { type Cells, type Headed, readWholeName } from '../rules.ts';
import type { Problem } from '../schema.ts';

export type ReadContact = {
  contact: ContactDraft;
  externalId: string | null;
  /** the name with a number, else with where they work: two lines that have it are likely one */
  contactKey: string;
};
type Note = (field: string, what: string) => void;

const kindWords: Record<string, ContactKind> = {
  physician: 'physician',
  doctor: 'physician',
  md: 'physician',
  clinician: 'clinician',
  np: 'clinician',
  pa: 'clinician',
  therapist: 'clinician',
  person: 'physician',
  individual: 'physician',
  organization: 'organization',
  organisation: 'organization',
  practice: 'organization',
  facility: 'organization',
  hospital: 'organization',
  clinic: 'organization',
  laboratory: 'organization',
  pharmacy: 'organization',
  group: 'organization',
};

const doctorDegrees = /^(md|do|mbbs|mbchb|dpm|dds|dmd|phd)$/;
const degrees =
  /^(md|do|mbbs|mbchb|dpm|dds|dmd|phd|np|fnp|aprn|pa|pac|rn|pt|dpt|ot|otr|od|dc|lcsw|psyd|pharmd|facs|facp|faap)$/;
const plainDegree = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');

/** “Okafor, Ben A., MD”, “Dr. Ben Okafor MD FACS” in its parts, the degrees apart. */
export function readDoctorName(text: string) {
  const words = text.replace(/^\s*(dr|doctor)\b\.?\s*/i, '').trim();
  const found: string[] = [];
  let rest = words;
  for (;;) {
    const [, before = '', last = ''] = rest.match(/^(.+?)[,\s]+([\p{L}.-]+)$/u) ?? [];
    if (!degrees.test(plainDegree(last))) break;
    found.unshift(last.replace(/\.$/, (dot) => (/\..*\.$/.test(last) ? dot : '')));
    rest = before;
  }
  return { ...readWholeName(rest), credentials: found.join(', ') };
}

function kindOf(cells: Cells, named: boolean, credentials: string, note: Note): ContactKind {
  const text = plainDegree(cells.kind ?? '');
  if (text !== '') {
    const kind = kindWords[text];
    if (!kind) note('kind', 'is no kind: physician, clinician or organization');
    return kind ?? 'physician';
  }
  if (!named) return 'organization';
  const own = credentials
    .split(/[,\s]+/)
    .map(plainDegree)
    .filter(Boolean);
  return own.length === 0 || own.some((degree) => doctorDegrees.test(degree)) ? 'physician' : 'clinician';
}

/** The contact of a line, or what is wrong with it, by column and never with what stands there. */
export function readContact(cells: Cells, headed: Headed): ReadContact | Problem[] {
  const problems: Problem[] = [];
  const note: Note = (field, what) => void problems.push({ column: headed(field), what });
  const whole = readDoctorName(cells.fullName ?? '');
  const familyName = cells.familyName || whole.familyName;
  const credentials = cells.credentials || whole.credentials;
  const kind = kindOf(cells, familyName !== '', credentials, note);
  const isPlace = kind === 'organization';
  const organizationName =
    cells.organizationName || (isPlace ? cells.fullName || cells.familyName || '' : '');
  noteMissing({ cells, isPlace, familyName, organizationName }, note);
  if (cells.npi && npiFault(cells.npi) !== null)
    note('npi', 'is no NPI: ten digits, the last one checks them');
  if ((cells.externalId ?? '').length > 100) note('externalId', 'is longer than 100 letters');
  const draft = ContactDraft.safeParse({
    kind,
    familyName,
    givenName: cells.givenName || whole.givenName,
    middleName: cells.middleName || whole.middleName,
    suffix: cells.suffix || whole.suffix,
    credentials,
    specialty: cells.specialty,
    npi: cells.npi && npiFault(cells.npi) === null ? cells.npi : null,
    organizationName,
    ...readNumbers(cells, note),
    email: cells.email,
    address: readPlace(cells, note),
    note: cells.note,
  });
  if (!draft.success) noteIssues(draft.error.issues, cells, note);
  if (problems.length > 0 || !draft.success) return problems;
  return { contact: draft.data, externalId: cells.externalId || null, contactKey: contactKeyOf(draft.data) };
}

type Names = { cells: Cells; isPlace: boolean; familyName: string; organizationName: string };

function noteMissing({ cells, isPlace, familyName, organizationName }: Names, note: Note): void {
  const has = (field: string) => cells[field] !== undefined;
  const nameField = has('familyName') || !has('fullName') ? 'familyName' : 'fullName';
  const placeField = has('organizationName') ? 'organizationName' : nameField;
  if (isPlace && organizationName === '') note(placeField, 'is missing');
  if (!isPlace && familyName === '') note(nameField, 'is missing');
  for (const field of ['familyName', 'givenName', 'fullName', 'middleName', 'organizationName']) {
    if (/^[=+@-]/.test(cells[field] ?? '')) note(field, 'looks like a formula');
  }
}

/** A folded name, and what tells two of one name apart. */
function contactKeyOf(contact: ContactDraft): string {
  const isPlace = contact.kind === 'organization';
  const where = isPlace ? contact.address.city.toLowerCase() : organizationWords(contact.organizationName);
  return `${searchName(contact)}|${contact.phones[0]?.number || contact.fax || where.trim()}`;
}

function readNumbers(cells: Cells, note: Note) {
  const kinds = [
    ['phone', 'office'],
    ['backline', 'backline'],
    ['mobilePhone', 'mobile'],
  ] as const;
  const phones = kinds.flatMap(([field, kind]) => {
    const text = cells[field] ?? '';
    if (text === '') return [];
    const [, main = text, extension] = text.match(/^(.*?)\s*(?:x|ext\.?)\s*(\d{1,6})$/i) ?? [];
    const number = toE164(main);
    if (!number) note(field, 'is no phone number');
    return number ? [{ kind, number, note: extension ? `ext. ${extension}` : '' }] : [];
  });
  const fax = cells.fax ? toE164(cells.fax) : '';
  if (fax === null) note('fax', 'is no fax number');
  return { phones, fax: fax ?? '' };
}

function readPlace(cells: Cells, note: Note) {
  const { line1 = '', line2 = '', city = '', state = '', zip = '' } = cells;
  const code = state === '' ? '' : usStateCode(state);
  if (code === undefined) note('state', 'is no state');
  const digits = zip === '' ? '' : readZip(zip);
  if (digits === null) note('zip', 'is no ZIP code');
  return { line1, line2, city, state: code ?? '', zip: digits ?? '' };
}

function noteIssues(
  issues: readonly { path: PropertyKey[]; code: string }[],
  cells: Cells,
  note: Note,
): void {
  for (const { path, code } of issues) {
    const field = String(path.at(-1));
    // What is missing is named already.
    if (code === 'custom') continue;
    const column = cells[field] === undefined ? 'fullName' : field;
    note(
      column,
      code === 'too_big' ? 'is too long' : field === 'email' ? 'is no e-mail address' : 'cannot be taken',
    );
  }
}
