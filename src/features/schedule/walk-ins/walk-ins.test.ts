import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { readDay } from '../day/api.ts';
import { changeFlowSettings, readFlowSettings } from '../flow/api.ts';
import { countMissed, sayWhoAsked } from '../notice/api.ts';
import { changeVisitType, listVisitTypes } from '../setup/api.ts';
import * as visits from '../visits/api.ts';
import { registerWalkIn } from './api.ts';

// Wed 2026-03-04 10:00 in New York
const at = (time: string, date = '2026-03-04') => `${date}T${time}:00-05:00`;

describe('who comes without a visit, who says so late, and who leaves', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let desk: Desk;
  beforeAll(async () => {
    office = await openTestOffice();
  });
  beforeEach(async () => {
    office.clock.set(new Date('2026-03-04T15:00:00.000Z'));
    practice = await office.practice();
    plan = await setUpSchedule(practice, 8);
    desk = await practice.as('secretary');
  });
  afterAll(() => office.close());

  const wish = (person: number, more: object = {}) => ({
    ...{ patientId: plan.patients[person]!, visitTypeId: plan.followUp },
    ...more,
  });
  const walkIn = (person: number, more: object = {}, who = desk) =>
    who.ask(registerWalkIn, { body: wish(person, more) });
  const book = async (person: number, startsAt: string, more: object = {}) => {
    const body = { ...wish(person), physicianId: plan.lee, siteId: plan.main, startsAt, ...more };
    return (await desk.do(visits.bookVisit, { body })).visit;
  };
  const missed = (person: number) => desk.do(countMissed, { params: { id: plan.patients[person]! } });

  it('a walk-in takes a free place soon, is there at once, and the day says so', async () => {
    const { visit } = (await walkIn(0, { physicianId: plan.lee, reason: 'sore throat' })).body;
    expect(visit).toMatchObject({
      state: 'arrived',
      walkIn: true,
      overbooked: false,
      startsAt: '2026-03-04T15:00:00.000Z',
    });
    const day = await desk.do(readDay, { query: { date: '2026-03-04' } });
    expect(day.visits).toMatchObject([{ visitId: visit.visitId, walkIn: true, state: 'arrived' }]);
    // The next one goes where nobody waits yet
    const next = (await walkIn(1)).body.visit;
    expect(next.physicianName).not.toBe('Dr. Lee');
    // and Dr. Lee's own next is the next quarter hour
    const third = (await walkIn(2, { physicianId: plan.lee })).body.visit;
    expect([third.startsAt, third.overbooked]).toEqual(['2026-03-04T15:15:00.000Z', false]);
  });

  it('without a free place soon it is put between others, by who may overbook, with the reason', async () => {
    await book(1, at('10:00'), { minutes: 120 });
    const nurse = await practice.as('nurse');
    const refused = await walkIn(0, { physicianId: plan.lee }, nurse);
    expect([refused.status, refused.body.overridePermission]).toEqual([409, 'visits.overbook']);
    office.clock.set(new Date('2026-03-04T15:07:00.000Z'));
    const { visit } = (await walkIn(0, { physicianId: plan.lee })).body;
    expect(visit).toMatchObject({
      ...{ state: 'arrived', walkIn: true, overbooked: true, overrideReason: 'walk-in' },
      startsAt: '2026-03-04T15:05:00.000Z',
    });
  });

  it('whoever has a visit today is checked in for that one, unless someone says why not', async () => {
    await book(0, at('14:00'));
    const refused = await walkIn(0);
    expect([refused.status, refused.body.message]).toEqual([
      409,
      'This person has a visit today at 2:00 pm with Dr. Lee. Check in for that one.',
    ]);
    const { visit } = (await walkIn(0, { overrideReason: 'another complaint' })).body;
    expect(visit).toMatchObject({ walkIn: true, state: 'arrived', overrideReason: null });
    const physician = await practice.as('physician');
    expect((await walkIn(1, {}, physician)).status).toBe(403);
    office.clock.set(new Date('2026-03-05T01:00:00.000Z'));
    const evening = await practice.as('secretary');
    expect((await walkIn(2, {}, evening)).body.message).toBe(
      'Nobody who does this is at work now. Book a visit instead.',
    );
  });

  it('who cancels or moves within the notice does it late; the practice never does, and undo takes it back', async () => {
    const soon = await book(0, at('09:00', '2026-03-05'));
    const far = await book(0, at('14:00', '2026-03-05'));
    const moved = await book(0, at('16:00'));
    const cancel = (visit: typeof soon, reason: 'patient-ill' | 'physician-away') =>
      desk.do(visits.cancelVisit, {
        params: { id: visit.visitId },
        body: { version: visit.version, reason },
      });
    await cancel(far, 'patient-ill');
    expect(await missed(0)).toEqual({ noShows: 0, lateCancels: 0, lateMoves: 0, leftUnseen: 0 });
    const late = (await cancel(soon, 'patient-ill')).visit;
    await desk.do(visits.moveVisit, {
      params: { id: moved.visitId },
      body: { version: 1, startsAt: at('10:00', '2026-03-06'), askedBy: 'patient' },
    });
    expect(await missed(0)).toMatchObject({ lateCancels: 1, lateMoves: 1 });
    const { steps } = await desk.do(visits.readVisit, { params: { id: soon.visitId } });
    expect(steps.at(-1)).toMatchObject({ step: 'cancelled', detail: { askedBy: 'patient', late: true } });
    await desk.do(visits.undoVisit, { params: { id: soon.visitId }, body: { version: late.version } });
    expect((await missed(0)).lateCancels).toBe(0);
    const ours = await book(1, at('15:00'));
    await cancel(ours, 'physician-away');
    expect((await missed(1)).lateCancels).toBe(0);
    // Another notice, from then on
    const settings = await practice.manager.do(readFlowSettings, {});
    await practice.manager.do(changeFlowSettings, { body: { ...settings, noticeHours: 48 } });
    await cancel(await book(2, at('14:30', '2026-03-05')), 'patient-ill');
    expect((await missed(2)).lateCancels).toBe(1);
    // A visit type may want another notice than the practice
    const { visitTypes } = await practice.manager.do(listVisitTypes);
    const { visitTypeId, version } = visitTypes.find((one) => one.code === 'fu')!;
    const change = { version, noticeHours: 2 };
    await practice.manager.do(changeVisitType, { params: { visitTypeId }, body: change });
    await cancel(await book(2, at('14:30', '2026-03-05')), 'patient-ill');
    expect((await missed(2)).lateCancels).toBe(1);
  });

  it('who asked for a move may be said after it, and taken back; it was late or not when it was moved', async () => {
    const visit = await book(0, at('16:00'));
    const params = { id: visit.visitId };
    const say = (version: number, askedBy: 'patient' | null) =>
      desk.ask(sayWhoAsked, { params, body: { version, askedBy } });
    expect((await say(1, 'patient')).body.message).toMatch(/^This visit was not just moved/);
    const move = { version: 1, startsAt: at('10:00', '2026-03-20') };
    await desk.do(visits.moveVisit, { params, body: move });
    expect((await say(1, 'patient')).body.error).toBe('stale');
    office.clock.advance(20 * 60_000);
    expect((await say(2, 'patient')).body).toEqual({ askedBy: 'patient', late: true });
    expect((await missed(0)).lateMoves).toBe(1);
    expect((await say(2, null)).body).toEqual({});
    expect((await missed(0)).lateMoves).toBe(0);
    await say(2, 'patient');
    // Undoing the move takes it along
    await desk.do(visits.undoVisit, { params, body: { version: 2 } });
    expect((await missed(0)).lateMoves).toBe(0);
    expect((await say(3, 'patient')).status).toBe(409);
    const biller = await practice.as('biller');
    expect((await biller.ask(sayWhoAsked, { params, body: { version: 3, askedBy: 'patient' } })).status).toBe(
      403,
    );
  });

  it('left without being seen frees the time, counts as such, and is undone like any step', async () => {
    const visit = await book(0, at('10:15'));
    const here = { params: { id: visit.visitId } };
    const early = await desk.ask(visits.leftVisit, { ...here, body: { version: 1 } });
    expect(early.body.message).toBe('This patient has not come. Cancel the visit, or mark it as a no-show.');
    await desk.do(visits.arriveVisit, { ...here, body: { version: 1 } });
    const left = (await desk.do(visits.leftVisit, { ...here, body: { version: 2 } })).visit;
    expect(left).toMatchObject({ state: 'cancelled', cancelReason: 'left-unseen' });
    expect(left.arrivedAt).not.toBeNull();
    expect((await missed(0)).leftUnseen).toBe(1);
    await book(1, at('10:15'));
    const refused = await desk.ask(visits.undoVisit, { ...here, body: { version: 3 } });
    expect(refused.body.message).toMatch(/^Dr\. Lee is booked/);
    const back = await desk.do(visits.reinstateVisit, {
      ...here,
      body: { version: 3, overrideReason: 'came back' },
    });
    expect(back.visit).toMatchObject({ state: 'booked', arrivedAt: null, cancelReason: null });
  });
});
