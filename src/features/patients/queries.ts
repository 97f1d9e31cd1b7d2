import { sql } from 'kysely';
import { imagesAbout, type StoredImages, shownImages } from '../../platform/audit/images.ts';
import { ageOn } from '../../platform/calendar/dates.ts';
import type { Db } from '../../platform/db/database.ts';
import type { PatientAlert, PatientCard, PatientHit, PatientRecord } from './api.ts';
import { refusals } from './consents/rules.ts';
import type { Answer } from './consents/schema.ts';
import { whole } from './kept/rules.ts';
import { hearingText, isInForce } from './relations/rules.ts';
import type { Relation } from './relations/schema.ts';
import { callName, fileName, phoneToCall } from './rules.ts';
import type { PatientDraft, Sex } from './schema.ts';

/** A person as kept. */
export type Patient = PatientDraft & {
  patientId: string;
  mrn: string;
  deceased: boolean;
  deceasedOn: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
  enteredInErrorAt: string | null;
  /** The record that this one became part of. */
  mergedInto: string | null;
  /** Record numbers of those that became part of this one. */
  formerMrns: string[];
};

const patientColumns = sql`patient_id, mrn, family_name, given_name, middle_name, suffix, preferred_name,
  former_names, pronouns, sex, gender_identity, born_on, deceased, deceased_on, language, interpreter_needed,
  marital_status, email, phones, addresses, contacts, guarantor, note, version, created_at, updated_at,
  entered_in_error_at, merged_into, former_mrns`;

export async function findPatient(db: Db, patientId: string): Promise<Patient | undefined> {
  const { rows } = await sql<Patient>`
    select ${patientColumns} from patients where patient_id = ${patientId}`.execute(db);
  return rows[0] && whole(rows[0]);
}

/** As findPatient, kept from others until this transaction ends. */
export async function lockPatient(db: Db, patientId: string): Promise<Patient | undefined> {
  const { rows } = await sql<Patient>`
    select ${patientColumns} from patients where patient_id = ${patientId} for update`.execute(db);
  return rows[0] && whole(rows[0]);
}

/** Who a record became part of, however many merges ago; the record itself where it is no part of another. */
export async function findSurvivor(db: Db, patientId: string): Promise<string> {
  const { rows } = await sql<{ patientId: string }>`
    with recursive chain as (
      select patient_id, merged_into from patients where patient_id = ${patientId}
      union
      select p.patient_id, p.merged_into from chain join patients p on p.patient_id = chain.merged_into
    ) select patient_id from chain where merged_into is null`.execute(db);
  return rows[0]?.patientId ?? patientId;
}

/** The row behind a hit: what lists show and ranking looks at. */
export type HitRow = {
  patientId: string;
  mrn: string;
  formerMrns: string[];
  familyName: string;
  givenName: string;
  middleName: string;
  suffix: string;
  preferredName: string;
  formerNames: string[];
  pronouns: string;
  sex: Sex;
  bornOn: string | null;
  deceased: boolean;
  deceasedOn: string | null;
  email: string;
  phones: { number: string; preferred?: boolean }[];
  alertCount: number;
  version: number;
};

/** The columns of a HitRow, of a table named p. */
export const hitColumns = sql`p.patient_id, p.mrn, p.former_mrns, p.family_name, p.given_name, p.middle_name, p.suffix,
  p.preferred_name, p.former_names, p.pronouns, p.sex, p.born_on, p.deceased, p.deceased_on, p.email, p.phones,
  p.version, (select count(*)::int from patient_alerts a where a.practice_id = p.practice_id
    and a.patient_id = p.patient_id and a.entered_in_error_at is null) as alert_count`;

/** @param today in the practice's zone; the dead keep the age they had */
function ageOf(
  row: { bornOn: string | null; deceased: boolean; deceasedOn: string | null },
  today: string,
): number | null {
  if (!row.bornOn || (row.deceased && !row.deceasedOn)) return null;
  return ageOn(row.bornOn, row.deceasedOn ?? today);
}

export function asHit(row: HitRow, today: string, matched: string[] = []): PatientHit {
  const { patientId, mrn, preferredName, pronouns, sex, bornOn, alertCount, deceased, version } = row;
  return {
    ...{ patientId, mrn, preferredName, pronouns, sex, bornOn, alertCount, deceased, version, matched },
    fileName: fileName(row),
    callName: callName(row),
    age: ageOf(row, today),
    phone: phoneToCall(row.phones),
  };
}

/** People by id, in no order; at most 1,000. What is not of this practice is left out. */
export async function listPeople(db: Db, ids: readonly string[], today: string): Promise<PatientHit[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<HitRow>`
    select ${hitColumns} from patients p where p.patient_id = any (${[...ids]}::uuid[]) limit 1000`.execute(
    db,
  );
  return rows.map((row) => asHit(row, today));
}

export async function listAlerts(db: Db, patientId: string): Promise<PatientAlert[]> {
  const { rows } = await sql<PatientAlert>`
    select alert_id, text, tone, custody, created_at, version from patient_alerts
    where patient_id = ${patientId} and entered_in_error_at is null
    order by array_position(array['wrong', 'wait', 'calm'], tone), created_at limit 50`.execute(db);
  return rows;
}

/** One person, whole; undefined when it is not here. */
export async function readPatient(
  db: Db,
  patientId: string,
  today: string,
): Promise<PatientRecord | undefined> {
  const patient = await findPatient(db, patientId);
  if (!patient) return undefined;
  const mergedInto = patient.mergedInto && (await findSurvivor(db, patientId));
  return { ...patient, mergedInto, age: ageOf(patient, today), alerts: await listAlerts(db, patientId) };
}

