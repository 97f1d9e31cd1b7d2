import { sql } from 'kysely';
import { canonicalJson } from '../../platform/audit/chain.ts';
import { entriesOf } from '../../platform/audit/record.ts';
import { takeNumbers } from '../../platform/db/counters.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/id.ts';
import { notFound, Refusal, stale } from '../../platform/refusal.ts';
import { listDuplicates } from './duplicates/queries.ts';
import { type PatientDeceased, patientDeceased } from './events.ts';
import { slim } from './kept/rules.ts';
import { lockPatient, type Patient } from './queries.ts';
import { cutsOf, foldJoined, mendingWords, searchDigits, searchName } from './rules.ts';
import { type NewPatient, type PatientChange, PatientDraft } from './schema.ts';

const firstMrn = 100_001;

/** The next medical record numbers. Locks the counter, so two desks register one after the other. */
async function takeMrns(tx: Tx, count: number): Promise<string[]> {
  return (await takeNumbers(tx, { name: 'mrn', first: firstMrn, count })).map(String);
}

function searchColumns(patient: PatientDraft & { mrn: string; formerMrns?: readonly string[] }) {
  return {
    searchFamily: foldJoined(patient.familyName),
    searchGiven: foldJoined(patient.givenName),
    searchName: searchName(patient),
    searchDigits: searchDigits(patient.mrn, patient.phones, patient.formerMrns),
  };
}

/** The words of these names, kept so that a misspelled one can be mended. */
export async function keepWords(tx: Tx, patients: readonly PatientDraft[]): Promise<void> {
  const words = [...new Set(patients.flatMap(mendingWords))].sort();
  const rows = JSON.stringify(words.map((word) => ({ word, cuts: cutsOf(word) })));
  await sql`
    insert into patient_words (practice_id, word, cuts)
    select ${tx.practiceId}, r ->> 'word', array(select jsonb_array_elements_text(r -> 'cuts'))
    from jsonb_array_elements(${rows}::jsonb) r on conflict do nothing`.execute(tx.db);
}

function refuseFutureBirth(tx: Tx, bornOn: string | null | undefined): void {
  if (bornOn && bornOn > tx.now.toISOString().slice(0, 10)) {
    throw new Refusal('bad-input', 'This birth date lies ahead. Check the year.', {
      fields: { 'patient.bornOn': 'This date lies ahead.', 'change.bornOn': 'This date lies ahead.' },
    });
  }
}

async function refuseStrangeGuarantor(
  tx: Tx,
  guarantor: PatientDraft['guarantor'] | undefined,
  self?: string,
) {
  if (!guarantor || !('patientId' in guarantor)) return;
  const { rows } = await sql`select 1 from patients where patient_id = ${guarantor.patientId}
    and entered_in_error_at is null`.execute(tx.db);
  if (rows.length > 0 && guarantor.patientId !== self) return;
  throw new Refusal('bad-input', 'Choose who pays from the list, or name a person.');
}

/**
 * Register people as they are given, without looking for duplicates (imports, the simulator).
 * @returns their ids, in order
 */
export async function registerPatients(
  tx: Tx,
  drafts: readonly NewPatient[],
): Promise<{ patientId: string; mrn: string }[]> {
  return keepPatients(
    tx,
    drafts.map((draft) => PatientDraft.parse(draft)),
  );
}

/** What an import knows beyond what a desk types. */
export type KeptPatient = PatientDraft & { deceased?: boolean; deceasedOn?: string | null };

/** As registerPatients, for records of elsewhere that may say less than the desk must (an address without a ZIP). */
export async function keepPatients(
  tx: Tx,
  patients: readonly KeptPatient[],
): Promise<{ patientId: string; mrn: string }[]> {
  return insertPatients(tx, patients, await takeMrns(tx, patients.length));
}

