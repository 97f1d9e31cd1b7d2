import { Refusal } from '../../../platform/refusal.ts';
import { acceptOffer, declineOffer } from '../../waitlist/offers/commands.ts';
import { findOffer, findOpening } from '../../waitlist/offers/queries.ts';
import type { Offer, WaitlistOpening } from '../../waitlist/offers/schema.ts';
import { findEntry } from '../../waitlist/queries.ts';
import { button, form, type Html, html } from '../html/rules.ts';
import { closeLink, makeLink } from '../links/commands.ts';
import type { Reply, Turn, Turns } from '../turns/routes.ts';
import { visitCard } from '../visits/pages/rules.ts';
import { readVisitFacts } from '../visits/queries.ts';
import { pageVisitOf } from '../visits/rules.ts';
import { dayWords, timeWords, type Words } from '../words/rules.ts';

type Asked = { offer: Offer; opening: WaitlistOpening };

async function askedOf({ tx, proved }: Turn): Promise<Asked> {
  const offer = await findOffer(tx.db, proved.link.subjectId);
  const opening = offer && (await findOpening(tx.db, offer.openingId));
  if (!offer || !opening || offer.patientId !== proved.link.patientId)
    throw new Refusal('not-found', 'This offer is not there.');
  return { offer, opening };
}

function openingCard(words: Words, { opening }: Asked): Html {
  const { startsAt, timeZone } = opening;
  return html`<div class="card"><p class="when">${dayWords(startsAt, timeZone, words.language)}<br>${timeWords(startsAt, timeZone, words.language)}</p>
<p>${words.with} ${opening.physicianName}<br>${opening.siteName}</p></div>`;
}

const gone = (words: Words): Reply => ({
  title: words.offerLostTitle,
  body: html`<p>${words.offerLostText}</p>`,
});

async function look(turn: Turn): Promise<Reply> {
  const { tx, words, known, failed } = turn;
  const asked = await askedOf(turn);
  if (failed) return { title: words.offerStuckTitle, body: html`<p>${words.offerStuckText}</p>` };
  const { offer, opening } = asked;
  if (offer.closedAt || opening.closedAt || Date.parse(offer.answerBy) <= tx.now.getTime())
    return gone(words);
  const entry = await findEntry(tx.db, offer.entryId, tx.now);
  const was = entry?.visitStartsAt;
  const zone = opening.timeZone;
  const say = (at: string) => `${dayWords(at, zone, words.language)}, ${timeWords(at, zone, words.language)}`;
  const answers = form(
    '/my',
    known.fields,
    button({ label: words.offerYes, name: 'do', value: 'yes' }),
    button({ label: words.offerNo, name: 'do', value: 'no', look: 'plain' }),
  );
  return {
    title: words.offerTitle,
    body: html`${openingCard(words, asked)}${was && html`<p>${words.offerMoves(say(was))}</p>`}<p>${words.offerText}</p><p class="dim">${words.offerUntil(say(offer.answerBy))}</p>${answers}`,
  };
}

/** The first valid yes wins, as at the desk; whoever wins reads what they have now, and how to change it. */
async function yes(turn: Turn): Promise<Reply> {
  const { tx, proved, words } = turn;
  const asked = await askedOf(turn);
  const { result, visit } = await acceptOffer(tx, asked.offer.offerId);
  await closeLink(tx, proved.link.linkId, 'used');
  if (result !== 'won' || !visit) return { ...gone(words), again: null };
  return {
    title: words.offerWonTitle,
    body: await haveNow(turn, visit.visitId),
    again: null,
  };
}

/** The visit as it now is, with a link of its own to change it. */
export async function haveNow({ tx, proved, words }: Turn, visitId: string): Promise<Html> {
  const { patientId } = proved.link;
  const facts = await readVisitFacts(tx.db, visitId, patientId);
  if (!facts) return html``;
  const visit = pageVisitOf(facts, words.language, tx.now.getTime());
  const expiresAt = new Date(facts.visit.startsAt);
  const link = await makeLink(tx, { purpose: 'visit', subjectId: visitId, patientId, expiresAt });
  return html`${visitCard(words, visit)}${link && html`<p>${words.manage} <a href="${link}">${words.manageLink}</a></p>`}`;
}

async function no(turn: Turn): Promise<Reply> {
  const { tx, proved, words } = turn;
  const { offer } = await askedOf(turn);
  if (!offer.closedAt) await declineOffer(tx, offer.offerId, 'no');
  await closeLink(tx, proved.link.linkId, 'used');
  return { title: words.offerNoTitle, body: html`<p>${words.offerNoText}</p>`, again: null };
}

export const offerTurns: Turns = { look: { run: look }, yes: { run: yes }, no: { run: no } };
