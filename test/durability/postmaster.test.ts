import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { makeStore, migrationsFolder } from '../../src/app/office.ts';
import { registerPatient } from '../../src/features/patients/api.ts';
import { createPractice } from '../../src/features/practice/commands.ts';
import { auditKey } from '../../src/platform/audit/key.ts';
import { verifyChain } from '../../src/platform/audit/verify.ts';
import { openDatabase } from '../../src/platform/db/open.ts';
import { openServer } from '../../src/platform/db/server.ts';
import { inTransaction, theOffice } from '../../src/platform/db/transaction.ts';
import { LiveHub } from '../../src/platform/http/live.ts';
import { openSession } from '../../src/platform/session/session.ts';
import { storages } from '../office.ts';
import { rounds } from '../rounds.ts';
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
    const { token } = await inTransaction(store, { practiceId, actor: theOffice }, (tx) =>
      openSession(tx, managerAccountId, 'bearer'),
    );
    await database.close();
    await owner.end();

    const env = { ...process.env, FRONTDESK_DATA: folder, DATABASE_URL: loginUrl, LOG_LEVEL: 'silent' };
    const office = await startProcess(env);
    const acknowledged = new Set<string>();
    const sent = new Set<string>();
    let stopped = false;
    let told = 0;
    const register = async (): Promise<void> => {
      const familyName = `Pm${randomUUID()}`;
      const key = randomUUID();
      sent.add(familyName);
      while (!stopped) {
        const answer = await fetch(office.url + registerPatient.path, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            'idempotency-key': key,
          },
          body: JSON.stringify({ patient: { familyName, givenName: 'Test' } }),
        });
        if (answer.status === 200) return void acknowledged.add(familyName);
        // Nothing but "the database does not answer just now": kind, and to be asked again.
        if (answer.status !== 503) throw new Error(`Registering answered ${answer.status}.`);
        told += 1;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const workers = Promise.all(
      Array.from({ length: 6 }, async () => {
        while (!stopped) await register();
      }),
    );
    const whole = rounds(1, 10);
    for (let round = 0; round < whole; round++) {
      const goal = acknowledged.size + 30;
      const reached = async () => {
        while (acknowledged.size < goal) await new Promise((resolve) => setTimeout(resolve, 10));
      };
      await Promise.race([reached(), workers]);
      await cluster.crash();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await cluster.restart();
    }
    const goal = acknowledged.size + 10;
    const comesBack = async () => {
      while (acknowledged.size < goal) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    await Promise.race([comesBack(), workers]);
    stopped = true;
    await workers;
    await ended(office.child, 'SIGTERM');

    const source = openServer(loginUrl);
    const after = makeStore(source, auditKey(folder), new LiveHub());
    const opening = { practiceId, actor: theOffice, readOnly: true };
    const { found, verdict } = await inTransaction(after, opening, async (tx) => {
      const { rows } = await sql<{ familyName: string }>`select family_name from patients`.execute(tx.db);
      return {
        found: rows.map((row) => row.familyName),
        verdict: await verifyChain(tx.db, after.auditKey, practiceId, []),
      };
    });
    await source.close();
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
    expect(told).toBeGreaterThan(0);
    expect(new Set(found).size).toBe(found.length);
    expect([...acknowledged].filter((name) => !found.includes(name))).toEqual([]);
    expect(found.filter((name) => !sent.has(name))).toEqual([]);
    expect(verdict).toMatchObject({ ok: true });
  });
});
