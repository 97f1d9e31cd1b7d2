import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  eitherStorage,
  openTestOffice,
  type Storage,
  type TestOffice,
  type TestPractice,
} from '../../test/office.ts';
import { databaseUrl } from '../../test/templates.ts';
import { backUpNow, getBackups, noteDrill, planBackups } from '../platform/backups/api.ts';
import { readConfig } from '../platform/config.ts';
import { checkDump } from '../platform/db/load.ts';
import { openServer } from '../platform/db/server.ts';
import { readBackup, writeBackup } from './backup.ts';
import { makeDueBackups } from './keep-backups.ts';
import { todayBoard } from './lists.ts';
import { readToday } from './pages/today/today-api.ts';

const start = '2026-03-04T15:00:00.000Z';
const passphrase = 'nine quiet rivers';
const hour = 3_600_000;

describe.each(eitherStorage)('an office that backs itself up (%s)', (storage: Storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let folder: string;
  beforeAll(async () => {
    office = await openTestOffice({ storage, at: start });
    practice = await office.practice();
    todayBoard.paceMs = 0;
    folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-backups-'));
  });
  afterAll(async () => {
    await office.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const files = () => readdirSync(path.join(folder, 'nightly'));
  const write = async (file: string, words: string) => {
    const config = readConfig({
      FRONTDESK_DATA: folder,
      FRONTDESK_AUDIT_KEY: office.store.auditKey.toString('hex'),
    });
    if (storage === 'embedded') return writeBackup(office.store.source, config, file, words);
    const owner = openServer(databaseUrl(await office.database()), 2);
    return writeBackup(owner, config, file, words).finally(() => owner.close());
  };
  const make = () => makeDueBackups(office.store, folder, write);
  /** Signed in anew: nobody's session outlasts these nights. */
  const manager = () => practice.as('manager');
  const owed = async () => {
    const { duties } = await (await manager()).do(readToday, { query: { who: 'everyone' } });
    return duties.filter((duty) => duty.kind.startsWith('backup.')).map((duty) => duty.title);
  };
  const plan = { atLocal: '02:30', folder: 'nightly', keep: 2, drillDays: 30 };

  it('owes a plan after three days, sealed by a passphrase and the manager’s to make', async () => {
    expect(await owed()).toEqual([]);
    office.clock.advance(73 * hour);
    expect(await owed()).toEqual(['Nothing backs this office up']);
    const desk = await manager();
    const body = { ...plan, version: 0 };
    expect((await (await practice.as('secretary')).ask(planBackups, { body })).status).toBe(403);
    const bare = await desk.ask(planBackups, { body });
    expect([bare.status, Object.keys(bare.body.fields ?? {})]).toEqual([400, ['passphrase']]);
    await desk.do(planBackups, { body: { ...body, passphrase } });
    const told = await desk.do(getBackups);
    expect(told.passphrase).toBe('kept');
    expect(JSON.stringify(told)).not.toContain(passphrase);
    expect((await desk.ask(planBackups, { body: { ...body, passphrase } })).status).toBe(409);
    expect(await owed()).toEqual([]);
    expect(await make()).toBe(0);
  });

  it('makes one each night, once, that can be read back', async () => {
    office.clock.set('2026-03-08T07:31:00.000Z');
    expect((await Promise.all([make(), make()])).reduce((sum, made) => sum + made, 0)).toBe(1);
    expect(files()).toEqual(['frontdesk-2026-03-08-0731.frontdesk']);
    const checked = await checkDump(readBackup(path.join(folder, 'nightly', files()[0] ?? ''), passphrase));
    expect(checked.rows).toBeGreaterThan(5);
    expect(await make()).toBe(0);
    const { runs, plan: planned } = await (await manager()).do(getBackups);
    expect(runs.map((run) => [run.file, run.fault])).toEqual([['frontdesk-2026-03-08-0731.frontdesk', '']]);
    // The clocks went on that night.
    expect(planned?.nextAt).toBe('2026-03-09T06:30:00.000Z');
  });

  it('owes one that is late, says why one failed, and tries again after an hour', async () => {
    office.clock.set('2026-03-09T08:00:00.000Z');
    expect(await owed()).toEqual(['The backup is late']);
    const broken = async () => {
      throw new Error('ENOSPC: no space left on device');
    };
    expect(await makeDueBackups(office.store, folder, broken)).toBe(0);
    expect(await owed()).toEqual(['The backup failed']);
    expect((await (await manager()).do(getBackups)).runs[0]?.fault).toMatch(/no space left/);
    expect(await make()).toBe(0);
    office.clock.advance(61 * 60_000);
    expect(await make()).toBe(1);
    expect(await owed()).toEqual([]);
  });

  it('makes one when someone asks, and keeps as many as are wanted and what is not its own', async () => {
    writeFileSync(path.join(folder, 'nightly', 'notes.txt'), 'mine');
    office.clock.advance(hour);
    await (await manager()).do(backUpNow);
    expect(await make()).toBe(1);
    expect(files().filter((file) => file.endsWith('.frontdesk'))).toHaveLength(2);
    expect(existsSync(path.join(folder, 'nightly', 'notes.txt'))).toBe(true);
  });

  it('reminds of a try to restore, until someone notes one', async () => {
    office.clock.set('2026-04-07T06:31:00.000Z');
    await make();
    expect(await owed()).toEqual(['Try to restore a backup']);
    await (await manager()).do(noteDrill, { body: { reason: 'Restored last night’s on the spare laptop' } });
    expect(await owed()).toEqual([]);
  });

  it('of several practices leaves it to its host', async () => {
    await office.practice();
    office.clock.set('2026-04-08T06:31:00.000Z');
    expect(await make()).toBe(0);
    expect((await (await manager()).do(getBackups)).runs[0]?.fault).toMatch(/several practices/);
  });
});
