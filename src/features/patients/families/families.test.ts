import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { grayPng } from '../../../../test/picture.ts';
import { openPatientCard } from '../api.ts';
import { listChartMoves, moveChart } from '../charts/api.ts';
import { chartDuties } from '../charts/duties.ts';
import { registerPatients } from '../commands.ts';
import { mergePatients, takeApart } from '../merging/api.ts';
import { openPhoto, removePhoto, setPhoto } from '../photo/api.ts';
import { openFamily, reviewAdult } from './api.ts';
import { familyDuties } from './duties.ts';

const timeZone = 'America/New_York';
const dayMs = 86_400_000;

describe.each(eitherStorage)('what is kept beside a person on %s', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let desk: Desk;
  let ids: string[];
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    practice = await office.practice();
    desk = await practice.as('secretary');
    const outside = { name: 'Ruth Doe', relationship: 'aunt', phone: '518 555 0188', bornOn: '1970-01-02' };
    ids = await practice.tx(async (tx) => {
      const [mother] = await registerPatients(tx, [
        { familyName: 'Doe', givenName: 'Ann', bornOn: '1980-05-01', phones: [{ number: '518 555 0101' }] },
      ]);
      const paid = { patientId: mother?.patientId ?? '', relationship: 'mother' };
      const children = await registerPatients(tx, [
        { familyName: 'Doe', givenName: 'Ben', bornOn: '2015-06-01', guarantor: paid },
        // 18 on March 2, two days before the office's clock
        { familyName: 'Doe', givenName: 'Cleo', bornOn: '2008-03-02', guarantor: paid },
        { familyName: 'Doe', givenName: 'Dan', bornOn: '2016-06-01', guarantor: outside },
        {
          familyName: 'Doe',
          givenName: 'Eve',
          bornOn: '2018-06-01',
          guarantor: { ...outside, name: 'ruth doe' },
        },
        { familyName: 'Doe', givenName: 'Finn', bornOn: '2019-06-01', guarantor: { name: 'Ruth Doe' } },
        { familyName: 'Doe', givenName: 'Ann', bornOn: '1980-05-01', phones: [{ number: '518 555 0101' }] },
      ]);
      return [mother, ...children].map((one) => one?.patientId ?? '');
    });
  });
  afterAll(() => office.close());

  const idOf = (index: number) => ids[index] ?? '';
  const family = (index: number) => desk.do(openFamily, { params: { id: idOf(index) } });
  const names = async (index: number) => (await family(index)).members.map((one) => one.callName);
  const context = (daysLater = 0) => ({
    now: new Date(office.clock.now().getTime() + daysLater * dayMs),
    practiceTimeZone: timeZone,
  });

  it('shows everyone whom one guarantor pays for, from each of them', async () => {
    expect(await names(0)).toEqual(['Ann Doe', 'Cleo Doe', 'Ben Doe']);
    expect(await names(1)).toEqual(['Ann Doe', 'Cleo Doe', 'Ben Doe']);
    expect((await family(1)).guarantor).toMatchObject({ patientId: idOf(0), phone: '+15185550101' });
    // Outside the practice the same name alone is not the same person
    expect(await names(3)).toEqual(['Dan Doe', 'Eve Doe']);
    expect(await names(5)).toEqual(['Finn Doe']);
  });

  it('asks who pays once someone comes of age, until somebody asked', async () => {
    const owed = () => practice.tx((tx) => familyDuties[0]?.list(tx.db, context()) ?? Promise.resolve([]));
    const [duty, ...more] = await owed();
    expect(more).toEqual([]);
    expect(duty).toMatchObject({ subjectId: idOf(2), dueAt: '2026-03-02T22:00:00.000Z', severity: 'calm' });
    await desk.do(reviewAdult, { params: { id: idOf(2) }, body: {} });
    expect(await owed()).toEqual([]);
  });

  it('knows where a paper chart is, and asks for one that is out too long', async () => {
    const params = { id: idOf(0) };
    const first = await desk.do(moveChart, { params, body: { endsId: null, shelf: 'Room 2, D' } });
    const [there] = first.moves;
    const late = await desk.ask(moveChart, { params, body: { endsId: null, shelf: 'elsewhere' } });
    expect([late.status, late.body.error]).toEqual([409, 'stale']);
    const out = { endsId: there?.moveId ?? null, shelf: 'Room 2, D', outTo: 'Dr. Lee' };
    await desk.do(moveChart, { params, body: out });
    const owed = (daysLater: number) =>
      practice.tx((tx) => chartDuties[0]?.list(tx.db, context(daysLater)) ?? Promise.resolve([]));
    expect(await owed(6)).toEqual([]);
    const changes = await practice.tx(
      async (tx) => (await chartDuties[0]?.nextChangeAt(tx.db, context())) ?? null,
    );
    expect(changes?.getTime()).toBe(office.clock.now().getTime() + 7 * dayMs + 1);
    const [duty] = await owed(8);
    expect(duty).toMatchObject({ severity: 'wait', title: 'Bring the paper chart back: Ann Doe' });
    if (duty?.action.kind !== 'call') throw new Error('It is settled by one button.');
    await desk.do(moveChart, { params, body: moveChart.body.parse(duty.action.body) });
    expect(await owed(8)).toEqual([]);
    const { moves } = await desk.do(listChartMoves, { params });
    expect(moves.map((one) => [one.outTo || one.shelf, one.endedAt === null])).toEqual([
      ['Room 2, D', true],
      ['Dr. Lee', false],
      ['Room 2, D', false],
    ]);
  });

  it('keeps a picture without what its file told, erases it on request, and takes it along in a merge', async () => {
    const params = { id: idOf(6) };
    const card = async (id: string) => (await desk.do(openPatientCard, { params: { id } })).card.photoId;
    const svg = Buffer.from('<svg onload="alert(1)"/>').toString('base64');
    const refused = await desk.ask(setPhoto, { params, body: { data: svg, source: 'file' } });
    expect(refused.status).toBe(400);
    await desk.do(setPhoto, { params, body: { data: grayPng(), source: 'file' } });
    const { photoId } = await desk.do(setPhoto, { params, body: { data: grayPng(), source: 'camera' } });
    const { photo } = await desk.do(openPhoto, { params });
    expect([photo?.photoId, photo?.mime]).toEqual([photoId, 'image/png']);
    expect(Buffer.from(photo?.data ?? '', 'base64').toString('latin1')).not.toContain('somebody');
    expect(await card(idOf(6))).toBe(photoId);

    const body = { version: 1, otherId: idOf(6), otherVersion: 1, choices: {} };
    const { mergeId } = await desk.do(mergePatients, { params: { id: idOf(0) }, body });
    expect(await card(idOf(0))).toBe(photoId);
    expect(await names(1)).toEqual(['Ann Doe', 'Cleo Doe', 'Ben Doe']);
    await desk.do(takeApart, { params: { id: mergeId }, body: { version: 2 } });
    expect([await card(idOf(0)), await card(idOf(6))]).toEqual([null, photoId]);

    await desk.do(removePhoto, { params, body: { photoId, reason: 'asked for it' } });
    expect((await desk.do(openPhoto, { params })).photo).toBeNull();
    const again = await desk.ask(removePhoto, { params, body: { photoId, reason: 'asked for it' } });
    expect(again.status).toBe(404);
  });
});
