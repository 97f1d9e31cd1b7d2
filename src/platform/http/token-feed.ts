import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AuditEntry } from '../audit/record.ts';
import { type Db, dbOver } from '../db/database.ts';
import { inTransaction, type Store, type Tx, theOffice, withLink } from '../db/transaction.ts';
import { Refusal } from '../refusal.ts';
import { refuseGuesser } from '../session/guesses.ts';
import { hashToken } from '../session/session.ts';
import type { Endpoint } from './endpoint.ts';
import { isOnThisMachine } from './guard.ts';
import { SeenReads } from './seen.ts';
import type { ServerParts } from './server.ts';

/** Something that programs read without a session, at an address that only those know whom it was given to. */
export type TokenFeed = {
  /** Its query has `key`, the secret. */
  endpoint: Endpoint;
  /** What it is in the audit: `feed.read`, `wall.read`. */
  what: 'feed' | 'wall';
  mediaType: string;
  /** As what a browser would keep it; left out: it is shown. */
  fileName?: string;
  /** A script that its page loads, the same for everyone. */
  script?: { path: string; text: string };
  /** It asks every few seconds and names nobody: once an hour is on record. */
  asksOften?: boolean;
  /** Whose secret this is the fingerprint of, before a practice is known. */
  find(db: Db, hash: Buffer): Promise<FeedDoor | undefined>;
  /** undefined: it stopped meanwhile. */
  read(tx: Tx, feedId: string): Promise<FeedContent | undefined>;
  noteRead(tx: Tx, feedId: string): Promise<void>;
};
export type FeedDoor = { practiceId: string; feedId: string; practiceKind: string };
export type FeedContent = {
  text: string;
  /** Visits whose people it names. */
  visitIds: readonly string[];
  count: number;
  readAt: string | null;
};

/** Whatever is wrong with a key, the answer is the same. */
const nothing = () => new Refusal('not-found', 'There is nothing at this address.');
const hourMs = 3_600_000;
const Key = z.object({ key: z.string().max(100) });

/** One route that answers a calendar program or a screen; who tries keys is slowed down as who tries passwords is. */
export function addTokenFeed(app: FastifyInstance, { store }: ServerParts, feed: TokenFeed): void {
  const seen = new SeenReads();
  const { script } = feed;
  if (script)
    app.get(script.path, (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(script.text),
    );
  app.get(feed.endpoint.path, async (request, reply) => {
    const key = Key.safeParse(request.query).data?.key ?? '';
    const door = await findDoor(store, feed, request, key);
    const opening = { practiceId: door.practiceId, actor: theOffice, requestId: request.id };
    const content = await inTransaction(store, { ...opening, readOnly: true }, (tx) =>
      feed.read(tx, door.feedId),
    );
    if (!content) throw nothing();
    const tag = `"${createHash('sha256').update(content.text).digest('base64url')}"`;
    reply.headers({ etag: tag, 'cache-control': 'private, no-cache' });
    const isFirst = !wasReadThisHour(store, content);
    if (isFirst) await inTransaction(store, opening, (tx) => feed.noteRead(tx, door.feedId));
    if (isKnown(request, tag)) return reply.code(304).send();
    const isNoted = isFirst || !feed.asksOften;
    if (isNoted) await auditRead({ store, seen, door, content, what: feed.what, requestId: request.id });
    const { fileName } = feed;
    if (fileName) reply.header('content-disposition', `inline; filename="${fileName}"`);
    return reply.type(feed.mediaType).send(content.text);
  });
}

/** When it was read last is kept to the hour: it shows who has stopped reading. */
function wasReadThisHour(store: Store, { readAt }: FeedContent): boolean {
  return readAt !== null && store.clock.now().getTime() - Date.parse(readAt) < hourMs;
}

function isKnown(request: FastifyRequest, tag: string): boolean {
  const known = request.headers['if-none-match'] ?? '';
  return known.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
}

async function findDoor(
  store: Store,
  feed: TokenFeed,
  request: FastifyRequest,
  key: string,
): Promise<FeedDoor> {
  const guesses = await refuseGuesser(store, 'feed', request.ip);
  const door = await withLink(store.source, (link) => feed.find(dbOver(link, store.count), hashToken(key)));
  // The demo is for this machine alone, its feeds as well as its desks.
  if (door && (door.practiceKind !== 'demo' || isOnThisMachine(request))) return door;
  await guesses.note();
  throw nothing();
}

type Read = {
  store: Store;
  seen: SeenReads;
  door: FeedDoor;
  content: FeedContent;
  what: TokenFeed['what'];
  requestId: string;
};

/**
 * Each time that contents leave is on record; the visits whose people they name once, when a process shows them
 * first, since a program asks every few minutes.
 */
async function auditRead({ store, seen, door, content, what, requestId }: Read): Promise<void> {
  const { practiceId, feedId } = door;
  const at = store.clock.now();
  const who = { accountId: null, staffId: null, requestId };
  const read: AuditEntry = {
    action: `${what}.read`,
    subjectKind: what,
    subjectIds: [feedId],
    after: { visits: content.count, named: content.visitIds.length },
  };
  const named: AuditEntry = {
    action: 'feed.named',
    subjectKind: 'visit',
    subjectIds: [...content.visitIds],
    after: { feedId },
  };
  const fresh = content.visitIds.length > 0 ? seen.filter(feedId, [{ who, at, entry: named }], true) : [];
  await store.readAudit(practiceId, [{ who, at, entry: read }, ...fresh]);
}
