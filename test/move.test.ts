import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { moveTo } from '../src/app/move-command.ts';
import { noteMoved, refuseMoved } from '../src/app/moved-away.ts';
import { migrationsFolder } from '../src/app/office.ts';
import { registerPatient } from '../src/features/patients/api.ts';
import { verifyChain } from '../src/platform/audit/verify.ts';
import { readConfig } from '../src/platform/config.ts';
import { dbOver, type Link } from '../src/platform/db/database.ts';
import { readMigrations } from '../src/platform/db/migrate.ts';
import { moveInto } from '../src/platform/db/move.ts';
import { openServer } from '../src/platform/db/server.ts';
import { withLink } from '../src/platform/db/transaction.ts';
import { fillPractice } from './fill.ts';
import { openTestOffice, storages, type TestOffice, type TestPractice } from './office.ts';
import { asServerOwner, databaseUrl } from './templates.ts';

const migrations = readMigrations(migrationsFolder);

describe.runIf(storages.includes('server'))(
  'an office that goes from the embedded database to a server',
  () => {
    let office: TestOffice;
    let practice: TestPractice;
    let names = 0;
    const facts = () => ({
      version: '0',
      at: '2026-03-04T15:00:00.000Z',
      auditKey: office.store.auditKey.toString('hex'),
    });

    beforeAll(async () => {
      office = await openTestOffice({ storage: 'embedded' });
      practice = await office.practice();
      await fillPractice(practice);
      const desk = await practice.as('secretary');
      for (const familyName of ['Nguyễn', 'Łódź', "O'Brien"]) {
        await desk.do(registerPatient, { body: { patient: { familyName, givenName: 'Test' } } });
      }
    });
    afterAll(() => office.close());

    /** An empty database, and a link to it as its owner. */
    async function withEmpty(work: (target: Link) => Promise<void>): Promise<void> {
      names += 1;
      const name = `moved_${process.pid}_${names}`;
      await asServerOwner((client) => client.query(`create database ${name}`));
      const owner = openServer(databaseUrl(name), 1);
      try {
        await withLink(owner, work);
      } finally {
        await owner.close();
        await asServerOwner((client) => client.query(`drop database ${name} with (force)`));
      }
    }
    const move = (target: Link) =>
      withLink(office.store.source, (source) => moveInto(target, source, facts(), migrations));
    const countOf = async (link: Link, table: string) =>
      Number((await link.query(`select count(*)::int as n from "${table}"`, [])).rows[0]?.n);

    it('arrives with every row of every table and a whole audit, and into no database that has one', async () => {
      await withEmpty(async (target) => {
        const tables = await move(target);
        expect(tables.size).toBeGreaterThan(30);
        for (const [table, { count }] of tables) {
          expect(await countOf(target, table), table).toBe(count);
          const here = await withLink(office.store.source, (source) => countOf(source, table));
          expect(count, table).toBe(here);
        }
        const { rows } = await target.query('select family_name from patients order by family_name', []);
        expect(rows.map((row) => row.family_name)).toEqual(
          expect.arrayContaining(['Nguyễn', 'Łódź', "O'Brien"]),
        );
        const verdict = await verifyChain(
          dbOver(target, { statements: 0 }),
          office.store.auditKey,
          practice.practiceId,
          [],
        );
        expect(verdict).toMatchObject({ ok: true });
        await expect(move(target)).rejects.toThrow(/holds a practice already/);
      });
    });

    it('leaves the office as it was, to be used on', async () => {
      const desk = await practice.as('secretary');
      await desk.do(registerPatient, { body: { patient: { familyName: 'After', givenName: 'Test' } } });
    });

    it('is not mixed with the tables of another program', async () => {
      await withEmpty(async (target) => {
        await target.exec('create table invoices (id int)');
        await expect(move(target)).rejects.toThrow(/tables of another program/);
        expect(await countOf(target, 'invoices')).toBe(0);
      });
    });

    it('is taken back whole where a single word arrived otherwise', async () => {
      await withEmpty(async (target) => {
        const garbling: Link = {
          exec: (text) => target.exec(text),
          begin: (id, readOnly) => target.begin(id, readOnly),
          commit: (readOnly) => target.commit(readOnly),
          query: (sql, params) =>
            target.query(
              sql,
              params.map((one) => (typeof one === 'string' ? one.replace('Nguyễn', 'Nguyen') : one)),
            ),
        };
        await expect(move(garbling)).rejects.toThrow(
          /Table \w+ did not arrive as it left. Nothing was moved/,
        );
        expect(await countOf(target, 'practices')).toBe(0);
        // Nothing stands in the way of another try.
        expect((await move(target)).get('practices')?.count).toBe(1);
      });
    });
  },
);

describe('frontdesk move-to', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each<[string, Record<string, string>, string[], RegExp]>([
    ['no address', {}, [], /Say where to/],
    ['an address that is none', {}, ['backup.file'], /Say where to/],
    [
      'an office on a server',
      { DATABASE_URL: 'postgres://a@b/c' },
      ['postgres://a@b/d'],
      /on a server already/,
    ],
  ])('with %s says what to do', async (_, env, words, why) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    await expect(moveTo(words)).rejects.toThrow(why);
  });

  it('keeps the old copy from being opened by a forgotten setting', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-moved-'));
    const config = readConfig({ FRONTDESK_DATA: folder });
    refuseMoved(config);
    noteMoved(config, '2026-03-04T15:00:00.000Z');
    expect(() => refuseMoved(config)).toThrow(/moved to a server on 2026-03-04. Set DATABASE_URL/);
    refuseMoved(readConfig({ FRONTDESK_DATA: folder, DATABASE_URL: 'postgres://a@b/c' }));
    rmSync(folder, { recursive: true });
  });
});
