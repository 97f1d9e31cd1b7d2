import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backupBeforeMigrating, readBackup } from '../../src/app/backup.ts';
import { migrationsFolder, openOffice } from '../../src/app/office.ts';
import { searchPatients } from '../../src/features/patients/api.ts';
import { findOpenings } from '../../src/features/schedule/openings/api.ts';
import { getSetup } from '../../src/features/schedule/setup/api.ts';
import { bookVisit } from '../../src/features/schedule/visits/api.ts';
import { verifyChain } from '../../src/platform/audit/verify.ts';
import { fixedClock } from '../../src/platform/clock/clock.ts';
import { type Config, readConfig } from '../../src/platform/config.ts';
import { dbOver, type Link, type LinkSource } from '../../src/platform/db/database.ts';
import { listTables } from '../../src/platform/db/dump.ts';
import { openEmbedded } from '../../src/platform/db/embedded.ts';
import { checkDump, loadDump } from '../../src/platform/db/load.ts';
import { readMigrations } from '../../src/platform/db/migrate.ts';
import { openDatabase } from '../../src/platform/db/open.ts';
import { openServer } from '../../src/platform/db/server.ts';
import { withLink } from '../../src/platform/db/transaction.ts';
import { deskAt, type Storage, storages } from '../office.ts';
import { rounds } from '../rounds.ts';
import { asServerOwner, databaseUrl, emptyEmbeddedInto, login } from '../templates.ts';

/** The invented practice as the version before wrote it; renewed at each release (CONTRIBUTING.md). */
const lines = brotliDecompressSync(readFileSync(path.join(import.meta.dirname, 'previous.br')))
  .toString()
  .trimEnd()
  .split('\n');
async function* dump() {
  yield* lines;
}
const migrations = readMigrations(migrationsFolder);

/**
 * Columns of then that a migration since then changes on purpose, each with why. Everything else must be as it was.
 */
const changedOnPurpose: Readonly<Record<string, Readonly<Record<string, string>>>> = {};

/** A table's columns of then, its rows, and one code over all of them whatever their order. */
type Tally = { columns: string[]; count: number; sum: string };

async function tally(link: Link, tables: ReadonlyMap<string, string[]>): Promise<Map<string, Tally>> {
  await link.exec(`set timezone to 'UTC'; set bytea_output to 'hex'`);
  const found = new Map<string, Tally>();
  for (const [table, columns] of tables) {
    const list = columns.map((column) => `"${column}"`).join(', ');
    const { rows } = await link.query(
      `select count(*)::int as count, coalesce(md5(string_agg(hash, '' order by hash)), '') as sum
       from (select md5(row(${list})::text) as hash from "${table}") rows`,
      [],
    );
    found.set(table, { columns, count: Number(rows[0]?.count), sum: String(rows[0]?.sum) });
  }
  return found;
}

