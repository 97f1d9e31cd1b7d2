import type { FastifyInstance } from 'fastify';
import { Refusal } from '../refusal.ts';
import { requirePermission, requireSession } from './admit.ts';
import { announcePresence } from './api.ts';
import type { PresenceHub } from './presence.ts';
import type { ServerParts } from './server.ts';

/**
 * A desk says what it has open and hears who else has. It speaks with memory alone, and does not keep an idle desk
 * awake: nobody touched it.
 * @param permissions who may see a kind of record, and so may know who else has it open
 */
export function addPresence(
  app: FastifyInstance,
  parts: ServerParts,
  hub: PresenceHub,
  permissions: ReadonlyMap<string, string>,
): void {
  app.post(announcePresence.path, async (request) => {
    const session = await requireSession(parts, request);
    const { tab, kind, id, editing, leaving } = announcePresence.body.parse(request.body ?? {});
    const permission = permissions.get(kind);
    if (!permission) throw new Refusal('bad-input', 'Nobody can have a thing of this kind open.');
    requirePermission(session, permission, parts.catalog);
    const { practiceId, accountId, staffId, displayName: name } = session;
    const own = `${session.sessionId} ${tab}`;
    const sinceMs = Date.now();
    hub.announce(practiceId, own, leaving ? null : { accountId, staffId, name, kind, id, editing, sinceMs });
    const others = leaving ? [] : hub.othersAt(practiceId, { accountId, kind, id });
    return announcePresence.answer.parse({ id, others });
  });
}
