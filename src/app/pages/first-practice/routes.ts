import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { fillPractice } from '../../../features/practice/commands.ts';
import { beginStart } from '../../../features/schedule/start/commands.ts';
import type { JobHandler } from '../../../platform/contributions.ts';
import { inTransaction, type Tx, theOffice } from '../../../platform/db/transaction.ts';
import { isOnThisMachine } from '../../../platform/http/guard.ts';
import type { ServerParts } from '../../../platform/http/server.ts';
import { refuseForeignPage, startSession } from '../../../platform/http/session-start.ts';
import { newId } from '../../../platform/id.ts';
import { scheduleRecurring } from '../../../platform/jobs/runner.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { countPasskeyTry } from '../../../platform/session/attempts.ts';
import { plainRecoveryCode, recoveryCodeOf } from '../../../platform/session/factors/rules.ts';
import { keyedHash } from '../../../platform/session/factors/secrets.ts';
import { makeFirstPractice } from './api.ts';

/**
 * What lets another machine make the practice: the terminal shows it while there is none. Made from the office's key,
 * so that every process of an office shows the same one.
 */
export function setUpCode(officeKey: Buffer): string {
  return recoveryCodeOf(keyedHash(officeKey, 'set-up code', 'first practice'));
}

/** The practice of an office that has none, in the browser. Public by nature: shut as soon as there is one. */
export function firstPracticeRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  handlers: readonly JobHandler[],
): void {
  app.post(makeFirstPractice.path, async (request, reply) => {
    const { code, specialty, ...wanted } = makeFirstPractice.body.parse(request.body ?? {});
    refuseForeignPage(request);
    await refuseStranger(parts, request, code);
    const { name, timeZone, ...manager } = wanted;
    const practiceId = newId();
    const opening = { practiceId, actor: theOffice, requestId: request.id };
    const made = await inTransaction(parts.store, opening, async (tx) => {
      await claim(tx);
      const filled = await fillPractice(tx, { name, timeZone, kind: 'real', manager });
      await beginStart(tx, specialty);
      return filled;
    });
    await scheduleRecurring(parts.store, practiceId, handlers);
    const person = { practiceId, accountId: made.managerAccountId, staffId: made.managerStaffId };
    return startSession(parts, { request, reply, kind: 'browser' }, person, async () => 'first practice');
  });
}

async function refuseStranger(parts: ServerParts, request: FastifyRequest, code: string): Promise<void> {
  if (isOnThisMachine(request)) return;
  const failed = await countPasskeyTry(parts.store, request.ip);
  const wanted = Buffer.from(plainRecoveryCode(setUpCode(parts.store.auditKey)));
  const given = Buffer.from(plainRecoveryCode(code));
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return;
  await failed();
  const message = 'This is not the code that the office’s terminal shows. Look there again.';
  throw new Refusal('not-permitted', message, { fields: { code: message } });
}

async function claim(tx: Tx): Promise<void> {
  const { rows } = await sql<{ free: boolean }>`
    select frontdesk.claim_first_practice(${tx.now}) as free`.execute(tx.db);
  if (rows[0]?.free) return;
  throw new Refusal('conflict', 'This office has its practice already. Sign in, or ask its manager.');
}
