import { sql } from 'kysely';
import type { PersonPath, PresentReason } from '../../../platform/contributions.ts';

/** They wait for an opening, or left the waitlist near that day. */
export const waitlistReason: PresentReason = {
  name: 'waitlist',
  label: 'a place on the waitlist',
  holds: ({ patientId, from, to }) => sql<boolean>`exists (
    select from waitlist_entries w where w.patient_id = ${patientId}
      and ((w.filled_at is null and w.withdrawn_at is null and w.expires_on >= (${from})::date)
        or (w.added_at >= ${from} and w.added_at < ${to}) or (w.filled_at >= ${from} and w.filled_at < ${to})
        or (w.withdrawn_at >= ${from} and w.withdrawn_at < ${to})))`,
};

export const waitlistPaths: readonly PersonPath[] = [
  {
    path: '/api/waitlist/entries/:id',
    carriedAs: ['entryId', 'entryIds'],
    people: (ids) =>
      sql`select entry_id as asked, patient_id from waitlist_entries where entry_id = any (${ids})`,
  },
  {
    path: '/api/waitlist/offers/:id',
    carriedAs: ['offerId', 'offerIds'],
    people: (ids) => sql`
      select o.offer_id as asked, e.patient_id from waitlist_offers o
      join waitlist_entries e on e.practice_id = o.practice_id and e.entry_id = o.entry_id
      where o.offer_id = any (${ids})`,
  },
];
