import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { makeStore } from '../../src/app/office.ts';
import { registerPatient } from '../../src/features/patients/api.ts';
import { createPractice } from '../../src/features/practice/commands.ts';
import { auditKey } from '../../src/platform/audit/key.ts';
import { verifyChain } from '../../src/platform/audit/verify.ts';
import { openEmbedded } from '../../src/platform/db/embedded.ts';
import { FolderInUse, lockFolder } from '../../src/platform/db/folder-lock.ts';
import { openServer } from '../../src/platform/db/server.ts';
import { inTransaction, type Store, theOffice } from '../../src/platform/db/transaction.ts';
import { LiveHub } from '../../src/platform/http/live.ts';
import { openSession } from '../../src/platform/session/session.ts';
import { deskAt, type Storage, storages } from '../office.ts';
import { rounds } from '../rounds.ts';
import { cloneEmbedded, cloneServer, databaseUrl, login } from '../templates.ts';
import { readStrace } from './strace.ts';

const here = import.meta.dirname;
const root = path.resolve(here, '../..');
const folders: string[] = [];
const folderOf = (name: string): string => {
  const folder = mkdtempSync(path.join(os.tmpdir(), `frontdesk-${name}-`));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const tsx = ['--import', 'tsx'];

describe('the embedded store', () => {
  it.runIf(existsSync('/usr/bin/strace'))('writes to no file of its folder without syncing it', () => {
    const folder = path.join(folderOf('strace'), 'database');
    cloneEmbedded(folder);
    const trace = path.join(path.dirname(folder), 'trace');
    const calls = 'trace=openat,write,pwrite64,writev,pwritev,pwritev2';
    execFileSync(
      'strace',
      [
        '-f',
        '-y',
        '-s',
        '0',
        '-e',
        calls,
        '-o',
        trace,
        process.execPath,
        ...tsx,
        path.join(here, 'write-steadily.ts'),
        folder,
      ],
      { cwd: root, stdio: 'pipe' },
    );
    const writes = readStrace(readFileSync(trace, 'utf8'), folder);
    expect(writes.plain).toEqual([]);
    expect(writes.synced).toBeGreaterThan(20);
  });

  it('is refused to a second process, by name of the first', async () => {
    const folder = folderOf('lock');
    const unlock = lockFolder(folder);
    const second = execFileSync(
      process.execPath,
      [
        ...tsx,
        '--input-type=module',
        '-e',
        `import { lockFolder } from ${JSON.stringify(path.join(root, 'src/platform/db/folder-lock.ts'))};
         try { lockFolder(${JSON.stringify(folder)}); console.log('let in'); } catch (error) { console.log(error.message); }`,
      ],
      { cwd: root, encoding: 'utf8' },
    );
    expect(second).toContain(`process ${process.pid}`);
    expect(() => lockFolder(folder)).toThrow(FolderInUse);
    unlock();
    lockFolder(folder)();
  });

  it('is taken over from a process that is gone', () => {
    const folder = folderOf('stale');
    mkdirSync(folder, { recursive: true });
    execFileSync(process.execPath, [
      '-e',
      `require('fs').writeFileSync(${JSON.stringify(path.join(folder, 'frontdesk.lock'))}, JSON.stringify({pid: process.pid, startedAt: '1'}))`,
    ]);
    expect(() => lockFolder(folder)()).not.toThrow();
  });
});

type Prepared = {
  env: NodeJS.ProcessEnv;
  open(): Promise<{ store: Store; close(): Promise<void> }>;
  drop(): Promise<void>;
};

async function prepare(storage: Storage): Promise<Prepared> {
  const dataFolder = folderOf('kill');
  const env = { ...process.env, FRONTDESK_DATA: dataFolder, LOG_LEVEL: 'error', DATABASE_URL: undefined };
  const storeOver = (source: Parameters<typeof makeStore>[0]) => ({
    store: makeStore(source, auditKey(dataFolder), new LiveHub()),
    close: () => source.close(),
  });
  if (storage === 'server') {
    const { name, drop } = await cloneServer();
    const url = databaseUrl(name, login);
    return { env: { ...env, DATABASE_URL: url }, open: async () => storeOver(openServer(url)), drop };
  }
  const folder = path.join(dataFolder, 'database');
  cloneEmbedded(folder);
  return {
    env,
    open: async () => storeOver(await openEmbedded({ folder, durable: true })),
    drop: async () => undefined,
  };
}

async function startChild(env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [...tsx, path.join(here, 'child-office.ts')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The office did not start.')));
    child.stdout?.on('data', (chunk: Buffer) => {
      const found = /port (\d+)/.exec(chunk.toString());
      if (found?.[1]) resolve(found[1]);
    });
  });
  return { child, url: `http://127.0.0.1:${port}` };
}

const killed = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });

describe.each(storages)('the office killed under load on %s storage', (storage) => {
  it('loses nothing that it acknowledged, doubles nothing, and its audit is whole', {
    timeout: 400_000,
  }, async () => {
    const prepared = await prepare(storage);
    const first = await prepared.open();
    const { practiceId, managerAccountId } = await createPractice(first.store, {
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
    const { token } = await inTransaction(first.store, opening, (tx) =>
      openSession(tx, managerAccountId, 'bearer'),
    );
    await first.close();

    const acknowledged = new Set<string>();
    const sent = new Set<string>();
    for (let round = 0; round < rounds(1, 20); round++) {
      const { child, url } = await startChild(prepared.env);
      const desk = deskAt(url, token);
      let stopped = false;
      const worker = async () => {
        while (!stopped) {
          const familyName = `Kill${randomUUID()}`;
          const body = { patient: { familyName, givenName: 'Test' } };
          sent.add(familyName);
          const answer = await desk.ask(registerPatient, { body }).catch(() => undefined);
          if (answer?.status === 200) acknowledged.add(familyName);
          else if (answer) throw new Error(`Registering answered ${answer.status}: ${answer.body.message}`);
        }
      };
      const workers = Promise.all(Array.from({ length: 8 }, worker));
      const goal = acknowledged.size + 40;
      const reached = async () => {
        while (acknowledged.size < goal) await new Promise((resolve) => setTimeout(resolve, 20));
      };
      await Promise.race([reached(), workers]);
      await killed(child);
      stopped = true;
      await workers;
    }

    const after = await prepared.open();
    const found = await inTransaction(after.store, opening, async (tx) => {
      const { rows } = await sql<{ familyName: string }>`select family_name from patients`.execute(tx.db);
      return rows.map((row) => row.familyName);
    });
    expect(new Set(found).size).toBe(found.length);
    expect([...acknowledged].filter((name) => !found.includes(name))).toEqual([]);
    expect(found.filter((name) => !sent.has(name))).toEqual([]);
    const verdict = await inTransaction(after.store, { ...opening, readOnly: true }, (tx) =>
      verifyChain(tx.db, after.store.auditKey, practiceId, []),
    );
    expect(verdict).toMatchObject({ ok: true });
    await after.close();
    await prepared.drop();
  });
});
