import { sql } from 'kysely';
import type { PersonPath, PresentReason } from '../../../platform/contributions.ts';

/** A follow-up that is the office's work by now, or that was ordered near that day. */
export const followUpReason: PresentReason = {
  name: 'follow-up',
  label: 'a follow-up to be booked',
  holds: ({ patientId, from, to }) => sql<boolean>`exists (
    select from follow_ups f where f.patient_id = ${patientId} and f.entered_in_error_at is null
      and ((f.ended_as is null and f.settled_at is null and f.act_on < ${to}::date)
        or (f.ordered_at >= ${from} and f.ordered_at < ${to})))`,
};

export const followUpPaths: readonly PersonPath[] = [
  {
    path: '/api/follow-ups/:id',
    carriedAs: ['followUpId', 'followUpIds'],
    people: (ids) =>
      sql`select follow_up_id as asked, patient_id from follow_ups where follow_up_id = any (${ids})`,
  },
];
