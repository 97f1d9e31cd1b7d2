import { sql } from 'kysely';
import type { PersonPath, PresentReason } from '../../../platform/contributions.ts';

/** They wrote and wait, or wrote or were written to near that day. */
export const messageReason: PresentReason = {
  name: 'message',
  label: 'a message with them',
  holds: ({ patientId, from, to }) => sql<boolean>`exists (
    select from messages m where m.patient_id = ${patientId}
      and (m.waits or (m.direction = 'in' and m.at >= ${from} and m.at < ${to})))`,
};

export const messagePaths: readonly PersonPath[] = [
  {
    path: '/api/messages/:id',
    carriedAs: ['messageId', 'messageIds'],
    people: (ids) =>
      sql`select message_id as asked, patient_id from messages where message_id = any (${ids}) and patient_id is not null`,
  },
];
