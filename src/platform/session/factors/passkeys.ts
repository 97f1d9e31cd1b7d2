import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { sql } from 'kysely';
import { dbOver } from '../../db/database.ts';
import { type Store, type Tx, withLink } from '../../db/transaction.ts';
import { newId } from '../../id.ts';
import { notFound, Refusal } from '../../refusal.ts';
import { makeChallenge, readChallenge, spendChallenge } from './challenge.ts';

/** Where the desk stands for the browser: passkeys belong to a domain. */
export type WebPlace = { origin: string; rpId: string };

export type OwnPasskey = { passkeyId: string; name: string; madeAt: string; lastUsedAt: string | null };

type KnownPasskey = {
  practiceId: string;
  passkeyId: string;
  accountId: string;
  staffId: string;
  email: string;
  rpId: string;
  publicKey: Buffer;
  counter: string;
};

const signInPurpose = 'sign-in';
const registerPurpose = (accountId: string) => `register ${accountId}`;
const bytesOf = (buffer: Buffer) => Uint8Array.from(buffer);

/** A person's own, or a person's count of them: at most. */
const most = 20;

export async function listPasskeys(tx: Tx, accountId: string): Promise<OwnPasskey[]> {
  const { rows } = await sql<OwnPasskey>`
    select passkey_id, name, made_at, last_used_at from passkeys
    where account_id = ${accountId} order by made_at, passkey_id limit ${most}`.execute(tx.db);
  return rows;
}

