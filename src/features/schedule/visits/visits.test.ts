import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { changeResource, listResources } from '../setup/api.ts';
import * as api from './api.ts';
import type { BookVisit } from './schema.ts';

// Wed 2026-03-04 10:00 in New York; the week after holds the change to daylight saving time (Sun 2026-03-08)
const at = (time: string, date = '2026-03-05', offset = '-05:00') => `${date}T${time}:00${offset}`;

describe('visits', () => {
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
    plan = await setUpSchedule(practice);
    desk = await practice.as('secretary');
  });
  afterAll(() => office.close());

  const wish = (more: Partial<BookVisit> = {}, person = 0) => ({
    patientId: plan.patients[person]!,
    visitTypeId: plan.followUp,
    siteId: plan.main,
    physicianId: plan.lee,
    startsAt: at('10:00'),
    ...more,
  });
  const book = async (more: Partial<BookVisit> = {}, person = 0, who = desk) =>
    (await who.do(api.bookVisit, { body: wish(more, person) })).visit;
  const refused = async (more: Partial<BookVisit> = {}, person = 1, who = desk) => {
    const { status, body } = await who.ask(api.bookVisit, { body: wish(more, person) });
    expect(status).toBe(409);
    return body;
  };

  it('a visit is booked with the length, room and device of its type, buffers included', async () => {
    const visit = await book({ visitTypeId: plan.scan });
    expect(visit).toMatchObject({
      state: 'booked',
      minutes: 30,
      physicianName: 'Dr. Lee',
      overbooked: false,
    });
    expect(visit.resources.map((one) => [one.name, one.lane, one.endsAt.slice(11, 16)])).toEqual([
      ['Dr. Lee', 0, '15:35'],
      ['Room 1', 0, '15:35'],
      ['Ultrasound', 0, '15:35'],
    ]);
    const long = await book({ visitTypeId: plan.newPatient, physicianId: plan.okoye }, 1);
    expect([long.minutes, long.resources[1]!.name]).toEqual([40, 'Room 2']);
    const read = await desk.do(api.readVisit, { params: { id: visit.visitId } });
    expect(read.visit).toEqual(visit);
  });

  it('a taken slot is refused and says the next free', async () => {
    await book({ minutes: 30 });
    const body = await refused({ startsAt: at('10:15') });
    expect(body.message).toBe('Dr. Lee is booked until 10:30 am. Next free: 10:30, 10:45, 11:00 am.');
    expect(body.overridePermission).toBe('visits.overbook');
    const { openings } = body.offers as { openings: { startsAt: string; label: string }[] };
    expect(openings.map((one) => one.label)[0]).toBe('Thu, Mar 5, 10:30 am');
    // What is offered can be booked as it is
    const [first] = openings;
    await book({ startsAt: first!.startsAt }, 1);
  });

  it('a taken room is refused; when none is asked for, another is picked', async () => {
    const type = { visitTypeId: plan.newPatient };
    await book({ ...type, resourceIds: [plan.room1] });
    const body = await refused({ ...type, physicianId: plan.okoye, resourceIds: [plan.room1] });
    expect(body.message).toContain('Room 1 is booked until 10:30 am.');
    const other = await book({ ...type, physicianId: plan.okoye }, 1);
    expect(other.resources.map((one) => one.name)).toEqual(['Dr. Okoye', 'Room 2']);
    const full = await refused({ ...type, physicianId: plan.nurses }, 2);
    expect(full.message).toMatch(/^Room 1 is booked until 10:30 am\. Next free: 10:30/);
  });

  it('a taken device is refused, and nobody can book over it', async () => {
    await book({ visitTypeId: plan.scan });
    const wanted = { visitTypeId: plan.scan, physicianId: plan.okoye, overrideReason: 'it is urgent' };
    const body = await refused(wanted, 1, practice.manager);
    expect(body.message).toContain('Ultrasound is booked until 10:35 am.');
    expect(body.overridePermission).toBeUndefined();
  });

  it('with room for three, the fourth is refused', async () => {
    const lanes = [];
    for (let person = 0; person < 3; person++)
      lanes.push((await book({ physicianId: plan.nurses }, person)).resources[0]!.lane);
    expect(lanes).toEqual([0, 1, 2]);
    const body = await refused({ physicianId: plan.nurses }, 3);
    expect(body.message).toContain('Nurses is full until 10:15 am.');
    const { resources } = await practice.manager.do(listResources);
    const { version } = resources.find((one) => one.resourceId === plan.nurses)!;
    await practice.manager.do(changeResource, {
      params: { resourceId: plan.nurses },
      body: { version, capacity: 4 },
    });
    expect((await book({ physicianId: plan.nurses }, 3)).resources[0]!.lane).toBe(3);
  });

  it('overbooking takes a reason and the permission, and fills the time like any visit', async () => {
    const first = await book();
    const nurse = await practice.as('nurse');
    const reason = { overrideReason: 'in pain since last night' };
    expect((await refused(reason, 1, nurse)).overridePermission).toBe('visits.overbook');
    const over = await book(reason, 1);
    expect([over.overbooked, over.resources[0]!.lane, over.overrideReason]).toEqual([
      true,
      100,
      reason.overrideReason,
    ]);
    expect((await book(reason, 2)).resources[0]!.lane).toBe(101);
    await desk.do(api.cancelVisit, {
      params: { id: first.visitId },
      body: { version: 1, reason: 'patient-asked' },
    });
    // The ordinary lane is free again, yet Dr. Lee is not
    await refused({}, 3);
  });

  it('outside hours, on a closed day and in the past are refused, each with who may overrule it', async () => {
    const lunch = await refused({ startsAt: at('12:15') });
    expect(lunch.message).toMatch(
      /^That is outside the hours of Dr\. Lee: 8:00 am to 12:00 pm, 1:00 pm to 5:00 pm on this day\. Next free: 1:00/,
    );
    expect(lunch.overridePermission).toBe('visits.outside-hours');
    const weekend = await refused({ startsAt: at('10:00', '2026-03-07') });
    expect(weekend.message).toContain('Dr. Lee does not work Saturdays.');
    const elsewhere = await refused({ physicianId: plan.okoye, startsAt: at('10:00', '2026-03-06') });
    expect(elsewhere.message).toContain('Dr. Okoye is at another site on this day.');
    const past = await refused({ startsAt: at('10:00', '2026-03-03') });
    expect(past.message).toMatch(/^Tue, Mar 3 has passed\. Next free: Wed, Mar 4/);
    const reason = { overrideReason: 'agreed with Dr. Lee' };
    await refused({ startsAt: at('12:15'), ...reason });
    const visit = await book({ startsAt: at('12:15'), ...reason }, 1, practice.manager);
    expect([visit.overrideReason, visit.overbooked]).toEqual([reason.overrideReason, false]);
  });

  it('a person is not booked twice at the same time', async () => {
    await book();
    const body = await refused({ physicianId: plan.okoye, startsAt: at('10:10') }, 0);
    expect(body.message).toContain('The patient has another visit at 10:00 am.');
    expect(body.overridePermission).toBe('visits.overbook');
  });

  it('a repeat with the same key is answered as the first and books once', async () => {
    const key = 'the-same-intent';
    const first = await desk.do(api.bookVisit, { body: wish() }, { key });
    const again = await desk.ask(api.bookVisit, { body: wish() }, { key });
    expect([again.status, again.body.visit]).toEqual([200, first.visit]);
    const { visits } = await desk.do(api.listPatientVisits, { params: { id: plan.patients[0]! } });
    expect(visits).toHaveLength(1);
  });

  it('booking takes few statements', async () => {
    await book({}, 1);
    const before = office.statements();
    await book({ visitTypeId: plan.newPatient, startsAt: at('11:00') });
    // One of them finds the session, two are its transaction
    expect(office.statements() - before).toBeLessThanOrEqual(15);
  });

  describe('moving', () => {
    const move = (id: string, body: Parameters<typeof desk.do<typeof api.moveVisit>>[1]) =>
      desk.do(api.moveVisit, { params: { id }, ...body });

    it('to another time, physician and length; the old time is free, the room follows', async () => {
      const visit = await book({ visitTypeId: plan.newPatient });
      await desk.do(api.confirmVisit, { params: { id: visit.visitId }, body: { version: 1 } });
      const moved = (
        await move(visit.visitId, { body: { version: 2, startsAt: at('14:00'), physicianId: plan.okoye } })
      ).visit;
      expect(moved).toMatchObject({ version: 3, physicianName: 'Dr. Okoye', minutes: 30, confirmedAt: null });
      expect(moved.resources.map((one) => one.name)).toEqual(['Dr. Okoye', 'Room 1']);
      await book({ visitTypeId: plan.newPatient, resourceIds: [plan.room1] }, 1);
      const resized = (await move(visit.visitId, { body: { version: 3, minutes: 60 } })).visit;
      expect([resized.minutes, resized.endsAt]).toEqual([60, '2026-03-05T20:00:00.000Z']);
    });

    it('onto itself by a few minutes is fine, onto another is refused', async () => {
      const visit = await book({ minutes: 30 });
      await book({ startsAt: at('11:00') }, 1);
      await move(visit.visitId, { body: { version: 1, startsAt: at('10:15') } });
      const { status, body } = await desk.ask(api.moveVisit, {
        params: { id: visit.visitId },
        body: { version: 2, startsAt: at('10:45') },
      });
      expect([status, body.message]).toEqual([
        409,
        'Dr. Lee is booked from 11:00 am to 11:15 am. Next free: 11:15, 11:30 am, 1:00 pm.',
      ]);
    });

    it('takes another room where the own one is taken, and refuses the one asked for', async () => {
      const visit = await book({ visitTypeId: plan.newPatient });
      const other = { visitTypeId: plan.newPatient, physicianId: plan.okoye, startsAt: at('14:00') };
      await book({ ...other, resourceIds: [plan.room1] }, 1);
      const { status } = await desk.ask(api.moveVisit, {
        params: { id: visit.visitId },
        body: { version: 1, startsAt: at('14:00'), resourceIds: [plan.room1] },
      });
      expect(status).toBe(409);
      const moved = (await move(visit.visitId, { body: { version: 1, startsAt: at('14:00') } })).visit;
      expect(moved.resources.map((one) => one.name)).toEqual(['Dr. Lee', 'Room 2']);
    });

    it('what someone else changed meanwhile is refused, and both are shown', async () => {
      const visit = await book();
      await move(visit.visitId, { body: { version: 1, startsAt: at('10:30') } });
      const { status, body } = await desk.ask(api.moveVisit, {
        params: { id: visit.visitId },
        body: { version: 1, startsAt: at('11:00') },
      });
      expect([status, body.error]).toEqual([409, 'stale']);
      expect(body.current).toMatchObject({ version: 2, startsAt: '2026-03-05T15:30:00.000Z' });
    });
  });

  it('the days of a clock change have their own hours', async () => {
    // The Monday after spring forward: 8 am in New York is 12:00 UTC
    await book({ startsAt: at('08:00', '2026-03-09', '-04:00') });
    const early = await refused({ startsAt: at('07:00', '2026-03-09', '-04:00') });
    expect(early.message).toContain('outside the hours');
  });
});
