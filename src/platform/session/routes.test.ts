import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eitherStorage, openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { addStaff } from '../../features/practice/commands.ts';
import { createAccount } from './accounts.ts';
import { listOwnSessions, signOutElsewhere, signOutThere } from './api.ts';

const password = 'four quiet words here';
const firefox = 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0';

describe.each(eitherStorage)('where someone is signed in (%s)', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    practice = await office.practice();
  });
  afterAll(() => office.close());

  async function person() {
    const email = `ana-${randomUUID()}@test.example`;
    await practice.tx(async (tx) => {
      const name = { givenName: 'Ana', familyName: 'Ruiz', displayName: 'Ana Ruiz' };
      const staffId = await addStaff(tx, { ...name, kind: 'front_desk' });
      await createAccount(tx, { staffId, displayName: name.displayName, email, roles: ['nurse'], password });
    });
    return email;
  }
  async function signIn(email: string, userAgent = ''): Promise<string> {
    const answer = await fetch(`${office.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': userAgent },
      body: JSON.stringify({ email, password }),
    });
    return (await answer.json()).token;
  }
  const as = async (token: string, method: string, path: string) => {
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() };
    const answer = await fetch(office.url + path, { method, headers });
    return { status: answer.status, body: await answer.json() };
  };
  const listed = async (token: string) => {
    const { body } = await as(token, 'GET', listOwnSessions.path);
    return listOwnSessions.answer.parse(body).sessions;
  };
  const endThere = (token: string, id: string) =>
    as(token, signOutThere.method, signOutThere.path.replace(':id', id));

  it('is told with the device and which one asks, and no other person', async () => {
    const email = await person();
    const [one, other] = [await signIn(email, firefox), await signIn(email)];
    await signIn(await person());
    const sessions = await listed(one);
    expect(sessions.map(({ device, here }) => [device, here]).sort()).toEqual([
      ['', false],
      ['Firefox on Windows', true],
    ]);
    expect((await listed(other)).find((session) => session.here)?.device).toBe('');
  });

  it('ends at one place, at once and on record', async () => {
    const email = await person();
    const [one, other] = [await signIn(email), await signIn(email)];
    const there = (await listed(one)).find((session) => !session.here)?.sessionId ?? '';
    expect((await endThere(one, there)).status).toBe(200);
    expect((await as(other, 'GET', listOwnSessions.path)).status).toBe(401);
    expect(await listed(one)).toHaveLength(1);
    expect((await endThere(one, there)).status).toBe(404);
    const { rows } = await practice.tx((tx) =>
      sql<{ count: number }>`select count(*)::int as count from audit_records
        where action = 'session.ended' and subject_ids = array[${there}::uuid]`.execute(tx.db),
    );
    expect(rows[0]?.count).toBe(1);
  });

  it('ends everywhere else, and only one’s own', async () => {
    const email = await person();
    const [one] = [await signIn(email), await signIn(email), await signIn(email)];
    const stranger = await signIn(await person());
    const { body } = await as(one, signOutElsewhere.method, signOutElsewhere.path);
    expect(body).toEqual({ ended: 2 });
    expect(await listed(one)).toHaveLength(1);
    const [own] = await listed(stranger);
    expect((await endThere(one, own?.sessionId ?? '')).status).toBe(404);
    expect(await listed(stranger)).toHaveLength(1);
  });
});
