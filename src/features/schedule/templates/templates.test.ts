import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { readDay } from '../day/api.ts';
import { findOpenings } from '../openings/api.ts';
import { listOutside, readHours, replaceWeek } from '../setup/api.ts';
import { outsideDuties } from '../setup/outside/duties.ts';
import { addSlotCode } from '../slot-codes/api.ts';
import * as visits from '../visits/api.ts';
import * as api from './api.ts';
import type { ApplyTemplate, NewTemplate } from './schema.ts';

// Wed 2026-03-04 10:00 in New York; the clock goes forward on Sunday, March 8
const at = (time: string, date: string, offset = '-04:00') => `${date}T${time}:00${offset}`;
type TypedApply = Omit<ApplyTemplate, 'version' | 'to'> & { version?: number; to?: string | null };

describe('week templates', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let np: string;
  beforeAll(async () => {
    office = await openTestOffice();
  });
  beforeEach(async () => {
    office.clock.set('2026-03-04T15:00:00.000Z');
    practice = await office.practice();
    plan = await setUpSchedule(practice);
    const code = { code: 'NP', name: 'New patients', color: '#7a4a9e', visitTypeIds: [plan.newPatient] };
    np = (await practice.manager.do(addSlotCode, { body: code })).slotCodeId;
  });
  afterAll(() => office.close());

  const row = (weekday: number, startsLocal: string, endsLocal: string, more: object = {}) => ({
    ...{ weekday, siteId: plan.main, startsLocal, endsLocal },
    ...more,
  });
  const add = async (rows: NewTemplate['rows'], weeks = 1, name = 'Mornings') =>
    (await practice.manager.do(api.addTemplate, { body: { name, weeks, rows } })).templateId;
  const input = (templateId: string, more: TypedApply) => ({
    params: { templateId },
    body: { version: 1, ...more },
  });
  const apply = (templateId: string, more: TypedApply) =>
    practice.manager.do(api.applyTemplate, input(templateId, more));
  const undo = (applicationId: string) =>
    practice.manager.ask(api.undoApplication, { params: { applicationId } });
  const weekly = async (resourceId = plan.lee) => {
    const read = await practice.manager.do(readHours, { query: { resourceId } });
    return read.weekly.map(({ hoursId: _id, ...hours }) => JSON.stringify(hours)).sort();
  };
  const working = async (date: string) => {
    const day = await practice.manager.do(readDay, { query: { date } });
    const lee = day.resources.find((one) => one.resourceId === plan.lee);
    return lee?.working.map((one) => `${one.startsAt.slice(11, 16)}-${one.endsAt.slice(11, 16)}`);
  };
  const book = (startsAt: string, person = 0) =>
    practice.manager.do(visits.bookVisit, {
      body: {
        ...{ patientId: plan.patients[person]!, visitTypeId: plan.followUp, siteId: plan.main },
        ...{ physicianId: plan.lee, startsAt },
      },
    });

  it('applied to a range it holds in it, in local time on both sides of the change, and undone it never was', async () => {
    const before = await weekly();
    const id = await add([1, 2, 3, 4, 5].map((weekday) => row(weekday, '09:00', '12:00')));
    const range = { resourceIds: [plan.lee], from: '2026-03-06', to: '2026-03-13' };
    const { applicationId } = await apply(id, range);
    expect(await working('2026-03-05')).toEqual(['13:00-17:00', '18:00-22:00']);
    expect(await working('2026-03-06')).toEqual(['14:00-17:00']);
    expect(await working('2026-03-09')).toEqual(['13:00-16:00']);
    // After the last day the hours go on as they were
    expect(await working('2026-03-16')).toEqual(['12:00-16:00', '17:00-21:00']);
    expect((await undo(applicationId)).status).toBe(200);
    expect(await weekly()).toEqual(before);
    expect((await undo(applicationId)).body.message).toBe('This was taken back already.');
  });

  it('the preview says what would change and who would stand outside; applying moves nobody and owes them a call', async () => {
    const { visit } = await book(at('14:00', '2026-03-10'));
    const kept = await book(at('10:00', '2026-03-10'), 1);
    const fits = await book(at('11:00', '2026-03-10'), 2);
    const id = await add([row(2, '09:00', '10:30', { slotCodeId: np }), row(2, '10:30', '12:00')]);
    const asked = { resourceIds: [plan.lee], from: '2026-03-09', to: '2026-03-15' };
    const preview = await practice.manager.do(api.previewTemplate, input(id, asked));
    expect(preview.effects).toEqual([
      {
        ...{ resourceId: plan.lee, name: 'Dr. Lee', beforeMinutes: 2400, afterMinutes: 180 },
        ...{ gainedMinutes: 0, lostMinutes: 2220 },
        kept: [{ code: 'NP', beforeMinutes: 0, afterMinutes: 90 }],
      },
    ]);
    expect(preview.outside.visits.map((one) => [one.visitId, one.because])).toEqual([
      [kept.visit.visitId, 'Dr. Lee keeps 9:00 am to 10:30 am for NP (New patients)'],
      [visit.visitId, 'Dr. Lee is not there at that time'],
    ]);
    expect(await working('2026-03-10')).toHaveLength(2);
    const applied = await apply(id, asked);
    expect(applied.outside).toEqual(preview.outside);
    const read = await practice.manager.do(visits.readVisit, { params: { id: visit.visitId } });
    expect(read.visit).toEqual(visit);
    const owed = () =>
      practice.tx((tx) =>
        outsideDuties[0]!.list(tx.db, { now: tx.now, practiceTimeZone: 'America/New_York' }),
      );
    expect((await owed()).map((duty) => [duty.kind, duty.subjectId])).toEqual([
      ['visit.left-outside', kept.visit.visitId],
      ['visit.left-outside', visit.visitId],
    ]);
    const move = { version: 1, startsAt: at('10:45', '2026-03-10') };
    await practice.manager.do(visits.moveVisit, { params: { id: kept.visit.visitId }, body: move });
    expect((await owed()).map((duty) => duty.subjectId)).toEqual([visit.visitId]);
    await undo(applied.applicationId);
    expect(await owed()).toEqual([]);
    expect((await practice.manager.do(listOutside)).count).toBe(0);
    expect(fits.visit.visitId).not.toBe(visit.visitId);
  });

  it('weeks A and B take turns, also over the change of the clock', async () => {
    const id = await add([row(1, '08:00', '10:00'), row(1, '13:00', '15:00', { week: 2 })], 2, 'A and B');
    await apply(id, { resourceIds: [plan.lee], from: '2026-03-04', weekOf: '2026-03-04' });
    const mondays = ['2026-03-09', '2026-03-16', '2026-03-23', '2026-11-02', '2026-11-09'];
    const hours = [];
    for (const day of mondays) hours.push(await working(day));
    expect(hours).toEqual([
      ['17:00-19:00'],
      ['12:00-14:00'],
      ['17:00-19:00'],
      ['18:00-20:00'],
      ['13:00-15:00'],
    ]);
    const body = {
      visitTypeId: plan.followUp,
      physicianIds: [plan.lee],
      from: '2026-03-10',
      to: '2026-03-10',
    };
    const { blocked } = await practice.manager.do(findOpenings, { body });
    expect(blocked).toEqual(['Dr. Lee does not work Tuesdays: Tue, Mar 10']);
  });

  it('what changed after it cannot be taken back past it; one after the other, the last first, can', async () => {
    const start = await weekly();
    const id = await add([row(3, '09:00', '12:00')]);
    const first = await apply(id, { resourceIds: [plan.lee], from: '2026-03-09' });
    const second = await apply(id, {
      resourceIds: [plan.lee, plan.okoye],
      from: '2026-03-16',
      to: '2026-03-20',
    });
    const refused = await undo(first.applicationId);
    expect([refused.status, refused.body.message]).toEqual([
      409,
      expect.stringMatching(/^The hours of Dr. Lee were changed after this/),
    ]);
    expect((await undo(second.applicationId)).status).toBe(200);
    expect((await undo(first.applicationId)).status).toBe(200);
    expect(await weekly()).toEqual(start);
    const third = await apply(id, { resourceIds: [plan.lee], from: '2026-03-09' });
    const { resource } = await practice.manager.do(readHours, { query: { resourceId: plan.lee } });
    const week = { version: resource.version, from: '2026-03-30', rows: [row(1, '08:00', '12:00')] };
    await practice.manager.do(replaceWeek, { params: { resourceId: plan.lee }, body: week });
    expect((await undo(third.applicationId)).status).toBe(409);
  });

  it('what cannot be is refused: a stale template, a past day, crossed dates, hours that overlap, a room for a while', async () => {
    const id = await add([row(3, '09:00', '12:00')]);
    const ask = (more: Partial<TypedApply>) =>
      practice.manager.ask(
        api.applyTemplate,
        input(id, { resourceIds: [plan.lee], from: '2026-03-09', ...more }),
      );
    expect((await ask({ version: 2 })).status).toBe(409);
    expect((await ask({ from: '2026-02-09' })).body.fields).toHaveProperty('from');
    expect((await ask({ to: '2026-03-08' })).body.fields).toHaveProperty('to');
    expect((await ask({ resourceIds: [plan.room1], to: '2026-03-20' })).body.message).toMatch(
      /^Room 1 is there/,
    );
    const crossed = [row(3, '09:00', '12:00'), row(3, '11:00', '13:00')];
    const body = { name: 'Crossed', rows: crossed };
    expect((await practice.manager.ask(api.addTemplate, { body })).body.fields).toHaveProperty(['rows.1']);
    const alternate = { name: 'Turns', weeks: 2, rows: [crossed[0]!, { ...crossed[1]!, week: 2 }] };
    expect((await practice.manager.ask(api.addTemplate, { body: alternate })).status).toBe(200);
    expect(
      (await practice.manager.ask(api.addTemplate, { body: { name: 'mornings', rows: [] } })).status,
    ).toBe(409);
    const secretary = await practice.as('secretary');
    expect((await secretary.ask(api.listTemplates)).status).toBe(403);
    const { templates, applications } = await practice.manager.do(api.listTemplates);
    expect([templates.map((one) => one.name), applications]).toEqual([['Mornings', 'Turns'], []]);
  });
});
