import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeStore } from '../../src/app/office.ts';
import { registerPatient, searchPatients } from '../../src/features/patients/api.ts';
import { changePractice, getPractice } from '../../src/features/practice/api.ts';
import { createPractice } from '../../src/features/practice/commands.ts';
import { auditKey } from '../../src/platform/audit/key.ts';
import { verifyChain } from '../../src/platform/audit/verify.ts';
import { openServer } from '../../src/platform/db/server.ts';
import { inTransaction, type Store, theOffice } from '../../src/platform/db/transaction.ts';
import { signOut } from '../../src/platform/http/api.ts';
import { LiveHub } from '../../src/platform/http/live.ts';
import { openSession } from '../../src/platform/session/session.ts';
import { deskAt, storages } from '../office.ts';
import { rounds } from '../rounds.ts';
import { cloneServer, databaseUrl, login } from '../templates.ts';
import { ended, type Process, startProcess } from './processes.ts';

type Shared = {
  env: NodeJS.ProcessEnv;
  store: Store;
  practiceId: string;
  token(): Promise<string>;
  close(): Promise<void>;
};

/** One practice on one PostgreSQL, and the audit key that its processes share. */
async function prepare(): Promise<Shared> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-two-'));
  const { name, drop } = await cloneServer();
  const url = databaseUrl(name, login);
  const source = openServer(url);
  const store = makeStore(source, auditKey(folder), new LiveHub());
  const { practiceId, managerAccountId } = await createPractice(store, {
    name: 'Elm',
    timeZone: 'America/New_York',
    manager: {
      givenName: 'Max',
      familyName: 'O',
      email: `m-${randomUUID()}@test.example`,
      password: 'four quiet words',
    },
  });
  const opening = { practiceId, actor: theOffice };
  return {
    env: { ...process.env, FRONTDESK_DATA: folder, DATABASE_URL: url, LOG_LEVEL: 'error' },
    store,
    practiceId,
    token: async () =>
      (await inTransaction(store, opening, (tx) => openSession(tx, managerAccountId, 'bearer'))).token,
    close: async () => {
      await source.close();
      await drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a desk hears on its event stream, until it is told to stop. */
async function listenAt(url: string, token: string) {
  const stop = new AbortController();
  const response = await fetch(`${url}/api/live`, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop.signal,
  });
  let heard = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) heard += decoder.decode(chunk as Uint8Array);
  })().catch(() => undefined);
  const until = async (text: string) => {
    const limit = Date.now() + 10_000;
    while (!heard.includes(text)) {
      if (Date.now() > limit) throw new Error(`Nothing was heard of ${text}.`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  return {
    until,
    close: async () => {
      stop.abort();
      await reading;
    },
  };
}

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
    const opening = { practiceId: shared.practiceId, actor: theOffice };
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

describe.runIf(storages.includes('server'))('one of two processes killed under load', () => {
  it('loses nothing, doubles nothing, and the other goes on', { timeout: 400_000 }, async () => {
    const shared = await prepare();
    const token = await shared.token();
    const processes = await Promise.all([startProcess(shared.env), startProcess(shared.env)]);
    const acknowledged = new Set<string>();
    const sent = new Set<string>();
    let stopped = false;
    /** Whoever gets no answer asks the other process, with the same key. */
    const register = async (worker: number): Promise<void> => {
      const familyName = `Two${randomUUID()}`;
      const key = randomUUID();
      sent.add(familyName);
      for (let tries = worker; ; tries++) {
        const url = processes[tries % 2]?.url ?? '';
        const answer = await fetch(url + registerPatient.path, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            'idempotency-key': key,
          },
          body: JSON.stringify({ patient: { familyName, givenName: 'Test' } }),
        }).catch(() => undefined);
        if (answer?.status === 200) return void acknowledged.add(familyName);
        if (answer && answer.status !== 503) throw new Error(`Registering answered ${answer.status}.`);
        if (stopped) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const workers = Promise.all(
      Array.from({ length: 6 }, async (_, worker) => {
        while (!stopped) await register(worker);
      }),
    );
    const whole = rounds(1, 10);
    for (let round = 0; round < whole; round++) {
      const goal = acknowledged.size + 40;
      const reached = async () => {
        while (acknowledged.size < goal) await new Promise((resolve) => setTimeout(resolve, 10));
      };
      await Promise.race([reached(), workers]);
      const victim = processes[round % 2];
      if (!victim) throw new Error('There are two.');
      await ended(victim.child, 'SIGKILL');
      // The other goes on alone for a while.
      const alone = acknowledged.size + 20;
      const goesOn = async () => {
        while (acknowledged.size < alone) await new Promise((resolve) => setTimeout(resolve, 10));
      };
      await Promise.race([goesOn(), workers]);
      processes[round % 2] = await startProcess(shared.env);
    }
    stopped = true;
    await workers;
    await Promise.all(processes.map(({ child }) => ended(child, 'SIGTERM')));

    const opening = { practiceId: shared.practiceId, actor: theOffice, readOnly: true };
    const { found, verdict } = await inTransaction(shared.store, opening, async (tx) => {
      const { rows } = await sql<{ familyName: string }>`select family_name from patients`.execute(tx.db);
      return {
        found: rows.map((row) => row.familyName),
        verdict: await verifyChain(tx.db, shared.store.auditKey, shared.practiceId, []),
      };
    });
    expect(new Set(found).size).toBe(found.length);
    expect([...acknowledged].filter((name) => !found.includes(name))).toEqual([]);
    expect(found.filter((name) => !sent.has(name))).toEqual([]);
    expect(verdict).toMatchObject({ ok: true });
    await shared.close();
  });
});
