import { sql } from 'kysely';
import { localDate } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { enqueueJob } from '../../../platform/jobs/outbox.ts';
import type { FindAsked, OutsideMessage, SendResult } from '../../../platform/outside/message.ts';
import { messageEvents } from '../events.ts';
import { recordOpt } from '../opts/commands.ts';
import { listOpts } from '../opts/queries.ts';
import { readPerson } from '../people/queries.ts';
import { recipientOf, zonesOf } from '../people/rules.ts';
import { wroteLately } from '../queries.ts';
import type { MessageState } from '../schema.ts';
import { readSending, type Sending } from '../settings/queries.ts';
import { addStep, sendJob, wakeSending } from '../steps/commands.ts';
import { type Due, listKnownIds, listSentAt, lockDue, lockDueOne } from './queries.ts';
import { answerDays, type Decision, decide, mostTries, waitSeconds } from './rules.ts';

/** So many leave at a time, and so long after it was claimed a message counts as lost on the way. */
export const atOnce = 20;
export const lostAfterMs = 150_000;
/** As far back as the provider is asked for, and more. */
const knownMs = 3 * 86_400_000;

/** A message that is about to leave. `unclear`: an earlier try may have been taken; the provider is asked first. */
export type Claimed = {
  messageId: string;
  claimedAt: string;
  message: OutsideMessage;
  unclear: boolean;
  asked: FindAsked & { knownIds: Set<string> };
};

/**
 * Take what is due, in a transaction that is over before anything leaves: whoever dies then leaves a message that is
 * known to be on its way, and nobody sends it blindly again. One at a time in a practice, since limits are counted.
 */
export async function claimDue(tx: Tx): Promise<Claimed[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${sendJob} ${tx.practiceId}`}, 0))`.execute(
    tx.db,
  );
  const lostBefore = new Date(tx.now.getTime() - lostAfterMs);
  const due = await lockDue(tx.db, { now: tx.now, lostBefore, limit: atOnce });
  if (due.length === 0) return [];
  const sending = await readSending(tx.db);
  const claimed: Claimed[] = [];
  for (const one of due) {
    if (one.state === 'sending') claimed.push(await claim(tx, one));
    else {
      const decision = await decideOne(tx, one, sending);
      if (decision.kind === 'go') claimed.push(await claim(tx, one));
      else await putOff(tx, one, decision);
    }
  }
  // There may be more. A key of its own: the job that runs now may have this second's.
  const last = due.length === atOnce && due.at(-1);
  if (last)
    await enqueueJob(tx, { kind: sendJob, uniqueKey: `${sendJob} after ${last.messageId} ${last.tries}` });
  return claimed;
}

const confirming = new Set(['opted-out', 'opted-in', 'emergency', 'help']);

async function decideOne(tx: Tx, one: Due, sending: Sending): Promise<Decision> {
  const person = one.patientId ? await readPerson(tx.db, one.patientId) : undefined;
  const today = localDate(tx.now.getTime(), sending.timeZone);
  const { channel, purpose, isAnswer, address } = one;
  const recipient = person && recipientOf(person, { channel, purpose, today });
  // A number that is theirs no more is not written to; an answer goes to where it came from
  const isTheirs = !person || isAnswer || recipient?.address === address;
  return decide({
    ...{ channel, purpose, isAnswer, isConfirming: confirming.has(one.template) },
    mayAnswer: one.byStaffId !== null && (await wroteWithin(tx, one)),
    hasProvider: sending.has(channel),
    person: person ? person.state : 'nobody',
    address: isTheirs ? address : '',
    opts: await listOpts(tx.db, channel, address),
    may: recipient?.may ?? 'ask',
    zones: person ? zonesOf(person, sending.timeZone) : [sending.timeZone],
    sentAtMs: await listSentAt(tx.db, address, tx.now),
    expiresAtMs: one.expiresAt === null ? null : Date.parse(one.expiresAt),
    nowMs: tx.now.getTime(),
    rules: sending.rules,
  });
}

/** By a desk the same was asked when it was typed; an answer that waits for the morning is one still. */
function wroteWithin(tx: Tx, { address, patientId, at }: Due): Promise<boolean> {
  const days = patientId ? answerDays.patient : answerDays.nobody;
  return wroteLately(tx.db, address, new Date(Date.parse(at) - days * 86_400_000));
}

async function claim(tx: Tx, one: Due): Promise<Claimed> {
  const unclear = one.state === 'sending';
  const since = one.claimedAt ? new Date(one.claimedAt) : tx.now;
  await sql`
    update messages set state = 'sending', claimed_at = ${tx.now}, is_unclear = ${unclear}, tries = tries + 1,
      version = version + 1
    where message_id = ${one.messageId}`.execute(tx.db);
  if (!unclear) await addStep(tx, one.messageId, 'sending');
  const knownIds = new Set(
    unclear ? await listKnownIds(tx.db, one.address, new Date(since.getTime() - knownMs)) : [],
  );
  const { channel, address: to, subject, body, messageId } = one;
  return {
    ...{ messageId, unclear, claimedAt: tx.now.toISOString() },
    message: { channel, to, subject, body, idempotencyKey: messageId },
    asked: { sinceMs: since.getTime(), knownIds },
  };
}

async function putOff(tx: Tx, one: Due, decision: Exclude<Decision, { kind: 'go' }>): Promise<void> {
  if (decision.kind === 'later') {
    const at = new Date(decision.atMs);
    await sql`update messages set not_before = ${at} where message_id = ${one.messageId}`.execute(tx.db);
    await wakeSending(tx, at);
    return;
  }
  // What someone typed and what did not go out is theirs to know
  await moveTo(tx, one, { state: 'suppressed', why: decision.why, waits: one.byStaffId !== null });
}

