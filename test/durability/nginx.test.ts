import { randomUUID } from 'node:crypto';
import type { Bundle } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readImport, uploadPath } from '../../src/features/imports/api.ts';
import { registerPatient } from '../../src/features/patients/api.ts';
import { getPractice } from '../../src/features/practice/api.ts';
import { bookVisit } from '../../src/features/schedule/visits/api.ts';
import { getSession, listenLive, signIn } from '../../src/platform/http/api.ts';
import { expectNoLeaks, listening } from '../log-scan.ts';
import { type Desk, deskAt, storages } from '../office.ts';
import { rounds } from '../rounds.ts';
import { afterLeases, expectWhole, inventPerson, jobsGoOn, password, slotAt, startLoad } from './load.ts';
import { found, freePort, type Nginx, name, startNginx } from './nginx.ts';
import { listenAt, prepare, type Shared } from './one-database.ts';
import { ended, type Process, startProcess } from './processes.ts';

const runs = storages.includes('server') && found !== undefined;

type Balanced = {
  shared: Shared;
  nginx: Nginx;
  ports: readonly [number, number];
  processes: [Process, Process];
  /** Start the process of this port again. */
  start(which: 0 | 1): Promise<void>;
  desk(token: string): Desk;
  /** Logs of every process there was. */
  logs(): string[];
  endProcesses(): Promise<unknown>;
};

/** Two processes on one database, and nginx before them. */
async function openBalanced(): Promise<Balanced> {
  const shared = await prepare();
  const ports = [await freePort(), await freePort()] as const;
  const nginx = await startNginx(ports);
  const started: Process[] = [];
  const start = async (which: 0 | 1, env = {}) => {
    const places = { FRONTDESK_TRUSTED_PROXIES: '127.0.0.1', TEST_PORT: String(ports[which]) };
    const process = await startProcess({ ...shared.env, ...places, ...env });
    started.push(process);
    return process;
  };
  const processes: [Process, Process] = await Promise.all([start(0), start(1)]);
  return {
    ...{ shared, nginx, ports, processes },
    start: async (which) => {
      processes[which] = await start(which, afterLeases);
    },
    desk: (token) => deskAt(nginx.url, token, '', '', nginx.send),
    logs: () => started.map((one) => one.log()),
    endProcesses: () => Promise.all(processes.map(({ child }) => ended(child, 'SIGTERM'))),
  };
}

const json = { 'content-type': 'application/json' };

