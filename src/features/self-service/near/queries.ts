import { sql } from 'kysely';
import type { PersonPath, PresentReason } from '../../../platform/contributions.ts';

/** They asked, wrote or acted by themselves near that day. */
export const onlineReason: PresentReason = {
  name: 'online',
  label: 'what they did or asked for online',
  holds: ({ patientId, from, to }) => sql<boolean>`exists (
    select from online_acts a where a.patient_id = ${patientId}
      and (a.seen_at is null or (a.at >= ${from} and a.at < ${to})))
    or exists (
    select from online_requests r where r.patient_id = ${patientId}
      and (r.settled_at is null or (r.asked_at >= ${from} and r.asked_at < ${to})))`,
};

export const onlinePaths: readonly PersonPath[] = [
  {
    path: '/api/online/requests/:id',
    people: (ids) => sql`
      select request_id as asked, patient_id from online_requests
      where request_id = any (${ids}) and patient_id is not null`,
  },
  {
    path: '/api/online/acts/:id',
    people: (ids) => sql`select act_id as asked, patient_id from online_acts where act_id = any (${ids})`,
  },
  {
    path: '/api/online/links/:id',
    people: (ids) => sql`select link_id as asked, patient_id from patient_links where link_id = any (${ids})`,
  },
];