/** What the browser needs to make a passkey: one that is found without an e-mail, and asks for finger or PIN. */
export async function registrationOptions(
  tx: Tx,
  officeKey: Buffer,
  place: WebPlace,
  about: { accountId: string; email: string; displayName: string; practiceName: string },
) {
  const { rows } = await sql<{ credentialId: string; transports: string[] }>`
    select credential_id, transports from passkeys where account_id = ${about.accountId}
    order by made_at limit ${most}`.execute(tx.db);
  if (rows.length >= most)
    throw new Refusal('conflict', 'You have twenty passkeys already. Remove one that you no longer use.');
  return generateRegistrationOptions({
    rpName: `Frontdesk, ${about.practiceName}`,
    rpID: place.rpId,
    userID: bytesOf(Buffer.from(about.accountId)),
    userName: about.email,
    userDisplayName: about.displayName,
    challenge: bytesOf(makeChallenge(officeKey, registerPurpose(about.accountId), tx.now)),
    timeout: 120_000,
    excludeCredentials: rows.map((row) => ({ id: row.credentialId, transports: row.transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

type Registration = { accountId: string; place: WebPlace; response: RegistrationResponseJSON };

/** What a browser made is right, and fresh. @throws Refusal otherwise */
export async function checkRegistration(store: Store, { accountId, place, response }: Registration) {
  let until: Date | null = null;
  let challenge = Buffer.alloc(0);
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: (given) => {
      challenge = Buffer.from(given, 'base64url');
      until = readChallenge(store.auditKey, registerPurpose(accountId), challenge, store.clock.now());
      return until !== null;
    },
    expectedOrigin: place.origin,
    expectedRPID: place.rpId,
    requireUserVerification: true,
  }).catch(() => null);
  if (!verified?.verified || !until || !(await spendChallenge(store, challenge, until))) {
    throw new Refusal('bad-input', 'This passkey could not be checked. Begin again.');
  }
  return verified.registrationInfo.credential;
}

type NewPasskey = {
  accountId: string;
  name: string;
  rpId: string;
  credential: Awaited<ReturnType<typeof checkRegistration>>;
};

export async function addPasskey(tx: Tx, input: NewPasskey): Promise<string> {
  const { credential } = input;
  const passkeyId = newId(tx.now.getTime());
  const { numAffectedRows } = await sql`
    insert into passkeys (practice_id, passkey_id, account_id, credential_id, rp_id, public_key, counter,
      transports, name, made_at)
    values (${tx.practiceId}, ${passkeyId}, ${input.accountId}, ${credential.id}, ${input.rpId},
      ${Buffer.from(credential.publicKey)}, ${credential.counter}, ${credential.transports ?? []}::text[],
      ${input.name}, ${tx.now})
    on conflict do nothing`.execute(tx.db);
  if (numAffectedRows === 0n) throw new Refusal('conflict', 'This passkey is registered already.');
  return passkeyId;
}

export async function renamePasskey(
  tx: Tx,
  accountId: string,
  passkeyId: string,
  name: string,
): Promise<void> {
  const { numAffectedRows } = await sql`
    update passkeys set name = ${name}
    where practice_id = ${tx.practiceId} and account_id = ${accountId} and passkey_id = ${passkeyId}`.execute(
    tx.db,
  );
  if (numAffectedRows === 0n) throw notFound('passkey');
  const subjectIds = [accountId];
  tx.audit({ action: 'account.passkey-renamed', subjectKind: 'account', subjectIds, after: { name } });
}

export async function removePasskey(tx: Tx, accountId: string, passkeyId: string): Promise<void> {
  const { numAffectedRows } = await sql`
    delete from passkeys
    where practice_id = ${tx.practiceId} and account_id = ${accountId} and passkey_id = ${passkeyId}`.execute(
    tx.db,
  );
  if (numAffectedRows === 0n) throw notFound('passkey');
}

/** What the browser needs to ask for a passkey: no account is named, so that nothing is told of any. */
export function signInOptions(store: Store, place: WebPlace) {
  return generateAuthenticationOptions({
    rpID: place.rpId,
    challenge: bytesOf(makeChallenge(store.auditKey, signInPurpose, store.clock.now())),
    timeout: 120_000,
    userVerification: 'required',
  });
}

async function findByCredential(store: Store, credentialId: string): Promise<KnownPasskey | undefined> {
  return withLink(store.source, async (link) => {
    const { rows } = await sql<KnownPasskey>`
      select practice_id, passkey_id, account_id, staff_id, email, rp_id, public_key, counter
      from frontdesk.passkey_by_credential(${credentialId})`.execute(dbOver(link, store.count));
    return rows[0];
  });
}

export type ProvedPasskey = KnownPasskey & { newCounter: number };

/**
 * Whose passkey signed our challenge, on this page, with finger or PIN. Undefined for any other, whatever the
 * reason: the outside learns nothing from it.
 */
export async function provePasskey(
  store: Store,
  place: WebPlace,
  response: AuthenticationResponseJSON,
): Promise<ProvedPasskey | undefined> {
  const known = await findByCredential(store, response.id);
  if (!known || known.rpId !== place.rpId) return undefined;
  const { userHandle } = response.response;
  if (userHandle && Buffer.from(userHandle, 'base64url').toString() !== known.accountId) return undefined;
  let until: Date | null = null;
  let challenge = Buffer.alloc(0);
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: (given) => {
      challenge = Buffer.from(given, 'base64url');
      until = readChallenge(store.auditKey, signInPurpose, challenge, store.clock.now());
      return until !== null;
    },
    expectedOrigin: place.origin,
    expectedRPID: known.rpId,
    credential: { id: response.id, publicKey: bytesOf(known.publicKey), counter: Number(known.counter) },
    requireUserVerification: true,
  }).catch(() => null);
  if (!verified?.verified || !until || !(await spendChallenge(store, challenge, until))) return undefined;
  return { ...known, newCounter: verified.authenticationInfo.newCounter };
}

/** Note its use. @returns false when its counter went on meanwhile: a copy was used at the same moment */
export async function noteUse(tx: Tx, { passkeyId, newCounter }: ProvedPasskey): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update passkeys set counter = ${newCounter}, last_used_at = ${tx.now}
    where practice_id = ${tx.practiceId} and passkey_id = ${passkeyId}
      and (counter < ${newCounter} or (counter = 0 and ${newCounter} = 0))`.execute(tx.db);
  return numAffectedRows === 1n;
}
