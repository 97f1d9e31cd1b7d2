import { sql } from 'kysely';
import type { PersonPath, PresentReason } from '../../../platform/contributions.ts';

/** Whose relative or guarantor it is; a guarantor's id is the patient's (relations/fhir.ts). */
export const relatedPaths: readonly PersonPath[] = [
  {
    path: '/fhir/R4/RelatedPerson/:id',
    people: (ids) => sql`
      select relation_id as asked, patient_id from patient_relations where relation_id = any (${ids})
      union all select patient_id, patient_id from patients where patient_id = any (${ids})`,
  },
];

/** Who registered or changed someone within the day knows them already. */
export const registeredReason: PresentReason = {
  name: 'registered',
  label: 'a registration or change by the same person that day',
  // What one account did to one person: by the index of the audit's subjects, so it stands last.
  holds: ({ patientId, accountId, now }) => sql<boolean>`exists (
    select from audit_records a
    where a.seq = any (array(select frontdesk.audit_about(${patientId}, ${Number.MAX_SAFE_INTEGER}, 50, false)))
      and a.account_id = ${accountId} and a.at >= ${now} - interval '16 hours'
      and a.action in ('patient.registered', 'patient.brought-in', 'patient.changed'))`,
};