async function insertPatients(tx: Tx, patients: readonly KeptPatient[], mrns: readonly string[]) {
  const rows = patients.map((patient, index) => {
    const mrn = mrns[index] ?? '';
    refuseFutureBirth(tx, patient.bornOn);
    const alive = { deceased: false, deceasedOn: null };
    return {
      ...alive,
      ...patient,
      ...slim(patient),
      patientId: newId(tx.now.getTime()),
      mrn,
      ...searchColumns({ ...patient, mrn }),
    };
  });
  await sql`
    insert into patients (practice_id, patient_id, mrn, family_name, given_name, middle_name, suffix,
      preferred_name, former_names, pronouns, sex, gender_identity, born_on, language, interpreter_needed,
      marital_status, email, phones, addresses, contacts, guarantor, note, created_at, updated_at, search_family,
      search_given, search_name, search_digits, deceased, deceased_on)
    select ${tx.practiceId}, r."patientId", r.mrn, r."familyName", r."givenName", r."middleName", r.suffix,
      r."preferredName", array(select jsonb_array_elements_text(r."formerNames")), r.pronouns, r.sex,
      r."genderIdentity", r."bornOn", r.language, r."interpreterNeeded", r."maritalStatus", r.email, r.phones,
      r.addresses, r.contacts, nullif(r.guarantor, 'null'), r.note, ${tx.now}, ${tx.now}, r."searchFamily",
      r."searchGiven", r."searchName", r."searchDigits", r.deceased, r."deceasedOn"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r ("patientId" uuid, mrn text, "familyName" text,
      "givenName" text, "middleName" text, suffix text, "preferredName" text, "formerNames" jsonb, pronouns text,
      sex text, "genderIdentity" text, "bornOn" date, language text, "interpreterNeeded" boolean,
      "maritalStatus" text, email text, phones jsonb, addresses jsonb, contacts jsonb, guarantor jsonb, note text,
      "searchFamily" text, "searchGiven" text, "searchName" text, "searchDigits" text, deceased boolean,
      "deceasedOn" date)`.execute(tx.db);
  await keepWords(tx, patients);
  const told = { subjectKind: 'patient', alone: 'patient.registered', together: 'patient.brought-in' };
  const images = rows.map(({ patientId, mrn }, index) => ({
    subjectId: patientId,
    image: { mrn, ...patients[index] },
  }));
  for (const entry of entriesOf(told, images)) tx.audit(entry);
  tx.touch('patients', ...rows.map((row) => row.patientId));
  return rows.map(({ patientId, mrn }) => ({ patientId, mrn }));
}

/** Register one at the desk: refused with offers while someone likely the same is not named as another person. */
export async function registerPatient(
  tx: Tx,
  draft: NewPatient,
  desk: { today: string; notDuplicateOf: readonly string[] },
): Promise<{ patientId: string; mrn: string }> {
  const patient = PatientDraft.parse(draft);
  await refuseStrangeGuarantor(tx, patient.guarantor);
  // The counter first: its lock makes the second of two desks see what the first registered.
  const [mrn = ''] = await takeMrns(tx, 1);
  const phones = patient.phones.map((phone) => phone.number);
  const offers = await listDuplicates(tx.db, { ...patient, phones }, { today: desk.today });
  const unseen = offers.filter((offer) => !desk.notDuplicateOf.includes(offer.hit.patientId));
  if (unseen.length > 0) {
    throw new Refusal(
      'conflict',
      unseen.length === 1
        ? 'Someone very like this is registered already. Open that record, or say that this is another person.'
        : `${unseen.length} people very like this are registered already. Open one, or say that this is another person.`,
      { offers: unseen },
    );
  }
  const [made] = await insertPatients(tx, [patient], [mrn]);
  if (!made) throw new Error('A registered person has an id.');
  return made;
}

/** The record, locked; refused when it is gone, part of another, or was changed since it was shown. */
export async function lockCurrent(tx: Tx, patientId: string, version: number): Promise<Patient> {
  const patient = await lockPatient(tx.db, patientId);
  if (patient?.mergedInto)
    throw new Refusal('conflict', 'This record became part of another. Open that one, or take them apart.');
  if (!patient || patient.enteredInErrorAt) throw notFound('person');
  if (patient.version !== version) throw stale('record', patient);
  return patient;
}

// jsonb keeps keys in an order of its own.
const isSame = (one: unknown, other: unknown) => canonicalJson(one) === canonicalJson(other);

/** The fields that a change really changes. */
function changedFields(patient: Patient, change: PatientChange): (keyof PatientChange)[] {
  const named = Object.keys(change) as (keyof PatientChange)[];
  return named.filter((field) => change[field] !== undefined && !isSame(patient[field], change[field]));
}

