import { z } from 'zod';
import type { JobHandler } from '../../../platform/contributions.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { reopenMessage } from '../../messages/commands.ts';
import { messageEvents } from '../../messages/events.ts';
import { waitlistEvents } from '../../waitlist/events.ts';
import { passOfferTo } from '../../waitlist/offers/channels/commands.ts';
import { acceptOffer, declineOffer } from '../../waitlist/offers/commands.ts';
import { findOffer } from '../../waitlist/offers/queries.ts';
import { replyTo, sendOffer, tellOver } from './commands.ts';

const Outcome = z.object({ outcome: z.enum(['', 'won', 'lost', 'late', 'no', 'refused']) });

export const offerJobs: readonly JobHandler[] = [
  {
    kind: 'reminders.send-offer',
    on: ['waitlist.offered.v1'],
    label: 'Write to people on the waitlist about an opening',
    run: (tx, payload) => sendOffer(tx, waitlistEvents['waitlist.offered.v1'].parse(payload).offerId),
  },
  {
    kind: 'reminders.tell-over',
    on: ['waitlist.offer-over.v1'],
    label: 'Tell people on the waitlist that an opening is gone',
    run: async (tx, payload) => {
      const { offerId, patientId } = waitlistEvents['waitlist.offer-over.v1'].parse(payload);
      await tellOver(tx, offerId, patientId);
    },
  },
  {
    kind: 'reminders.hear-offer-answer',
    on: ['message.answered.v1'],
    label: 'Take answers to offers of the waitlist',
    // In a transaction of its own: where the visit cannot be given, nothing of the try is left.
    ask: async (_look, _now, write, payload) => {
      const { aboutKind, aboutId, meaning } = messageEvents['message.answered.v1'].parse(payload);
      if (aboutKind !== 'waitlist-offer' || !aboutId) return { outcome: '' };
      try {
        if (meaning === 'yes') return { outcome: (await write((tx) => acceptOffer(tx, aboutId))).result };
        if (meaning === 'no')
          return await write((tx) => declineOffer(tx, aboutId, 'no').then(() => ({ outcome: 'no' })));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { outcome: 'refused' };
      }
      return { outcome: '' };
    },
    run: async (tx, payload) => {
      const { messageId, aboutId, meaning } = messageEvents['message.answered.v1'].parse(payload);
      const { outcome } = Outcome.parse(payload);
      if (!aboutId || outcome === '' || outcome === 'no') return;
      if (outcome === 'won') return replyTo(tx, messageId, 'offer-won', aboutId);
      if (outcome === 'refused') {
        if (meaning === 'yes') await passOfferTo(tx, aboutId, 'desk');
        await reopenMessage(tx, messageId, 'they answered an offer, and it could not be noted: tell them');
        return;
      }
      await replyTo(tx, messageId, 'offer-gone', aboutId);
    },
  },
  {
    kind: 'reminders.offer-not-out',
    on: ['message.ended.v1'],
    label: 'Give offers that could not be sent to the desk',
    run: async (tx, payload) => {
      const { aboutKind, aboutId } = messageEvents['message.ended.v1'].parse(payload);
      if (aboutKind !== 'waitlist-offer' || !aboutId) return;
      const offer = await findOffer(tx.db, aboutId);
      if (offer && !offer.closedAt) await passOfferTo(tx, aboutId, 'desk');
    },
  },
];
