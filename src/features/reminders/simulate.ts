import { sql } from 'kysely';
import type { Tx } from '../../platform/db/transaction.ts';
import { type Random, seeded } from '../../platform/random.ts';
import { usualFlags } from '../messages/danger/rules.ts';
import { receiveText } from '../messages/receiving/commands.ts';
import { playSending } from '../messages/simulate.ts';
import { deriveReminders, hearConfirm } from './commands.ts';

const minuteMs = 60_000;

/**
 * The reminders that are due by now went out some hours ago; many answered C, some R, and a few numbers are dead.
 * @param untilMs the moment up to which the practice is played
 */
export async function playReminders(tx: Tx, seed: string, { untilMs }: { untilMs: number }): Promise<void> {
  const random = seeded(seed, 'reminders');
  const started = tx.now;
  tx.now = new Date(untilMs - 3 * 60 * minuteMs);
  await deriveReminders(tx);
  await playSending(tx, ({ to }) => Number(to.slice(-2)) % 41 === 7);
  const { rows } = await sql<{ messageId: string; address: string }>`
    select message_id, address from messages where about_kind = 'visit' and state = 'delivered' and channel = 'text'
    order by address, message_id limit 300`.execute(tx.db);
  for (const { messageId, address } of rows) await playAnswer(tx, random, { messageId, address, untilMs });
  tx.now = new Date(untilMs);
  await playSending(tx);
  tx.now = started;
}

type Asked = { messageId: string; address: string; untilMs: number };

async function playAnswer(tx: Tx, random: Random, { messageId, address, untilMs }: Asked): Promise<void> {
  const body = random.chance(0.55) ? 'C' : random.chance(0.06) ? 'R' : '';
  if (body === '') return;
  tx.now = new Date(untilMs - random.between(5, 170) * minuteMs);
  const providerId = `demo-${messageId}`;
  const answer = await receiveText(tx, { providerId, from: address, body, pictures: 0 }, usualFlags);
  if (answer.meaning === 'confirm') await hearConfirm(tx, messageId, answer.messageId);
}
