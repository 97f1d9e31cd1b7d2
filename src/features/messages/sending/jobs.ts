import type { JobHandler } from '../../../platform/contributions.ts';
import type { SendResult } from '../../../platform/outside/message.ts';
import { findPractice } from '../../practice/queries.ts';
import { messageChannels } from '../schema.ts';
import { type MessagePlace, openSenders, type Senders } from '../settings/commands.ts';
import { readKept } from '../settings/queries.ts';
import { sendJob } from '../steps/commands.ts';
import { type Claimed, claimDue, type Outcome, recordOutcome } from './commands.ts';

/** What `openOffice` knows of the machine; the address outside is the transaction's. */
export type SendingPlace = Omit<MessagePlace, 'publicUrl'>;

/** Connections at the same time, to a provider that may be slow. E-mail holds up no text, and no text e-mail. */
const together = { text: 5, email: 3 };
/**
 * What was claimed and not begun within so long goes back to the outbox. Begun later it could still be on its way when
 * it counts as lost (`lostAfterMs`), and someone else would send it too.
 */
export const beginWithinMs = 45_000;

/** Every minute, and whenever someone put a message into the outbox. */
export const sendingJob = { kind: sendJob, label: 'Send texts and e-mail' } as const;

export const sendingJobs = (place: SendingPlace): readonly JobHandler[] => [
  {
    ...sendingJob,
    everyMinutes: 1,
    ask: async (_look, _now, write) => {
      const work = await write(async (tx) => {
        const claimed = await claimDue(tx);
        if (claimed.length === 0) return null;
        const isDemo = (await findPractice(tx.db)).kind === 'demo';
        const { practiceId, publicUrl } = tx;
        return {
          claimed,
          asked: { practiceId, isDemo, kept: await readKept(tx.db), place: { ...place, publicUrl } },
        };
      });
      if (!work) return { outcomes: [] };
      const senders = await openSenders(work.asked);
      try {
        return { outcomes: await deliverAll(work.claimed, senders) };
      } finally {
        senders.close();
      }
    },
    run: async (tx, { outcomes }) => {
      for (const outcome of outcomes as Outcome[]) await recordOutcome(tx, outcome);
    },
  },
];

/** Give each to the sender of its channel, some at a time. @param within so long may pass until the last begins */
export async function deliverAll(
  claimed: readonly Claimed[],
  senders: Senders,
  within = beginWithinMs,
): Promise<Outcome[]> {
  const began = performance.now();
  const outcomes: Outcome[] = [];
  const worker = async (left: Claimed[]) => {
    for (let one = left.shift(); one; one = left.shift()) {
      const { messageId, claimedAt } = one;
      const isInTime = performance.now() - began < within;
      outcomes.push({ messageId, claimedAt, result: isInTime ? await deliver(one, senders) : notBegun(one) });
    }
  };
  const workers = messageChannels.flatMap((channel) => {
    const left = claimed.filter((one) => one.message.channel === channel);
    return Array.from({ length: together[channel] }, () => worker(left));
  });
  await Promise.all(workers);
  return outcomes;
}

/** Of an earlier try nobody knows the end still. */
function notBegun({ unclear }: Claimed): SendResult {
  return { kind: unclear ? 'unknown' : 'again', why: 'others before it took too long' };
}

async function deliver({ message, unclear, asked }: Claimed, senders: Senders): Promise<Outcome['result']> {
  const sender = senders[message.channel];
  if (!sender) return { kind: 'again', why: 'nothing is set up to send it' };
  if (!unclear) return sender.send(message);
  const found = await sender.find(message, asked);
  if (found.kind === 'found') return { kind: 'sent', providerId: found.providerId, status: 'sent' };
  // Hours may have passed: whether it may go is decided anew, by the hour, the limits and what they said since
  return found.kind === 'absent'
    ? { kind: 'absent' }
    : { kind: 'unknown', why: 'the provider could not say whether it has it' };
}
