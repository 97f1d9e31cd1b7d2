import { sql } from 'kysely';
import type { Db } from '../../platform/db/database.ts';
import { noId } from '../../platform/db/pages.ts';
import type { ReminderCounts, ReminderRule, ToCall } from './schema.ts';

export async function listRules(db: Db): Promise<ReminderRule[]> {
  const { rows } = await sql<ReminderRule>`
    select rule_id, name, visit_type_ids, steps, active, version from reminder_rules
    order by cardinality(visit_type_ids) = 0, name, rule_id limit 200`.execute(db);
  return rows;
}

export type Ahead = {
  visitId: string;
  version: number;
  patientId: string;
  visitTypeId: string;
  startsAt: string;
  timeZone: string;
  siteName: string;
  confirmedAt: string | null;
  /** They answered a reminder of the time at which it stands, and a human has it. */
  hasAnswered: boolean;
  placedAt: string;
  doneSteps: number[];
};

type AheadPage = {
  from: Date;
  to: Date;
  after: Pick<Ahead, 'startsAt' | 'visitId'> | undefined;
  most: number;
};

/** Booked visits ahead that nobody has confirmed, with what was done about reminding of them; the next `most`. */
export async function listAhead(db: Db, { from, to, after, most }: AheadPage): Promise<Ahead[]> {
  const { rows } = await sql<Ahead>`
    select v.visit_id, v.version, v.patient_id, v.visit_type_id, v.starts_at, s.time_zone, s.name as site_name,
      v.confirmed_at,
      coalesce((select max(x.at) from visit_steps x where x.practice_id = v.practice_id and x.visit_id = v.visit_id
        and x.step = 'moved' and x.undone_at is null), v.created_at) as placed_at,
      array(select r.step from reminder_steps r where r.practice_id = v.practice_id and r.visit_id = v.visit_id
        and r.starts_at = v.starts_at) as done_steps,
      exists (select from reminder_steps r
        join messages m on m.practice_id = r.practice_id and m.message_id = r.message_id
        join messages a on a.practice_id = m.practice_id and a.address = m.address and a.answered_id = m.message_id
          and a.direction = 'in' and a.meaning = 'call-back'
        where r.practice_id = v.practice_id and r.visit_id = v.visit_id and r.starts_at = v.starts_at) as has_answered
    from visits v join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
    where v.state = 'booked' and v.confirmed_at is null and v.starts_at > ${from} and v.starts_at < ${to}
      and (v.starts_at, v.visit_id) > (${after?.startsAt ?? '-infinity'}::timestamptz, ${after?.visitId ?? noId}::uuid)
    order by v.starts_at, v.visit_id limit ${most}`.execute(db);
  return rows;
}

export type Reminded = {
  visitId: string;
  patientId: string;
  step: number;
  version: number;
  /** It takes place, at the time that was reminded of. */
  stands: boolean;
  isOpen: boolean;
  startsAt: string;
  timeZone: string;
  siteName: string;
};

/** The visits that a reminder was about, as they stand now. */
export async function listRemindedOf(db: Db, messageId: string): Promise<Reminded[]> {
  const { rows } = await sql<Reminded>`
    select v.visit_id, v.patient_id, r.step, v.version, v.starts_at, s.time_zone, s.name as site_name,
      v.starts_at = r.starts_at and v.state not in ('cancelled', 'no_show', 'entered_in_error') as stands,
      v.state = 'booked' and v.confirmed_at is null as is_open
    from reminder_steps r
    join visits v on v.practice_id = r.practice_id and v.visit_id = r.visit_id
    join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
    where r.message_id = ${messageId} order by v.starts_at, v.visit_id limit 50`.execute(db);
  return rows;
}

/** Reminders of a visit that are not out yet, also those that it shares with others of the day. */
export async function listWaitingOf(
  db: Db,
  visitId: string,
): Promise<{ messageId: string; aboutId: string }[]> {
  const { rows } = await sql<{ messageId: string; aboutId: string }>`
    select distinct m.message_id, m.about_id from reminder_steps r
    join messages m on m.practice_id = r.practice_id and m.message_id = r.message_id and m.state = 'queued'
    where r.visit_id = ${visitId} and m.about_id is not null
    order by m.message_id limit 50`.execute(db);
  return rows;
}

