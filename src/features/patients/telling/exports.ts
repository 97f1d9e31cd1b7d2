import { localDate } from '../../../platform/calendar/zones.ts';
import type { ExportAbout, ReadablePart } from '../../../platform/contributions.ts';
import type { Db } from '../../../platform/db/database.ts';
import { tellConsents } from '../consents/exports.ts';
import { findPatient, listAlerts, type Patient } from '../queries.ts';
import { tellRelations } from '../relations/exports.ts';
import type { Address } from '../schema.ts';

const yes = (value: boolean) => (value ? 'yes' : 'no');
const addressLine = ({ line1, line2, city, state, zip, country }: Address) =>
  [line1, line2, city, `${state} ${zip}`.trim(), country].filter(Boolean).join(', ');

function payerOf({ guarantor }: Patient): string {
  if (!guarantor) return 'the patient';
  return 'name' in guarantor ? guarantor.name : 'another patient';
}

/** What the office keeps of a person, in the words of the screens. */
export async function tellPerson(db: Db, about: ExportAbout): Promise<ReadablePart[]> {
  const { patientId, patientIds, now, timeZone } = about;
  const patient = await findPatient(db, patientId);
  if (!patient) return [];
  const alerts = await listAlerts(db, patientId);
  const name = [patient.givenName, patient.middleName, patient.familyName, patient.suffix];
  const facts: [string, string][] = [
    ['Name', name.filter(Boolean).join(' ')],
    ['Called', patient.preferredName],
    ['Former names', patient.formerNames.join('; ')],
    ['Record number (MRN)', patient.mrn],
    ['Former record numbers', patient.formerMrns.join(', ')],
    ['Born', patient.bornOn ?? ''],
    ['Sex', patient.sex],
    ['Gender identity', patient.genderIdentity],
    ['Pronouns', patient.pronouns],
    ['Language', patient.language],
    ['Needs an interpreter', yes(patient.interpreterNeeded)],
    ['Marital status', patient.maritalStatus],
    ['Died', patient.deceased ? (patient.deceasedOn ?? 'yes') : ''],
    ['E-mail', patient.email],
    ['Who pays', payerOf(patient)],
    ['Note', patient.note],
  ];
  return [
    { title: 'The person', facts: facts.filter(([, text]) => text !== '') },
    {
      title: 'Phones',
      table: {
        headings: ['Kind', 'Number', 'Preferred', 'May text', 'May leave voicemail', 'Note'],
        rows: patient.phones.map((one) => [
          ...[one.kind, one.number, yes(one.preferred), yes(one.mayText)],
          ...[yes(one.mayLeaveVoicemail), one.note],
        ]),
      },
    },
    {
      title: 'Addresses',
      table: {
        headings: ['Kind', 'Address'],
        rows: patient.addresses.map((one) => [one.kind, addressLine(one)]),
      },
    },
    {
      title: 'Whom to call',
      table: {
        headings: ['Kind', 'Name', 'Relationship', 'Phone', 'Note'],
        rows: patient.contacts.map((one) => [one.kind, one.name, one.relationship, one.phone, one.note]),
      },
    },
    await tellRelations(db, patientIds, localDate(now.getTime(), timeZone)),
    await tellConsents(db, patientIds),
    {
      title: 'Alerts',
      table: { headings: ['Alert', 'Since'], rows: alerts.map((one) => [one.text, one.createdAt]) },
    },
  ];
}
