import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { releaseForOffice } from '../../../schedule/holds/commands.ts';
import { channelNamed } from '../channels/commands.ts';
import { type KeptOpening, listOffersOf } from '../queries.ts';
import type { OpeningOutcome } from '../schema.ts';

/** Of whom it was, where it was filled. */
type Won = { entryId: string; visitId: string; offerId: string };

/**
 * An opening is over: its time is given back, and whoever was asked and has not answered is told kindly, by the way
 * in which they were asked. The opening is locked by who calls.
 */
export async function closeOpening(
  tx: Tx,
  opening: KeptOpening,
  outcome: OpeningOutcome,
  won?: Won,
): Promise<void> {
  const { openingId } = opening;
  if (opening.holdId) await releaseForOffice(tx, opening.holdId);
  await sql`
    update waitlist_openings set closed_at = ${tx.now}, outcome = ${outcome}, hold_id = null, next_at = null,
      filled_entry_id = ${won?.entryId ?? null}, filled_visit_id = ${won?.visitId ?? null}, version = version + 1
    where opening_id = ${openingId}`.execute(tx.db);
  const what = outcome === 'filled' ? 'lost' : 'gone';
  const { rows } = await sql<{ offerId: string; entryId: string }>`
    update waitlist_offers set outcome = ${what}, closed_at = ${tx.now}, version = version + 1
    where opening_id = ${openingId} and closed_at is null
    returning offer_id, entry_id`.execute(tx.db);
  const ids = new Set(rows.map((row) => row.offerId));
  const subjectIds = [openingId, ...rows.map((row) => row.entryId)];
  tx.audit({
    action: `waitlist.opening-${outcome}`,
    subjectKind: 'waitlist-opening',
    subjectIds,
    after: { outcome, ...(won ? { entryId: won.entryId, visitId: won.visitId } : {}) },
  });
  tx.touch('waitlist', ...subjectIds);
  if (ids.size === 0) return;
  const told: string[] = [];
  for (const offer of await listOffersOf(tx.db, openingId)) {
    if (!ids.has(offer.offerId)) continue;
    if (await channelNamed(offer.channel).tell(tx, offer, opening, what)) told.push(offer.offerId);
  }
  await sql`
    update waitlist_offers set told_at = ${tx.now} where offer_id = any (${told}::uuid[])`.execute(tx.db);
}
