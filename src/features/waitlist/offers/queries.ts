import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { Answer } from '../../patients/consents/schema.ts';
import type { ScheduleVisitType } from '../../schedule/hours/queries.ts';
import { listLive, nameOf, phoneOf, stateColumn, todayOf } from '../queries.ts';
import type { Candidate, Slot } from './choosing/rules.ts';
import type { Offer, WaitlistOpening } from './schema.ts';

const openingColumns = sql`
  w.opening_id, w.version, w.visit_type_id, t.name as visit_type_name, w.site_id, s.name as site_name, s.time_zone,
  w.physician_id, d.name as physician_name, w.starts_at, w.ends_at, w.cause, w.freed_by, w.opened_at,
  coalesce(opener.display_name, '') as opened_by_name, w.hold_id is not null as is_held, w.wave, w.next_at, w.closed_at,
  w.outcome, w.filled_entry_id, w.filled_visit_id`;

const openingTables = sql`
  waitlist_openings w
  join visit_types t on t.practice_id = w.practice_id and t.visit_type_id = w.visit_type_id
  join sites s on s.practice_id = w.practice_id and s.site_id = w.site_id
  join resources d on d.practice_id = w.practice_id and d.resource_id = w.physician_id
  left join staff opener on opener.practice_id = w.practice_id and opener.staff_id = w.opened_by`;

export type KeptOpening = WaitlistOpening & { holdId: string | null };

export async function findOpening(db: Db, openingId: string): Promise<KeptOpening | undefined> {
  const { rows } = await sql<KeptOpening>`
    select ${openingColumns}, w.hold_id from ${openingTables} where w.opening_id = ${openingId}`.execute(db);
  return rows[0];
}

/** Locked until the transaction ends: of all answers and waves of one opening, one after the other. */
export async function lockOpening(db: Db, openingId: string): Promise<KeptOpening | undefined> {
  await sql`select 1 from waitlist_openings where opening_id = ${openingId} for update`.execute(db);
  return findOpening(db, openingId);
}

/** What is being offered now, then what was, the latest first. */
export async function listOpenings(db: Db, limit: number): Promise<WaitlistOpening[]> {
  const { rows } = await sql<WaitlistOpening>`
    select ${openingColumns} from ${openingTables}
    order by w.closed_at is not null, w.opened_at desc, w.opening_id desc limit ${limit}`.execute(db);
  return rows;
}

const offerColumns = sql`
  o.offer_id, o.version, o.opening_id, o.entry_id, e.patient_id, ${nameOf} as patient_name, ${phoneOf} as phone,
  t.name as visit_type_name, e.visit_id, o.wave, o.position, o.channel, o.offered_at, o.answer_by, o.left_at, o.answer,
  o.answered_at, coalesce(who.display_name, '') as answered_by_name, o.outcome, o.closed_at,
  o.told_at`;

const offerTables = sql`
  waitlist_offers o
  join waitlist_entries e on e.practice_id = o.practice_id and e.entry_id = o.entry_id
  join patients p on p.practice_id = e.practice_id and p.patient_id = e.patient_id
  join visit_types t on t.practice_id = e.practice_id and t.visit_type_id = e.visit_type_id
  left join staff who on who.practice_id = o.practice_id and who.staff_id = o.answered_by`;

export async function findOffer(db: Db, offerId: string): Promise<Offer | undefined> {
  const { rows } = await sql<Offer>`
    select ${offerColumns} from ${offerTables} where o.offer_id = ${offerId}`.execute(db);
  return rows[0];
}

export async function listOffersOf(db: Db, openingId: string): Promise<Offer[]> {
  const { rows } = await sql<Offer>`
    select ${offerColumns} from ${offerTables} where o.opening_id = ${openingId}
    order by o.wave, o.position limit 2000`.execute(db);
  return rows;
}

export type OwedOffer = Offer & { opening: WaitlistOpening; openOthers: number };

/** Offers that wait for an answer, and those that someone with a message is to be told about. */
export async function listOwedOffers(db: Db, now: Date): Promise<OwedOffer[]> {
  const today = await todayOf(db, now);
  const { rows } = await sql<Offer & { openOthers: number }>`
    select ${offerColumns}, (select count(*)::int from waitlist_offers x
        where x.practice_id = o.practice_id and x.opening_id = o.opening_id and x.closed_at is null
          and x.offer_id <> o.offer_id) as open_others
    from ${offerTables}
    left join visits held on held.practice_id = e.practice_id and held.visit_id = e.visit_id
    where (o.closed_at is null and o.channel <> 'message' and ${stateColumn(now, today)} = 'offered')
      or (o.closed_at is not null and o.left_at is not null and o.told_at is null and o.outcome in ('lost', 'gone'))
    order by o.closed_at is not null, o.answer_by, o.position, o.offer_id limit 500`.execute(db);
  const ids = [...new Set(rows.map((row) => row.openingId))];
  const { rows: openings } = await sql<WaitlistOpening>`
    select ${openingColumns} from ${openingTables} where w.opening_id = any (${ids}::uuid[]) limit 500`.execute(
    db,
  );
  const byId = new Map(openings.map((one) => [one.openingId, one]));
  return rows.flatMap((row) => {
    const opening = byId.get(row.openingId);
    return opening ? [{ ...row, opening }] : [];
  });
}

