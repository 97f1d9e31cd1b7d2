import type { FastifyInstance } from 'fastify';
import { Refusal } from '../refusal.ts';
import type { Session } from '../session/session.ts';
import { requirePermission, requireSession } from './admit.ts';
import { announcePresence } from './api.ts';
import type { PresenceHub } from './presence.ts';
import type { ServerParts } from './server.ts';

/**
 * A desk says what it has open and hears who else has. It speaks with memory alone, and does not keep an idle desk
 * awake: nobody touched it. The gate is asked as for the record itself: to who may not open that, nobody is there.
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
    const isThere =
      !leaving && (await mayOpen(parts, session, { kind, id, permission, requestId: request.id }));
    hub.announce(practiceId, own, isThere ? { accountId, staffId, name, kind, id, editing, sinceMs } : null);
    const others = isThere ? hub.othersAt(practiceId, { accountId, kind, id }) : [];
    return announcePresence.answer.parse({ id, others });
  });
}

type Opened = { kind: string; id: string; permission: string; requestId: string };

/** As a refresh asks, which nobody waits for: who is asked why is asked by the record. */
async function mayOpen({ store, gate }: ServerParts, session: Session, opened: Opened): Promise<boolean> {
  if (!gate) return true;
  const { kind, id, permission, requestId } = opened;
  const route = { endpoint: announcePresence, permission, handle: async () => ({}) };
  const input = { params: {}, query: {}, body: { [`${kind}Id`]: id } };
  try {
    await gate.admit({ store, session, route, input, live: true, purpose: '', requestId });
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
