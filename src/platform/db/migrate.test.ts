import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openEmptyEmbedded } from '../../../test/templates.ts';
import { appliedMigrations, migrate, pendingMigrations, readMigrations } from './migrate.ts';
import { withLink } from './transaction.ts';

const folders: string[] = [];
function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-migrations-'));
  folders.push(folder);
  for (const [name, sql] of Object.entries(files)) writeFileSync(path.join(folder, name), sql);
  return folder;
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const one = { '0001_one.sql': 'create table one (n int);' };
const two = { ...one, '0002_two.sql': 'create table two (n int);' };

describe('migrations', () => {
  it('are read in order', () => {
    expect(readMigrations(folderWith(two)).map((migration) => migration.name)).toEqual([
      '0001_one.sql',
      '0002_two.sql',
    ]);
  });

  it('with a gap in their numbers are refused', () => {
    expect(() => readMigrations(folderWith({ ...one, '0003_three.sql': '' }))).toThrow(/out of order/);
  });

  it('that landed and were changed are refused', () => {
    const landed = readMigrations(folderWith(one));
    const changed = readMigrations(folderWith({ '0001_one.sql': 'create table one (n bigint);' }));
    expect(() => pendingMigrations(changed, landed)).toThrow(/was changed after it landed/);
  });

  it('of a newer version are refused, naming what is unknown', () => {
    expect(() => pendingMigrations(readMigrations(folderWith(one)), readMigrations(folderWith(two)))).toThrow(
      /newer Frontdesk.*0002_two/,
    );
  });

  it('run once, back up before touching data that is there, and undo what fails', {
    timeout: 60_000,
  }, async () => {
    const source = await openEmptyEmbedded();
    const backups: number[] = [];
    const backup = async () => void backups.push(1);
    await withLink(source, async (link) => {
      expect(await migrate(link, readMigrations(folderWith(one)), backup)).toEqual(['0001_one.sql']);
      expect(backups).toHaveLength(0);
      expect(await migrate(link, readMigrations(folderWith(two)), backup)).toEqual(['0002_two.sql']);
      expect(backups).toHaveLength(1);
      expect(await migrate(link, readMigrations(folderWith(two)), backup)).toEqual([]);
      const broken = { ...two, '0003_three.sql': 'create table three (n int); select 1 / 0;' };
      await expect(migrate(link, readMigrations(folderWith(broken)), backup)).rejects.toThrow(
        /0003_three.sql failed and was undone/,
      );
      expect(await appliedMigrations(link)).toHaveLength(2);
      const { rows } = await link.query(`select to_regclass('three') is null as gone`, []);
      expect(rows[0]).toEqual({ gone: true });
    });
    await source.close();
  });
});
