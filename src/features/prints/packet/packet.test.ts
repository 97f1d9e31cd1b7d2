import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { pdftotext, textOf } from '../../../../test/pdf-text.ts';
import { setUpSchedule } from '../../../../test/practice.ts';
import { todayBoard } from '../../../app/lists.ts';
import { startJobs } from '../../../app/office.ts';
import { readToday } from '../../../app/pages/today/today-api.ts';
import { sealText, unsealText } from '../../../platform/files/sealed-text.ts';
import { addAlert } from '../../patients/alerts/commands.ts';
import { registerPatients } from '../../patients/commands.ts';
import { bookVisit } from '../../schedule/visits/commands.ts';
import * as api from './api.ts';
import { faultText, isDue, isPacketName, packetName, toRemove } from './rules.ts';

describe('when and what', () => {
  const due = { enabled: true, atLocal: '18:00', writtenFor: '2026-03-03' };
  test.each([
    ['before its time', due, '17:59', false],
    ['at its time', due, '18:00', true],
    ['once written, not again that evening', { ...due, writtenFor: '2026-03-04' }, '18:10', false],
    ['never written yet', { ...due, writtenFor: null }, '23:00', true],
    ['switched off', { ...due, enabled: false }, '18:00', false],
  ])('%s', (_words, settings, now, expected) => {
    expect(isDue(settings, '2026-03-04', now)).toBe(expected);
  });
  test('only its own files are its own, and the oldest go', () => {
    const id = '00000000-0000-0000-0000-0000abcdef12';
    expect(isPacketName(packetName('2026-03-05', id), id)).toBe(true);
    expect(isPacketName(packetName('2026-03-05', id), id.replace('12', '13'))).toBe(false);
    expect(isPacketName('downtime-2026-03-05.pdf', id)).toBe(false);
    expect(toRemove(['b-2', 'b-3', 'b-1'], 2)).toEqual(['b-1']);
    expect([faultText('ENOSPC'), faultText('EIO')]).toEqual(['the disk is full', 'writing failed (EIO)']);
  });
  test('a sealed password opens with its key alone', () => {
    const key = Buffer.alloc(32, 1);
    const sealed = sealText(key, 'packet password', 'Łódź 1234');
    expect(sealed.includes(Buffer.from('1234'))).toBe(false);
    expect(unsealText(key, 'packet password', sealed)).toBe('Łódź 1234');
    expect(() => unsealText(Buffer.alloc(32, 2), 'packet password', sealed)).toThrow();
  });
});

