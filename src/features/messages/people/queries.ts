import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { listAnswers } from '../../patients/consents/queries.ts';
import { holding } from '../../patients/consents/rules.ts';
import { findPatient, findSurvivor, listAlerts } from '../../patients/queries.ts';
import type { Relation } from '../../patients/relations/schema.ts';
import { callName, nationalDigits } from '../../patients/rules.ts';
import type { PersonFacts } from './rules.ts';

export type Person = PersonFacts & { patientId: string };

/** What the record says about writing to someone; of a record that became part of another, that one's. */
export async function readPerson(db: Db, patientId: string): Promise<Person | undefined> {
  const survivorId = await findSurvivor(db, patientId);
  const patient = await findPatient(db, survivorId);
  if (!patient) return undefined;
  const answers = holding(await listAnswers(db, survivorId));
  const alerts = await listAlerts(db, survivorId);
  const { language, email, phones, addresses, bornOn } = patient;
  return {
    ...{ patientId: survivorId, language, email, phones, addresses, bornOn, answers },
    state: patient.enteredInErrorAt ? 'gone' : patient.deceased ? 'deceased' : 'alive',
    callName: callName(patient),
    firstName: patient.preferredName || patient.givenName,
    relations: await listHearing(db, survivorId),
    mustNotTell: alerts.flatMap(({ custody }) => custody?.mustNotTell ?? []),
  };
}

type Hearing = Pick<Relation, 'name' | 'phone' | 'mayHear' | 'since' | 'until' | 'revokedAt'>;

async function listHearing(db: Db, patientId: string): Promise<Hearing[]> {
  const { rows } = await sql<Hearing>`
    select name, phone, may_hear, since, until, revoked_at from patient_relations
    where patient_id = ${patientId} and revoked_at is null and phone <> '' and may_hear <> '{}'
    order by created_at, relation_id limit 20`.execute(db);
  return rows;
}

/** Whose number or address it may be: patients, and patients of whom it is an authorized person's; at most 20. */
export async function listOwners(db: Db, address: string): Promise<string[]> {
  const isEmail = address.includes('@');
  const phone = isEmail ? null : nationalDigits(address);
  const mail = isEmail ? address.toLowerCase() : null;
  const { rows } = await sql<{ patientId: string }>`
    select patient_id from (
      select p as patient_id, 1 as rank
      from frontdesk.like_patients('', '', null, ${phone ? [phone] : []}::text[], coalesce(${mail}::text, ''), 20) p
      union
      select r.patient_id, 2 from patient_relations r
      where r.phone = ${address} and r.revoked_at is null and r.may_hear <> '{}'
    ) x order by rank, patient_id limit 20`.execute(db);
  return [...new Set(rows.map((row) => row.patientId))];
}
