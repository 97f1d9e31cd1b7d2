import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskAt, eitherStorage, openTestOffice, type TestOffice } from '../../../../test/office.ts';
import { listSites } from '../../../features/practice/api.ts';
import { findOpenings } from '../../../features/schedule/openings/api.ts';
import { getSetup } from '../../../features/schedule/setup/api.ts';
import {
  changeStart,
  getStart,
  startColleagues,
  startHours,
  startPhysicians,
  startRooms,
  startSites,
  startTypes,
} from '../../../features/schedule/start/api.ts';
import { templates } from '../../../features/schedule/start/rules.ts';
import { inTransaction, theOffice } from '../../../platform/db/transaction.ts';
import { getSession, type SessionAnswer, signIn } from '../../../platform/http/api.ts';
import { listPractices } from '../../../platform/practices.ts';
import { makeFirstPractice } from './api.ts';
import { setUpCode } from './routes.ts';

const manager = {
  ...{ name: 'Birch Road', timeZone: 'America/Chicago', specialty: 'pediatrics', givenName: 'Mara' },
  ...{ familyName: 'Voss', email: 'mara@birch.example', password: 'correct horse battery' },
};
const throughProxy = { 'x-forwarded-for': '203.0.113.9' };

describe.each(eitherStorage)('an office without a practice (%s)', (storage) => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
  });
  afterAll(() => office.close());

  const send = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const answer = await fetch(office.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const make = (body: object, headers?: Record<string, string>) =>
    send(makeFirstPractice.path, body, headers);
  const asked = async (headers: Record<string, string> = {}) =>
    ((await (await fetch(office.url + getSession.path, { headers })).json()) as SessionAnswer).firstPractice;

  it('asks for the code of its terminal anywhere but on its own machine, and slows who guesses it', async () => {
    expect([await asked(), await asked(throughProxy)]).toEqual(['here', 'code']);
    expect((await make({ ...manager, code: 'AAAA-BBBB-CCCC' }, throughProxy)).status).toBe(403);
    expect((await make(manager, throughProxy)).status).toBe(403);
    expect(await listPractices(office.store)).toEqual([]);
    const tries = await Promise.all(
      Array.from({ length: 12 }, () => make({ ...manager, code: 'nothing' }, throughProxy)),
    );
    expect(tries.every((one) => one.status !== 200)).toBe(true);
    expect((await make({ ...manager, code: setUpCode(office.store.auditKey) }, throughProxy)).status).toBe(
      429,
    );
  });

  it('refuses a weak password and makes nothing', async () => {
    const { status, body } = await make({ ...manager, password: 'short' });
    expect([status, Object.keys((body.fields ?? {}) as object)]).toEqual([400, ['password']]);
    expect(await listPractices(office.store)).toEqual([]);
  });

  it('makes one, also when two ask at once; then nobody makes another', async () => {
    office.clock.advance(16 * 60_000);
    const code = setUpCode(office.store.auditKey).toLowerCase();
    const both = await Promise.all([
      make({ ...manager, code }, throughProxy),
      make({ ...manager, email: 'zoe@birch.example' }),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual([200, 409]);
    expect(await listPractices(office.store)).toHaveLength(1);
    expect((await make({ ...manager, email: 'kim@birch.example' })).status).toBe(409);
    expect([await asked(), await asked(throughProxy)]).toEqual(['no', 'no']);
    const [practice] = await listPractices(office.store);
    const { rows } = await inTransaction(
      office.store,
      { practiceId: practice?.practiceId ?? '', actor: theOffice },
      (tx) => sql<{ count: number }>`select count(*)::int as count from jobs`.execute(tx.db),
    );
    // Its nightly work is in the queue without a new start.
    expect(rows[0]?.count).toBeGreaterThan(2);
  });

  it('is set up step by step until it has openings', async () => {
    const [first] = [manager.email, 'zoe@birch.example'].map((email) =>
      send(signIn.path, { ...manager, email }),
    );
    const answers = await Promise.all([first, send(signIn.path, { ...manager, email: 'zoe@birch.example' })]);
    const token = String(answers.find((one) => one?.status === 200)?.body.token);
    const desk = deskAt(office.url, token);
    expect((await desk.do(getStart)).start).toMatchObject({ specialty: 'pediatrics', step: 'sites' });
    const [site] = (await desk.do(listSites)).sites;
    if (!site) throw new Error('A practice has a site.');
    const { siteId, version, name, timeZone } = site;
    await desk.do(startSites, {
      body: {
        sites: [
          { siteId, version, name, timeZone, phone: '3125550100' },
          { name: 'Lake', timeZone },
        ],
      },
    });
    const ingrid = { givenName: 'Ingrid', familyName: 'Sato', credentials: 'MD', npi: '1234567893' };
    // All or nothing: the second has the NPI of the first.
    const twice = { people: [ingrid, { ...ingrid, givenName: 'Ida' }] };
    expect((await desk.ask(startPhysicians, { body: twice })).status).toBe(409);
    expect((await desk.do(getSetup)).physicians).toEqual([]);
    await desk.do(startPhysicians, { body: { people: [ingrid] } });
    await desk.do(startRooms, { body: { rooms: [{ siteId, count: 2 }] } });
    await desk.do(startRooms, { body: { rooms: [{ siteId, count: 1 }] } });
    const types = templates.pediatrics.types.map(({ after, ...type }) => ({
      ...type,
      bufferAfterMinutes: after,
    }));
    await desk.do(startTypes, { body: { types } });
    const setup = await desk.do(getSetup);
    expect(setup.rooms.map((room) => room.name)).toEqual(['Room 1', 'Room 2', 'Room 3']);
    const resourceId = setup.physicians[0]?.resourceId ?? '';
    const rows = [1, 2, 3, 4, 5].map((weekday) => ({
      weekday,
      siteId,
      startsLocal: '08:00',
      endsLocal: '12:00',
    }));
    await desk.do(startHours, { body: { weeks: [{ resourceId, rows }] } });
    const { openings } = await desk.do(findOpenings, {
      body: { visitTypeId: setup.visitTypes[0]?.visitTypeId ?? '' },
    });
    expect(openings.length).toBeGreaterThan(0);
    const ana = {
      givenName: 'Ana',
      familyName: 'Ruiz',
      email: 'ana@birch.example',
      role: 'secretary' as const,
    };
    const { accounts } = await desk.do(startColleagues, { body: { people: [ana] } });
    const entered = await send(signIn.path, { email: ana.email, password: accounts[0]?.password });
    const secretary = deskAt(office.url, String(entered.body.token));
    expect(await secretary.do(getSession)).toMatchObject({ mustChangePassword: true, roles: ['secretary'] });
    await desk.do(changeStart, { body: { step: 'visit', finished: true } });
    expect((await desk.do(getStart)).start).toMatchObject({ finished: true, step: 'visit' });
  });
});
