import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { findOpenings } from '../openings/api.ts';
import * as visits from '../visits/api.ts';
import * as api from './api.ts';
import type { NewBookingRule } from './schema.ts';

// Wed 2026-03-04 10:00 in New York; March 6 is a Friday
const at = (time: string, date = '2026-03-06') => `${date}T${time}:00-05:00`;

describe('rules of booking', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let desk: Desk;
  beforeAll(async () => {
    office = await openTestOffice();
  });
  beforeEach(async () => {
    office.clock.set('2026-03-04T15:00:00.000Z');
    practice = await office.practice();
    plan = await setUpSchedule(practice);
    desk = await practice.as('secretary');
  });
  afterAll(() => office.close());

  const addRule = (body: NewBookingRule) => practice.manager.do(api.addBookingRule, { body });
  const ask = (startsAt: string, more: object = {}, who = desk) =>
    who.ask(visits.bookVisit, {
      body: {
        ...{ patientId: plan.patients[0]!, visitTypeId: plan.followUp, siteId: plan.main },
        ...{ physicianId: plan.lee, startsAt },
        ...more,
      },
    });
  const starts = async (more: object = {}) => {
    const body = {
      ...{ visitTypeId: plan.followUp, physicianIds: [plan.lee], from: '2026-03-06', to: '2026-03-06' },
      ...{ limit: 50, ...more },
    };
    const { openings } = await desk.do(findOpenings, { body });
    return openings.map((one) => one.startsAt.slice(11, 16));
  };

  it('what is not booked then is refused in the practice’s words; who may overrules it', async () => {
    const words = 'No follow-ups on Friday afternoons';
    const when = { weekdays: [5], startsLocal: '12:00', endsLocal: '24:00' };
    await addRule({ words, visitTypeIds: [plan.followUp], ...when });
    const { status, body } = await ask(at('13:00'));
    expect([status, body.overridePermission]).toEqual([409, 'visits.override-rules']);
    expect(body.message).toBe(`${words}. Next free: Mon, Mar 9, 8:00 am.`);
    expect((await starts()).at(-1)).toBe('16:45');
    const more = { overrideReason: 'Asked by the physician' };
    expect((await ask(at('13:00'), more)).status).toBe(409);
    expect((await ask(at('13:00'), more, practice.manager)).status).toBe(200);
    expect((await ask(at('11:45'))).status).toBe(200);
    const tryIt = (time: string, date = '2026-03-06') =>
      desk.do(api.tryBooking, {
        body: { visitTypeId: plan.followUp, physicianId: plan.lee, date, time },
      });
    expect((await tryIt('14:00')).obstacles).toEqual([
      { text: `${words}.`, permission: 'visits.override-rules' },
    ]);
    expect((await tryIt('11:45')).obstacles[0]?.text).toBe('Dr. Lee is booked until 12:00 pm.');
    expect((await tryIt('09:00', '2026-03-09')).obstacles).toEqual([]);
    expect((await ask(at('15:00'), { visitTypeId: plan.newPatient })).status).toBe(200);
  });

  it('a rule that warns lets whoever books go on, saying why', async () => {
    await addRule({ words: 'Dr. Lee would rather not on Fridays', effect: 'warn', weekdays: [5] });
    const warned = await ask(at('09:00'));
    expect([warned.status, warned.body.overridePermission]).toEqual([409, 'visits.book']);
    expect((await ask(at('09:00'), { overrideReason: 'Cannot come on another day' })).status).toBe(200);
  });

  it('so many new patients a half day, counted under the lock, also when one moves or is cancelled', async () => {
    const limit = { limitCount: 2, limitPer: 'half-day' as const, patients: 'new' as const };
    const statementsOf = async (startsAt: string) => {
      const before = office.statements();
      const { status } = await ask(startsAt, { visitTypeId: plan.newPatient, patientId: plan.patients[5] });
      expect(status).toBe(200);
      return office.statements() - before;
    };
    await statementsOf(at('08:00', '2026-03-11').replace('-05:00', '-04:00'));
    const plain = await statementsOf(at('09:00', '2026-03-11').replace('-05:00', '-04:00'));
    await addRule({ words: 'At most two new patients', visitTypeIds: [plan.newPatient], ...limit });
    await statementsOf(at('08:00', '2026-03-12').replace('-05:00', '-04:00'));
    expect(await statementsOf(at('09:00', '2026-03-12').replace('-05:00', '-04:00'))).toBe(plain);
    const book = (time: string, person: number) =>
      ask(at(time), { visitTypeId: plan.newPatient, patientId: plan.patients[person] });
    const rush = await Promise.all(['08:00', '08:30', '09:00', '09:30'].map((time, i) => book(time, i)));
    expect(rush.map((one) => one.status).sort()).toEqual([200, 200, 409, 409]);
    const said = rush.find((one) => one.status === 409)?.body.message;
    expect(said).toMatch(
      /^At most two new patients \(2 per half day and physician are booked\)\. Next free: 1:00/,
    );
    const ofNew = { visitTypeId: plan.newPatient, patientId: plan.patients[4] };
    expect((await starts(ofNew))[0]).toBe('18:00');
    const moving = rush.find((one) => one.status === 200)!.body.visit;
    // The visit that moves does not count against itself
    const within = { params: { id: moving.visitId }, body: { version: 1, startsAt: at('11:00') } };
    expect((await desk.ask(visits.moveVisit, within)).status).toBe(200);
    const cancel = { version: 2, reason: 'patient-asked' as const };
    await desk.do(visits.cancelVisit, { params: { id: moving.visitId }, body: cancel });
    // A time that none of the four had: which two came first is not said
    expect((await book('10:00', 5)).status).toBe(200);
  });

  it('who was seen here is not new', async () => {
    const words = 'New patients begin with the new-patient visit';
    await addRule({ words, patients: 'new', visitTypeIds: [plan.followUp] });
    const [known = '', other] = plan.patients;
    const today = at('10:00', '2026-03-04');
    const seen = (await ask(today, { visitTypeId: plan.newPatient, patientId: known })).body.visit;
    expect((await ask(at('09:00'), { patientId: known })).body.message).toContain(words);
    expect(await starts({ patientId: known })).toEqual([]);
    await desk.do(visits.arriveVisit, { params: { id: seen.visitId }, body: { version: 1 } });
    office.clock.set('2026-03-04T16:00:00.000Z');
    expect((await starts({ patientId: known })).length).toBeGreaterThan(10);
    expect((await ask(at('09:00'), { patientId: known })).status).toBe(200);
    expect((await ask(at('09:15'), { patientId: other })).status).toBe(409);
  });

  it('a search without a person says for whom a time is; with one it offers what can be booked', async () => {
    await addRule({
      words: 'Nobody new before nine',
      patients: 'new',
      startsLocal: '08:00',
      endsLocal: '09:00',
    });
    const established = { patients: 'established', startsLocal: '16:00', endsLocal: '24:00' } as const;
    await addRule({ words: 'The late hour is for new patients', ...established });
    const day = { from: '2026-03-06', to: '2026-03-06', limit: 50 };
    const body = { visitTypeId: plan.followUp, physicianIds: [plan.lee], ...day };
    const { openings } = await desk.do(findOpenings, { body });
    const said = (time: string) => openings.find((one) => one.startsAt.slice(11, 16) === time)?.reasons;
    expect(said('13:00')).toEqual(['first opening with Dr. Lee', 'not for new patients']);
    expect([said('14:00'), said('21:00')]).toEqual([[], ['new patients only']]);
    const ofNew = await starts({ patientId: plan.patients[0] });
    expect([ofNew.includes('13:00'), ofNew.includes('21:00')]).toEqual([false, true]);
    expect((await ask(at('08:00'))).body.message).toContain('Nobody new before nine');
    // What is refused to everybody is offered to nobody
    await addRule({
      words: 'And nobody known',
      patients: 'established',
      startsLocal: '08:00',
      endsLocal: '09:00',
    });
    expect((await starts())[0]).toBe('14:00');
  });

  it('a rule for nothing in particular, or whose times are crossed, is not kept', async () => {
    const add = (body: object) =>
      practice.manager.ask(api.addBookingRule, { body: { words: 'Not like this', ...body } });
    expect((await add({})).body.fields!.words).toMatch(/^This would forbid every visit/);
    expect((await add({ weekdays: [1], startsLocal: '12:00', endsLocal: '09:00' })).body.fields).toEqual({
      endsLocal: 'Choose a time after 12:00 pm.',
    });
    expect((await add({ limitCount: 2 })).status).toBe(400);
    const { ruleId } = await addRule({ words: 'No Mondays', weekdays: [1] });
    const change = { params: { ruleId }, body: { version: 1, active: false } };
    await practice.manager.do(api.changeBookingRule, change);
    expect((await practice.manager.ask(api.changeBookingRule, change)).status).toBe(409);
    expect((await ask(at('09:00', '2026-03-09').replace('-05:00', '-04:00'))).status).toBe(200);
  });
});