/** Reminders that wait in the outbox though their visit was confirmed, moved or called off meanwhile. */
export async function listNeedless(db: Db): Promise<{ visitId: string }[]> {
  const { rows } = await sql<{ visitId: string }>`
    select distinct r.visit_id from reminder_steps r
    join messages m on m.practice_id = r.practice_id and m.message_id = r.message_id and m.state = 'queued'
    join visits v on v.practice_id = r.practice_id and v.visit_id = r.visit_id
    where v.state <> 'booked' or v.confirmed_at is not null or v.starts_at <> r.starts_at
    order by r.visit_id limit 500`.execute(db);
  return rows;
}

/** Offers that wait in the outbox though they are answered or over: someone said yes on the telephone, or left the list. */
export async function listNeedlessOffers(db: Db): Promise<{ offerId: string }[]> {
  const { rows } = await sql<{ offerId: string }>`
    select o.offer_id from messages m
    join waitlist_offers o on o.practice_id = m.practice_id and o.offer_id = m.about_id and o.closed_at is not null
    where m.state = 'queued' and m.template = 'offer'
    order by o.offer_id limit 500`.execute(db);
  return rows;
}

const nameOf = sql`coalesce(nullif(p.preferred_name, ''), p.given_name) || ' ' || p.family_name`;

/** Of each visit ahead the last step, where it did not reach anyone: nothing to send it by, or it did not arrive. */
export async function listToCall(db: Db, now: Date): Promise<ToCall[]> {
  const { rows } = await sql<ToCall>`
    select v.visit_id, v.version as visit_version, r.step, v.starts_at, s.time_zone, v.patient_id, ${nameOf} as patient_name,
      coalesce((select e ->> 'number' from jsonb_array_elements(p.phones) e order by (e ->> 'preferred')::boolean desc nulls last
        limit 1), '') as phone,
      d.name as physician_name, t.name as visit_type_name,
      case when r.message_id is null then r.why else m.why end as why, r.tried, r.tried_at, r.version
    from (
      select distinct on (visit_id, starts_at) * from reminder_steps
      where starts_at > ${now} order by visit_id, starts_at, step
    ) r
    join visits v on v.practice_id = r.practice_id and v.visit_id = r.visit_id and v.starts_at = r.starts_at
    join patients p on p.practice_id = v.practice_id and p.patient_id = v.patient_id
    join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
    join resources d on d.practice_id = v.practice_id and d.resource_id = v.physician_id
    join visit_types t on t.practice_id = v.practice_id and t.visit_type_id = v.visit_type_id
    left join messages m on m.practice_id = r.practice_id and m.message_id = r.message_id
    where v.state = 'booked' and v.confirmed_at is null
      and (r.message_id is null or m.state in ('failed', 'undelivered', 'suppressed'))
    order by r.tried <> '', v.starts_at, v.visit_id limit 500`.execute(db);
  return rows;
}

export async function countReminders(db: Db, now: Date): Promise<ReminderCounts> {
  const { rows } = await sql<Omit<ReminderCounts, 'toCall'>>`
    select count(distinct v.visit_id)::int as sent,
      (count(distinct v.visit_id) filter (where v.confirmed_at is not null))::int as confirmed,
      (count(distinct v.visit_id) filter (where v.confirmed_at is null))::int as unanswered
    from reminder_steps r
    join messages m on m.practice_id = r.practice_id and m.message_id = r.message_id and m.state in ('sent', 'delivered', 'sending', 'queued')
    join visits v on v.practice_id = r.practice_id and v.visit_id = r.visit_id and v.starts_at = r.starts_at
    where r.starts_at > ${now} and v.state = 'booked'`.execute(db);
  const toCall = (await listToCall(db, now)).length;
  return { ...(rows[0] ?? { sent: 0, confirmed: 0, unanswered: 0 }), toCall };
}
