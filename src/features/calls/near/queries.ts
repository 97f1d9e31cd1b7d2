import { sql } from 'kysely';
import type { PersonPath, PresentReason } from '../../../platform/contributions.ts';

/** A call about them that someone waits for, or that was taken near that day. */
export const callReason: PresentReason = {
  name: 'call',
  label: 'a call about them',
  holds: ({ patientId, from, to }) => sql<boolean>`exists (
    select from calls c where c.patient_id = ${patientId} and c.entered_in_error_at is null
      and (c.done_at is null or c.done_at >= ${from} or (c.at >= ${from} and c.at < ${to})))`,
};

export const callPaths: readonly PersonPath[] = [
  {
    path: '/api/calls/:id',
    // What a note is on is carried as `aboutId`, whatever it is.
    carriedAs: ['callId', 'callIds', 'aboutId'],
    people: (ids) =>
      sql`select call_id as asked, patient_id from calls where call_id = any (${ids}) and patient_id is not null`,
  },
];