describe.runIf(runs)('two processes behind nginx', () => {
  let office: Balanced;
  let nginx: Nginx;
  let token: string;
  beforeAll(async () => {
    office = await openBalanced();
    nginx = office.nginx;
    token = await office.shared.token();
  }, 60_000);
  afterAll(async () => {
    await office.endProcesses();
    await nginx.stop();
    await office.shared.close();
  });

  const signInOf = (email: string, kind: string, headers = {}, word = password) => ({
    method: 'POST',
    headers: { ...json, ...headers },
    body: JSON.stringify({ email, password: word, kind }),
  });
  /** Waits until nginx noted that both processes were asked this. */
  const askedBoth = async (request: string) => {
    const lines = () =>
      nginx
        .log()
        .split('\n')
        .filter((line) => line.includes(` ${request} `));
    const limit = Date.now() + 10_000;
    while (!office.ports.every((port) => lines().some((line) => line.includes(`127.0.0.1:${port}`)))) {
      if (Date.now() > limit) throw new Error(`Both were to be asked for ${request}:\n${lines().join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('know a desk that signed in through it, with a cookie for TLS alone', async () => {
    const page = {
      origin: `https://${name}:${new URL(nginx.url).port}`,
      'sec-fetch-site': 'same-origin',
      'x-frontdesk': '1',
    };
    const answer = await nginx.browse(
      nginx.url + signIn.path,
      signInOf(office.shared.practice.email, 'browser', page),
    );
    expect(answer.status).toBe(200);
    const set = answer.headers.get('set-cookie') ?? '';
    expect(set).toMatch(/; Secure/);
    const cookie = set.slice(0, set.indexOf(';'));
    for (const { url } of office.processes) {
      const answer = await fetch(url + getSession.path, { headers: { cookie } });
      expect(await answer.json()).toMatchObject({ signedIn: true, practiceName: 'Elm' });
    }
    const statuses = [];
    for (let asked = 0; asked < 4; asked++) {
      const person = { patient: { familyName: `Page${randomUUID()}`, givenName: 'Test' } };
      const headers = { ...json, ...page, cookie, 'idempotency-key': randomUUID() };
      const body = JSON.stringify(person);
      const written = await nginx.browse(nginx.url + registerPatient.path, { method: 'POST', headers, body });
      statuses.push(written.status);
    }
    expect(statuses).toEqual([200, 200, 200, 200]);
    await askedBoth(`POST ${registerPatient.path}`);
  });

  it('tell every desk of a booking at once', async () => {
    const ears = [];
    for (const send of [nginx.send, nginx.browse]) ears.push(await listenAt(nginx.url, token, send));
    for (const one of ears) await one.until('event: hello');
    const { schedule } = office.shared.practice;
    const desk = office.desk(token);
    const { patient } = await desk.do(registerPatient, {
      body: { patient: { familyName: `Heard${randomUUID()}`, givenName: 'Test' } },
    });
    const { visit } = await desk.do(bookVisit, {
      body: {
        patientId: patient.patientId,
        visitTypeId: schedule.followUp,
        siteId: schedule.main,
        physicianId: schedule.lee,
        startsAt: slotAt(0),
      },
    });
    for (const one of ears) {
      await one.until('"topic":"visits"');
      await one.until(visit.visitId);
    }
    for (const one of ears) await one.close();
    await askedBoth(`GET ${listenLive.path}`);
  });

  it('do once what is sent several times at once', async () => {
    const key = randomUUID();
    const body = { patient: { familyName: `Once${randomUUID()}`, givenName: 'Test' } };
    const desk = office.desk(token);
    const ask = () => desk.ask(registerPatient, { body }, { key });
    const answers = await Promise.all([ask(), ask(), ask(), ask()]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map((answer) => answer.body.patient.patientId)).size).toBe(1);
  });

  it('take a table of 3 MB as it comes, and nothing so large elsewhere', async () => {
    const line = `Ash,Ida,3/14/1961,${'note '.repeat(20)}\r\n`;
    const table = `Last,First,DOB,Notes\r\n${line.repeat(Math.ceil((3 * 1024 * 1024) / line.length))}`;
    const authorization = `Bearer ${token}`;
    const headers = { authorization, 'content-type': 'text/csv', 'x-file-name': 'old.csv' };
    const sent = await nginx.send(nginx.url + uploadPath, { method: 'POST', headers, body: table });
    expect(sent.status).toBe(200);
    const { importId } = (await sent.json()) as { importId: string };
    // Whichever process is asked, the file is there.
    for (let asked = 0; asked < 2; asked++) {
      const { import: one, samples } = await office.desk(token).do(readImport, { params: { id: importId } });
      expect(one).toMatchObject({ fileBytes: table.length, headings: ['Last', 'First', 'DOB', 'Notes'] });
      expect(samples[0]?.slice(0, 2)).toEqual(['Ash', 'Ida']);
    }
    const large = { method: 'POST', headers: { ...json, authorization }, body: table };
    const refused = await nginx.send(nginx.url + registerPatient.path, large).catch(() => undefined);
    // nginx may close while the body is still coming.
    expect([413, undefined]).toContain(refused?.status);
  });

  it('give programs addresses by TLS, and nginx logs neither what they ask nor where from', async () => {
    const { familyName } = inventPerson();
    const purpose = { 'x-purpose': 'Nightly copy' };
    const headers = {
      ...purpose,
      authorization: `Bearer ${token}`,
      referer: `https://${name}/?q=${familyName}`,
    };
    const answer = await nginx.send(`${nginx.url}/fhir/R4/Patient?family=${familyName}`, { headers });
    const { link } = (await answer.json()) as Bundle;
    expect(link?.[0]?.url).toMatch(`https://${name}:${new URL(nginx.url).port}/fhir/R4/`);
    const asked = ' GET /fhir/R4/Patient 200 ';
    await expect.poll(() => nginx.log()).toContain(asked);
    expectNoLeaks([nginx.log()], { people: [{ familyName }], holds: [asked] });
  });

  it('send a desk that came without TLS to it', async () => {
    const answer = await fetch(`${nginx.plainUrl}/today`, { redirect: 'manual' });
    expect(answer.status).toBe(308);
    expect(answer.headers.get('location')).toMatch(/^https:\/\/.+\/today$/);
  });

  // Only Linux has a whole network of addresses on loopback.
  it.runIf(process.platform === 'linux')(
    'slow down who guesses by their own address',
    async () => {
      const [guesser, other, direct] = ['127.0.0.2', '127.0.0.3', '127.0.0.4'].map(nginx.sendFrom);
      if (!guesser || !other || !direct) throw new Error('There are three.');
      const guess = (send: Nginx['send'], told: string) => {
        const headers = { 'x-forwarded-for': told, forwarded: `for=${told}`, 'x-real-ip': told };
        return send(
          nginx.url + signIn.path,
          signInOf(`g-${randomUUID()}@test.example`, 'bearer', headers, 'not this one'),
        );
      };
      const statuses = [];
      // Each guess claims to come from elsewhere.
      for (let tries = 0; tries < 41; tries++)
        statuses.push((await guess(guesser, `10.0.0.${tries}`)).status);
      expect(statuses).toEqual([...Array(40).fill(401), 429]);
      const { email } = office.shared.practice;
      expect((await guesser(nginx.url + signIn.path, signInOf(email, 'bearer'))).status).toBe(429);
      // Nobody is slowed down for another, nor by an address that another only claims.
      expect((await other(nginx.url + signIn.path, signInOf(email, 'bearer'))).status).toBe(200);
      expect((await guess(other, '127.0.0.2')).status).toBe(401);
      // Whoever is no balancer is not believed by the processes either.
      const claims = { 'x-forwarded-for': '127.0.0.2', 'x-forwarded-proto': 'https' };
      for (const { url } of office.processes) {
        const answer = await direct(url + signIn.path, signInOf(email, 'browser', claims));
        expect(answer.status).toBe(200);
        expect(answer.headers.get('set-cookie')).not.toMatch(/; Secure/);
      }
      await askedBoth(`POST ${signIn.path}`);
    },
    60_000,
  );
});

