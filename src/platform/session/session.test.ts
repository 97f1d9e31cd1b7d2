import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { listSites } from '../../features/practice/api.ts';
import { addStaff, createPractice } from '../../features/practice/commands.ts';
import { createAccount } from './accounts.ts';
import { hashToken } from './session.ts';

let office: TestOffice;
let practice: TestPractice;
const start = '2026-03-04T15:00:00.000Z';
const password = 'four quiet words here';
beforeAll(async () => {
  office = await openTestOffice({ at: start });
  practice = await office.practice();
});
afterEach(() => office.clock.set(start));
afterAll(() => office.close());

async function person(roles: string[] = ['secretary']): Promise<string> {
  const email = `ana-${randomUUID()}@test.example`;
  await practice.tx(async (tx) => {
    const name = { givenName: 'Ana', familyName: 'Ruiz', displayName: 'Ana Ruiz' };
    const staffId = await addStaff(tx, { ...name, kind: 'front_desk' });
    await createAccount(tx, { staffId, displayName: name.displayName, email, roles, password });
  });
  return email;
}

type Extra = { cookie?: string; headers?: Record<string, string>; method?: string };
const send = (path: string, body?: unknown, extra: Extra = {}) =>
  fetch(office.url + path, {
    method: extra.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(extra.cookie ? { cookie: extra.cookie, 'x-frontdesk': '1' } : {}),
      ...extra.headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

async function browser(email: string): Promise<string> {
  const answer = await send('/api/session', { email, password, kind: 'browser' });
  expect(answer.status).toBe(200);
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

describe('signing in', () => {
  it('gives an API client a bearer token, of which only a hash is stored', async () => {
    const answer = await send('/api/session', { email: await person(), password });
    const { token } = (await answer.json()) as { token: string };
    const { rows } = await practice.tx((tx) =>
      sql`select token_hash from sessions where token_hash = ${hashToken(token)}`.execute(tx.db),
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
    const sites = await send(listSites.path, undefined, { headers: { authorization: `Bearer ${token}` } });
    expect(sites.status).toBe(200);
  });

  it('gives a browser a cookie that scripts and other sites cannot use', async () => {
    const answer = await send('/api/session', { email: await person(), password, kind: 'browser' });
    const cookie = answer.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(await answer.json()).not.toHaveProperty('token');
  });

  it('takes the e-mail in any letters', async () => {
    const email = await person();
    expect((await send('/api/session', { email: ` ${email.toUpperCase()} `, password })).status).toBe(200);
  });

  it('says the same for a wrong password as for nobody', async () => {
    const wrong = await send('/api/session', { email: await person(), password: 'something else' });
    const nobody = await send('/api/session', { email: 'nobody@test.example', password: 'something else' });
    expect([wrong.status, nobody.status]).toEqual([401, 401]);
    expect(((await wrong.json()) as { message: string }).message).toBe(
      ((await nobody.json()) as { message: string }).message,
    );
  });

  it('slows a guesser down after eight wrong passwords, also with the right one, until time has passed', async () => {
    const email = await person();
    for (let n = 0; n < 8; n++) await send('/api/session', { email, password: `wrong ${n}` });
    const refused = await send('/api/session', { email, password });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    office.clock.advance(16 * 60_000);
    expect((await send('/api/session', { email, password })).status).toBe(200);
  });
});

describe('a session', () => {
  it('locks a desk that nobody touched for a quarter of an hour, and the password goes on', async () => {
    const email = await person();
    const cookie = await browser(email);
    office.clock.advance(16 * 60_000);
    const locked = await send(listSites.path, undefined, { cookie });
    expect(locked.status).toBe(401);
    expect(await locked.json()).toMatchObject({ locked: true });
    expect((await send('/api/session/unlock', { password: 'wrong' }, { cookie })).status).toBe(401);
    expect((await send('/api/session/unlock', { password }, { cookie })).status).toBe(200);
    expect((await send(listSites.path, undefined, { cookie })).status).toBe(200);
  });

  it('stays open for who reads now and then, but not for what refreshes by itself', async () => {
    const reader = await browser(await person());
    const away = await browser(await person());
    for (let round = 0; round < 3; round++) {
      office.clock.advance(10 * 60_000);
      expect((await send(listSites.path, undefined, { cookie: reader })).status).toBe(200);
      await send(listSites.path, undefined, { cookie: away, headers: { 'x-frontdesk-live': '1' } });
    }
    expect((await send(listSites.path, undefined, { cookie: away })).status).toBe(401);
  });

  it('locked by hand answers nothing but unlocking, and lets a colleague in over it', async () => {
    const cookie = await browser(await person());
    expect((await send('/api/session/lock', {}, { cookie })).status).toBe(200);
    expect((await send(listSites.path, undefined, { cookie })).status).toBe(401);
    const colleague = await browser(await person());
    expect((await send(listSites.path, undefined, { cookie: colleague })).status).toBe(200);
  });

  it('ends after twelve hours whatever happens', async () => {
    const cookie = await browser(await person());
    office.clock.advance(12 * 3_600_000 + 1000);
    const answer = await send(listSites.path, undefined, { cookie });
    expect(await answer.json()).toMatchObject({ error: 'not-signed-in' });
  });

  it('ends when the person signs out', async () => {
    const cookie = await browser(await person());
    expect((await send('/api/session/end', {}, { cookie })).status).toBe(200);
    expect((await send(listSites.path, undefined, { cookie })).status).toBe(401);
  });
});

describe('another site', () => {
  it.each([
    ['without the header that no form can send', { 'x-frontdesk': undefined }],
    ['with a foreign origin', { origin: 'https://evil.example' }],
    ['with a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
  ])('cannot act with the desk’s cookie %s', async (_, headers) => {
    const cookie = await browser(await person());
    const all = { cookie, 'x-frontdesk': '1', 'content-type': 'application/json', ...headers };
    const answer = await fetch(`${office.url}/api/session/lock`, {
      method: 'POST',
      headers: Object.fromEntries(
        Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ),
      body: '{}',
    });
    expect(answer.status).toBe(403);
    expect((await send(listSites.path, undefined, { cookie })).status).toBe(200);
  });
});

describe('demo accounts', () => {
  let made = false;
  const makeDemo = async () => {
    if (made) return;
    made = true;
    await createPractice(office.store, {
      name: 'Demo',
      timeZone: 'America/New_York',
      kind: 'demo',
      manager: { givenName: 'Max', familyName: 'Demo', email: 'manager@demo.test', password: 'demo-desk' },
    });
  };

  it('sign in with one click on this machine', async () => {
    await makeDemo();
    const answer = await send('/api/session/demo', { role: 'manager' });
    expect(answer.status).toBe(200);
  });

  it.each([
    ['a forwarded header', { 'x-forwarded-for': '10.0.0.9' }],
    ['a Forwarded header', { forwarded: 'for=10.0.0.9' }],
  ])('are refused behind a proxy (%s), by click, by password and by token', async (_, headers) => {
    await makeDemo();
    const account = { email: 'manager@demo.test', password: 'demo-desk' };
    expect((await send('/api/session/demo', { role: 'manager' }, { headers })).status).toBe(403);
    expect((await send('/api/session', account, { headers })).status).toBe(403);
    const { token } = (await (await send('/api/session', account)).json()) as { token: string };
    const asked = await send(listSites.path, undefined, {
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
    expect(asked.status).toBe(403);
  });

  it('are refused under a foreign host name', async () => {
    await makeDemo();
    const answer = await office.app.inject({
      method: 'POST',
      url: '/api/session/demo',
      headers: { host: 'desk.example.org' },
      payload: { role: 'manager' },
    });
    expect(answer.statusCode).toBe(403);
  });

  it('do not exist in a real practice', async () => {
    const real = await openTestOffice();
    const one = await real.practice();
    const answer = await fetch(`${real.url}/api/session/demo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ role: 'manager' }),
    });
    expect(answer.status).toBe(403);
    expect(one.practiceId).toBeTruthy();
    await real.close();
  });
});
