import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBackup, writeBackup } from '../src/app/backup.ts';
import { migrationsFolder } from '../src/app/office.ts';
import { registerPatient } from '../src/features/patients/api.ts';
import { verifyChain } from '../src/platform/audit/verify.ts';
import { readConfig } from '../src/platform/config.ts';
import { dbOver } from '../src/platform/db/database.ts';
import { checkDump, DumpRefused, loadDump } from '../src/platform/db/load.ts';
import { readMigrations } from '../src/platform/db/migrate.ts';
import { openServer } from '../src/platform/db/server.ts';
import { withLink } from '../src/platform/db/transaction.ts';
import { SealBroken } from '../src/platform/files/seal.ts';
import {
  eitherStorage,
  openTestOffice,
  type Storage,
  storages,
  type TestOffice,
  type TestPractice,
} from './office.ts';
import { asServerOwner, databaseUrl, openEmptyEmbedded } from './templates.ts';

const passphrase = 'four quiet words';
const migrations = readMigrations(migrationsFolder);

describe.each(eitherStorage)('a backup of an office on %s storage', (storage: Storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let folder: string;
  let file: string;

  beforeAll(async () => {
    office = await openTestOffice({ storage });
    practice = await office.practice();
    folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-backup-'));
    file = path.join(folder, 'office.frontdesk');
    const desk = await practice.as('secretary');
    for (const familyName of ['Nguyễn', 'Łódź', "O'Brien"]) {
      await desk.do(registerPatient, { body: { patient: { familyName, givenName: 'Test' } } });
    }
    const key = office.store.auditKey.toString('hex');
    const config = { ...readConfig({ FRONTDESK_DATA: folder, FRONTDESK_AUDIT_KEY: key }) };
    // While the backup is made, the office goes on working.
    const source =
      storage === 'server' ? openServer(databaseUrl(await office.database()), 2) : office.store.source;
    await Promise.all([
      writeBackup(source, config, file, passphrase),
      desk.do(registerPatient, { body: { patient: { familyName: 'Meanwhile', givenName: 'Test' } } }),
    ]);
    if (source !== office.store.source) await source.close();
  });
  afterAll(async () => {
    await office.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('holds no readable word of the practice', () => {
    const bytes = readFileSync(file);
    for (const word of ['Nguy', 'Brien', 'Elm Street', 'patients']) expect(bytes.includes(word)).toBe(false);
  });

  it('is whole: every count and hash agrees', async () => {
    const checked = await checkDump(readBackup(file, passphrase));
    expect(checked.tables).toBeGreaterThan(20);
    expect(checked.rows).toBeGreaterThan(10);
  });

  it('restores into an empty embedded store with its audit whole, and into no other', {
    timeout: 60_000,
  }, async () => {
    const target = await openEmptyEmbedded();
    const { head } = await checkDump(readBackup(file, passphrase));
    await withLink(target, (link) => loadDump(link, head, readBackup(file, passphrase), migrations));
    await withLink(target, async (link) => {
      const db = dbOver(link, { statements: 0 });
      const { rows } = await sql<{
        familyName: string;
      }>`select family_name from patients order by family_name`.execute(db);
      expect(rows.map((row) => row.familyName)).toEqual(
        expect.arrayContaining(['Nguyễn', 'Łódź', "O'Brien"]),
      );
      const verdict = await verifyChain(db, Buffer.from(head.auditKey, 'hex'), practice.practiceId, []);
      expect(verdict).toMatchObject({ ok: true });
    });
    const again = withLink(target, (link) => loadDump(link, head, readBackup(file, passphrase), migrations));
    await expect(again).rejects.toThrow(/holds a practice already/);
    await target.close();
  });

  it.runIf(storages.includes('server'))('restores into a server as well', { timeout: 60_000 }, async () => {
    const name = `restored_${Date.now()}_${storage}`;
    await asServerOwner((client) => client.query(`create database ${name}`));
    const target = openServer(databaseUrl(name), 2);
    const { head } = await checkDump(readBackup(file, passphrase));
    await withLink(target, (link) => loadDump(link, head, readBackup(file, passphrase), migrations));
    const count = await withLink(target, (link) => link.query('select count(*)::int as n from patients', []));
    expect(Number(count.rows[0]?.n)).toBeGreaterThanOrEqual(3);
    await target.close();
    await asServerOwner((client) => client.query(`drop database ${name} with (force)`));
  });

  const damaged = (name: string, change: (bytes: Buffer) => Buffer): string => {
    const copy = path.join(folder, name);
    writeFileSync(copy, change(readFileSync(file)));
    return copy;
  };
  it.each<[string, (bytes: Buffer) => Buffer]>([
    [
      'one changed byte',
      (bytes) => Buffer.from(bytes.map((byte, at) => (at === bytes.length - 40 ? byte ^ 1 : byte))),
    ],
    ['a cut end', (bytes) => bytes.subarray(0, bytes.length - 10)],
    ['something added', (bytes) => Buffer.concat([bytes, Buffer.from('more')])],
    [
      'nothing of ours in it',
      () => Buffer.from('PK\u0003\u0004 this is another kind of file altogether, long enough'),
    ],
    ['no byte at all', () => Buffer.alloc(0)],
  ])('with %s is refused before anything is written', async (name, change) => {
    const copy = damaged(name.replaceAll(' ', '-'), change);
    await expect(checkDump(readBackup(copy, passphrase))).rejects.toThrow(/backup|damaged|cut/i);
  });

  it('is refused with another passphrase', async () => {
    await expect(checkDump(readBackup(file, 'some other words'))).rejects.toBeInstanceOf(SealBroken);
  });
});

describe('a dump', () => {
  async function* lines(...all: unknown[]): AsyncGenerator<string> {
    for (const one of all) yield JSON.stringify(one);
  }
  const head = { kind: 'frontdesk-dump', format: 1, version: '0', at: '', migrations: [], auditKey: '' };

  it.each<[string, unknown[]]>([
    ['of another program', [{ kind: 'other' }]],
    ['with a row less than it says', [head, { table: 'sites' }, { end: 'sites', count: 1, sha256: 'x' }]],
    ['that stops inside a table', [head, { table: 'sites' }, { row: '{}' }]],
    ['of nothing', []],
  ])('%s is refused', async (_, all) => {
    await expect(checkDump(lines(...all))).rejects.toBeInstanceOf(DumpRefused);
  });
});
