import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { LinkPurpose } from './schema.ts';

export type LinkDoor = { practiceId: string; linkId: string; practiceKind: string };

/** Whose secret this is the fingerprint of; before a practice is known. */
export async function findLinkDoor(db: Db, hash: Buffer): Promise<LinkDoor | undefined> {
  const { rows } = await sql<LinkDoor>`
    select practice_id, link_id, practice_kind from frontdesk.patient_link_by_token(${hash})`.execute(db);
  return rows[0];
}

/** A link that works, with the person whose it is. */
export type LiveLink = {
  linkId: string;
  purpose: LinkPurpose;
  subjectId: string;
  patientId: string;
  misses: number;
  expiresAt: string;
  openedAt: string | null;
  bornOn: string | null;
  language: string;
  practiceName: string;
  phone: string;
  timeZone: string;
};

/**
 * A link of a minor went to a parent or someone else who may hear of visits. It stops where that may have ended since:
 * they are of age, someone's right was taken back or ran out, or a custody note says who must not be told.
 */
const isOnceSomeoneElses = (now: Date) => sql`
  p.born_on + interval '18 years' > l.made_at and (
    p.born_on + interval '18 years' <= (${now}::timestamptz at time zone o.time_zone)
    or exists (select from patient_relations r where r.practice_id = l.practice_id and r.patient_id = l.patient_id
      and (r.revoked_at > l.made_at
        or r.until >= l.made_at::date and r.until < (${now}::timestamptz at time zone o.time_zone)::date))
    or exists (select from patient_alerts c where c.practice_id = l.practice_id and c.patient_id = l.patient_id
      and c.custody is not null and c.created_at > l.made_at and c.entered_in_error_at is null))`;

/** undefined: it is closed, has run out, or leads to nobody who could use it. @param lock of whoever acts by it */
export async function findLiveLink(
  db: Db,
  linkId: string,
  now: Date,
  lock = false,
): Promise<LiveLink | undefined> {
  if (lock) await sql`select from patient_links where link_id = ${linkId} for update`.execute(db);
  const { rows } = await sql<LiveLink>`
    select l.link_id, l.purpose, l.subject_id, l.patient_id, l.misses, l.expires_at, l.opened_at, p.born_on,
      p.language, o.name as practice_name, o.phone, o.time_zone
    from patient_links l
    join patients p on p.practice_id = l.practice_id and p.patient_id = l.patient_id
    join practices o on o.practice_id = l.practice_id
    where l.link_id = ${linkId} and l.closed_at is null and l.expires_at > ${now} and p.born_on is not null
      and not p.deceased and p.entered_in_error_at is null and not (${isOnceSomeoneElses(now)})`.execute(db);
  return rows[0];
}
