import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { readDay } from '../day/api.ts';
import { findOpenings } from '../openings/api.ts';
import * as visits from '../visits/api.ts';
import type { Visit } from '../visits/schema.ts';
import * as api from './api.ts';
import { removeExpired } from './commands.ts';

const at = (time: string) => `2026-03-05T${time}:00-05:00`;
const minuteMs = 60_000;

describe.each(eitherStorage)('an opening held while someone is on the phone, %s', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let ana: Desk;
  let ben: Desk;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
  });
  beforeEach(async () => {
    office.clock.set('2026-03-04T15:00:00.000Z');
    practice = await office.practice();
    plan = await setUpSchedule(practice, 24);
    ana = await practice.as('secretary');
    ben = await practice.as('nurse');
  });
  afterAll(() => office.close());

  type Wanted = { startsAt?: string; visitTypeId?: string; physicianId?: string; replaces?: string };
  const what = (more: Wanted = {}) => ({
    visitTypeId: plan.followUp,
    siteId: plan.main,
    physicianId: plan.lee,
    startsAt: at('10:00'),
    ...more,
  });
  const hold = (desk: Desk, more: Wanted = {}) => desk.ask(api.holdOpening, { body: what(more) });
  const book = (desk: Desk, person = 0, more: Wanted & { holdId?: string; overrideReason?: string } = {}) =>
    desk.ask(visits.bookVisit, { body: { ...what(more), ...more, patientId: plan.patients[person]! } });
  const starts = async (desk: Desk) => {
    const body = {
      visitTypeId: plan.followUp,
      physicianIds: [plan.lee],
      from: '2026-03-05',
      to: '2026-03-05',
      limit: 50,
    };
    return (await desk.do(findOpenings, { body })).openings.map((one) => one.startsAt);
  };
  const heldOn = async (desk: Desk) => (await desk.do(readDay, { query: { date: '2026-03-05' } })).holds;

  it('nobody else can take it, everyone sees whose it is, and the desk that holds it books it', async () => {
    const { hold: mine } = (await hold(ana, { visitTypeId: plan.newPatient })).body;
    expect([mine.byName, mine.endsAt, mine.resourceIds.length]).toEqual([
      'Ana Ruiz',
      '2026-03-05T15:30:00.000Z',
      2,
    ]);
    expect(mine.expiresAt).toBe('2026-03-04T15:05:00.000Z');
    expect(await heldOn(ben)).toEqual([mine]);
    expect(await starts(ben)).not.toContain('2026-03-05T15:15:00.000Z');
    const refused = await book(ben, 1, { startsAt: at('10:15') });
    expect([refused.status, refused.body.message]).toEqual([
      409,
      'Ana Ruiz holds this time for a call until 10:05 am. Next free: 10:30, 10:45, 11:00 am.',
    ]);
    // A hold of hers is not his to book or to give back
    expect((await book(ben, 1, { holdId: mine.holdId, startsAt: at('10:15') })).status).toBe(409);
    expect(await ben.do(api.releaseHold, { params: { id: mine.holdId } })).toEqual({ released: false });
    const booked = await book(ana, 1, { visitTypeId: plan.newPatient, holdId: mine.holdId });
    expect(booked.body.visit.state).toBe('booked');
    expect(await heldOn(ben)).toEqual([]);
    expect(await ana.do(api.releaseHold, { params: { id: mine.holdId } })).toEqual({ released: false });
  });

  it('it frees itself at its minute, though nothing runs: for who looks and for who books', async () => {
    const { hold: mine } = (await hold(ana)).body;
    const from = '2026-03-05T15:00:00.000Z';
    office.clock.advance(5 * minuteMs - 1);
    expect(await starts(ben)).not.toContain(from);
    expect((await book(ben)).status).toBe(409);
    office.clock.advance(1);
    expect(await starts(ben)).toContain(from);
    expect(await heldOn(ben)).toEqual([]);
    expect((await book(ben)).status).toBe(200);
    // Who held it too long is told so, with what is free
    const late = await book(ana, 1, { holdId: mine.holdId });
    expect(late.body.message).toBe('Dr. Lee is booked until 10:15 am. Next free: 10:15, 10:30, 10:45 am.');
    expect((await ana.ask(api.keepHold, { params: { id: mine.holdId } })).status).toBe(404);
  });

  it('is released by hand, kept longer, given up for another time, and tidied away', async () => {
    const first = (await hold(ana)).body.hold;
    office.clock.advance(4 * minuteMs);
    const kept = await ana.do(api.keepHold, { params: { id: first.holdId } });
    expect(kept.hold.expiresAt).toBe('2026-03-04T15:09:00.000Z');
    const second = (await hold(ana, { startsAt: at('10:05'), replaces: first.holdId })).body.hold;
    expect((await heldOn(ben)).map((one) => one.startsAt)).toEqual(['2026-03-05T15:05:00.000Z']);
    expect(await ana.do(api.releaseHold, { params: { id: second.holdId } })).toEqual({ released: true });
    expect((await book(ben)).status).toBe(200);
    await hold(ana, { startsAt: at('11:00') });
    office.clock.advance(6 * minuteMs);
    await practice.tx(removeExpired);
    expect(await heldOn(ben)).toEqual([]);
  });

  it('a refused booking gives the hold back to the desk; a visit moves into one; no desk hoards', async () => {
    const { hold: mine } = (await hold(ana)).body;
    const visit = (await book(ana, 0, { startsAt: at('14:00') })).body.visit as Visit;
    // The person has another visit then: refused, and still held
    const wrong = { holdId: mine.holdId, startsAt: at('14:00'), physicianId: plan.okoye };
    expect((await book(ana, 0, wrong)).status).toBe(409);
    expect((await heldOn(ben)).map((one) => one.holdId)).toEqual([mine.holdId]);
    const move = { version: 1, startsAt: at('10:00'), holdId: mine.holdId };
    const moved = await ana.do(visits.moveVisit, { params: { id: visit.visitId }, body: move });
    expect(moved.visit.startsAt).toBe('2026-03-05T15:00:00.000Z');
    for (let i = 0; i < 10; i++) {
      const startsAt = new Date(Date.parse(at('13:00')) + i * 15 * minuteMs).toISOString();
      await hold(ana, { startsAt, physicianId: plan.okoye });
    }
    expect((await hold(ana, { startsAt: at('15:00') })).body.message).toBe(
      'You hold 10 openings already. Let one go first, or book it.',
    );
  });

  it('many at once on one place, holding and booking: one has it, the others are refused with what is free', async () => {
    const desks = await Promise.all(Array.from({ length: 4 }, () => practice.as('secretary')));
    const tries = Array.from({ length: 24 }, (_, i) => {
      const desk = desks[i % desks.length]!;
      const startsAt = at(i % 3 === 0 ? '10:05' : '10:00');
      return i % 2 === 0 ? hold(desk, { startsAt }) : book(desk, i, { startsAt });
    });
    const answers = await Promise.all(tries);
    const won = answers.filter((one) => one.status === 200);
    expect([won.length, new Set(answers.map((one) => one.status))]).toEqual([1, new Set([200, 409])]);
    const lost = answers.filter((one) => one.status === 409);
    expect(
      lost.filter((one) => !/^(Ana Ruiz holds|You hold|Dr. Lee is booked)/.test(one.body.message!)),
    ).toEqual([]);
    expect(lost.every((one) => JSON.stringify(one.body.offers).includes('startsAt'))).toBe(true);
  });

  it('an ordinary booking takes no statement more than without holds anywhere', async () => {
    await book(ben, 1, { startsAt: at('09:00') });
    const count = async (person: number, startsAt: string) => {
      const before = office.statements();
      expect((await book(ben, person, { startsAt })).status).toBe(200);
      return office.statements() - before;
    };
    const without = await count(2, at('09:15'));
    await hold(ana);
    expect(await count(3, at('09:30'))).toBe(without);
    // Expired ones on the very place are cleared on the way
    office.clock.advance(6 * minuteMs);
    // That the desk is in use was noted, and its session read anew
    await starts(ben);
    await starts(ben);
    expect(await count(4, at('10:00'))).toBe(without);
  });
});
