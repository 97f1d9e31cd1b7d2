import type { RelatedPerson } from '@medplum/fhirtypes';
import type { Patient } from '../queries.ts';
import { callName, phoneToCall } from '../rules.ts';
import type { Relation } from './schema.ts';

/**
 * Who belongs to a patient, as FHIR R4 says it (hl7.org/fhir/R4/relatedperson.html). What they may hear is no part of
 * it: that is a Consent, which is not served, and a program that shows someone here has not been told that they may.
 */

type Concept = NonNullable<RelatedPerson['relationship']>[number];

const roleOf = (system: string, code: string, display: string): Concept => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code, display }],
  text: display,
});
const emergency = roleOf('v2-0131', 'C', 'Emergency Contact');
const pays = roleOf('v3-RoleClass', 'GUAR', 'guarantor');

const inWords = (text: string): Concept[] => (text ? [{ text }] : []);
const roles = (all: Concept[]) => (all.length > 0 ? { relationship: all } : {});
const byPhone = (value: string) => (value ? { telecom: [{ system: 'phone' as const, value }] } : {});

/** An authorized person; revoked ones are not active. */
export function toRelatedPerson(relation: Relation): RelatedPerson {
  const { relationId, patientId, name, relationship, phone, since, until, revokedAt } = relation;
  const period = { ...(since ? { start: since } : {}), ...(until ? { end: until } : {}) };
  return {
    resourceType: 'RelatedPerson',
    id: relationId,
    meta: { versionId: String(relation.version) },
    active: revokedAt === null,
    patient: { reference: `Patient/${patientId}` },
    ...roles([...inWords(relationship), ...(relation.emergency ? [emergency] : [])]),
    name: [{ text: name }],
    ...byPhone(phone),
    ...(since || until ? { period } : {}),
  };
}

type Payer = { name: string; phone: string; bornOn: string | null; relationship: string };

/** Who pays for a patient: one for each, so that it has the patient's own id. null: the patient pays. */
export function toGuarantor(
  { patientId, guarantor, version }: Pick<Patient, 'patientId' | 'guarantor' | 'version'>,
  payer: Patient | undefined,
): RelatedPerson | null {
  if (!guarantor) return null;
  const who = payerOf(guarantor, payer);
  if (!who) return null;
  return {
    resourceType: 'RelatedPerson',
    id: patientId,
    meta: { versionId: String(version) },
    active: true,
    patient: { reference: `Patient/${patientId}` },
    ...roles([pays, ...inWords(who.relationship)]),
    name: [{ text: who.name }],
    ...byPhone(who.phone),
    ...(who.bornOn ? { birthDate: who.bornOn } : {}),
  };
}

function payerOf(guarantor: NonNullable<Patient['guarantor']>, payer: Patient | undefined): Payer | null {
  const { relationship } = guarantor;
  if ('name' in guarantor) {
    const { name, phone, bornOn } = guarantor;
    return { name, phone, bornOn, relationship };
  }
  if (!payer) return null;
  return { name: callName(payer), phone: phoneToCall(payer.phones), bornOn: payer.bornOn, relationship };
}
