import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import { releaseForOffice } from '../../schedule/holds/commands.ts';
import { bookVisit, moveVisit } from '../../schedule/visits/commands.ts';
import { findVisit } from '../../schedule/visits/queries.ts';
import type { Visit } from '../../schedule/visits/schema.ts';
import { findEntry } from '../queries.ts';
import type { Entry } from '../schema.ts';
import { closeOpening } from './closing/commands.ts';
import { findOffer, type KeptOpening, lockOpening } from './queries.ts';
import { kindWords, openingLabel } from './rules.ts';
import type { Offer } from './schema.ts';
import { enqueueWave } from './waves/commands.ts';

export type YesResult = { result: 'won' | 'lost' | 'late'; said: string; visit: Visit | null };

/** The opening first, then the offer as it is under that lock: answers of one opening come one after the other. */
async function openOffer(tx: Tx, offerId: string): Promise<{ offer: Offer; opening: KeptOpening }> {
  const first = await findOffer(tx.db, offerId);
  const opening = first && (await lockOpening(tx.db, first.openingId));
  const offer = opening && (await findOffer(tx.db, offerId));
  if (!offer || !opening) throw notFound('offer');
  return { offer, opening };
}

function note(tx: Tx, action: string, offer: Offer, after: object = {}): void {
  const subjectIds = [offer.offerId, offer.entryId, offer.patientId, offer.openingId];
  tx.audit({ action, subjectKind: 'waitlist-offer', subjectIds, after });
  tx.touch('waitlist', ...subjectIds);
}

/**
 * They want it. The first yes that is in time books the visit, or moves the one they have, in this transaction; every
 * other is answered kindly and keeps its place. What is in the way of the visit itself refuses, as it would at the
 * desk, and leaves the offer as it is.
 */
export async function acceptOffer(tx: Tx, offerId: string): Promise<YesResult> {
  const { offer, opening } = await openOffer(tx, offerId);
  if (offer.outcome === 'won') return repeated(tx, opening);
  const isLate = offer.outcome === 'timed-out' || Date.parse(offer.answerBy) <= tx.now.getTime();
  if (opening.outcome === 'filled') return tooLate(tx, offer, 'lost');
  if (opening.closedAt) return tooLate(tx, offer, 'gone');
  if (isLate) return tooLate(tx, offer, 'late');
  if (offer.outcome) throw new Refusal('conflict', 'They answered already. Take that answer back first.');
  const entry = await openEntry(tx, offer.entryId);
  if (opening.holdId) await releaseForOffice(tx, opening.holdId);
  const visit = await giveVisit(tx, opening, entry);
  await sql`
    update waitlist_offers set answer = 'yes', answered_at = ${tx.now}, answered_by = ${tx.actor.staffId},
      outcome = 'won', closed_at = ${tx.now}, told_at = ${tx.now}, version = version + 1
    where offer_id = ${offerId}`.execute(tx.db);
  await sql`
    update waitlist_entries set filled_at = ${tx.now}, filled_visit_id = ${visit.visitId}, version = version + 1
    where entry_id = ${entry.entryId}`.execute(tx.db);
  const won = { entryId: entry.entryId, visitId: visit.visitId, offerId };
  await closeOpening(tx, { ...opening, holdId: null }, 'filled', won);
  note(tx, 'waitlist.offer-won', offer, { visitId: visit.visitId });
  return { result: 'won', visit, said: `${entry.visitId ? 'Moved' : 'Booked'}: ${openingLabel(opening)}.` };
}

async function repeated(tx: Tx, opening: KeptOpening): Promise<YesResult> {
  const visit = opening.filledVisitId ? await findVisit(tx.db, opening.filledVisitId) : undefined;
  return { result: 'won', visit: visit ?? null, said: `They have it: ${openingLabel(opening)}.` };
}

/** Kept beside the offer, so that it can be told later who wanted it too. */
async function tooLate(tx: Tx, offer: Offer, why: keyof typeof kindWords): Promise<YesResult> {
  await sql`
    update waitlist_offers set answer = 'yes', answered_at = ${tx.now}, answered_by = ${tx.actor.staffId},
      told_at = ${tx.now}, outcome = coalesce(outcome, ${why === 'late' ? 'timed-out' : why}),
      closed_at = coalesce(closed_at, ${tx.now}), version = version + 1
    where offer_id = ${offer.offerId}`.execute(tx.db);
  note(tx, 'waitlist.offer-too-late', offer, { why });
  if (why === 'late') await enqueueWave(tx, offer.openingId, tx.now, `late ${offer.offerId}`);
  return { result: why === 'late' ? 'late' : 'lost', said: kindWords[why], visit: null };
}

