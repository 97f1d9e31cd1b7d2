import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeStore } from '../../src/app/office.ts';
import { auditKey } from '../../src/platform/audit/key.ts';
import { openEmbedded } from '../../src/platform/db/embedded.ts';
import { FolderInUse, lockFolder } from '../../src/platform/db/folder-lock.ts';
import { openServer } from '../../src/platform/db/server.ts';
import type { Store } from '../../src/platform/db/transaction.ts';
import { LiveHub } from '../../src/platform/http/live.ts';
import { childProgram } from '../children.ts';
import { expectNoLeaks, listening } from '../log-scan.ts';
import { deskAt, type Storage, storages } from '../office.ts';
import { rounds } from '../rounds.ts';
import { cloneEmbedded, cloneServer, databaseUrl, login } from '../templates.ts';
import { afterLeases, expectWhole, jobsGoOn, openPractice, startLoad } from './load.ts';
import { ended, type Process, startProcess } from './processes.ts';
import { readStrace } from './strace.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folders: string[] = [];
const folderOf = (name: string): string => {
  const folder = mkdtempSync(path.join(os.tmpdir(), `frontdesk-${name}-`));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('the embedded store', () => {
  it.runIf(existsSync('/usr/bin/strace'))(
    'writes to no file of its folder without syncing it',
    async () => {
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
          await childProgram('test/durability/write-steadily.ts'),
          folder,
        ],
        { cwd: root, stdio: 'pipe' },
      );
      const writes = readStrace(readFileSync(trace, 'utf8'), folder);
      expect(writes.plain).toEqual([]);
      expect(writes.synced).toBeGreaterThan(20);
    },
    60_000,
  );

  it('is refused to a second process, by name of the first', async () => {
    const folder = folderOf('lock');
    const unlock = lockFolder(folder);
    const program = await childProgram('src/platform/db/folder-lock.ts');
    const second = execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { lockFolder } from ${JSON.stringify(program)};
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
  const env = { ...process.env, FRONTDESK_DATA: dataFolder, LOG_LEVEL: 'debug', DATABASE_URL: undefined };
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

// The server's kills in `npm test` are those of two-processes.test.ts.
describe.each(rounds(1, 2) === 2 ? storages : storages.slice(0, 1))(
  'the office killed under load on %s storage',
  (storage) => {
    it('loses nothing that it acknowledged, doubles nothing, does its jobs, and its audit is whole', {
      timeout: 600_000,
    }, async () => {
      const prepared = await prepare(storage);
      const first = await prepared.open();
      const { practiceId, schedule, token } = await openPractice(first.store);
      const carried = await token();
      await first.close();

      const logs: Process[] = [];
      const start = async (env = {}) => {
        const process = await startProcess({ ...prepared.env, ...env });
        logs.push(process);
        return process;
      };
      const writes = rounds(12, 60);
      let office = await start();
      const load = startLoad({ desk: () => deskAt(office.url, carried), schedule, workers: 8 });
      for (let round = 0; round < rounds(1, 20); round++) {
        if (round > 0) office = await start();
        await load.more(writes);
        await ended(office.child, 'SIGKILL');
      }
      office = await start(afterLeases);
      await load.more(10);
      const done = await load.stop();
      await jobsGoOn(deskAt(office.url, carried), done);
      await ended(office.child, 'SIGTERM');

      const after = await prepared.open();
      const mrns = await expectWhole(after.store, practiceId, done);
      const texts = logs.map((one) => one.log());
      expectNoLeaks(texts, { people: done.sent, mrns, holds: [listening] });
      await after.close();
      await prepared.drop();
    });
  },
);