type Move = { state: MessageState; why?: string; providerId?: string; waits?: boolean };

async function moveTo(
  tx: Tx,
  one: Due,
  { state, why = '', providerId = '', waits = false }: Move,
): Promise<void> {
  await sql`
    update messages set state = ${state}, why = ${why.slice(0, 300)}, waits = ${waits}, is_unclear = false,
      provider_id = case when ${providerId} = '' then provider_id else ${providerId} end, version = version + 1
    where message_id = ${one.messageId}`.execute(tx.db);
  await addStep(tx, one.messageId, state, why.slice(0, 300));
  const subjectIds = [one.messageId, ...(one.patientId ? [one.patientId] : [])];
  tx.audit({
    action: `message.${state}`,
    subjectKind: 'message',
    subjectIds,
    ...(why ? { after: { why } } : {}),
  });
  tx.touch('messages', ...subjectIds);
  if (one.aboutKind === '' || (state !== 'failed' && state !== 'undelivered' && state !== 'suppressed'))
    return;
  const { messageId, patientId, aboutKind, aboutId } = one;
  const payload = messageEvents['message.ended.v1'].parse({
    messageId,
    patientId,
    aboutKind,
    aboutId,
    state,
    why,
  });
  tx.emit({ kind: 'message.ended.v1', subjectId: messageId, payload });
}

/** `absent`: an earlier try never reached the provider. */
export type Outcome = Pick<Claimed, 'messageId' | 'claimedAt'> & { result: SendResult | { kind: 'absent' } };

/** What became of a try. Someone else may have told meanwhile (the provider itself): that stands. */
export async function recordOutcome(tx: Tx, { messageId, claimedAt, result }: Outcome): Promise<void> {
  const one = await lockDueOne(tx.db, messageId);
  if (one?.state !== 'sending' || one.claimedAt === null) return;
  if (Date.parse(one.claimedAt) !== Date.parse(claimedAt)) return;
  switch (result.kind) {
    case 'sent':
      return moveTo(tx, one, { state: result.status, providerId: result.providerId });
    case 'refused':
      if (result.optedOut) await noteOptOut(tx, one);
      return moveTo(tx, one, { state: 'failed', why: result.why, waits: one.template !== 'opted-out' });
    case 'unknown':
      return one.channel === 'text' && one.tries < mostTries
        ? leaveUnclear(tx, one, result.why)
        : giveUp(tx, one, unclearWords);
    case 'absent':
      return one.tries >= mostTries ? giveUp(tx, one, neverWords) : putBack(tx, one, neverWords, tx.now);
    case 'again':
      return one.tries >= mostTries ? giveUp(tx, one, result.why) : tryLater(tx, one, result);
  }
}

/** One that may have arrived is not sent again by a machine: nobody gets the same twice. */
const unclearWords = 'nobody knows whether it arrived: the connection was lost. Ask, or send it again';

const neverWords = 'the provider never had it';

async function noteOptOut(tx: Tx, { channel, address, messageId }: Due): Promise<void> {
  await recordOpt(tx, { channel, address, purpose: 'all', state: 'out', how: 'carrier', messageId });
}

const giveUp = (tx: Tx, one: Due, why: string) => moveTo(tx, one, { state: 'failed', why, waits: true });

/** It stays on its way until the provider has said whether it has it. */
async function leaveUnclear(tx: Tx, { messageId }: Due, why: string): Promise<void> {
  await sql`
    update messages set is_unclear = true, why = ${why}, version = version + 1
    where message_id = ${messageId}`.execute(tx.db);
  tx.touch('messages', messageId);
}

async function tryLater(
  tx: Tx,
  one: Due,
  { why, afterSeconds }: { why: string; afterSeconds?: number },
): Promise<void> {
  await putBack(tx, one, why, new Date(tx.now.getTime() + waitSeconds(one.tries, afterSeconds) * 1000));
}

/** Into the outbox again: what is due there is decided anew. */
async function putBack(tx: Tx, one: Due, why: string, at: Date): Promise<void> {
  await sql`update messages set not_before = ${at} where message_id = ${one.messageId}`.execute(tx.db);
  await moveTo(tx, one, { state: 'queued', why });
  await wakeSending(tx, at);
}

export type Told = { messageId: string; providerId: string; status: string; code: string };

const ranks: Partial<Record<MessageState, number>> = {
  queued: 0,
  sending: 0,
  sent: 1,
  delivered: 2,
  undelivered: 2,
  failed: 2,
};

/** What the provider tells of a message, in whatever order: it never goes back from what is final. */
export async function recordStatus(tx: Tx, { messageId, providerId, status, code }: Told): Promise<void> {
  const one = await lockDueOne(tx.db, messageId);
  if (!one || (one.providerId !== '' && one.providerId !== providerId)) return;
  const state = stateOf(status);
  // Known already, older than what is known, or of a message that never left
  if (!state || one.claimedAt === null || (ranks[state] ?? 0) <= (ranks[one.state] ?? 3)) return;
  if (code === '21610') await noteOptOut(tx, one);
  const arrived = state === 'sent' || state === 'delivered';
  const why = arrived ? '' : `the carrier did not take it${code ? ` (${code})` : ''}`;
  await moveTo(tx, one, { state, providerId, why, waits: !arrived && one.template !== 'opted-out' });
}

function stateOf(status: string): 'sent' | 'delivered' | 'undelivered' | 'failed' | undefined {
  if (status === 'sent') return 'sent';
  if (status === 'delivered' || status === 'read') return 'delivered';
  return status === 'undelivered' || status === 'failed' ? status : undefined;
}