describe.runIf(pdftotext)('the packet of the evening', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let manager: Desk;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-packets-'));
  beforeAll(async () => {
    office = await openTestOffice();
    todayBoard.paceMs = 0;
    practice = await office.practice();
    manager = practice.manager;
    const plan = await setUpSchedule(practice, 0);
    await practice.tx(async (tx) => {
      const phones = [{ kind: 'mobile' as const, number: '+12125550123' }];
      const [made] = await registerPatients(tx, [{ familyName: 'Nguyễn', givenName: 'Thị Ánh', phones }]);
      await addAlert(tx, made?.patientId ?? '', { text: 'Latex allergy', tone: 'wrong' });
      await bookVisit(tx, {
        patientId: made?.patientId ?? '',
        visitTypeId: plan.followUp,
        siteId: plan.main,
        physicianId: plan.lee,
        startsAt: '2026-03-05T09:00:00-05:00',
        resourceIds: [],
        reason: '',
        note: '',
      });
    });
    await startJobs(office);
    await office.runner.stop();
  });
  afterAll(async () => {
    chmodSync(folder, 0o700);
    await office.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const set = async (more: Record<string, unknown> = {}) => {
    const { settings } = await manager.do(api.readPackets);
    const { hasPassword: _, ...rest } = settings;
    return manager.do(api.changePackets, { body: { ...rest, folder, password: null, ...more } });
  };
  const names = () =>
    readdirSync(folder)
      .filter((name) => name.startsWith('downtime-'))
      .sort();
  const duties = async () =>
    (await manager.do(readToday, { query: { who: 'everyone' } })).duties.filter(
      (one) => one.kind === 'packet.failed',
    );

  it('is written at its time, once, whole, for the office’s account alone, and on record', async () => {
    await set();
    office.clock.set('2026-03-04T22:50:00.000Z');
    await office.runner.drain();
    expect(names()).toEqual([]);
    office.clock.set('2026-03-04T23:01:00.000Z');
    await office.runner.drain();
    office.clock.set('2026-03-04T23:20:00.000Z');
    await office.runner.drain();
    expect(names()).toEqual([packetName('2026-03-05', practice.practiceId)]);
    // A desk of the morning is locked by now
    manager = await practice.as('manager');
    const file = path.join(folder, names()[0] ?? '');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = textOf(readFileSync(file)).normalize('NFC');
    for (const word of [
      'Downtime packet for Thu, Mar 5, 2026',
      'Nguyễn, Thị Ánh',
      '(212) 555-0123',
      'Latex allergy',
    ])
      expect(text).toContain(word);
    expect(text).toContain('Made while the office was away');
    const { rows } = await practice.tx((tx) =>
      sql<{ subjects: number }>`
        select cardinality(subject_ids)::int as subjects from audit_records
        where practice_id = ${practice.practiceId} and action = 'packet.printed' order by seq limit 5`.execute(
        tx.db,
      ),
    );
    expect(rows).toEqual([{ subjects: 1 }]);
    const state = await manager.do(api.readPackets);
    expect(state).toMatchObject({ fault: '', place: folder, files: [{ name: names()[0] }] });
    expect(await duties()).toEqual([]);
  });

  it('what stands in the way is owed on Today, and settled by writing it', async () => {
    await set({ folder: path.join(folder, 'gone') });
    const failed = await manager.do(api.writePacketNow);
    expect(failed).toEqual({ file: '', fault: 'the folder is not there' });
    expect((await duties()).map((one) => one.title)).toEqual([
      'Tonight’s downtime packet could not be written: the folder is not there',
    ]);
    mkdirSync(path.join(folder, 'gone'));
    expect((await manager.do(api.writePacketNow)).fault).toBe('');
    expect(await duties()).toEqual([]);
    const wrong = await manager.ask(api.changePackets, {
      body: { ...(await manager.do(api.readPackets)).settings, folder: 'packets', password: null },
    });
    expect(wrong.body.fields).toEqual({
      folder: 'Give the whole path of the folder, from the root of the disk.',
    });
  });

  it('opens only with its password, and the oldest beyond those kept are removed', async () => {
    for (const day of [1, 2, 3])
      writeFileSync(path.join(folder, packetName(`2026-03-0${day}`, practice.practiceId)), 'x');
    writeFileSync(path.join(folder, 'downtime-of-another.pdf'), 'x');
    await set({ password: 'blue heron 7', keep: 2, openDays: 2 });
    const { file } = await manager.do(api.writePacketNow);
    expect(names()).toEqual(
      [packetName('2026-03-03', practice.practiceId), file, 'downtime-of-another.pdf'].sort(),
    );
    const pdf = readFileSync(path.join(folder, file));
    const locked = spawnSync(pdftotext ?? '', ['-', '-'], { input: pdf, encoding: 'utf8' });
    expect([locked.status, locked.stdout]).toEqual([1, '']);
    const text = textOf(pdf, '-upw', 'blue heron 7').normalize('NFC');
    expect(text).toContain('Nguyễn, Thị Ánh');
    expect(text).toContain('Fri, Mar 6, 2026');
    expect(pdf.includes(Buffer.from('blue heron'))).toBe(false);
  });

  it('is the manager’s alone', async () => {
    const desk = await practice.as('secretary');
    expect((await desk.ask(api.readPackets)).status).toBe(403);
    expect((await desk.ask(api.writePacketNow)).status).toBe(403);
  });
});
