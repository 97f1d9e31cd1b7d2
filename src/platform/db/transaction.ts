import { createHmac, hkdfSync, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { AuditEntry, AuditWho } from '../audit/record.ts';
import { appendAudit } from '../audit/record.ts';
import type { Clock } from '../clock/clock.ts';
import type { OutboxEvent } from '../contributions.ts';
import { writeEvents } from '../jobs/outbox.ts';
import { type Db, dbOver, type Link, type LinkSource, type StatementCount } from './database.ts';
import { channel, tellOthers } from './heard.ts';
import { memoryOf } from './memory.ts';

/** Who acts: a signed-in person, a patient by a link, or the office itself (jobs, the command line). */
export type Actor = {
  accountId: string | null;
  staffId: string | null;
  /** A patient who proved themself on a public page: what is recorded says so. */
  patientId?: string;
  /** Of a person at a desk or a program; none of the office itself. */
  sessionId?: string;
  /** Everything this person may do. The office itself may do all. */
  may(permission: string): boolean;
};

export const theOffice: Actor = { accountId: null, staffId: null, may: () => true };

/** One transaction of one practice. Commands take it; only routes, jobs and the command line open it. */
export type Tx = {
  db: Db;
  practiceId: string;
  actor: Actor;
  now: Date;
  requestId: string;
  /** Where patients reach this office, e.g. https://visits.example.org; null where it has no public address. */
  publicUrl: string | null;
  /** 32 bytes over a text, by a key of this purpose that is not in the database. */
  sign(purpose: string, text: string): Buffer;
  /** A write whose answer nobody reads: it leaves with what follows, and its failure fails the transaction. */
  send(write: Promise<unknown>): void;
  /** Written at the end of the transaction, in order, into the practice's chain. */
  audit(entry: AuditEntry): void;
  /** Tell the features to the right, in this transaction; handled after it commits. */
  emit(event: OutboxEvent): void;
  /** Facts of this topic changed: desks that show them refresh after the commit. `keys` narrow it (a date, an id). */
  touch(topic: string, ...keys: string[]): void;
};

export type AuditedRead = { who: AuditWho; at: Date; entry: AuditEntry };

export type Touch = { practiceId: string; topic: string; keys: string[] };

/** Everything the office needs to open transactions. */
export type Store = {
  source: LinkSource;
  clock: Clock;
  auditKey: Buffer;
  /** Set once the public listener is open (app/open-public.ts). */
  publicUrl?: string | undefined;
  count: StatementCount;
  /** Where reads are audited: many at a time, in one transaction, before any of them is answered. */
  readAudit(practiceId: string, entries: AuditedRead[]): Promise<void>;
  /** Called after a commit with what it touched. */
  onTouched(touches: Touch[]): void;
};

export type Opening = {
  practiceId: string;
  actor: Actor;
  requestId?: string;
  now?: Date;
  /** A reading transaction: it writes nothing itself; its audit goes through `store.readAudit`. */
  readOnly?: boolean;
  /** The last statement of the work itself, given its result (the answer beside its key): leaves with the audit. */
  last?(tx: Tx, result: unknown): Promise<void>;
  /** Which of its reads are new to this session (a live refresh shows most of them again). */
  filterReads?(reads: AuditedRead[]): AuditedRead[];
};

/** What the audit's request begins with where a patient acted. */
export const byPatient = 'patient:';

/** An HMAC under a key made for this purpose from the office's own (HKDF). */
export function signText(master: Buffer, purpose: string, text: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `frontdesk sign ${purpose}`, 32));
  return createHmac('sha256', key).update(text).digest();
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Deadlock or serialization failure: the other one finished, so once more is right (PARTS.md, booking). */
const retryable = new Set(['40P01', '40001']);

function sqlState(error: unknown): string {
  return String((error as { code?: unknown })?.code ?? '');
}

/**
 * Run `work` in one transaction as this actor. Its audit and outbox are written last, then it commits, then
 * desks are told. A deadlock is retried once, so `work` must do nothing outside the database.
 */
export async function inTransaction<T>(
  store: Store,
  opening: Opening,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    return await once(store, opening, work);
  } catch (error) {
    if (!retryable.has(sqlState(error))) throw error;
    return once(store, opening, work);
  }
}