async function columnsOf(link: Link): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const table of await listTables(link)) {
    const { rows } = await link.query(
      `select attname as name from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
      [`"${table}"`],
    );
    const left = changedOnPurpose[table] ?? {};
    found.set(
      table,
      rows.map((row) => String(row.name)).filter((column) => !(column in left)),
    );
  }
  return found;
}

// As most practices run it; on a server too in the proof.
describe.each(rounds(1, 2) === 2 ? storages : storages.slice(0, 1))(
  'data of the version before (%s)',
  (storage: Storage) => {
    let folder: string;
    let config: Config;
    let before: Map<string, Tally>;
    let name = '';
    let head: Awaited<ReturnType<typeof checkDump>>['head'];

    /** Read or check as the owner, whom row-level security does not bind. */
    async function asOwner<T>(work: (link: Link) => Promise<T>): Promise<T> {
      const source: LinkSource & { close(): Promise<void> } = config.databaseUrl
        ? openServer(databaseUrl(name), 1)
        : await openEmbedded({ folder: path.join(folder, 'database'), durable: false });
      return withLink(source, work).finally(() => source.close());
    }
    const compared = () =>
      asOwner((link) => tally(link, new Map([...before].map(([k, v]) => [k, v.columns]))));
    const backups = () => {
      try {
        return readdirSync(path.join(folder, 'backups'));
      } catch {
        return [];
      }
    };

    beforeAll(async () => {
      folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-upgrade-'));
      head = (await checkDump(dump())).head;
      const env = { FRONTDESK_DATA: folder, FRONTDESK_AUDIT_KEY: head.auditKey };
      if (storage === 'server') {
        name = `upgrade_${randomUUID().replaceAll('-', '')}`;
        await asServerOwner((client) => client.query(`create database ${name}`));
        const urls = { DATABASE_URL: databaseUrl(name, login), DATABASE_OWNER_URL: databaseUrl(name) };
        config = readConfig({ ...env, ...urls });
      } else {
        config = readConfig(env);
        emptyEmbeddedInto(path.join(folder, 'database'));
      }
      const old = migrations.slice(0, head.migrations.length);
      await asOwner(async (link) => {
        await loadDump(link, head, dump(), old);
        before = await tally(link, await columnsOf(link));
      });
    });
    afterAll(async () => {
      rmSync(folder, { recursive: true, force: true });
      if (name) await asServerOwner((client) => client.query(`drop database ${name} with (force)`));
    });

    it('holds a practice at work', () => {
      for (const table of ['patients', 'visits', 'audit_records', 'accounts', 'tasks', 'coverages'])
        expect(before.get(table)?.count, table).toBeGreaterThan(5);
    });

    it('is as it was when a migration fails half-way, and the office does not open', {
      timeout: 60_000,
    }, async () => {
      const broken = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-broken-'));
      cpSync(migrationsFolder, broken, { recursive: true });
      const next = String(migrations.length + 1).padStart(4, '0');
      writeFileSync(
        path.join(broken, `${next}_broken.sql`),
        "create table half_way (n int); update patients set note = note || '?'; select 1 / 0;",
      );
      const opened = openDatabase(config, broken, backupBeforeMigrating(config));
      await expect(opened).rejects.toThrow(/_broken.sql failed and was undone/);
      rmSync(broken, { recursive: true });
      expect(await compared()).toEqual(before);
      const gone = await asOwner((link) => link.query(`select to_regclass('half_way') is null as gone`, []));
      expect(gone.rows[0]?.gone).toBe(true);
    });

    it('was backed up as it was before anything was changed', async () => {
      const [first = ''] = backups();
      expect(first).toMatch(/^before-migrating-/);
      const kept = await checkDump(readBackup(path.join(folder, 'backups', first), head.auditKey));
      expect(kept.head.migrations).toHaveLength(head.migrations.length);
      const rows = [...before.values()].reduce((sum, { count }) => sum + count, 0);
      expect(kept.rows).toBe(rows);
    });

    it('opens in this version with every row, a whole audit, and books a visit', {
      timeout: 60_000,
    }, async () => {
      const database = await openDatabase(config, migrationsFolder, backupBeforeMigrating(config));
      const clock = fixedClock('2026-03-04T15:30:00.000Z');
      const office = await openOffice({ ...config, logLevel: 'silent' }, database.source, {
        clock,
        web: false,
      });
      await office.app.listen({ port: 0, host: '127.0.0.1' });
      const url = `http://127.0.0.1:${(office.app.server.address() as AddressInfo).port}`;
      const answer = await fetch(`${url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'secretary@demo.test', password: 'demo-desk' }),
      });
      const { token } = (await answer.json()) as { token: string };
      const desk = deskAt(url, token);
      const setup = await desk.do(getSetup);
      const followUp = setup.visitTypes.find((type) => type.needs.length === 0) ?? setup.visitTypes[0];
      const { openings } = await desk.do(findOpenings, {
        body: { visitTypeId: followUp?.visitTypeId ?? '', from: '2026-03-05' },
      });
      const { hits } = await desk.do(searchPatients, { body: { text: 'a' } });
      const [slot] = openings;
      if (!slot || !hits[0] || !followUp) throw new Error('Nothing to book with.');
      const { visit } = await desk.do(bookVisit, {
        body: {
          patientId: hits[0].patientId,
          visitTypeId: followUp.visitTypeId,
          physicianId: slot.physicianId,
          siteId: slot.siteId,
          startsAt: slot.startsAt,
          resourceIds: slot.resourceIds,
        },
      });
      expect(visit.state).toBe('booked');
      await office.close();
      await database.close();
      await asOwner(async (link) => {
        const { rows } = await link.query('select practice_id::text as id from practices', []);
        const key = Buffer.from(head.auditKey, 'hex');
        const verdict = await verifyChain(dbOver(link, { statements: 0 }), key, String(rows[0]?.id), []);
        expect(verdict).toMatchObject({ ok: true });
      });
    });
  },
);
