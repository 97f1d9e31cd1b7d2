import { sql } from 'kysely';
import type { PresentReason } from '../../../platform/contributions.ts';

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
