import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { todayBoard } from '../../../app/lists.ts';
import { readToday } from '../../../app/pages/today/today-api.ts';
import { recordConsents } from '../../patients/consents/api.ts';
import { bookVisit, cancelVisit, moveVisit, undoVisit } from '../../schedule/visits/api.ts';
import * as api from '../api.ts';
import type { NewEntry } from '../schema.ts';
import { usualSettings } from '../settings/rules.ts';
import type { WaitlistSettings } from '../settings/schema.ts';

const at = (time: string, date = '2026-03-05') => `${date}T${time}:00-05:00`;

const pace = todayBoard.paceMs;

describe.each(eitherStorage)('offers of freed time, %s', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let ana: Desk;
  beforeAll(async () => {
    todayBoard.paceMs = 0;
    office = await openTestOffice({ storage });
  });
  beforeEach(async () => {
    office.clock.set('2026-03-04T15:00:00.000Z');
    practice = await office.practice();
    plan = await setUpSchedule(practice, 8);
    ana = await practice.as('secretary');
  });
  afterAll(() => {
    todayBoard.paceMs = pace;
    return office.close();
  });

  const later = (minutes: number) =>
    office.clock.set(new Date(office.clock.now().getTime() + minutes * 60_000).toISOString());
  const set = async (more: Partial<WaitlistSettings>) => {
    const { version } = (await ana.do(api.readWaitlistSettings, {})).settings;
    const body = { version, settings: { ...usualSettings, ...more } };
    await practice.manager.do(api.changeWaitlistSettings, { body });
  };
  const join = async (person: number, more: Partial<NewEntry> = {}) => {
    const body = { patientId: plan.patients[person]!, visitTypeId: plan.followUp, ...more };
    later(1);
    return (await ana.do(api.joinWaitlist, { body })).entry;
  };
  const tryToBook = (person: number, startsAt = at('10:00'), more = {}) => {
    const where = { siteId: plan.main, physicianId: plan.lee, startsAt };
    const who = { patientId: plan.patients[person]!, visitTypeId: plan.followUp };
    return ana.ask(bookVisit, { body: { ...who, ...where, ...more } });
  };
  const book = async (person: number, startsAt = at('10:00'), more = {}) =>
    (await tryToBook(person, startsAt, more)).body.visit;
  const cancel = async (visit: { visitId: string; version: number }) => {
    const body = { version: visit.version, reason: 'patient-asked' as const };
    const done = await ana.do(cancelVisit, { params: { id: visit.visitId }, body });
    await office.runner.drain();
    return done.visit;
  };
  const openings = async () => (await ana.do(api.listOpenings, { query: {} })).openings;
  const see = (openingId: string) => ana.do(api.readOpening, { params: { id: openingId } });
  /** Whom the open offers are for, in their order. */
  const asked = async () => {
    const [opening] = await openings();
    const { offers } = await see(opening!.openingId);
    return offers.filter((one) => one.closedAt === null);
  };
  const people = (offers: readonly { patientId: string }[]) =>
    offers.map((one) => plan.patients.indexOf(one.patientId));
  const yes = (offerId: string, desk = ana) => desk.do(api.acceptOffer, { params: { id: offerId } });

  it('asks the first three by rule, holds the time, and the first yes books it; the others hear of it', async () => {
    const freed = await book(7);
    for (const person of [0, 1, 2, 3]) await join(person);
    await join(4, { priority: 'urgent', priorityReason: 'pain' });
    await cancel(freed);
    const offers = await asked();
    expect(people(offers)).toEqual([4, 0, 1]);
    const refused = await tryToBook(6);
    expect([refused.status, refused.body.message]).toEqual([
      409,
      'The waitlist holds this time for a call until 10:45 am. Next free: 10:15, 10:30, 10:45 am.',
    ]);
    const duties = (await ana.do(readToday, { query: { who: 'everyone' } })).duties;
    const calls = duties.filter((one) => one.kind === 'waitlist.offer');
    expect(calls.map((one) => one.detail)).toContain(
      '(212) 555-0123 · Follow-up · no. 1 on the list · 2 others are asked too · answer by 10:35 am',
    );
    // Whoever has a message is called back; who was not reached yet expects nothing
    await ana.do(api.leaveMessage, { params: { id: offers[2]!.offerId } });
    later(5);
    const won = await yes(offers[1]!.offerId);
    expect([won.result, won.said, won.visit?.patientId]).toEqual([
      'won',
      'Booked: Thu, Mar 5, 10:00 am with Dr. Lee.',
      plan.patients[0],
    ]);
    expect((await yes(offers[1]!.offerId)).result).toBe('won');
    const lost = await yes(offers[0]!.offerId);
    expect([lost.result, lost.said]).toEqual([
      'lost',
      'Someone else was faster. They keep their place on the waitlist and will be asked again.',
    ]);
    const [opening] = await openings();
    expect(opening).toMatchObject({ outcome: 'filled', filledVisitId: won.visit?.visitId, isHeld: false });
    const after = (await ana.do(readToday, { query: { who: 'everyone' } })).duties;
    const tell = after.filter((one) => one.kind.startsWith('waitlist.'));
    expect(tell.map((one) => [one.kind, one.title])).toEqual([
      ['waitlist.tell', 'Tell Person 2 Test that the opening is gone'],
    ]);
    await ana.do(api.tellLoser, { params: { id: offers[2]!.offerId } });
    expect(people((await ana.do(api.listWaitlist, {})).entries)).toEqual([4, 1, 2, 3]);
  });

  it('moves the later visit that someone has, and offers the time that it leaves', async () => {
    const freed = await book(7);
    const held = await book(0, at('14:00', '2026-03-09'));
    await join(0, { visitId: held.visitId });
    await join(1, { earliestOn: '2026-03-09' });
    await cancel(freed);
    const won = await yes((await asked())[0]!.offerId);
    expect([won.said, won.visit?.visitId, won.visit?.startsAt]).toEqual([
      'Moved: Thu, Mar 5, 10:00 am with Dr. Lee.',
      held.visitId,
      '2026-03-05T15:00:00.000Z',
    ]);
    await office.runner.drain();
    const [next] = await openings();
    expect(next).toMatchObject({ cause: 'moved', startsAt: '2026-03-09T19:00:00.000Z', outcome: null });
    expect(people(await asked())).toEqual([1]);
  });

  it('goes on to the next when all say no or the time is up, and ends when nobody is left', async () => {
    await set({ atOnce: 2 });
    const freed = await book(7);
    for (const person of [0, 1, 2, 3, 4]) await join(person);
    await cancel(freed);
    const [first, second] = await asked();
    await ana.do(api.declineOffer, { params: { id: first!.offerId } });
    await office.runner.drain();
    expect(people(await asked())).toEqual([1]);
    await ana.do(api.takeBackAnswer, { params: { id: first!.offerId } });
    expect(people(await asked())).toEqual([0, 1]);
    await ana.do(api.declineOffer, { params: { id: first!.offerId } });
    await ana.do(api.notReached, { params: { id: second!.offerId } });
    await office.runner.drain();
    const wave = await asked();
    expect(people(wave)).toEqual([2, 3]);
    const gone = await ana.ask(api.takeBackAnswer, { params: { id: first!.offerId } });
    expect(gone.body.message).toContain('The next on the list were asked meanwhile');
    later(31);
    const late = await yes(wave[0]!.offerId);
    expect([late.result, late.said]).toEqual([
      'late',
      'The time to answer was up. They keep their place on the waitlist and will be asked again.',
    ]);
    await office.runner.drain();
    expect(people(await asked())).toEqual([4]);
    await ana.do(api.declineOffer, { params: { id: (await asked())[0]!.offerId } });
    await office.runner.drain();
    expect((await openings())[0]).toMatchObject({ outcome: 'nobody', isHeld: false });
    await book(6);
  });

  it('writes down how each was chosen or passed over, and the rule gives the same order again', async () => {
    await set({ atOnce: 1 });
    const freed = await book(7);
    await join(0, { physicianIds: [plan.okoye] });
    await join(1, { times: [{ from: '12:00', to: '24:00' }], weekdays: [1] });
    await join(2, { noticeHours: 48 });
    await book(3, at('10:05'), { physicianId: plan.okoye });
    await join(3, { visitTypeId: plan.scan });
    await ana.do(recordConsents, {
      params: { id: plan.patients[4]! },
      body: {
        how: 'phone',
        lastId: null,
        answers: [{ channel: 'call', purpose: 'appointments', state: 'refused' }],
      },
    });
    await join(4);
    await join(5);
    await join(6);
    await join(7);
    await cancel(freed);
    const [opening] = await openings();
    const { waves } = await see(opening!.openingId);
    const [wave] = waves;
    expect([waves.length, wave!.agrees]).toEqual([1, true]);
    const told = wave!.choices.map((one) => [
      plan.patients.indexOf(one.patientId),
      one.position,
      one.offered,
      one.why.join(),
    ]);
    expect(told).toEqual([
      [5, 1, true, ''],
      [6, 2, false, ''],
      [0, null, false, 'other-physician'],
      [1, null, false, 'weekday,time'],
      [2, null, false, 'notice'],
      [3, null, false, 'too-long,busy'],
      [4, null, false, 'no-contact'],
      [7, null, false, 'asked'],
    ]);
    const changed = practice.tx((tx) =>
      sql`update waitlist_choices set position = 1 where position = 2`.execute(tx.db),
    );
    await expect(changed).rejects.toThrow(/permission denied/);
  });

  it('asks nobody in quiet hours, counts none of them, and holds the time meanwhile', async () => {
    office.clock.set('2026-03-05T00:50:00.000Z');
    ana = await practice.as('secretary');
    const freed = await book(7, at('14:00'));
    await join(0);
    later(8);
    await cancel(freed);
    // 7:59 pm: one minute of the thirty, the rest from 8 am on
    expect((await asked()).map((one) => one.answerBy)).toEqual(['2026-03-05T13:29:00.000Z']);
    const other = await book(6, at('15:00'));
    await join(1);
    later(20);
    await cancel(other);
    const [second] = await openings();
    expect([second!.wave, second!.nextAt, second!.isHeld]).toEqual([0, '2026-03-05T13:00:00.000Z', true]);
    office.clock.set('2026-03-05T13:00:00.000Z');
    await office.runner.drain();
    ana = await practice.as('secretary');
    expect(people(await asked())).toEqual([1]);
  });

  it('gives way to the visit itself: a cancel that is undone takes its time back', async () => {
    const freed = await book(7);
    await join(0);
    const off = await cancel(freed);
    const [offer] = await asked();
    await ana.do(undoVisit, { params: { id: freed.visitId }, body: { version: off.version } });
    await office.runner.drain();
    expect((await openings())[0]).toMatchObject({ outcome: 'taken', isHeld: false });
    const answer = await yes(offer!.offerId);
    expect([answer.result, answer.said]).toEqual([
      'lost',
      'The opening is no longer there. They keep their place on the waitlist and will be asked again.',
    ]);
  });

  it('offers free time by hand, refused as a booking is, and stops on demand', async () => {
    await join(0);
    const where = { visitTypeId: plan.followUp, siteId: plan.main, physicianId: plan.lee };
    const ask = (startsAt: string) => ana.ask(api.offerOpening, { body: { ...where, startsAt } });
    await book(5, at('11:00'));
    expect((await ask(at('11:00'))).body.message).toBe(
      'Dr. Lee is booked until 11:15 am. Next free: 11:15, 11:30, 11:45 am.',
    );
    expect((await ask(at('11:00', '2026-03-04'))).body.message).toContain('less than 2 hours away');
    const { opening } = (await ask(at('09:00'))).body;
    expect([opening.cause, opening.openedByName, opening.wave]).toEqual(['by-hand', 'Ana Ruiz', 1]);
    await ana.do(api.stopOpening, { params: { id: opening.openingId } });
    await book(6, at('09:00'));
    expect(await asked()).toEqual([]);
  });

  it('lets go of who is taken off the list, and of nobody a place', async () => {
    await set({ atOnce: 1 });
    const freed = await book(7);
    const entry = await join(0);
    await join(1);
    await cancel(freed);
    const body = { version: entry.version, reason: 'moved away' };
    await ana.do(api.withdrawEntry, { params: { id: entry.entryId }, body });
    await office.runner.drain();
    expect(people(await asked())).toEqual([1]);
  });

  it('is off where the practice says so, for all or for a visit type', async () => {
    await join(0);
    await set({ isOn: false });
    await cancel(await book(7));
    await set({ offTypeIds: [plan.followUp] });
    await cancel(await book(7));
    expect(await openings()).toEqual([]);
    await set({});
    const moved = await book(6, at('11:00'));
    const body = { version: 1, startsAt: at('15:00') };
    await ana.do(moveVisit, { params: { id: moved.visitId }, body });
    await office.runner.drain();
    expect((await openings()).map((one) => one.startsAt)).toEqual(['2026-03-05T16:00:00.000Z']);
  });
});