describe.runIf(runs)('one of two processes behind nginx killed under load', () => {
  it('loses nothing, doubles nothing, and the desks go on by the same address', {
    timeout: 600_000,
  }, async () => {
    const office = await openBalanced();
    const { shared, nginx, processes } = office;
    const { practiceId, schedule } = shared.practice;
    const desk = office.desk(await shared.token());
    const load = startLoad({ desk: () => desk, schedule, workers: 6 });
    const writes = rounds(12, 60);
    const whole = rounds(1, 10);
    for (let round = 0; round < whole; round++) {
      const which = round % 2 === 0 ? 0 : 1;
      await load.more(writes);
      await ended(processes[which].child, 'SIGKILL');
      await load.more(30);
      await office.start(which);
    }
    const done = await load.stop();
    // nginx asked the other process: no desk was told to try again.
    expect(done.refused).toBe(0);
    await jobsGoOn(desk, done);
    await office.endProcesses();
    const { status, headers, body } = await desk.ask(getPractice);
    expect([status, headers.get('retry-after'), body.error]).toEqual([503, '2', 'unavailable']);
    const log = nginx.log();
    await nginx.stop();
    const mrns = await expectWhole(shared.store, practiceId, done);
    const people = done.sent;
    expectNoLeaks([log], { people, mrns, holds: [` POST ${registerPatient.path} 200 `] });
    expectNoLeaks(office.logs(), { people, mrns, holds: [listening] });
    await shared.close();
  });
});
