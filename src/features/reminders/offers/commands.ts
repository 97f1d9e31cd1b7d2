import type { Tx } from '../../../platform/db/transaction.ts';
import { findByKey, findMessage } from '../../messages/queries.ts';
import { queueNotice, queueReply, withdrawNotices } from '../../messages/queueing/commands.ts';
import type { MessageState } from '../../messages/schema.ts';
import { readSending } from '../../messages/settings/queries.ts';
import { sayDay, sayTime } from '../../messages/templates/rules.ts';
import type { TemplateKey } from '../../messages/templates/schema.ts';
import { makeLink } from '../../self-service/links/commands.ts';
import { passOfferTo } from '../../waitlist/offers/channels/commands.ts';
import { findOffer, findOpening } from '../../waitlist/offers/queries.ts';

const offerKey = (offerId: string) => `offer ${offerId}`;
/** It may be on their screen. */
const leftStates: ReadonlySet<MessageState> = new Set(['sending', 'sent', 'delivered']);

async function readOffer(tx: Tx, offerId: string) {
  const offer = await findOffer(tx.db, offerId);
  const opening = offer && (await findOpening(tx.db, offer.openingId));
  return offer && opening ? { offer, opening } : undefined;
}

/** An opening was offered to someone: by a message where the practice and they allow it, else the desk calls. */
export async function sendOffer(tx: Tx, offerId: string): Promise<void> {
  const { rules } = await readSending(tx.db);
  const found = rules.offersByText ? await readOffer(tx, offerId) : undefined;
  // Someone at the desk was quicker
  if (!found || found.offer.closedAt || found.offer.leftAt) return;
  const { offer, opening } = found;
  const expiresAt = new Date(offer.answerBy);
  const { patientId } = offer;
  const startsMs = Date.parse(opening.startsAt);
  const queued = await queueNotice(tx, {
    ...{ patientId, template: 'offer', aboutKind: 'waitlist-offer', aboutId: offerId, expiresAt },
    uniqueKey: offerKey(offerId),
    fields: async (language) => ({
      place: opening.siteName,
      day: sayDay(startsMs, opening.timeZone, language),
      time: sayTime(startsMs, opening.timeZone, language),
      until: sayTime(expiresAt.getTime(), opening.timeZone, language),
      link: (await makeLink(tx, { purpose: 'offer', subjectId: offerId, patientId, expiresAt })) ?? '',
    }),
  });
  if (queued.kind === 'queued') await passOfferTo(tx, offerId, 'message');
}

/** What was asked by a message is over: what is not out stays in, and who may have read it is told. */
export async function tellOver(tx: Tx, offerId: string, patientId: string): Promise<void> {
  await withdrawNotices(tx, offerId);
  const asked = await findByKey(tx.db, offerKey(offerId));
  if (!asked || !leftStates.has(asked.state)) return;
  await queueNotice(tx, {
    ...{ patientId, template: 'offer-gone', aboutKind: 'waitlist-offer', aboutId: offerId, expiresAt: null },
    ...{ uniqueKey: `offer-gone ${offerId}`, fields: () => ({}) },
  });
}

/** The answer to their Y, N, or to what came of it. */
export async function replyTo(
  tx: Tx,
  answerId: string,
  template: TemplateKey,
  offerId: string,
): Promise<void> {
  const answer = await findMessage(tx.db, answerId);
  const found = await readOffer(tx, offerId);
  if (!answer || !found) return;
  const { startsAt, timeZone, siteName: place } = found.opening;
  const ms = Date.parse(startsAt);
  await queueReply(tx, {
    ...{
      template,
      address: answer.address,
      patientId: answer.patientId,
      uniqueKey: `${template} ${answerId}`,
    },
    fields: (language) => ({
      place,
      day: sayDay(ms, timeZone, language),
      time: sayTime(ms, timeZone, language),
    }),
  });
}
