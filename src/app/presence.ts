import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { dbOver, type LinkSource } from '../platform/db/database.ts';
import { channel, tellPresence } from '../platform/db/heard.ts';
import { withLink } from '../platform/db/transaction.ts';
import type { LiveHub } from '../platform/http/live.ts';
import { PresenceHub, type PresenceNotice } from '../platform/http/presence.ts';
import { addPresence } from '../platform/http/presence-route.ts';
import type { ServerParts } from '../platform/http/server.ts';
import { subjects } from './person-lists.ts';

/** Who has what open: told to the desks as a touch, to other processes on the channel of touches. */
export function openPresence(
  app: FastifyInstance,
  parts: ServerParts,
  source: LinkSource,
  hub: LiveHub,
): PresenceHub {
  const tellDesks = (practiceId: string, id: string) =>
    hub.publish([{ practiceId, topic: 'presence', keys: [id] }]);
  const tellOthers = (notice: PresenceNotice) => {
    const count = { statements: 0 };
    withLink(source, async (link) => {
      await sql`select pg_notify(${channel}, ${tellPresence(notice)})`.execute(dbOver(link, count));
    }).catch(() => undefined);
  };
  const presence = new PresenceHub(source.listen ? { tellDesks, tellOthers } : { tellDesks });
  addPresence(app, parts, presence, new Map(subjects.map((one) => [one.kind, one.permission])));
  return presence;
}