async function once<T>(store: Store, opening: Opening, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { result, reads } = await onLink(store, opening, work);
  // After the link is given back: waiting for the batch while holding one could starve the pool.
  if (reads.length > 0) await store.readAudit(opening.practiceId, reads);
  return result;
}

async function onLink<T>(store: Store, opening: Opening, work: (tx: Tx) => Promise<T>) {
  if (!uuid.test(opening.practiceId)) throw new Error('A practice id is a UUID.');
  const link = await store.source.acquire();
  let broken = false;
  try {
    store.count.statements += 1;
    // Not waited for: the first statement leaves with it.
    const begun = unwatched(link.begin(opening.practiceId, isReading(opening)));
    const { tx, finish, sent } = openTx(store, opening, link);
    const result = await work(tx).catch(async (error: unknown) => {
      // What was sent before may be why this failed.
      await Promise.all(sent);
      throw error;
    });
    await begun;
    store.count.statements += 1;
    if (isReading(opening)) {
      // What was read stands; whoever takes the link next is served behind this.
      void unwatched(link.commit(true));
      return { result, reads: finish.reading() };
    }
    const touches = await finish.writing(opening.last?.(tx, result), () => link.commit(false));
    if (touches.length > 0) store.onTouched(touches);
    return { result, reads: [] };
  } catch (error) {
    await link.exec('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    store.source.release(link, broken);
  }
}

const isReading = (opening: Opening) => opening.readOnly === true;

/** Its failure is met elsewhere: by what waits for it, or by the next statement on that link. */
function unwatched<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

type Finish = {
  /** The reads that are to be audited once the link is free. */
  reading(): AuditedRead[];
  /** Outbox and audit, last of all; the commit leaves with them. */
  writing(last: Promise<void> | undefined, commit: () => Promise<unknown>): Promise<Touch[]>;
};

function openTx(store: Store, opening: Opening, link: Link) {
  const records: AuditedRead[] = [];
  const events: OutboxEvent[] = [];
  const touches: Touch[] = [];
  const sent: Promise<unknown>[] = [];
  const { practiceId, actor } = opening;
  const tx: Tx = {
    db: dbOver(link, store.count, {
      memory: memoryOf(store.source),
      practiceId,
      readOnly: isReading(opening),
    }),
    practiceId,
    actor,
    now: opening.now ?? store.clock.now(),
    requestId: opening.requestId ?? randomUUID(),
    publicUrl: store.publicUrl ?? null,
    sign: (purpose, text) => signText(store.auditKey, purpose, text),
    send: (write) => void sent.push(unwatched(write)),
    // Who and when as they are now: the simulator plays several people and moments in one transaction.
    audit: (entry) => {
      const { accountId, staffId, patientId } = tx.actor;
      const requestId = patientId ? `${byPatient}${tx.requestId}` : tx.requestId;
      records.push({ who: { accountId, staffId, requestId }, at: tx.now, entry });
    },
    emit: (event) => void events.push(event),
    touch: (topic, ...keys) => void touches.push({ practiceId, topic, keys }),
  };
  const tellTouches = async () => {
    if (!store.source.listen || touches.length === 0) return;
    await sql`select pg_notify(${channel}, ${tellOthers(practiceId, touches)})`.execute(tx.db);
  };
  const finish: Finish = {
    reading: () => opening.filterReads?.(records) ?? records,
    writing: async (last, commit) => {
      // All of these leave together: where one fails, so does what stands behind it, and the first says why.
      const before = Promise.all([...sent, last, writeEvents(tx, events), tellTouches()]);
      const audited = appendAudit(tx.db, store.auditKey, practiceId, records, commit);
      await Promise.allSettled([before, audited]);
      await before;
      await audited;
      return touches;
    },
  };
  return { tx, finish, sent };
}

/** Run owner's work (migrations, verification, backup) outside any practice, on the source's own role. */
export async function withLink<T>(source: LinkSource, work: (link: Link) => Promise<T>): Promise<T> {
  const link = await source.acquire();
  let broken = false;
  try {
    return await work(link);
  } catch (error) {
    broken = source.kind === 'server';
    throw error;
  } finally {
    source.release(link, broken);
  }
}