/** The moment after `after` at which the next offer runs out. */
export async function nextAnswerBy(db: Db, after: Date): Promise<Date | null> {
  const { rows } = await sql<{ at: string | null }>`
    select min(answer_by) as at from waitlist_offers
    where closed_at is null and answer_by > ${after}`.execute(db);
  return rows[0]?.at ? new Date(rows[0].at) : null;
}

export async function countAnswered(
  db: Db,
  since: Date,
): Promise<{ staffId: string | null; count: number }[]> {
  const { rows } = await sql<{ staffId: string | null; count: number }>`
    select answered_by as staff_id, count(*)::int as count from waitlist_offers
    where answered_at >= ${since} group by answered_by order by answered_by limit 500`.execute(db);
  return rows;
}

type More = {
  entryId: string;
  busyAt: string | null;
  wasAsked: boolean;
  isOffered: boolean;
  heldMinutes: number | null;
  answers: Answer[];
};

export type AboutSlot = {
  openingId: string;
  slot: Slot;
  types: readonly ScheduleVisitType[];
  /** The way to ask someone; null: none reaches them. */
  channelOf: (person: Reach) => string | null;
  now: Date;
};

/** By what someone may be reached. */
export type Reach = { phone: string; answers: readonly Answer[] };
export type Waiting = Candidate & { patientId: string; visitId: string | null; channel: string | null };

/** Everyone who waits, with all that the rule asks of them. */
export async function listCandidates(
  db: Db,
  { openingId, slot, types, channelOf, now }: AboutSlot,
): Promise<Waiting[]> {
  const entries = await listLive(db, now);
  const ids = entries.map((one) => one.entryId);
  const [starts, ends] = [new Date(slot.startsAtMs), new Date(slot.endsAtMs)];
  const { rows } = await sql<More>`
    select e.entry_id,
      (select min(v.starts_at) from visits v where v.practice_id = e.practice_id and v.patient_id = e.patient_id
        and v.visit_id is distinct from e.visit_id and v.state not in ('cancelled', 'no_show', 'entered_in_error')
        and v.starts_at < ${ends} and v.ends_at > ${starts}) as busy_at,
      exists (select from waitlist_offers o where o.practice_id = e.practice_id and o.entry_id = e.entry_id
        and o.opening_id = ${openingId})
        -- who gave it away does not want it back
        or exists (select from waitlist_openings w
          join visits f on f.practice_id = w.practice_id and f.visit_id = w.freed_by
          where w.practice_id = e.practice_id and w.opening_id = ${openingId} and f.patient_id = e.patient_id)
        as was_asked,
      exists (select from waitlist_offers o where o.practice_id = e.practice_id and o.entry_id = e.entry_id
        and o.opening_id <> ${openingId} and o.closed_at is null) as is_offered,
      (select (extract(epoch from v.ends_at - v.starts_at) / 60)::int from visits v
        where v.practice_id = e.practice_id and v.visit_id = e.visit_id and v.state = 'booked') as held_minutes,
      coalesce((select json_agg(json_build_object('channel', c.channel, 'purpose', c.purpose, 'state', c.state)
          order by c.at desc, c.consent_id desc) from (
          select distinct on (c.channel, c.purpose) c.channel, c.purpose, c.state, c.at, c.consent_id
          from contact_consents c where c.practice_id = e.practice_id and c.patient_id = e.patient_id
          order by c.channel, c.purpose, c.at desc, c.consent_id desc) c), '[]') as answers
    from waitlist_entries e where e.entry_id = any (${ids}::uuid[]) limit 2000`.execute(db);
  const more = new Map(rows.map((row) => [row.entryId, row]));
  const typeOf = new Map(types.map((one) => [one.visitTypeId, one]));
  return entries.flatMap((entry) => {
    const own = more.get(entry.entryId);
    if (!own) return [];
    const { answers, heldMinutes, busyAt, wasAsked, isOffered } = own;
    const minutes = minutesWith(typeOf.get(entry.visitTypeId), slot.physicianId, heldMinutes);
    const channel = channelOf({ phone: entry.phone, answers });
    const endsMs = minutes === null ? slot.endsAtMs : slot.startsAtMs + minutes * 60_000;
    return [
      {
        ...entry,
        ...{ minutes, wasAsked, isOffered },
        isBusy: busyAt !== null && Date.parse(busyAt) < endsMs,
        addedAtMs: Date.parse(entry.addedAt),
        heldAtMs: entry.visitStartsAt === null ? null : Date.parse(entry.visitStartsAt),
        visitId: entry.visitStartsAt === null ? null : entry.visitId,
        hasPlace: true,
        ...{ channel, mayContact: channel !== null },
      },
    ];
  });
}

/** How long their visit would be with this physician; null: it is none of theirs. */
function minutesWith(
  type: ScheduleVisitType | undefined,
  physicianId: string,
  heldMinutes: number | null,
): number | null {
  if (!type || (!type.active && heldMinutes === null)) return null;
  if (type.physicianIds.length > 0 && !type.physicianIds.includes(physicianId)) return null;
  return heldMinutes ?? type.minutesByPhysician[physicianId] ?? type.minutes;
}
