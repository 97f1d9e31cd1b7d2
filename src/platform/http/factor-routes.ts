import type { FastifyInstance, FastifyRequest } from 'fastify';
import { inTransaction, type Tx } from '../db/transaction.ts';
import { Refusal } from '../refusal.ts';
import { checkPassword } from '../session/accounts.ts';
import { countCodeTry } from '../session/attempts.ts';
import * as api from '../session/factors/api.ts';
import * as authenticator from '../session/factors/authenticator.ts';
import * as own from '../session/factors/own.ts';
import * as passkeys from '../session/factors/passkeys.ts';
import { countRecoveryCodes, makeRecoveryCodes } from '../session/factors/recovery.ts';
import { kindOfCode } from '../session/factors/rules.ts';
import type { Session } from '../session/session.ts';
import type { ServerParts } from './server.ts';
import { opening, ownSession } from './session-start.ts';
import { webPlace } from './web-place.ts';

/** How a person signs in is their own: outside the permission table, and open to who has to set it up first. */
export function factorRoutes(app: FastifyInstance, parts: ServerParts): void {
  app.get(api.getOwnFactors.path, async (request) => {
    const session = await ownSession(parts, request);
    return inTransaction(parts.store, { ...opening(session, request), readOnly: true }, (tx) =>
      describe(tx, session),
    );
  });
  app.post(api.seeReset.path, async (request) => {
    const session = await ownSession(parts, request);
    await inTransaction(parts.store, opening(session, request), (tx) => own.seeReset(tx, session.accountId));
    return {};
  });
  app.post(api.renewRecoveryCodes.path, (request) =>
    withPassword(parts, request, async (tx, { accountId }) => {
      const { authenticator: has, passkeys: count } = await own.lockFactors(tx, accountId);
      if (!has && count === 0)
        throw new Refusal('conflict', 'Recovery codes come with an authenticator app or a passkey. Add one.');
      const recoveryCodes = await makeRecoveryCodes(tx, parts.store.auditKey, accountId);
      await own.noteChange(tx, accountId, 'recovery-codes-renewed');
      return { recoveryCodes };
    }),
  );
  authenticatorRoutes(app, parts);
  passkeyRoutes(app, parts);
}

async function describe(tx: Tx, session: Session): Promise<api.OwnFactors> {
  const { accountId, roles } = session;
  const { requiredFrom } = await own.readFactors(tx, accountId, roles);
  return {
    authenticatorSince: await authenticator.findConfirmedAt(tx, accountId),
    recoveryCodesLeft: await countRecoveryCodes(tx, accountId),
    passkeys: await passkeys.listPasskeys(tx, accountId),
    requiredFrom,
  };
}

/** A write that asks for the person's password again: an open desk alone must not change how they sign in. */
async function withPassword<T>(
  parts: ServerParts,
  request: FastifyRequest,
  work: (tx: Tx, session: Session) => Promise<T>,
): Promise<T> {
  const session = await ownSession(parts, request);
  const { password } = api.removeAuthenticator.body.parse(request.body ?? {});
  await checkPassword(parts.store, session.email, password, request.ip);
  return inTransaction(parts.store, opening(session, request), (tx) => work(tx, session));
}

function authenticatorRoutes(app: FastifyInstance, parts: ServerParts): void {
  const { store } = parts;
  app.post(api.beginAuthenticator.path, (request) =>
    withPassword(parts, request, (tx, session) =>
      authenticator.beginAuthenticator(tx, store.auditKey, session),
    ),
  );
  app.post(api.confirmAuthenticator.path, async (request) => {
    const session = await ownSession(parts, request);
    const { code } = api.confirmAuthenticator.body.parse(request.body ?? {});
    const { accountId } = session;
    const settle = await countCodeTry(store, accountId);
    const answer = await inTransaction(store, opening(session, request), async (tx) => {
      await own.lockFactors(tx, accountId);
      const typed = kindOfCode(code);
      const right = await authenticator.confirmAuthenticator(tx, store.auditKey, accountId, typed.code);
      if (!right) {
        const message =
          'This code is not right. Type the one that shows now; if that fails too, check the clock of the phone.';
        throw new Refusal('bad-input', message, { fields: { code: message } });
      }
      const recoveryCodes = await own.firstRecoveryCodes(tx, store.auditKey, accountId);
      await own.noteChange(tx, accountId, 'authenticator-added');
      return { recoveryCodes };
    });
    await settle();
    return answer;
  });
  app.post(api.removeAuthenticator.path, (request) =>
    withPassword(parts, request, async (tx, { accountId }) => {
      await own.beforeRemoval(tx, accountId, 'authenticator');
      if (!(await authenticator.removeAuthenticator(tx, accountId)))
        throw new Refusal('conflict', 'There is no authenticator app to remove.');
      await own.noteChange(tx, accountId, 'authenticator-removed');
      return {};
    }),
  );
}

function passkeyRoutes(app: FastifyInstance, parts: ServerParts): void {
  const { store } = parts;
  app.post(api.beginPasskey.path, (request) => {
    const place = webPlace(request, parts.origin);
    return withPassword(parts, request, async (tx, session) => ({
      options: await passkeys.registrationOptions(tx, store.auditKey, place, session),
    }));
  });
  app.post(api.addPasskey.path, async (request) => {
    const session = await ownSession(parts, request);
    const place = webPlace(request, parts.origin);
    const { name, response } = api.addPasskey.body.parse(request.body ?? {});
    const { accountId } = session;
    const credential = await passkeys.checkRegistration(store, { accountId, place, response });
    return inTransaction(store, opening(session, request), async (tx) => {
      await own.lockFactors(tx, accountId);
      const passkeyId = await passkeys.addPasskey(tx, { accountId, name, rpId: place.rpId, credential });
      const recoveryCodes = await own.firstRecoveryCodes(tx, store.auditKey, accountId);
      await own.noteChange(tx, accountId, 'passkey-added', { passkeyId, name });
      return { passkeyId, recoveryCodes };
    });
  });
  app.post(api.renamePasskey.path, async (request) => {
    const session = await ownSession(parts, request);
    const { id } = api.renamePasskey.params.parse(request.params);
    const { name } = api.renamePasskey.body.parse(request.body ?? {});
    await inTransaction(store, opening(session, request), (tx) =>
      passkeys.renamePasskey(tx, session.accountId, id, name),
    );
    return {};
  });
  app.post(api.removePasskey.path, (request) => {
    const { id } = api.removePasskey.params.parse(request.params);
    return withPassword(parts, request, async (tx, { accountId }) => {
      await own.beforeRemoval(tx, accountId, 'passkey');
      await passkeys.removePasskey(tx, accountId, id);
      await own.noteChange(tx, accountId, 'passkey-removed', { passkeyId: id });
      return {};
    });
  });
}
