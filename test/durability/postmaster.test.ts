import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { makeStore, migrationsFolder } from '../../src/app/office.ts';
import { auditKey } from '../../src/platform/audit/key.ts';
import { openDatabase } from '../../src/platform/db/open.ts';
import { openServer } from '../../src/platform/db/server.ts';
import { LiveHub } from '../../src/platform/http/live.ts';
import { expectNoLeaks, listening } from '../log-scan.ts';
import { deskAt, storages } from '../office.ts';
import { rounds } from '../rounds.ts';
import { afterLeases, expectWhole, jobsGoOn, openPractice, startLoad } from './load.ts';
import { ended, startProcess } from './processes.ts';

type Cluster = {
  url: string;
  stop(): Promise<void>;
  crash(): Promise<void>;
  restart(): Promise<void>;
};

/** A cluster of the test's own, which may be killed. */
async function startCluster(): Promise<Cluster> {
  const parts = '../../scripts/parts';
  const { findPostgres } = await import(`${parts}/tools.mjs`);
  const { startPostgres } = await import(`${parts}/postgres.mjs`);
  return startPostgres(findPostgres());
}

describe.runIf(storages.includes('server'))('PostgreSQL killed under load', () => {
  it('loses nothing that the office acknowledged, and the office comes back by itself', {
    timeout: 600_000,
  }, async () => {
    const cluster = await startCluster();
    const folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-postmaster-'));
    const owner = new pg.Client(cluster.url);
    await owner.connect();
    await owner.query(`create role office_login login password 'login'`);
    await owner.query('create database office');
    const ownerUrl = cluster.url.replace(/\/postgres$/, '/office');
    const loginUrl = ownerUrl.replace(/\/\/[^@]*@/, '//office_login:login@');
    const config = {
      ...{ port: 0, host: '127.0.0.1', dataFolder: folder, poolSize: 4, logLevel: 'silent' },
      databaseUrl: loginUrl,
      ownerUrl,
    };
    // It migrates as the owner and lets the login in.
    const database = await openDatabase(config, migrationsFolder, async () => undefined);
    const store = makeStore(database.source, auditKey(folder), new LiveHub());
    const { practiceId, schedule, token } = await openPractice(store);
    const carried = await token();
    await database.close();
    await owner.end();

    const env = { ...process.env, FRONTDESK_DATA: folder, DATABASE_URL: loginUrl, LOG_LEVEL: 'debug' };
    const office = await startProcess(env);
    // Nothing is answered but "the database does not answer just now": kind, and to be asked again.
    const load = startLoad({ desk: () => deskAt(office.url, carried), schedule, workers: 6 });
    const whole = rounds(1, 10);
    for (let round = 0; round < whole; round++) {
      await load.more(45);
      await cluster.crash();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await cluster.restart();
    }
    await load.more(15);
    const done = await load.stop();
    await ended(office.child, 'SIGTERM');
    const later = await startProcess({ ...env, ...afterLeases });
    await jobsGoOn(deskAt(later.url, carried), done);
    await ended(later.child, 'SIGTERM');

    const source = openServer(loginUrl);
    const mrns = await expectWhole(makeStore(source, auditKey(folder), new LiveHub()), practiceId, done);
    await source.close();
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
    expect(done.refused).toBeGreaterThan(0);
    expectNoLeaks([office.log(), later.log()], { people: done.sent, mrns, holds: [listening] });
  });
});