/** The card; of a record that became part of another, that one's. */
export async function readCard(db: Db, patientId: string, today: string): Promise<PatientCard | undefined> {
  const asked = await readPatient(db, patientId, today);
  const patient = asked?.mergedInto ? await readPatient(db, asked.mergedInto, today) : asked;
  if (!patient || patient.enteredInErrorAt) return undefined;
  const { matched: _, ...hit } = asHit({ ...patient, alertCount: patient.alerts.length }, today);
  const { deceasedOn, language, interpreterNeeded, email, phones, alerts, contacts } = patient;
  return {
    ...hit,
    ...{ deceasedOn, language, interpreterNeeded, email, phones, alerts, contacts },
    guarantor: await readGuarantor(db, patient.guarantor),
    hasAddress: patient.addresses.length > 0,
    ...(await readReach(db, patient.patientId, today)),
  };
}

type Reach = { answers: Answer[]; relations: Relation[]; photoId: string | null };

/** What was refused, who may hear what and the picture, in one statement: the card stands beside every page. */
async function readReach(db: Db, patientId: string, today: string) {
  const { rows } = await sql<Reach>`
    select
      (select coalesce(jsonb_agg(jsonb_build_object('channel', channel, 'purpose', purpose, 'state', state)), '[]')
       from (select distinct on (channel, purpose) channel, purpose, state from contact_consents
         where patient_id = ${patientId} order by channel, purpose, at desc, consent_id desc) c) as answers,
      (select coalesce(jsonb_agg(jsonb_build_object('relationId', relation_id, 'name', name, 'relationship',
         relationship, 'phone', phone, 'mayHear', may_hear, 'since', since, 'until', until)
         order by name, relation_id), '[]')
       from patient_relations where patient_id = ${patientId} and revoked_at is null and may_hear <> '{}')
       as relations,
      (select photo_id from patient_photos where patient_id = ${patientId} and removed_at is null) as photo_id`.execute(
    db,
  );
  const { answers, relations, photoId } = rows[0] ?? { answers: [], relations: [], photoId: null };
  return {
    photoId,
    refusals: refusals(answers),
    authorized: relations
      .filter((one) => isInForce(one, today))
      .slice(0, 20)
      .map((one) => {
        const { relationId, name, relationship, phone } = one;
        return { relationId, name, relationship, phone, hears: hearingText(one, today) };
      }),
  };
}

async function readGuarantor(db: Db, kept: PatientRecord['guarantor']): Promise<PatientCard['guarantor']> {
  if (!kept) return null;
  const { relationship } = kept;
  if (!kept.patientId) {
    return { patientId: null, name: kept.name ?? '', relationship, phone: kept.phone ?? '' };
  }
  const person = await findPatient(db, await findSurvivor(db, kept.patientId));
  if (!person) return null;
  const { patientId, phones } = person;
  return { patientId, name: callName(person), relationship, phone: phoneToCall(phones) };
}

/** The people whom an account opened, registered or changed last, latest first. */
export async function listRecent(
  db: Db,
  accountId: string | null,
  today: string,
  most = 8,
): Promise<PatientHit[]> {
  const { rows } = await sql<HitRow & { lastSeq: string }>`
    with latest as (
      select subject_ids[1] as patient_id, seq from audit_records
      where account_id = ${accountId} and action in ('patient.opened', 'patient.registered', 'patient.changed')
      order by seq desc limit 100
    ), people as (select patient_id, max(seq) as last_seq from latest group by patient_id)
    select ${hitColumns}, people.last_seq from people join patients p using (patient_id)
    where p.entered_in_error_at is null order by people.last_seq desc limit ${most}`.execute(db);
  return rows.map((row) => asHit(row, today));
}

export type PatientChangeRow = {
  seq: number;
  at: string;
  by: string;
  action: string;
  reason: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

/** Every change of a person's record, latest first, at most 200. */
export async function listHistory(db: Db, patientId: string): Promise<PatientChangeRow[]> {
  const { rows } = await sql<PatientChangeRow & StoredImages>`
    select r.seq::int as seq, r.at, coalesce(s.display_name, '') as by, r.action, r.reason, r.before, r.after,
      r.packed
    from audit_records r left join staff s on s.staff_id = r.staff_id
    where r.seq = any (array(select frontdesk.audit_about(${patientId}, ${Number.MAX_SAFE_INTEGER}, 5000,
      false)))
      and r.subject_kind = 'patient'
      and r.action not in ('patient.opened', 'patient.card', 'patients.searched', 'patients.recent',
        'patient.history-read', 'patients.likely-same', 'patients.compared', 'patients.merges')
      and r.action not like '%-listed' and r.action not like '%.printed'
    order by r.seq desc limit 200`.execute(db);
  return rows.map(({ packed, ...row }) => ({
    ...row,
    ...imagesAbout(shownImages({ ...row, packed }), patientId),
  }));
}

/** Places of a ZIP code: the practice's table, and what its people's addresses say, commonest first. */
export async function listZipPlaces(db: Db, zip: string): Promise<{ city: string; state: string }[]> {
  const { rows } = await sql<{ city: string; state: string }>`
    select city, state from (
      select city, state, 1000000 as times from zip_codes where zip = ${zip.slice(0, 5)}
      union all
      select addresses #>> '{0,city}', addresses #>> '{0,state}', count(*) from patients
      where left(addresses #>> '{0,zip}', 5) = ${zip.slice(0, 5)} group by 1, 2
    ) places where city <> '' group by city, state order by sum(times) desc, city limit 5`.execute(db);
  return rows;
}
