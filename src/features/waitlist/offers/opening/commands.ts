import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { newId } from '../../../../platform/id.ts';
import { notFound, Refusal } from '../../../../platform/refusal.ts';
import { holdForOffice } from '../../../schedule/holds/commands.ts';
import { listLive } from '../../queries.ts';
import { readSettings } from '../../settings/queries.ts';
import { closeOpening } from '../closing/commands.ts';
import { findOpening, lockOpening } from '../queries.ts';
import { graceMinutes, newsHours } from '../rules.ts';
import type { OfferOpening, WaitlistOpening } from '../schema.ts';
import { enqueueWave, runWave } from '../waves/commands.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export type Freed = {
  cause: 'cancelled' | 'moved' | 'no-show';
  visitId: string;
  /** null: nobody told of it, it is played */
  eventId: string | null;
  visitTypeId: string;
  siteId: string;
  physicianId: string;
  startsAt: string;
  endsAt: string;
  /** when it was given away */
  freedAt: string;
};

/**
 * A visit gave its time away: it is offered to who waits, where the practice wants that, anybody waits, it is early
 * enough, and nobody took the time meanwhile. The same event opens nothing twice.
 */
export async function openFreed(tx: Tx, freed: Freed): Promise<void> {
  const settings = await readSettings(tx.db);
  const startMs = Date.parse(freed.startsAt);
  const nowMs = tx.now.getTime();
  if (!settings.isOn || settings.offTypeIds.includes(freed.visitTypeId)) return;
  if (startMs - nowMs < settings.noticeHours * hourMs) return;
  if (nowMs - Date.parse(freed.freedAt) > newsHours * hourMs) return;
  const waiting = await listLive(tx.db, tx.now, 1);
  if (waiting.length === 0) return;
  const minutes = (Date.parse(freed.endsAt) - startMs) / minuteMs;
  try {
    await open(tx, { ...freed, minutes, freedBy: freed.visitId });
  } catch (error) {
    // Taken again already, or not to be booked as it stood: nothing to offer
    if (!(error instanceof Refusal)) throw error;
  }
}

/** Offer free time by hand; refused as a booking would be. */
export async function offerOpening(tx: Tx, input: OfferOpening): Promise<WaitlistOpening> {
  const settings = await readSettings(tx.db);
  if (Date.parse(input.startsAt) - tx.now.getTime() < settings.noticeHours * hourMs)
    throw new Refusal(
      'conflict',
      `This is less than ${settings.noticeHours} hours away, too near to ask anyone from the waitlist. Book it by phone, or choose a later time.`,
    );
  if ((await listLive(tx.db, tx.now, 1)).length === 0)
    throw new Refusal('conflict', 'Nobody is on the waitlist. Put someone on it first.');
  const { rows } = await sql<{ minutes: number }>`
    select coalesce((minutes_by_physician ->> ${input.physicianId})::int, minutes) as minutes from visit_types
    where visit_type_id = ${input.visitTypeId}`.execute(tx.db);
  const [type] = rows;
  if (!type) throw notFound('visit type');
  const minutes = input.minutes ?? type.minutes;
  return open(tx, { ...input, minutes, cause: 'by-hand', freedBy: null, eventId: null });
}

type Opened = Omit<OfferOpening, 'minutes'> & {
  minutes: number;
  cause: WaitlistOpening['cause'];
  freedBy: string | null;
  eventId: string | null;
};

async function open(tx: Tx, opened: Opened): Promise<WaitlistOpening> {
  const { visitTypeId, siteId, physicianId, startsAt, minutes, freedBy } = opened;
  const openingId = newId();
  // Held first: who finds the time taken opens nothing
  const hold = await holdForOffice(tx, {
    ...{ visitTypeId, siteId, physicianId, startsAt, minutes, freedBy, resourceIds: [] },
    expiresAt: new Date(tx.now.getTime() + graceMinutes * minuteMs),
  });
  const endsAt = new Date(Date.parse(startsAt) + minutes * minuteMs);
  await sql`
    insert into waitlist_openings (practice_id, opening_id, visit_type_id, site_id, physician_id, starts_at, ends_at,
      cause, freed_by, event_id, opened_at, opened_by, hold_id)
    values (${tx.practiceId}, ${openingId}, ${visitTypeId}, ${siteId}, ${physicianId}, ${startsAt}, ${endsAt},
      ${opened.cause}, ${freedBy}, ${opened.eventId}, ${tx.now}, ${tx.actor.staffId}, ${hold.holdId})`.execute(
    tx.db,
  );
  tx.audit({
    action: 'waitlist.opened',
    subjectKind: 'waitlist-opening',
    subjectIds: [openingId],
    after: { ...opened, startsAt },
  });
  tx.touch('waitlist', openingId);
  await runWave(tx, openingId);
  const opening = await findOpening(tx.db, openingId);
  if (!opening) throw new Error('An opening that was just written is there.');
  return opening;
}

/** The office wants it for something else: nobody is asked any more, and who was is told. */
export async function stopOpening(tx: Tx, openingId: string): Promise<WaitlistOpening> {
  const opening = await lockOpening(tx.db, openingId);
  if (!opening) throw notFound('opening');
  if (opening.closedAt) throw new Refusal('conflict', 'This opening is not offered any more.');
  await closeOpening(tx, opening, 'stopped');
  return (await findOpening(tx.db, openingId)) ?? opening;
}

/** The visit that gave the time away has it again: whoever was asked is told that it is gone. */
export async function closeReinstated(tx: Tx, visitId: string, startsAt: string): Promise<void> {
  const { rows } = await sql<{ openingId: string }>`
    select opening_id from waitlist_openings
    where freed_by = ${visitId} and starts_at = ${startsAt} and closed_at is null limit 10`.execute(tx.db);
  for (const { openingId } of rows) {
    const opening = await lockOpening(tx.db, openingId);
    if (opening && !opening.closedAt) await closeOpening(tx, opening, 'taken');
  }
}

/** Whoever was asked is asked no more: they were taken off the list. Those after them are, once nobody is left. */
export async function dropOffers(tx: Tx, entryId: string): Promise<void> {
  const { rows } = await sql<{ openingId: string; offerId: string }>`
    update waitlist_offers set outcome = 'gone', closed_at = ${tx.now}, told_at = ${tx.now}, version = version + 1
    where entry_id = ${entryId} and closed_at is null
    returning opening_id, offer_id`.execute(tx.db);
  for (const { openingId, offerId } of rows) await enqueueWave(tx, openingId, tx.now, `without ${offerId}`);
}
