import { sql } from 'kysely';
import type { PersonPath, PresentReason } from '../../../platform/contributions.ts';

/** Someone who is still to be told, or to be booked again. */
export const rescueReason: PresentReason = {
  name: 'rescue',
  label: 'a visit that was moved when a physician was out',
  holds: ({ patientId }) => sql<boolean>`exists (
    select from rescue_lines l where l.patient_id = ${patientId}
      and l.answer in ('open', 'told', 'refused', 'owed'))`,
};

/** Whom a line of a call list is about. */
export const rescuePaths: readonly PersonPath[] = [
  {
    path: '/api/rescue-lines/:id',
    people: (ids) => sql`select line_id as asked, patient_id from rescue_lines where line_id = any (${ids})`,
  },
];
