import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerPatient, searchPatients } from '../../src/features/patients/api.ts';
import { changePractice, getPractice } from '../../src/features/practice/api.ts';
import { addStaff } from '../../src/features/practice/commands.ts';
import { inTransaction, theOffice } from '../../src/platform/db/transaction.ts';
import { announcePresence, signOut } from '../../src/platform/http/api.ts';
import { createAccount } from '../../src/platform/session/accounts.ts';
import { openSession } from '../../src/platform/session/session.ts';
import { expectNoLeaks, listening } from '../log-scan.ts';
import { deskAt, storages } from '../office.ts';
import { rounds } from '../rounds.ts';
import { afterLeases, expectWhole, jobsGoOn, startLoad } from './load.ts';
import { listenAt, prepare, type Shared } from './one-database.ts';
import { ended, type Process, startProcess } from './processes.ts';

describe.runIf(storages.includes('server'))('two processes on one database', () => {
  let shared: Shared;
  let one: Process;
  let other: Process;
  beforeAll(async () => {
    shared = await prepare();
    [one, other] = await Promise.all([startProcess(shared.env), startProcess(shared.env)]);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([ended(one.child, 'SIGTERM'), ended(other.child, 'SIGTERM')]);
    await shared.close();
  });

  it('know each other’s sessions, and that one has ended', async () => {
    const token = await shared.token();
    const desks = [deskAt(one.url, token), deskAt(other.url, token)] as const;
    for (const desk of desks) expect((await desk.ask(getPractice, {})).status).toBe(200);
    await fetch(one.url + signOut.path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect((await desks[0].ask(getPractice, {})).status).toBe(401);
    const limit = Date.now() + 4000;
    let status = 200;
    // It hears of it in milliseconds, well before it would look by itself.
    while (status !== 401 && Date.now() < limit) status = (await desks[1].ask(getPractice, {})).status;
    expect(status).toBe(401);
  });

  it('tell the other’s desks what changed, and answer with it', async () => {
    const token = await shared.token();
    const ears = await listenAt(other.url, token);
    await ears.until('event: hello');
    const [here, there] = [deskAt(one.url, token), deskAt(other.url, token)];
    const { version } = await there.do(getPractice, {});
    await here.do(changePractice, { body: { version, name: 'Elm and Oak' } });
    await ears.until('"topic":"practice"');
    expect((await there.do(getPractice, {})).name).toBe('Elm and Oak');
    await ears.close();
  });

  it('know who has a record open at the other', async () => {
    const { store, practice } = shared;
    const opening = { practiceId: practice.practiceId, actor: theOffice };
    const colleague = await inTransaction(store, opening, async (tx) => {
      const name = { givenName: 'Ben', familyName: 'Ruiz', displayName: 'Ben Ruiz' };
      const staffId = await addStaff(tx, { ...name, kind: 'front_desk' });
      const email = `ben-${randomUUID()}@test.example`;
      const account = { staffId, displayName: name.displayName, email, roles: ['secretary' as const] };
      return (await openSession(tx, await createAccount(tx, account), 'bearer')).token;
    });
    const [here, there] = [deskAt(one.url, await shared.token()), deskAt(other.url, colleague)];
    const ears = await listenAt(one.url, await shared.token());
    await ears.until('event: hello');
    const body = { kind: 'patient', id: randomUUID() };
    await here.do(announcePresence, { body: { ...body, tab: 'first-tab' } });
    await there.do(announcePresence, { body: { ...body, tab: 'other-tab', editing: true } });
    const open = async () =>
      (await here.do(announcePresence, { body: { ...body, tab: 'first-tab' } })).others;
    await expect.poll(open).toMatchObject([{ name: 'Ben Ruiz', editing: true }]);
    await ears.until(`"topic":"presence","keys":["${body.id}"]`);
    await ears.close();
    await there.do(announcePresence, { body: { ...body, tab: 'other-tab', leaving: true } });
    await expect.poll(open).toEqual([]);
  });

  it('do a write once, whichever of them is asked again', async () => {
    const token = await shared.token();
    const key = randomUUID();
    const body = JSON.stringify({ patient: { familyName: `Once${randomUUID()}`, givenName: 'Test' } });
    const ask = (url: string) =>
      fetch(url + registerPatient.path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body,
      });
    const answers = await Promise.all([ask(one.url), ask(other.url), ask(one.url), ask(other.url)]);
    const ids = await Promise.all(answers.map(async (answer) => (await answer.json()).patient.patientId));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    expect(new Set(ids).size).toBe(1);
  });

  it('find whom the other registered', async () => {
    const token = await shared.token();
    const [here, there] = [deskAt(one.url, token), deskAt(other.url, token)];
    await here.do(registerPatient, { body: { patient: { familyName: 'Okonkwo', givenName: 'Test' } } });
    const { hits } = await there.do(searchPatients, { body: { text: 'okonkwo' } });
    expect(hits).toHaveLength(1);
  });

  it('queue scheduled work once', async () => {
    const opening = { practiceId: shared.practice.practiceId, actor: theOffice };
    const count = async () => {
      const { rows } = await inTransaction(shared.store, { ...opening, readOnly: true }, (tx) =>
        sql<{ kind: string; jobs: number }>`
          select kind, count(*)::int as jobs from jobs group by kind having count(*) > 1`.execute(tx.db),
      );
      return rows;
    };
    expect(await count()).toEqual([]);
  });
});

// Its share in `npm test` is played behind nginx (nginx.test.ts), which asks the other process for the desk.
const whole = storages.includes('server') ? rounds(0, 10) : 0;
describe.each(whole > 0 ? [whole] : [])('one of two processes killed under load, %i times', () => {
  it('loses nothing, doubles nothing, and the other goes on, with its jobs', {
    timeout: 600_000,
  }, async () => {
    const shared = await prepare();
    const { practiceId, schedule } = shared.practice;
    const token = await shared.token();
    const logs: Process[] = [];
    const start = async (env = {}) => {
      const process = await startProcess({ ...shared.env, ...env });
      logs.push(process);
      return process;
    };
    const processes = await Promise.all([start(), start()]);
    // Whoever gets no answer asks the other process, with the same key.
    const desk = (_worker: number, tries: number) => deskAt(processes[tries % 2]?.url ?? '', token);
    const load = startLoad({ desk, schedule, workers: 6 });
    const writes = rounds(12, 60);
    for (let round = 0; round < whole; round++) {
      await load.more(writes);
      const victim = processes[round % 2];
      if (!victim) throw new Error('There are two.');
      await ended(victim.child, 'SIGKILL');
      // The other goes on alone for a while.
      await load.more(30);
      processes[round % 2] = await start(afterLeases);
    }
    const done = await load.stop();
    await jobsGoOn(desk(0, 0), done);
    await Promise.all(processes.map(({ child }) => ended(child, 'SIGTERM')));
    const mrns = await expectWhole(shared.store, practiceId, done);
    const texts = logs.map((one) => one.log());
    expectNoLeaks(texts, { people: done.sent, mrns, holds: [listening] });
    await shared.close();
  });
});
