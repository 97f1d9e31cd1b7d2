import type { Actor, Tx } from '../../platform/db/transaction.ts';
import { demoSender, type SendResult } from '../../platform/outside/message.ts';
import { type Random, seeded } from '../../platform/random.ts';
import { Refusal } from '../../platform/refusal.ts';
import { sendMessage } from './commands.ts';
import { usualFlags } from './danger/rules.ts';
import { listOwners, readPerson } from './people/queries.ts';
import { recipientOf } from './people/rules.ts';
import { receiveText } from './receiving/commands.ts';
import { type Message, NewMessage } from './schema.ts';
import { claimDue, recordOutcome } from './sending/commands.ts';

const minuteMs = 60_000;

/**
 * What is due goes out at this moment of the play, to nobody: the demo's sender opens no connection.
 * @param fails of this message the carrier says that it did not arrive
 */
export async function playSending(
  tx: Tx,
  fails: (message: { to: string }) => boolean = () => false,
): Promise<void> {
  for (let round = 0; round < 50; round++) {
    const claimed = await claimDue(tx);
    if (claimed.length === 0) return;
    for (const { messageId, claimedAt, message } of claimed) {
      const refused: SendResult = { kind: 'refused', why: 'the carrier did not take it (30003)' };
      const result = fails(message) ? refused : await demoSender.send(message);
      await recordOutcome(tx, { messageId, claimedAt, result });
    }
  }
}

type Talk = { says: string; answer?: string; more?: string; minutesAgo: number };

/** What people write to a practice, and what it answers; the last ones wait for the office. */
const talks: readonly Talk[] = [
  { says: 'Running 10 min late, sorry', answer: 'Thank you for telling us. See you soon.', minutesAgo: 260 },
  {
    says: 'Is there parking behind the building?',
    answer: 'Yes, behind the building, free for two hours.',
    more: 'Great thanks',
    minutesAgo: 225,
  },
  { says: 'Can I bring my husband to the visit?', answer: 'Of course.', minutesAgo: 190 },
  {
    says: 'Do I need to fast before the blood test?',
    answer: 'Please call us, so that the nurse can tell you.',
    minutesAgo: 150,
  },
  { says: '¿A qué hora abren mañana?', answer: 'Abrimos a las 8 de la mañana.', minutesAgo: 140 },
  { says: 'please cancel my appointment, I have the flu', minutesAgo: 95 },
  { says: 'My insurance card changed. Can I send a photo?', minutesAgo: 48 },
  { says: 'should I stop taking metformin before the test?', minutesAgo: 30 },
  { says: 'Feeling chest pain since this morning, what should I do', minutesAgo: 7 },
];

const strangers = ['Hi, do you take new patients?', 'Who is this?'];

export type MessageDay = {
  untilMs: number;
  patientIds: readonly string[];
  players: Record<'secretary' | 'nurse' | 'physician', Actor>;
};

/** Threads of the day: answered, waiting, one of danger, strangers, someone who wants no more texts. */
export async function playMessages(tx: Tx, seed: string, day: MessageDay): Promise<void> {
  const random = seeded(seed, 'messages');
  const started = { now: tx.now, actor: tx.actor };
  const people = await listWithNumbers(tx, day.patientIds, talks.length + 2);
  for (const [index, talk] of talks.entries()) {
    const person = people[index];
    if (person) await playTalk(tx, random, { talk, person, day });
  }
  const [stopping, cancelling] = people.slice(talks.length);
  for (const [person, body] of [
    [stopping, 'STOP'],
    [cancelling, 'CANCEL'],
  ] as const) {
    tx.now = new Date(day.untilMs - random.between(60, 200) * minuteMs);
    if (person) await comeIn(tx, random, person.address, body);
  }
  for (const [index, body] of strangers.entries()) {
    tx.now = new Date(day.untilMs - (index + 1) * 37 * minuteMs);
    await comeIn(tx, random, `+1518555${String(3100 + index)}`, body);
  }
  tx.now = new Date(day.untilMs);
  tx.actor = started.actor;
  await playSending(tx);
  tx.now = started.now;
}

type Numbered = { patientId: string; address: string };

async function listWithNumbers(tx: Tx, patientIds: readonly string[], most: number): Promise<Numbered[]> {
  const found = new Map<string, Numbered>();
  const today = tx.now.toISOString().slice(0, 10);
  for (const patientId of [...new Set(patientIds)].slice(0, 120)) {
    if (found.size === most) break;
    const person = await readPerson(tx.db, patientId);
    const to =
      person?.state === 'alive' ? recipientOf(person, { channel: 'text', purpose: 'reminder', today }) : null;
    // Whose number it is must be plain, as it mostly is
    const isPlain = to !== null && to.proxyName === '' && (await listOwners(tx.db, to.address)).length === 1;
    if (to?.may === 'yes' && isPlain && !found.has(to.address))
      found.set(to.address, { patientId, address: to.address });
  }
  return [...found.values()];
}

async function comeIn(tx: Tx, random: Random, from: string, body: string): Promise<Message> {
  const providerId = `demo-${from}-${random.below(1_000_000_000)}`;
  return receiveText(tx, { providerId, from, body, pictures: 0 }, usualFlags);
}

type Played = { talk: Talk; person: Numbered; day: MessageDay };

async function playTalk(tx: Tx, random: Random, { talk, person, day }: Played): Promise<void> {
  const atMs = day.untilMs - talk.minutesAgo * minuteMs;
  tx.now = new Date(atMs);
  const { messageId: seenUpTo } = await comeIn(tx, random, person.address, talk.says);
  if (!talk.answer) return;
  tx.now = new Date(atMs + random.between(3, 12) * minuteMs);
  // Only the answer is hers: what comes in, and what answers by itself, is nobody's
  const nobody = tx.actor;
  tx.actor = day.players.secretary;
  const draft = { patientId: person.patientId, body: talk.answer, purpose: 'reminder' as const, seenUpTo };
  await sendMessage(tx, NewMessage.parse(draft)).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
  tx.actor = nobody;
  await playSending(tx);
  if (!talk.more) return;
  tx.now = new Date(atMs + 16 * minuteMs);
  await comeIn(tx, random, person.address, talk.more);
}
