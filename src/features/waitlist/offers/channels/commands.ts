import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { mayContact } from '../../../patients/consents/rules.ts';
import { waitlistEvents } from '../../events.ts';
import type { Reach } from '../queries.ts';
import type { Offer, WaitlistOpening } from '../schema.ts';

/**
 * A way to ask someone and to hear from them. The waitlist decides whom, when and who wins; a channel only carries
 * the question, and tells what came of it. What it sends leaves in the transaction of the wave, by an outbox of its
 * own; an answer that it takes in comes back through `answerOffer`.
 */
export type OfferChannel = {
  key: string;
  /** Whether it reaches this person and they did not refuse it. */
  reaches(person: Reach): boolean;
  ask(tx: Tx, offer: Offer, opening: WaitlistOpening): Promise<void>;
  /** @returns whether they know now; else someone at the desk owes it to them */
  tell(tx: Tx, offer: Offer, opening: WaitlistOpening, what: 'lost' | 'late' | 'gone'): Promise<boolean>;
};

/** The desk's call list: an offer that is out is a duty on Today by itself, with the number to dial. */
export const deskChannel: OfferChannel = {
  key: 'desk',
  reaches: ({ phone, answers }) => phone !== '' && mayContact(answers, 'call', 'appointments') !== 'no',
  ask: async () => undefined,
  // Who was not spoken to expects nothing; who has a message is called back, which is a duty too
  tell: async (_tx, offer) => offer.leftAt === null,
};

/**
 * A message that a feature further right sent: it chooses this way itself once an offer is out (waitlist/events.ts),
 * and hears when the offer is over. Nobody at the desk has to call meanwhile.
 */
const messageChannel: OfferChannel = {
  key: 'message',
  reaches: () => false,
  ask: async () => undefined,
  tell: async (tx, offer, _opening, what) => {
    const { offerId, openingId, entryId, patientId } = offer;
    const told = { offerId, openingId, entryId, patientId, what: what === 'late' ? 'gone' : what };
    const payload = waitlistEvents['waitlist.offer-over.v1'].parse(told);
    tx.emit({ kind: 'waitlist.offer-over.v1', subjectId: openingId, payload });
    return true;
  },
};

/** Those there are, the first that reaches someone is used. */
export const channels: readonly OfferChannel[] = [deskChannel, messageChannel];

/** From now on a message carries this offer, or the desk does again. @returns false where it is over or unknown */
export async function passOfferTo(tx: Tx, offerId: string, channel: 'desk' | 'message'): Promise<boolean> {
  const { rows } = await sql<{ openingId: string; entryId: string }>`
    update waitlist_offers set channel = ${channel}, version = version + 1
    where offer_id = ${offerId} and closed_at is null and channel <> ${channel}
    returning opening_id, entry_id`.execute(tx.db);
  const [offer] = rows;
  if (!offer) return false;
  const subjectIds = [offerId, offer.entryId, offer.openingId];
  tx.audit({
    action: 'waitlist.offer-passed',
    subjectKind: 'waitlist-offer',
    subjectIds,
    after: { channel },
  });
  tx.touch('waitlist', ...subjectIds);
  return true;
}

export function channelFor(person: Reach): OfferChannel | undefined {
  return channels.find((one) => one.reaches(person));
}

export function channelNamed(key: string): OfferChannel {
  return channels.find((one) => one.key === key) ?? deskChannel;
}
