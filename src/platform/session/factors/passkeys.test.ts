import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  deskAt,
  openTestOffice,
  storages,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { SoftPasskey } from '../../../../test/passkey.ts';
import { listSites } from '../../../features/practice/api.ts';
import { addStaff } from '../../../features/practice/commands.ts';
import { askRole } from '../../../features/practice/second-step/api.ts';
import { getSession, lockDesk, signIn } from '../../http/api.ts';
import { createAccount } from '../accounts.ts';
import * as api from './api.ts';

const password = 'four quiet words here';
const start = '2026-03-04T15:00:00.000Z';

type Answer = Record<string, unknown> & { message: string };

describe('a passkey', () => {
  let office: TestOffice;
  let practice: TestPractice;
  /** As a browser knows it: passkeys belong to a name, and 127.0.0.1 is a number. */
  let origin: string;
  beforeAll(async () => {
    office = await openTestOffice({ storage: storages.at(-1), at: start });
    practice = await office.practice();
    origin = office.url.replace('127.0.0.1', 'localhost');
  });
  afterAll(() => office.close());
  beforeEach(() => office.clock.advance(16 * 60_000));

  async function person(role = 'nurse'): Promise<string> {
    const email = `bea-${randomUUID()}@test.example`;
    await practice.tx(async (tx) => {
      const name = { givenName: 'Bea', familyName: 'Ruiz', displayName: 'Bea Ruiz' };
      const staffId = await addStaff(tx, { ...name, kind: 'front_desk' });
      await createAccount(tx, { staffId, displayName: name.displayName, email, roles: [role], password });
    });
    return email;
  }
  async function send(path: string, body: unknown = {}, token?: string, at = origin) {
    const answer = await fetch(at + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Answer };
  }
  const open = async (email: string) =>
    String((await send(signIn.path, { email, password })).body.token ?? 'none');
  type Creation = { options: Parameters<SoftPasskey['register']>[0] };
  type Request = { options: Parameters<SoftPasskey['assert']>[0] };
  async function begin(token: string): Promise<Creation['options']> {
    const { status, body } = await send(api.beginPasskey.path, { password }, token);
    expect(status).toBe(200);
    return (body as unknown as Creation).options;
  }
  async function withPasskey(role?: string) {
    const email = await person(role);
    const token = await open(email);
    const key = new SoftPasskey();
    const made = await send(
      api.addPasskey.path,
      { name: 'Desk 1', response: key.register(await begin(token), origin) },
      token,
    );
    expect([made.status, made.body.message]).toEqual([200, undefined]);
    return { email, token, key, made: made.body };
  }
  const ask = async () => ((await send(api.askForPasskey.path)).body as unknown as Request).options;
  const enter = (response: unknown) => send(api.signInByPasskey.path, { response });

  it('is made with the password, found without an e-mail, and signs in; its codes come once', async () => {
    const { email, key, made, token } = await withPasskey();
    expect(made.recoveryCodes).toHaveLength(10);
    office.clock.advance(1000);
    const second = new SoftPasskey();
    const more = await send(
      api.addPasskey.path,
      { name: 'Phone', response: second.register(await begin(token), origin) },
      token,
    );
    expect(more.body.recoveryCodes).toBeNull();
    const options = await ask();
    expect(JSON.stringify(options)).not.toContain(key.id.toString('base64url'));
    const { status, body } = await enter(key.assert(options, origin));
    expect(status).toBe(200);
    const desk = deskAt(office.url, String(body.token));
    expect(await desk.do(getSession)).toMatchObject({ email, signedIn: true });
    const { passkeys } = await desk.do(api.getOwnFactors);
    expect(passkeys.map(({ name, lastUsedAt }) => [name, lastUsedAt !== null])).toEqual([
      ['Desk 1', true],
      ['Phone', false],
    ]);
  });

  it('made for another page, another person’s challenge, or twice is refused', async () => {
    const token = await open(await person());
    const other = await open(await person());
    const key = new SoftPasskey();
    const keep = (response: unknown, by = token) => send(api.addPasskey.path, { name: 'Desk', response }, by);
    const options = await begin(token);
    expect((await keep(key.register(options, 'http://localhost.evil.example'))).status).toBe(400);
    expect((await keep(key.register(await begin(other), origin))).status).toBe(400);
    expect((await keep(key.register({ ...options, challenge: 'AAAA' }, origin))).status).toBe(400);
    const right = key.register(options, origin);
    expect((await keep(right)).status).toBe(200);
    expect((await keep(right)).status).toBe(400);
    // The same passkey again, with a challenge of its own.
    expect((await keep(key.register(await begin(other), origin), other)).status).toBe(409);
    expect((await send(api.beginPasskey.path, { password: 'wrong' }, token)).status).toBe(401);
  });

  it.each<[string, (key: SoftPasskey, options: Request['options']) => unknown]>([
    ['of another page', (key, options) => key.assert(options, 'http://evil.example')],
    ['of another domain', (key, options) => key.assert(options, origin, { rpId: 'evil.example' })],
    ['signed by another key', (key, options) => key.assert(options, origin, { key: new SoftPasskey() })],
    ['without finger or PIN', (key, options) => key.assert(options, origin, { flags: 0x01 })],
    ['for a challenge of our own making', (key) => key.assert({ challenge: 'x'.repeat(50) }, origin)],
    ['that nobody registered', (_, options) => new SoftPasskey().assert(options, origin)],
    [
      'that says it is another person’s',
      (key, options) =>
        key.assert(options, origin, { userHandle: Buffer.from(randomUUID()).toString('base64url') }),
    ],
    ['whose counter went back', (key, options) => key.assert(options, origin, { counter: 1 })],
  ])('answer %s is refused with the same words', async (_, lie) => {
    const { key } = await withPasskey();
    expect((await enter(key.assert(await ask(), origin, { counter: 5 }))).status).toBe(200);
    const { status, body } = await enter(lie(key, await ask()));
    expect([status, body.message]).toEqual([
      401,
      expect.stringMatching(/^This passkey does not sign in here/),
    ]);
  });

  it('answer is taken once, also at the same moment, and not when it is old', async () => {
    const { key } = await withPasskey();
    const response = key.assert(await ask(), origin);
    const both = await Promise.all([enter(response), enter(response)]);
    expect(both.map((one) => one.status).sort()).toEqual([200, 401]);
    const old = await ask();
    office.clock.advance(6 * 60_000);
    expect((await enter(key.assert(old, origin))).status).toBe(401);
  });

  it('unlocks its own person’s desk and no other', async () => {
    const { key, token } = await withPasskey();
    const stranger = await withPasskey();
    const desk = deskAt(office.url, token);
    await desk.do(lockDesk);
    const unlock = (response: unknown) => send(api.unlockByPasskey.path, { response }, token);
    expect((await unlock(stranger.key.assert(await ask(), origin))).status).toBe(401);
    expect((await desk.ask(listSites)).status).toBe(401);
    expect((await unlock(key.assert(await ask(), origin))).status).toBe(200);
    expect((await desk.ask(listSites)).status).toBe(200);
  });

  it('is enough where a second step is asked for; the password alone then is not', async () => {
    const { email, key, made } = await withPasskey('physician');
    expect((await send(signIn.path, { email, password })).status).toBe(200);
    await (await practice.as('manager')).do(askRole, {
      params: { role: 'physician' },
      body: { graceDays: 0, was: null },
    });
    const alone = await send(signIn.path, { email, password });
    expect([alone.status, alone.body.secondStep]).toEqual([401, 'recovery']);
    const entered = await enter(key.assert(await ask(), origin));
    expect(entered.status).toBe(200);
    const [code] = made.recoveryCodes as string[];
    const recovered = await send(signIn.path, { email, password, code });
    expect(recovered.status).toBe(200);
    const { passkeyId } = made as unknown as { passkeyId: string };
    const remove = api.removePasskey.path.replace(':id', passkeyId);
    const refused = await send(remove, { password }, String(entered.body.token));
    expect(refused.body.message).toMatch(/your only one/);
  });

  it('is removed with the password, and signs in no more; another’s cannot be', async () => {
    const { key, token, made } = await withPasskey();
    const stranger = await withPasskey();
    const { passkeyId } = made as unknown as { passkeyId: string };
    const remove = api.removePasskey.path.replace(':id', passkeyId);
    expect((await send(remove, { password }, stranger.token)).status).toBe(404);
    expect((await send(remove, { password }, token)).status).toBe(200);
    expect((await enter(key.assert(await ask(), origin))).status).toBe(401);
  });

  it('is not offered at a number, and says where it is', async () => {
    const { status, body } = await send(api.askForPasskey.path, {}, undefined, office.url);
    expect([status, body.message]).toEqual([409, expect.stringMatching(/http:\/\/localhost:\d+/)]);
  });
});
