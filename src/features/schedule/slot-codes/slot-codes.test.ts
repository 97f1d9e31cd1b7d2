import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { readDay } from '../day/api.ts';
import { findOpenings } from '../openings/api.ts';
import { readHours, replaceWeek } from '../setup/api.ts';
import * as visits from '../visits/api.ts';
import * as api from './api.ts';

// Wed 2026-03-04 10:00 in New York
const at = (time: string, date = '2026-03-05') => `${date}T${time}:00-05:00`;

describe('slot codes', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let desk: Desk;
  let np: string;
  beforeAll(async () => {
    office = await openTestOffice();
  });
  beforeEach(async () => {
    office.clock.set('2026-03-04T15:00:00.000Z');
    practice = await office.practice();
    plan = await setUpSchedule(practice);
    desk = await practice.as('secretary');
    np = await addCode({ code: 'NP', visitTypeIds: [plan.newPatient], releaseHours: 4 });
    await keep([['09:00', '10:00', np]]);
  });
  afterAll(() => office.close());

  const addCode = async (more: { code: string; visitTypeIds?: string[]; releaseHours?: number }) => {
    const body = { name: 'New patients', color: '#7a4a9e', ...more };
    return (await practice.manager.do(api.addSlotCode, { body })).slotCodeId;
  };
  /** Dr. Lee's week: 8 to 12, with these parts of it kept. */
  const keep = async (parts: [from: string, to: string, slotCodeId: string][]) => {
    const { resource } = await practice.manager.do(readHours, { query: { resourceId: plan.lee } });
    const edges = ['08:00', ...parts.flatMap(([from, to]) => [from, to] as const), '12:00'];
    const rows = [1, 2, 3, 4, 5].flatMap((weekday) =>
      edges.slice(1).flatMap((endsLocal, index) => {
        const startsLocal = edges[index]!;
        if (startsLocal >= endsLocal) return [];
        const slotCodeId = parts.find(([from]) => from === startsLocal)?.[2] ?? null;
        return [{ weekday, siteId: plan.main, startsLocal, endsLocal, slotCodeId }];
      }),
    );
    const body = { version: resource.version, from: '2026-03-04', rows };
    await practice.manager.do(replaceWeek, { params: { resourceId: plan.lee }, body });
  };
  const wish = (startsAt: string, visitTypeId = plan.followUp) => ({
    ...{ patientId: plan.patients[0]!, visitTypeId, siteId: plan.main, physicianId: plan.lee, startsAt },
  });
  const ask = (startsAt: string, more: object = {}, who = desk) =>
    who.ask(visits.bookVisit, { body: { ...wish(startsAt), ...more } });
  const times = async (visitTypeId = plan.followUp, day = '2026-03-05') => {
    const body = { visitTypeId, physicianIds: [plan.lee], from: day, to: day, limit: 50 };
    return (await desk.do(findOpenings, { body })).openings;
  };

  it('time that is kept is refused with the code and what is free, and booked by who may with a reason', async () => {
    const { status, body } = await ask(at('09:30'));
    expect(status).toBe(409);
    expect(body.message).toBe(
      'Dr. Lee keeps 9:00 am to 10:00 am for NP (New patients), which opens to every visit 4 hours before. Next free: 10:00, 10:15, 10:30 am.',
    );
    expect(body.overridePermission).toBe('visits.override-slots');
    // Also what only reaches into it
    expect((await ask(at('08:50'))).status).toBe(409);
    expect((await ask(at('08:45'))).status).toBe(200);
    expect((await ask(at('09:30'), { visitTypeId: plan.newPatient })).status).toBe(200);
    const reason = 'The physician asked for it';
    const nurse = await practice.as('nurse');
    expect((await ask(at('09:00'), { overrideReason: reason }, nurse)).status).toBe(409);
    const { visit } = (await ask(at('09:00'), { overrideReason: reason })).body;
    const { steps } = await desk.do(visits.readVisit, { params: { id: visit.visitId } });
    expect([visit.overrideReason, steps[0]?.detail]).toEqual([reason, { overrideReason: reason }]);
  });

  it('a search offers what fits and says why; near its time kept time is released', async () => {
    const labels = (found: { startsAt: string }[]) => found.map((one) => one.startsAt.slice(11, 16));
    expect(labels(await times())).not.toContain('14:00');
    const [first] = (await times(plan.newPatient)).filter((one) => one.startsAt.includes('T14:00'));
    expect(first?.reasons).toContain('NP slot: New patients');
    office.clock.set('2026-03-05T10:30:00.000Z');
    desk = await practice.as('secretary');
    const released = (await times()).find((one) => one.startsAt.includes('T14:15'));
    expect(released?.reasons).toContain('NP slot, released: at most 4 hours ahead');
    expect((await times()).some((one) => one.startsAt.includes('T14:45'))).toBe(false);
    expect((await ask(at('09:45'))).status).toBe(409);
    expect((await ask(at('09:15'))).status).toBe(200);
  });

  it('when only kept time is free, the search says so', async () => {
    await keep([['08:00', '12:00', np]]);
    const body = {
      visitTypeId: plan.followUp,
      physicianIds: [plan.lee],
      from: '2026-03-05',
      to: '2026-03-05',
    };
    const { openings, blocked } = await desk.do(findOpenings, { body });
    expect([openings, blocked]).toEqual([[], ['Dr. Lee keeps the free time for NP: Thu, Mar 5']]);
  });

  it('the day shows the code where it holds; out of use it restricts nothing', async () => {
    const day = await desk.do(readDay, { query: { date: '2026-03-05' } });
    const lee = day.resources.find((one) => one.resourceId === plan.lee);
    expect(lee?.working).toHaveLength(1);
    expect(lee?.coded).toEqual([
      {
        siteId: plan.main,
        startsAt: '2026-03-05T14:00:00.000Z',
        endsAt: '2026-03-05T15:00:00.000Z',
        slotCodeId: np,
      },
    ]);
    expect(day.slotCodes.map((one) => one.code)).toEqual(['NP']);
    const params = { slotCodeId: np };
    const { visit } = (await ask(at('09:00'), { visitTypeId: plan.newPatient })).body;
    const narrow = { version: 1, visitTypeIds: [plan.scan] };
    const { outside } = await practice.manager.do(api.changeSlotCode, { params, body: narrow });
    expect(outside.visits.map((one) => one.visitId)).toEqual([visit.visitId]);
    await practice.manager.do(api.changeSlotCode, { params, body: { version: 2, active: false } });
    expect((await ask(at('09:30'))).status).toBe(200);
    const after = await desk.do(readDay, { query: { date: '2026-03-05' } });
    expect(after.slotCodes).toEqual([]);
  });

  it('a code is short, no part of a time, and used once; who sees the schedule changes none', async () => {
    const add = (code: string, who = practice.manager) =>
      who.ask(api.addSlotCode, { body: { code, name: 'Urgent', color: '#ad2f25' } });
    expect((await add('am')).body.fields!.code).toBe('That reads as a time. Choose another code.');
    expect((await add('TOOLONG')).status).toBe(400);
    expect((await add('np')).body.message).toBe('The code NP is New patients. Choose another.');
    expect((await add('URG', desk)).status).toBe(403);
    const stale = { params: { slotCodeId: np }, body: { version: 7, name: 'x' } };
    expect((await practice.manager.ask(api.changeSlotCode, stale)).status).toBe(409);
    await practice.manager.do(api.orderSlotCodes, { body: { ids: [np] } });
    expect((await desk.do(api.listSlotCodes)).slotCodes.map((one) => one.code)).toEqual(['NP']);
  });
});
