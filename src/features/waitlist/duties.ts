import { timeLabel } from '../../platform/calendar/zones.ts';
import type { Duty, DutyContext, DutySource } from '../../platform/contributions.ts';
import { formatNumber } from '../calls/callers/rules.ts';
import { countAnswered, listOwedOffers, nextAnswerBy, type OwedOffer } from './offers/queries.ts';
import { openingLabel } from './offers/rules.ts';

const soonMs = 10 * 60_000;

function write(offer: OwedOffer, label: string, to: string) {
  const path = `/api/waitlist/offers/${offer.offerId}/${to}`;
  return { label, kind: 'call', method: 'POST', path, body: {} } as const;
}

function withUndo(offer: OwedOffer, label: string, to: string) {
  return {
    ...write(offer, label, to),
    undo: { path: `/api/waitlist/offers/${offer.offerId}/take-back`, body: {} },
  };
}

/** Someone to call now: the number to dial, and what is said of the answer by one key. */
function offerDuty(offer: OwedOffer, { now, practiceTimeZone }: DutyContext): Duty {
  const leftMs = Date.parse(offer.answerBy) - now.getTime();
  const until = timeLabel(Date.parse(offer.answerBy), practiceTimeZone);
  const others = offer.openOthers;
  return {
    kind: 'waitlist.offer',
    subjectId: offer.offerId,
    patientId: offer.patientId,
    dueAt: offer.answerBy,
    severity: leftMs <= 0 ? 'wrong' : leftMs <= soonMs ? 'wait' : 'calm',
    title: `Offer ${openingLabel(offer.opening)}: ${offer.patientName}`,
    detail: [
      formatNumber(offer.phone),
      offer.visitId ? `${offer.visitTypeName}, earlier than booked` : offer.visitTypeName,
      `no. ${offer.position} on the list`,
      others > 0 ? `${others} ${others === 1 ? 'other is' : 'others are'} asked too` : '',
      offer.leftAt ? `message left ${timeLabel(Date.parse(offer.leftAt), practiceTimeZone)}` : '',
      `answer by ${until}`,
    ]
      .filter(Boolean)
      .join(' · '),
    tag: 'offer',
    action: write(offer, offer.visitId ? 'Yes – move it' : 'Yes – book it', 'yes'),
    others: [
      withUndo(offer, 'No', 'no'),
      withUndo(offer, 'Not reached', 'not-reached'),
      ...(offer.leftAt ? [] : [write(offer, 'Left a message', 'left-message')]),
      { label: 'See how it was chosen', kind: 'open', href: `/waitlist?opening=${offer.openingId}` },
    ],
  };
}

/** Someone who was left a message and may still hope. */
function tellDuty(offer: OwedOffer): Duty {
  return {
    kind: 'waitlist.tell',
    subjectId: offer.offerId,
    patientId: offer.patientId,
    dueAt: offer.answerBy,
    severity: 'calm',
    title: `Tell ${offer.patientName} that the opening is gone`,
    detail: [
      formatNumber(offer.phone),
      openingLabel(offer.opening),
      'has a message of ours',
      'keeps the place on the waitlist',
    ]
      .filter(Boolean)
      .join(' · '),
    tag: 'call back',
    action: write(offer, 'Told', 'told'),
    others: [{ label: 'See how it was chosen', kind: 'open', href: `/waitlist?opening=${offer.openingId}` }],
  };
}

/** The call list of the offers that are out, and of whoever is to hear that it is gone. */
export const waitlistDuties: readonly DutySource[] = [
  {
    kinds: ['waitlist.offer', 'waitlist.tell'],
    permission: 'waitlist.keep',
    ownerRole: 'secretary',
    topics: ['waitlist', 'patients', 'practice', 'visits'],
    list: async (db, context) => {
      const offers = await listOwedOffers(db, context.now);
      return offers.map((one) => (one.closedAt ? tellDuty(one) : offerDuty(one, context)));
    },
    nextChangeAt: async (db, { now }) => {
      const late = await nextAnswerBy(db, now);
      const soon = await nextAnswerBy(db, new Date(now.getTime() + soonMs));
      const moments = [late?.getTime(), soon && soon.getTime() - soonMs].filter(
        (ms) => typeof ms === 'number',
      );
      return moments.length > 0 ? new Date(Math.min(...moments)) : null;
    },
    countDone: countAnswered,
  },
];
