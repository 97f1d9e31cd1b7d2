import { expect, it } from 'vitest';
import { longestWholeMs } from '../../../platform/outside/mail/smtp.ts';
import type { Sender } from '../../../platform/outside/message.ts';
import type { MessageChannel } from '../schema.ts';
import { type Claimed, lostAfterMs } from './commands.ts';
import { beginWithinMs, deliverAll } from './jobs.ts';

const claimed = (messageId: string, channel: MessageChannel, unclear = false): Claimed => ({
  ...{ messageId, claimedAt: '2026-03-04T15:00:00.000Z', unclear },
  message: { channel, to: 'x', body: 'x', idempotencyKey: messageId },
  asked: { sinceMs: 0, knownIds: new Set() },
});

/** A mail server, or a provider, that takes so long for each. */
function slow(ms: number): Sender & { taken: string[] } {
  const taken: string[] = [];
  return {
    taken,
    send: async ({ idempotencyKey }) => {
      taken.push(idempotencyKey);
      await new Promise((done) => setTimeout(done, ms));
      return { kind: 'sent', providerId: idempotencyKey, status: 'sent' };
    },
    find: async () => ({ kind: 'absent' }),
    close: () => undefined,
  };
}

it('nothing leaves so late after it was claimed that it would count as lost, and go a second time', async () => {
  const [text, email] = [slow(0), slow(100)];
  const mails = ['1', '2', '3', '4', '5'].map((id) => claimed(id, 'email', id === '5'));
  const senders = { text, email, close: () => undefined };
  const outcomes = await deliverAll([...mails, claimed('6', 'text')], senders, 50);
  expect(email.taken).toEqual(['1', '2', '3']);
  // Slow mail holds up no text
  expect(text.taken).toEqual(['6']);
  const kinds = outcomes.map(({ messageId, result }) => [messageId, result.kind]).sort();
  expect(kinds).toEqual([
    ...[
      ['1', 'sent'],
      ['2', 'sent'],
      ['3', 'sent'],
      ['4', 'again'],
    ],
    ...[
      ['5', 'unknown'],
      ['6', 'sent'],
    ],
  ]);
  expect(beginWithinMs + longestWholeMs).toBeLessThan(lostAfterMs);
});