/** Change what is known of a person. Saying what is so already changes nothing. */
export async function changePatient(
  tx: Tx,
  patientId: string,
  { version, change }: { version: number; change: PatientChange },
): Promise<void> {
  const patient = await lockCurrent(tx, patientId, version);
  const fields = changedFields(patient, change);
  if (fields.length === 0) return;
  refuseFutureBirth(tx, change.bornOn);
  await refuseStrangeGuarantor(tx, change.guarantor, patientId);
  const picked = (from: PatientChange) => Object.fromEntries(fields.map((field) => [field, from[field]]));
  const next: Patient = { ...patient, ...picked(change) };
  await updatePatient(tx, next);
  await keepWords(tx, [next]);
  tx.audit({
    action: 'patient.changed',
    subjectKind: 'patient',
    subjectIds: [patientId],
    before: picked(patient),
    after: picked(next),
  });
  tx.touch('patients', patientId);
}

/** Write every field of a record, and what it is found by. */
export async function updatePatient(tx: Tx, next: Patient): Promise<void> {
  const search = searchColumns(next);
  const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;
  const kept = slim(next);
  await sql`
    update patients set family_name = ${next.familyName}, given_name = ${next.givenName},
      middle_name = ${next.middleName}, suffix = ${next.suffix}, preferred_name = ${next.preferredName},
      former_names = ${next.formerNames}::text[], pronouns = ${next.pronouns}, sex = ${next.sex},
      gender_identity = ${next.genderIdentity}, born_on = ${next.bornOn}, language = ${next.language},
      interpreter_needed = ${next.interpreterNeeded}, marital_status = ${next.maritalStatus},
      email = ${next.email}, phones = ${json(kept.phones)}, addresses = ${json(kept.addresses)},
      contacts = ${json(kept.contacts)}, guarantor = nullif(${json(kept.guarantor)}, 'null'), note = ${next.note},
      search_family = ${search.searchFamily}, search_given = ${search.searchGiven},
      search_name = ${search.searchName}, search_digits = ${search.searchDigits},
      former_mrns = ${next.formerMrns}::text[],
      version = version + 1, updated_at = ${tx.now}
    where patient_id = ${next.patientId}`.execute(tx.db);
}

/** Say that a person has died, or that this was wrong; the features to the right hear of it. */
export async function markDeceased(
  tx: Tx,
  patientId: string,
  input: { version: number; deceased: boolean; deceasedOn: string | null },
): Promise<void> {
  const patient = await lockCurrent(tx, patientId, input.version);
  const deceasedOn = input.deceased ? input.deceasedOn : null;
  const tomorrow = new Date(tx.now.getTime() + 86_400_000).toISOString().slice(0, 10);
  if (deceasedOn && (deceasedOn >= tomorrow || (patient.bornOn && deceasedOn < patient.bornOn))) {
    throw new Refusal('bad-input', 'This date does not fit the birth date and today. Check it.', {
      fields: { deceasedOn: 'Type a date between birth and today.' },
    });
  }
  await sql`
    update patients set deceased = ${input.deceased}, deceased_on = ${deceasedOn}, version = version + 1,
      updated_at = ${tx.now}
    where patient_id = ${patientId}`.execute(tx.db);
  tx.audit({
    action: input.deceased ? 'patient.deceased' : 'patient.not-deceased',
    subjectKind: 'patient',
    subjectIds: [patientId],
    before: { deceased: patient.deceased, deceasedOn: patient.deceasedOn },
    after: { deceased: input.deceased, deceasedOn },
  });
  const payload: PatientDeceased = { patientId, deceased: input.deceased, deceasedOn };
  tx.emit({ kind: patientDeceased, subjectId: patientId, payload });
  tx.touch('patients', patientId);
}

/** The whole record was entered in error: it is kept, and found no more. */
export async function removePatient(
  tx: Tx,
  patientId: string,
  input: { version: number; reason: string },
): Promise<void> {
  await lockCurrent(tx, patientId, input.version);
  await sql`
    update patients set entered_in_error_at = ${tx.now}, version = version + 1, updated_at = ${tx.now}
    where patient_id = ${patientId}`.execute(tx.db);
  tx.audit({
    action: 'patient.entered-in-error',
    subjectKind: 'patient',
    subjectIds: [patientId],
    reason: input.reason,
  });
  tx.touch('patients', patientId);
}
