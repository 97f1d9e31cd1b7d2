import { sql } from 'kysely';
import { addDays, addMonthsClamped } from '../../../platform/calendar/dates.ts';
import type { Db } from '../../../platform/db/database.ts';
import { findPatient, findSurvivor, listPeople, type Patient } from '../queries.ts';
import { callName, phoneToCall } from '../rules.ts';
import type { FamilyMember } from './api.ts';
import { adultAge, reviewWindow } from './rules.ts';

type Payer = {
  patientId: string | null;
  name: string;
  phone: string;
  address: string;
  bornOn: string | null;
};

const line = (address: Patient['addresses'][number] | null | undefined) =>
  address
    ? [address.line1, address.line2, address.city, `${address.state} ${address.zip}`.trim()]
        .filter(Boolean)
        .join(', ')
    : '';

async function payerOf(db: Db, patient: Patient): Promise<Payer> {
  const { guarantor } = patient;
  if (guarantor && 'name' in guarantor) {
    const { name, phone, address, bornOn } = guarantor;
    return { patientId: null, name, phone, address: line(address), bornOn };
  }
  const id = guarantor ? await findSurvivor(db, guarantor.patientId) : patient.patientId;
  const payer = (id === patient.patientId ? patient : await findPatient(db, id)) ?? patient;
  return {
    patientId: payer.patientId,
    name: callName(payer),
    phone: phoneToCall(payer.phones),
    address: line(payer.addresses[0]),
    bornOn: payer.bornOn,
  };
}

/** Everyone whom the guarantor of a person pays for, and who that is. */
export async function readFamily(db: Db, patientId: string, today: string) {
  const patient = await findPatient(db, patientId);
  if (!patient) return undefined;
  const payer = await payerOf(db, patient);
  const { rows } = await sql<{ patientId: string; relationship: string }>`
    with payers as (
      select coalesce(array_agg(patient_id::text), '{}') as ids from patients
      where patient_id = ${payer.patientId} or merged_into = ${payer.patientId}
    )
    select p.patient_id, coalesce(p.guarantor ->> 'relationship', '') as relationship
    from payers, lateral frontdesk.paid_by(payers.ids, ${payer.patientId ? null : payer.name},
      ${payer.patientId ? '' : payer.phone}, ${payer.patientId ? '' : (payer.bornOn ?? '')}, 50) found
    join patients p on p.patient_id = found where p.merged_into is null
    order by p.born_on, p.patient_id limit 50`.execute(db);
  const relationships = new Map(rows.map((row) => [row.patientId, row.relationship]));
  const ids = new Set([...(payer.patientId ? [payer.patientId] : []), patientId, ...relationships.keys()]);
  const people = await listPeople(db, [...ids], today);
  const members = people
    .map(
      (hit): FamilyMember => ({
        patientId: hit.patientId,
        callName: hit.callName,
        age: hit.age,
        relationship: hit.patientId === payer.patientId ? '' : (relationships.get(hit.patientId) ?? ''),
        pays: hit.patientId === payer.patientId,
      }),
    )
    .sort((one, other) => Number(other.pays) - Number(one.pays) || (other.age ?? 0) - (one.age ?? 0));
  return { guarantor: payer, members };
}

export type NewAdult = {
  patientId: string;
  name: string;
  bornOn: string;
  hasGuarantor: boolean;
  relations: number;
};

/**
 * Who comes of age about now and has a guarantor or authorized persons of before, and was not asked yet; the first
 * birthday first.
 */
export async function listNewAdults(db: Db, today: string): Promise<NewAdult[]> {
  const years = (date: string) => addMonthsClamped(date, -adultAge * 12);
  const from = years(addDays(today, -reviewWindow.daysAfter));
  const to = years(addDays(today, reviewWindow.daysBefore));
  const { rows } = await sql<NewAdult>`
    select p.patient_id, coalesce(nullif(p.preferred_name, ''), p.given_name) || ' ' || p.family_name as name,
      p.born_on, p.guarantor is not null as has_guarantor, r.count as relations
    from patients p, lateral (select count(*)::int as count from patient_relations r
      where r.practice_id = p.practice_id and r.patient_id = p.patient_id and r.revoked_at is null
        and r.may_hear <> '{}') r
    where p.born_on between ${from} and ${to} and p.entered_in_error_at is null and not p.deceased
      and (p.guarantor is not null or r.count > 0)
      and not exists (select from adult_reviews a where a.practice_id = p.practice_id
        and a.patient_id = p.patient_id)
    order by p.born_on, p.patient_id limit 200`.execute(db);
  return rows;
}
