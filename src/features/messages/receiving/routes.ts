import { createHmac, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { type Db, dbOver } from '../../../platform/db/database.ts';
import { inTransaction, type Tx, theOffice, withLink } from '../../../platform/db/transaction.ts';
import type {
  PublicAnswer,
  PublicEndpoint,
  PublicOffice,
  PublicRequest,
} from '../../../platform/http/public-endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { recordStatus } from '../sending/commands.ts';
import { tokenOf } from '../settings/commands.ts';
import { readKept } from '../settings/queries.ts';
import { receiveText } from './commands.ts';
import { signedText } from './rules.ts';
import { IncomingStatus, IncomingText } from './schema.ts';

/** What webhooks need of the rest of the house. */
export type HookPlace = {
  /** The practice's words of danger; they belong to a feature further right. */
  listFlags(db: Db): Promise<readonly string[]>;
};

const plain = (status: number, body: string): PublicAnswer => ({
  status,
  mediaType: 'text/plain; charset=utf-8',
  body,
});
const nothing = plain(404, 'There is nothing here.');
const forged = plain(403, 'Not signed.');
const unread = plain(400, 'Not understood.');
/** No answer of ours by this way: what we say goes through the outbox. */
const taken: PublicAnswer = {
  mediaType: 'text/xml; charset=utf-8',
  body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
};

type Door = { practiceId: string; kind: string };

async function findDoor({ store }: PublicOffice, hook: string): Promise<Door | undefined> {
  if (!Id.safeParse(hook).success) return undefined;
  return withLink(store.source, async (link) => {
    const { rows } = await sql<Door>`
      select practice_id, kind from frontdesk.find_message_hook(${hook}::uuid)`.execute(
      dbOver(link, store.count),
    );
    return rows[0];
  });
}

export function isSigned(request: Pick<PublicRequest, 'url' | 'form' | 'headers'>, token: string): boolean {
  const given = request.headers['x-twilio-signature'];
  if (typeof given !== 'string') return false;
  const made = createHmac('sha1', token).update(signedText(request.url, request.form)).digest();
  const read = Buffer.from(given, 'base64');
  return read.length === made.length && timingSafeEqual(read, made);
}

type Work = (tx: Tx, fields: Record<string, string>) => Promise<PublicAnswer>;

/** Whose it is, whether the provider signed it, then what it says: nothing is believed before. */
async function open(office: PublicOffice, request: PublicRequest, work: Work): Promise<PublicAnswer> {
  const door = await findDoor(office, request.params.hook ?? '');
  // A demo practice gets nothing from outside either
  if (!door || door.kind === 'demo') return nothing;
  const opening = { practiceId: door.practiceId, actor: theOffice, requestId: request.requestId };
  const kept = await inTransaction(office.store, { ...opening, readOnly: true }, (tx) => readKept(tx.db));
  const token = tokenOf(kept, office.store.auditKey, door.practiceId);
  if (token === null || !isSigned(request, token)) {
    office.log.warn({ requestId: request.requestId }, 'a callback without a right signature was refused');
    return forged;
  }
  return inTransaction(office.store, opening, (tx) => work(tx, Object.fromEntries(request.form)));
}

/** What the public listener mounts for the provider of texts. */
export const messageHooks = ({ listFlags }: HookPlace): readonly PublicEndpoint[] => [
  {
    method: 'POST',
    path: '/hooks/messages/:hook/text',
    bodyLimit: 64 * 1024,
    perMinute: 600,
    handle: (office, request) =>
      open(office, request, async (tx, fields) => {
        const text = IncomingText.safeParse(fields);
        if (!text.success) return unread;
        await receiveText(tx, text.data, await listFlags(tx.db));
        return taken;
      }),
  },
  {
    method: 'POST',
    path: '/hooks/messages/:hook/status',
    bodyLimit: 16 * 1024,
    perMinute: 1200,
    handle: (office, request) =>
      open(office, request, async (tx, fields) => {
        const told = IncomingStatus.safeParse(fields);
        const messageId = Id.safeParse(request.query.get('message'));
        if (!told.success || !messageId.success) return unread;
        await recordStatus(tx, { ...told.data, messageId: messageId.data });
        return taken;
      }),
  },
];
