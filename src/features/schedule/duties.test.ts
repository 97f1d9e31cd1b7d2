import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../test/practice.ts';
import type { Duty, DutyContext } from '../../platform/contributions.ts';
import { registerPatients } from '../patients/commands.ts';
import { scheduleDuties } from './duties.ts';
import { scheduleJobs } from './jobs.ts';
import * as visits from './visits/api.ts';
import type { BookVisit } from './visits/schema.ts';

// Wed 2026-03-04 10:00 in New York
describe('what the schedule owes', () => {
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

  const book = async (startsAt: string, more: Partial<BookVisit> = {}, person = 0) =>
    (
      await desk.do(visits.bookVisit, {
        body: {
          patientId: plan.patients[person]!,
          visitTypeId: plan.followUp,
          siteId: plan.main,
          physicianId: plan.lee,
          startsAt,
          ...more,
        },
      })
    ).visit;
  const source = (kind: string) => scheduleDuties.find((one) => one.kinds.includes(kind))!;
  const context = (): DutyContext => ({ now: office.clock.now(), practiceTimeZone: 'America/New_York' });
  const owed = (kind: string) => practice.tx((tx) => source(kind).list(tx.db, context()));
  const changes = (kind: string) => practice.tx((tx) => source(kind).nextChangeAt(tx.db, context()));
  /** Press the duty's button, as Today does. */
  const settle = async ({ action }: Duty) => {
    if (action.kind !== 'call') throw new Error('This duty opens a page.');
    const response = await fetch(office.url + action.path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${desk.token}`,
        'content-type': 'application/json',
        'idempotency-key': `settle-${action.path}`.slice(0, 64),
      },
      body: JSON.stringify(action.body),
    });
    expect(response.status).toBe(200);
  };

  it('unconfirmed visits of the next two business days, by 4 pm of the business day before', async () => {
    await book('2026-03-04T14:00:00-05:00');
    await book('2026-03-05T09:00:00-05:00', {}, 1);
    await book('2026-03-06T09:00:00-05:00', {}, 2);
    await book('2026-03-09T09:00:00-04:00', {}, 3);
    const duties = await owed('visit.unconfirmed');
    expect(duties.map((one) => [one.title, one.dueAt])).toEqual([
      ['Confirm the visit: Person 2 Test', '2026-03-04T21:00:00.000Z'],
      ['Confirm the visit: Person 3 Test', '2026-03-05T21:00:00.000Z'],
    ]);
    expect(duties[0]!.detail).toBe('Thu, Mar 5, 9:00 am with Dr. Lee · Follow-up · not confirmed yet');
    await settle(duties[0]!);
    expect(await owed('visit.unconfirmed')).toHaveLength(1);
    expect((await changes('visit.unconfirmed'))?.toISOString()).toBe('2026-03-05T05:00:00.000Z');
    // From Thursday on, Monday's is owed: by Friday
    office.clock.set('2026-03-05T15:00:00.000Z');
    expect((await owed('visit.unconfirmed')).map((one) => one.dueAt)).toContain('2026-03-06T21:00:00.000Z');
  });

  it('visits that nobody closed out by six', async () => {
    const came = await book('2026-03-04T11:00:00-05:00');
    await desk.do(visits.arriveVisit, { params: { id: came.visitId }, body: { version: 1 } });
    await book('2026-03-04T14:00:00-05:00', {}, 1);
    office.clock.set('2026-03-04T22:59:00.000Z');
    expect(await owed('visit.not-closed-out')).toEqual([]);
    const next = await changes('visit.not-closed-out');
    expect(next?.toISOString()).toBe('2026-03-04T23:00:00.000Z');
    office.clock.set(next!);
    const duties = await owed('visit.not-closed-out');
    expect(duties.map((one) => one.action.label)).toEqual(['Check out', 'No-show']);
    for (const duty of duties) await settle(duty);
    expect(await owed('visit.not-closed-out')).toEqual([]);
  });

  it('a wait of more than fifteen minutes, from the minute on that it is', async () => {
    const visit = await book('2026-03-04T10:15:00-05:00');
    await desk.do(visits.arriveVisit, { params: { id: visit.visitId }, body: { version: 1 } });
    const next = await changes('visit.waits-long');
    expect(next?.toISOString()).toBe('2026-03-04T15:31:00.000Z');
    office.clock.set(new Date(next!.getTime() - 1));
    expect(await owed('visit.waits-long')).toEqual([]);
    office.clock.set(next!);
    const [duty] = await owed('visit.waits-long');
    expect([duty!.title, duty!.detail, duty!.severity]).toEqual([
      'Look after Person 1 Test',
      'waits since 10:15 am for Dr. Lee',
      'wrong',
    ]);
    await settle(duty!);
    // Now in a room, and waiting for the physician: twenty minutes more
    expect(await owed('visit.waits-long')).toEqual([]);
    office.clock.advance(21 * 60_000);
    expect((await owed('visit.waits-long')).map((one) => one.action.label)).toEqual(['With physician']);
  });

  it('a missed visit until it is booked again, by noon of the next business day', async () => {
    const missed = await book('2026-03-04T10:00:00-05:00');
    await desk.do(visits.noShowVisit, { params: { id: missed.visitId }, body: { version: 1 } });
    office.clock.advance(60_000);
    const [duty] = await owed('visit.not-rebooked');
    expect([duty!.title, duty!.dueAt]).toEqual(['Rebook Person 1 Test', '2026-03-05T17:00:00.000Z']);
    await book('2026-03-20T09:00:00-04:00');
    expect(await owed('visit.not-rebooked')).toEqual([]);
  });

  it('a cancelled visit until it is booked again, or the patient wants no other', async () => {
    const cancelled = await book('2026-03-11T10:00:00-04:00');
    const params = { id: cancelled.visitId };
    const body = { version: cancelled.version, reason: 'patient-ill' as const };
    await desk.do(visits.cancelVisit, { params, body });
    office.clock.advance(60_000);
    const [duty] = await owed('visit.not-rebooked');
    expect(duty!.detail).toBe(
      'cancelled (patient is ill): Wed, Mar 11, 10:00 am with Dr. Lee · Follow-up · no later visit',
    );
    const again = await book('2026-03-20T09:00:00-04:00');
    expect(await owed('visit.not-rebooked')).toEqual([]);
    // Booked twice was one too many; the first is owed again
    await desk.do(visits.cancelVisit, {
      params: { id: again.visitId },
      body: { version: again.version, reason: 'booked-twice' },
    });
    expect(await owed('visit.not-rebooked')).toHaveLength(1);
    const said = { version: 2, reason: 'Moves away' };
    const { visit } = await desk.do(visits.letGoVisit, { params, body: said });
    expect([visit.state, await owed('visit.not-rebooked')]).toEqual(['cancelled', []]);
    await desk.do(visits.undoVisit, { params, body: { version: visit.version } });
    expect(await owed('visit.not-rebooked')).toHaveLength(1);
    const booked = await book('2026-03-23T09:00:00-04:00');
    const refused = await desk.ask(visits.letGoVisit, {
      params: { id: booked.visitId },
      body: { version: booked.version, reason: 'No more' },
    });
    expect([refused.status, refused.body.message]).toEqual([409, expect.stringContaining('Cancel it first')]);
  });

  it('who comes within a week and has no phone or address', async () => {
    const [made] = await practice.tx((tx) =>
      registerPatients(tx, [{ familyName: 'Test', givenName: 'Bare' }]),
    );
    const patientId = made!.patientId;
    await book('2026-03-06T09:00:00-05:00', { patientId });
    await book('2026-03-09T09:00:00-04:00', { patientId });
    await book('2026-03-06T10:00:00-05:00', {}, 1);
    const duties = await owed('visit.unreachable');
    expect(duties.map((one) => [one.title, one.action])).toEqual([
      [
        'Ask Bare Test for phone and address',
        { label: 'Open the card', kind: 'open', href: `/patients/${patientId}` },
      ],
    ]);
  });

  it('the visits ahead of someone who has died are cancelled, those behind stay', async () => {
    const past = await book('2026-03-04T11:00:00-05:00');
    const ahead = await book('2026-03-06T09:00:00-05:00');
    office.clock.set('2026-03-04T17:00:00.000Z');
    const patientId = plan.patients[0]!;
    const [job] = scheduleJobs;
    const payload = { patientId, deceased: true, deceasedOn: null };
    await practice.tx((tx) => job!.run(tx, { ...payload, deceased: false }));
    await practice.tx((tx) => job!.run(tx, payload));
    await practice.tx((tx) => job!.run(tx, payload));
    const { visits: list } = await desk.do(visits.listPatientVisits, { params: { id: patientId } });
    expect(list.map((one) => [one.visitId, one.state, one.cancelReason])).toEqual([
      [ahead.visitId, 'cancelled', 'deceased'],
      [past.visitId, 'booked', null],
    ]);
  });
});
