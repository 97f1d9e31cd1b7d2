import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  deskAt,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { listSites } from '../../../features/practice/api.ts';
import { addStaff } from '../../../features/practice/commands.ts';
import { askRole, resetSecondStep } from '../../../features/practice/second-step/api.ts';
import { changeOwnPassword, getSession, signIn } from '../../http/api.ts';
import { makeAccessKey } from '../access-keys.ts';
import { createAccount } from '../accounts.ts';
import * as api from './api.ts';

const password = 'four quiet words here';
const start = '2026-03-04T15:00:00.000Z';

type Body = Record<string, unknown>;
type Person = { email: string; accountId: string };

describe.each(eitherStorage)('a second step at sign-in (%s)', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  beforeAll(async () => {
    office = await openTestOffice({ storage, at: start });
    practice = await office.practice();
  });
  afterAll(() => office.close());
  // Each test in a window of its own, so that none waits for the tries of another.
  beforeEach(() => office.clock.advance(20 * 60_000));

  async function person(role = 'nurse'): Promise<Person> {
    const email = `ana-${randomUUID()}@test.example`;
    const accountId = await practice.tx(async (tx) => {
      const name = { givenName: 'Ana', familyName: 'Ruiz', displayName: 'Ana Ruiz' };
      const staffId = await addStaff(tx, { ...name, kind: 'front_desk' });
      return createAccount(tx, { staffId, displayName: name.displayName, email, roles: [role], password });
    });
    return { email, accountId };
  }
  async function send(path: string, body: Body = {}, token?: string) {
    const answer = await fetch(office.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Body & { message: string } };
  }
  const enter = (email: string, code?: string) => send(signIn.path, { email, password, code });
  async function open(email: string, code?: string): Promise<string> {
    const { status, body } = await enter(email, code);
    expect([status, body.message]).toEqual([200, undefined]);
    return String(body.token);
  }
  const codeOf = (secret: string, shift = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({
      timestamp: office.clock.now().getTime() + shift * 30_000,
    });
  const later = () => office.clock.advance(31_000);
  async function withApp(email: string) {
    const token = await open(email);
    const begun = await send(api.beginAuthenticator.path, { password }, token);
    const secret = String(begun.body.secret);
    const confirmed = await send(api.confirmAuthenticator.path, { code: codeOf(secret) }, token);
    expect(confirmed.status).toBe(200);
    return { token, secret, codes: confirmed.body.recoveryCodes as string[] };
  }
  const audited = async (accountId: string) => {
    const { rows } = await practice.tx((tx) =>
      sql<{ action: string; text: string }>`select action, a::text as text from audit_records a
        where subject_ids = array[${accountId}::uuid] order by seq limit 100`.execute(tx.db),
    );
    return rows;
  };

  it('is set up with the password and its first code, and its secret is sealed and nowhere on record', async () => {
    const { email, accountId } = await person();
    const token = await open(email);
    expect((await send(api.beginAuthenticator.path, { password: 'not this' }, token)).status).toBe(401);
    const { body } = await send(api.beginAuthenticator.path, { password }, token);
    expect(String(body.uri)).toMatch(/^otpauth:\/\/totp\/Frontdesk.*ana-/);
    const secret = String(body.secret);
    expect((await send(api.confirmAuthenticator.path, { code: '000000' }, token)).status).toBe(400);
    // Begun is not asked yet.
    expect((await enter(email)).status).toBe(200);
    const confirmed = await send(api.confirmAuthenticator.path, { code: codeOf(secret) }, token);
    expect(confirmed.body.recoveryCodes).toHaveLength(10);
    const { rows } = await practice.tx((tx) =>
      sql<{ kept: Buffer }>`select sealed_secret as kept from authenticators
        where account_id = ${accountId}`.execute(tx.db),
    );
    const raw = Buffer.from(Secret.fromBase32(secret).bytes);
    expect(Buffer.from(rows[0]?.kept ?? []).includes(raw)).toBe(false);
    const records = await audited(accountId);
    expect(records.map((one) => one.action)).toContain('account.authenticator-added');
    const told = JSON.stringify(records);
    for (const word of [secret, raw.toString('hex'), ...(confirmed.body.recoveryCodes as string[])])
      expect(told).not.toContain(word);
  });

  it('is asked after the right password alone, and the same is said of a wrong one as before', async () => {
    const { email } = await person();
    const { secret } = await withApp(email);
    const asked = await enter(email);
    expect([asked.status, asked.body.secondStep]).toEqual([401, 'code']);
    const wrong = await send(signIn.path, { email, password: 'something else', code: codeOf(secret) });
    expect([wrong.status, wrong.body.secondStep]).toEqual([401, undefined]);
    // The code that confirmed it is spent.
    expect((await enter(email, codeOf(secret))).status).toBe(401);
    later();
    expect((await enter(email, codeOf(secret))).status).toBe(200);
  });

  it('takes a code of the step before or after, none older, and each once, also twice at the same moment', async () => {
    const { email } = await person();
    const { secret } = await withApp(email);
    office.clock.advance(10 * 60_000);
    expect((await enter(email, codeOf(secret, -2))).status).toBe(401);
    expect((await enter(email, codeOf(secret, -1))).status).toBe(200);
    const both = await Promise.all([1, 2].map(() => enter(email, codeOf(secret, 1))));
    expect(both.map((one) => one.status).sort()).toEqual([200, 401]);
    expect((await enter(email, codeOf(secret, 1))).status).toBe(401);
    // Nor one before the last that was taken.
    expect((await enter(email, codeOf(secret))).status).toBe(401);
  });

  it('slows a guesser of codes down, however many at once, while another account goes on', async () => {
    const { email } = await person();
    const { secret } = await withApp(email);
    later();
    const tries = await Promise.all(Array.from({ length: 12 }, (_, at) => enter(email, `${100_000 + at}`)));
    expect(tries.filter((one) => one.status === 429).length).toBeGreaterThanOrEqual(6);
    expect((await enter(email, codeOf(secret))).status).toBe(429);
    expect((await enter((await person()).email)).status).toBe(200);
    office.clock.advance(16 * 60_000);
    expect((await enter(email, codeOf(secret))).status).toBe(200);
  });

  it('takes a recovery code, each once, in any letters, until new ones are made', async () => {
    const { email } = await person();
    const { codes } = await withApp(email);
    const [first = '', second = '', third = ''] = codes;
    const used = await enter(email, first.toLowerCase().replaceAll('-', ' '));
    expect([used.status, used.body.recoveryCodesLeft]).toEqual([200, 9]);
    expect((await enter(email, first)).status).toBe(401);
    const both = await Promise.all([1, 2].map(() => enter(email, second)));
    expect(both.map((one) => one.status).sort()).toEqual([200, 401]);
    const renewed = await send(api.renewRecoveryCodes.path, { password }, String(used.body.token));
    const fresh = renewed.body.recoveryCodes as string[];
    expect((await enter(email, third)).status).toBe(401);
    expect((await enter(email, fresh[0])).status).toBe(200);
  });

  it('ends the person’s other sessions when it changes, and leaves this one and the keys of programs', async () => {
    const { email, accountId } = await person();
    const other = await open(email);
    const { key } = await practice.tx((tx) =>
      makeAccessKey(tx, { accountId, label: 'Booking', expiresAt: new Date('2027-01-01T00:00:00Z') }),
    );
    const { token } = await withApp(email);
    const seen = async (bearer: string) => (await deskAt(office.url, bearer).ask(listSites)).status;
    expect([await seen(token), await seen(other), await seen(key)]).toEqual([200, 401, 200]);
    // A program's key does not change how its person signs in.
    expect((await send(api.beginAuthenticator.path, { password }, key)).status).toBe(403);
    expect((await send(api.removeAuthenticator.path, { password }, token)).status).toBe(200);
    expect((await enter(email)).status).toBe(200);
  });

  it('of a role that newly needs it is set up at the next sign-in; whoever is at work goes on', async () => {
    const { email } = await person('biller');
    const atWork = deskAt(office.url, await open(email));
    await practice.manager.do(askRole, {
      params: { role: 'biller' },
      body: { graceDays: 3, was: null },
    });
    const inGrace = await deskAt(office.url, await open(email)).do(getSession);
    expect(inGrace).toMatchObject({ mustSetUpFactor: false });
    expect(Date.parse(inGrace.setUpFactorBefore ?? '')).toBe(office.clock.now().getTime() + 3 * 86_400_000);
    office.clock.advance(3 * 86_400_000 - 3_600_000);
    const before = deskAt(office.url, await open(email));
    office.clock.advance(2 * 3_600_000);
    expect((await before.ask(listSites)).status).toBe(200);
    const token = await open(email);
    const desk = deskAt(office.url, token);
    expect(await desk.do(getSession)).toMatchObject({ mustSetUpFactor: true });
    expect((await desk.ask(listSites)).status).toBe(403);
    const { body } = await send(api.beginAuthenticator.path, { password }, token);
    await send(api.confirmAuthenticator.path, { code: codeOf(String(body.secret)) }, token);
    expect((await desk.ask(listSites)).status).toBe(200);
    const kept = await send(api.removeAuthenticator.path, { password }, token);
    expect(kept.body.message).toMatch(/your only one/);
    expect((await atWork.ask(listSites)).status).toBe(401);
  });

  it('that was lost is reset by the manager with a reason; the person is signed out and told', async () => {
    const { email, accountId } = await person();
    const { token } = await withApp(email);
    const version = await practice.tx(async (tx) => {
      const { rows } = await sql<{ version: number }>`
        select version from accounts where account_id = ${accountId}`.execute(tx.db);
      return rows[0]?.version ?? 0;
    });
    const params = { accountId };
    const [secretary, manager] = [await practice.as('secretary'), await practice.as('manager')];
    const body = { version, reason: 'Lost the phone on the train' };
    expect((await secretary.ask(resetSecondStep, { params, body })).status).toBe(403);
    await manager.do(resetSecondStep, { params, body });
    expect((await deskAt(office.url, token).ask(listSites)).status).toBe(401);
    const desk = deskAt(office.url, await open(email));
    expect((await desk.do(getSession)).factorsReset).toMatchObject({ reason: body.reason });
    await desk.do(api.seeReset);
    expect((await desk.do(getSession)).factorsReset).toBeNull();
    const record = (await audited(accountId)).find((one) => one.action === 'account.factors-reset');
    expect(record?.text).toContain(body.reason);
    const again = await manager.ask(resetSecondStep, { params, body });
    expect(again.status).toBe(409);
  });

  it('says nothing of an account that is not there, and is asked for by no change of the password', async () => {
    const nobody = await enter('nobody@test.example', '123456');
    const { email } = await person();
    const wrong = await send(signIn.path, { email, password: 'wrong words here', code: '123456' });
    expect(nobody.body.message).toBe(wrong.body.message);
    const { token } = await withApp(email);
    const next = 'five quiet words here now';
    expect((await send(changeOwnPassword.path, { current: password, next }, token)).status).toBe(200);
    expect((await send(signIn.path, { email, password: next })).body.secondStep).toBe('code');
  });
});