async function openEntry(tx: Tx, entryId: string): Promise<Entry> {
  await sql`select 1 from waitlist_entries where entry_id = ${entryId} for update`.execute(tx.db);
  const entry = await findEntry(tx.db, entryId, tx.now);
  if (!entry) throw notFound('waitlist entry');
  if (entry.state !== 'offered' && entry.state !== 'waiting')
    throw new Refusal('conflict', 'They are not on the waitlist any more, so nothing was booked.');
  return entry;
}

async function giveVisit(tx: Tx, opening: KeptOpening, entry: Entry): Promise<Visit> {
  const at = {
    siteId: opening.siteId,
    physicianId: opening.physicianId,
    startsAt: new Date(opening.startsAt).toISOString(),
  };
  const held = entry.visitId && entry.visitStartsAt ? await findVisit(tx.db, entry.visitId) : undefined;
  const needed = held ? 'visits.move' : 'visits.book';
  if (!tx.actor.may(needed))
    throw new Refusal(
      'not-permitted',
      'Your roles do not let you book the visit. Ask a colleague to note the yes.',
    );
  if (held) return moveVisit(tx, held.visitId, { ...at, version: held.version });
  const visit = { ...at, patientId: entry.patientId, visitTypeId: entry.visitTypeId };
  return bookVisit(tx, { ...visit, resourceIds: [], reason: '', note: '' });
}

async function requireOpen(tx: Tx, offerId: string): Promise<Offer> {
  const { offer } = await openOffer(tx, offerId);
  if (offer.closedAt)
    throw new Refusal('conflict', 'This offer is over. They keep their place on the waitlist.');
  return offer;
}

async function readBack(tx: Tx, offerId: string): Promise<Offer> {
  const offer = await findOffer(tx.db, offerId);
  if (!offer) throw notFound('offer');
  return offer;
}

/** They do not want this one, or nobody picked up: the next are asked once nobody is left to answer. */
export async function declineOffer(tx: Tx, offerId: string, answer: 'no' | 'not-reached'): Promise<Offer> {
  const offer = await requireOpen(tx, offerId);
  await sql`
    update waitlist_offers set answer = ${answer}, answered_at = ${tx.now}, answered_by = ${tx.actor.staffId},
      outcome = ${answer}, closed_at = ${tx.now}, told_at = ${tx.now}, version = version + 1
    where offer_id = ${offerId}`.execute(tx.db);
  note(tx, `waitlist.offer-${answer}`, offer);
  await enqueueWave(tx, offer.openingId, tx.now, `answered ${offerId} ${offer.version}`);
  return readBack(tx, offerId);
}

/** A message was left: the offer waits for its time, and who is too late is called back. */
export async function leaveMessage(tx: Tx, offerId: string): Promise<Offer> {
  const offer = await requireOpen(tx, offerId);
  await sql`
    update waitlist_offers set left_at = ${tx.now}, version = version + 1 where offer_id = ${offerId}`.execute(
    tx.db,
  );
  note(tx, 'waitlist.message-left', offer);
  return readBack(tx, offerId);
}

/** Take back a no, or that nobody picked up, while the opening is still theirs to have. */
export async function undoAnswer(tx: Tx, offerId: string): Promise<Offer> {
  const { offer, opening } = await openOffer(tx, offerId);
  if (offer.answer !== 'no' && offer.answer !== 'not-reached')
    throw new Refusal(
      'conflict',
      'Only a no can be taken back. A visit that was booked is cancelled instead.',
    );
  if (opening.closedAt || opening.wave !== offer.wave || Date.parse(offer.answerBy) <= tx.now.getTime())
    throw new Refusal(
      'conflict',
      'The next on the list were asked meanwhile. They keep their place on the waitlist.',
    );
  await sql`
    update waitlist_offers set answer = null, answered_at = null, answered_by = null, outcome = null,
      closed_at = null, told_at = null, version = version + 1
    where offer_id = ${offerId}`.execute(tx.db);
  note(tx, 'waitlist.answer-undone', offer);
  return readBack(tx, offerId);
}

/** Whoever had a message knows now that it is gone. */
export async function tellLoser(tx: Tx, offerId: string): Promise<Offer> {
  const { offer } = await openOffer(tx, offerId);
  if (!offer.outcome) throw new Refusal('conflict', 'This offer is still theirs. Note their answer instead.');
  if (offer.toldAt) return offer;
  await sql`
    update waitlist_offers set told_at = ${tx.now}, told_by = ${tx.actor.staffId}, version = version + 1
    where offer_id = ${offerId}`.execute(tx.db);
  note(tx, 'waitlist.told', offer);
  return readBack(tx, offerId);
}
