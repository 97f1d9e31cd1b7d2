import { cannotKeep } from '../../../../fhir/outcome.ts';
import type { FhirPatient } from '../../../../fhir/resources.ts';
import { isDate } from '../../../../platform/calendar/dates.ts';
import type { Patient } from '../../queries.ts';
import { Address, type Contact, contactKinds, PatientDraft, type Phone, toE164 } from '../../schema.ts';
import { contactKindSystem } from '../fhir.ts';

/** A Patient of another program as the office keeps people. What cannot be kept is refused, never dropped. */

export type TakenPatient = PatientDraft & { deceased: boolean; deceasedOn: string | null };

const plainPhone = { note: '', preferred: false, mayText: false, mayLeaveVoicemail: false };
const maritalWords: Record<string, string> = {
  A: 'Annulled',
  D: 'Divorced',
  I: 'Separated',
  L: 'Separated',
  M: 'Married',
  P: 'Married',
  S: 'Single',
  T: 'Partner',
  U: 'Single',
  W: 'Widowed',
};

/**
 * @param known the person as kept, when it is an update: what FHIR does not say (notes, who pays, whether a phone
 *   may be texted) stays as it is
 */
export function takePatient(read: FhirPatient, known?: Patient): TakenPatient {
  const taken = {
    ...(known ?? {}),
    ...namesOf(read),
    sex: read.gender ?? 'unknown',
    bornOn: wholeDate(read.birthDate, 'birthDate'),
    email: emailOf(read),
    phones: phonesOf(read, known?.phones ?? []),
    addresses: (read.address ?? []).filter((one) => one.use !== 'old').map(addressOf),
    contacts: (read.contact ?? []).map((one, index) => contactOf(one, index, known?.contacts ?? [])),
    maritalStatus: maritalOf(read),
    ...spokenOf(read),
  };
  const draft = PatientDraft.safeParse(taken);
  if (!draft.success) {
    const issue = draft.error.issues[0];
    throw cannotKeep(`Patient.${elementOf(issue?.path ?? [])}`, issue?.message ?? 'This cannot be kept.');
  }
  return {
    ...draft.data,
    deceased: read.deceasedBoolean === true || read.deceasedDateTime !== undefined,
    deceasedOn: wholeDate(read.deceasedDateTime?.slice(0, 10), 'deceasedDateTime'),
  };
}

/** Our field → their element, for the message. */
function elementOf([field, index]: readonly PropertyKey[]): string {
  const at = typeof index === 'number' ? `[${index}]` : '';
  switch (String(field)) {
    case 'phones':
    case 'email':
      return `telecom`;
    case 'addresses':
      return `address${at}`;
    case 'contacts':
      return `contact${at}`;
    case 'language':
      return 'communication';
    case 'maritalStatus':
      return 'maritalStatus';
    case 'bornOn':
      return 'birthDate';
    default:
      return 'name[0]';
  }
}

function wholeDate(date: string | undefined, element: string): string | null {
  if (date === undefined) return null;
  if (!isDate(date))
    throw cannotKeep(`Patient.${element}`, 'Give a whole date of the calendar, year to day.');
  return date;
}

function namesOf(read: FhirPatient) {
  const of = (...uses: string[]) => read.name.find((name) => uses.includes(name.use ?? ''));
  const current = read.name.find((name) => !['old', 'maiden', 'nickname'].includes(name.use ?? ''));
  const name = of('official', 'usual') ?? current;
  if (!name?.family?.trim()) throw cannotKeep('Patient.name', 'Give a name with its family part.');
  const nick = of('nickname');
  return {
    familyName: name.family,
    givenName: name.given?.[0] ?? '',
    middleName: name.given?.slice(1).join(' ') ?? '',
    suffix: name.suffix?.join(' ') ?? '',
    preferredName: nick?.given?.[0] ?? nick?.text ?? '',
    formerNames: read.name
      .filter((one) => one.use === 'old' || one.use === 'maiden')
      .map((one) => one.text ?? [...(one.given ?? []), one.family ?? ''].join(' ').trim())
      .filter((text) => text !== ''),
  };
}

function emailOf(read: FhirPatient): string {
  const emails = (read.telecom ?? []).filter((one) => one.system === 'email' && one.use !== 'old');
  if (emails.length > 1) throw cannotKeep('Patient.telecom', 'The office keeps one e-mail of a person.');
  return emails[0]?.value ?? '';
}

function phonesOf(read: FhirPatient, known: readonly Phone[]): Phone[] {
  return (read.telecom ?? []).flatMap((point, index) => {
    if (point.system === 'email' || point.use === 'old') return [];
    const number = point.system === 'phone' || point.system === 'sms' ? toE164(point.value ?? '') : null;
    if (!number) {
      throw cannotKeep(
        `Patient.telecom[${index}]`,
        'Give a phone with all ten digits, or + and the country code. Other kinds of telecom are not kept.',
      );
    }
    const kept = known.find((one) => one.number === number);
    const kind = (['mobile', 'home', 'work'] as const).find((one) => one === point.use) ?? 'other';
    return [{ ...plainPhone, ...kept, kind, number, preferred: point.rank === 1 }];
  });
}

function addressOf(read: NonNullable<FhirPatient['address']>[number], index: number): Address {
  const kinds: Record<string, Address['kind']> = { home: 'home', work: 'work', temp: 'temporary' };
  const kind = read.type === 'postal' ? 'mailing' : (kinds[read.use ?? ''] ?? (read.type ? 'other' : 'home'));
  const country = (read.country ?? 'US').toUpperCase().replace(/^(USA|UNITED STATES.*)$/, 'US');
  const [line1 = '', ...more] = read.line ?? [];
  const address = Address.safeParse({
    ...{ kind, line1, country },
    line2: more.join(', '),
    city: read.city ?? '',
    state: read.state ?? '',
    zip: read.postalCode ?? '',
  });
  if (address.success) return address.data;
  throw cannotKeep(`Patient.address[${index}]`, address.error.issues[0]?.message ?? 'This cannot be kept.');
}

function contactOf(
  read: NonNullable<FhirPatient['contact']>[number],
  index: number,
  known: readonly Contact[],
): Contact {
  const codes = (read.relationship ?? []).flatMap((one) => one.coding ?? []);
  const told = codes.find((one) => one.system === contactKindSystem)?.code;
  const name = (read.name?.text ?? [...(read.name?.given ?? []), read.name?.family ?? ''].join(' ')).trim();
  const typed = read.telecom?.find((one) => one.system === 'phone')?.value ?? '';
  const phone = typed === '' ? '' : toE164(typed);
  if (phone === null || name === '')
    throw cannotKeep(
      `Patient.contact[${index}]`,
      'Give a contact with a name, and a phone with all its digits.',
    );
  const relation = read.relationship?.[0];
  return {
    kind: contactKinds.find((one) => one === told) ?? 'emergency',
    name,
    phone,
    relationship: relation?.text ?? relation?.coding?.find((one) => one.display)?.display ?? '',
    note: known.find((one) => one.name === name && one.phone === phone)?.note ?? '',
  };
}

function maritalOf(read: FhirPatient): string {
  const code = read.maritalStatus?.coding?.[0]?.code ?? '';
  return read.maritalStatus?.text ?? maritalWords[code] ?? '';
}

function spokenOf(read: FhirPatient) {
  const spoken = read.communication ?? [];
  const first = spoken.find((one) => one.preferred) ?? spoken[0];
  const url = 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired';
  return {
    language: first?.language.coding?.[0]?.code ?? 'en',
    interpreterNeeded: read.extension?.some((one) => one.url === url && one.valueBoolean === true) ?? false,
  };
}
