import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { replaceWeek } from '../setup/hours/commands.ts';
import * as api from '../visits/api.ts';
import type { BookVisit } from '../visits/schema.ts';

// Wed 2026-03-04 10:00 in New York; the week after holds the change to daylight saving time (Sun 2026-03-08)
const at = (time: string, date = '2026-03-05', offset = '-05:00') => `${date}T${time}:00${offset}`;

describe.each(eitherStorage)('the steps of a visit on %s', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let desk: Desk;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
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

  const today = at('10:00', '2026-03-04');

  it('are kept with time and person', async () => {
    const visit = await book({ visitTypeId: plan.newPatient, startsAt: today });
    const params = { id: visit.visitId };
    await desk.do(api.arriveVisit, { params, body: { version: 1 } });
    office.clock.advance(5 * 60_000);
    await desk.do(api.roomVisit, { params, body: { version: 2, resourceId: plan.room2 } });
    office.clock.advance(10 * 60_000);
    await desk.do(api.withPhysicianVisit, { params, body: { version: 3 } });
    office.clock.advance(15 * 60_000);
    const done = (await desk.do(api.checkOutVisit, { params, body: { version: 4 } })).visit;
    expect(done).toMatchObject({
      state: 'checked_out',
      arrivedAt: '2026-03-04T15:00:00.000Z',
      inRoomAt: '2026-03-04T15:05:00.000Z',
      withPhysicianAt: '2026-03-04T15:15:00.000Z',
      checkedOutAt: '2026-03-04T15:30:00.000Z',
    });
    expect(done.resources.map((one) => one.name)).toEqual(['Dr. Lee', 'Room 2']);
    const { steps, undo } = await desk.do(api.readVisit, { params });
    expect(steps.map((one) => [one.step, one.at.slice(11, 16), one.byName])).toEqual([
      ['booked', '15:00', 'Ana Ruiz'],
      ['arrived', '15:00', 'Ana Ruiz'],
      ['in_room', '15:05', 'Ana Ruiz'],
      ['with_physician', '15:15', 'Ana Ruiz'],
      ['checked_out', '15:30', 'Ana Ruiz'],
    ]);
    expect(undo?.step).toBe('checked_out');
    const { last } = await desk.do(api.listPatientVisits, { params: { id: plan.patients[0]! } });
    expect(last?.visitId).toBe(visit.visitId);
  });

  it('out of order are refused with what to do first', async () => {
    const visit = await book({ startsAt: today });
    const params = { id: visit.visitId };
    const early = await desk.ask(api.checkOutVisit, { params, body: { version: 1 } });
    expect([early.status, early.body.message]).toEqual([409, 'Check the patient in first.']);
    const later = await book({ startsAt: at('11:00') }, 1);
    const ahead = await desk.ask(api.arriveVisit, { params: { id: later.visitId }, body: { version: 1 } });
    expect(ahead.body.message).toContain('Move it to today first');
  });

  it('a cancelled visit frees its time; it comes back where that is still free', async () => {
    const visit = await book();
    const params = { id: visit.visitId };
    const cancelled = (
      await desk.do(api.cancelVisit, { params, body: { version: 1, reason: 'patient-ill', text: 'flu' } })
    ).visit;
    expect(cancelled).toMatchObject({ state: 'cancelled', cancelReason: 'patient-ill', cancelText: 'flu' });
    const other = await book({}, 1);
    const taken = await desk.ask(api.reinstateVisit, { params, body: { version: 2 } });
    expect([taken.status, taken.body.message?.slice(0, 34)]).toEqual([
      409,
      'Dr. Lee is booked until 10:15 am. ',
    ]);
    await desk.do(api.cancelVisit, {
      params: { id: other.visitId },
      body: { version: 1, reason: 'other' },
    });
    const back = (await desk.do(api.reinstateVisit, { params, body: { version: 2 } })).visit;
    expect(back).toMatchObject({ state: 'booked', cancelReason: null, cancelText: '', version: 3 });
    await refused({}, 2);
  });

  it('undo takes back the last step, one after the other, where the time is still free', async () => {
    const visit = await book();
    const params = { id: visit.visitId };
    await desk.do(api.moveVisit, { params, body: { version: 1, startsAt: at('11:00') } });
    await desk.do(api.cancelVisit, { params, body: { version: 2, reason: 'other' } });
    const back = (await desk.do(api.undoVisit, { params, body: { version: 3 } })).visit;
    expect([back.state, back.startsAt]).toEqual(['booked', '2026-03-05T16:00:00.000Z']);
    const other = await book({}, 1);
    const taken = await desk.ask(api.undoVisit, { params, body: { version: 4 } });
    expect(taken.status).toBe(409);
    await desk.do(api.visitInError, {
      params: { id: other.visitId },
      body: { version: 1, reason: 'wrong person' },
    });
    const moved = (await desk.do(api.undoVisit, { params, body: { version: 4 } })).visit;
    expect(moved.startsAt).toBe('2026-03-05T15:00:00.000Z');
    const { steps } = await desk.do(api.readVisit, { params });
    expect(steps.map((one) => [one.step, one.undone])).toEqual([
      ['booked', false],
      ['moved', true],
      ['cancelled', true],
    ]);
    const nothing = await desk.ask(api.undoVisit, { params, body: { version: 5 } });
    expect([nothing.status, nothing.body.message]).toEqual([
      409,
      'A booking is not undone. Cancel the visit, or mark it as entered in error.',
    ]);
  });

  it('undo finds another lane where its own was taken meanwhile', async () => {
    const first = await book({ physicianId: plan.nurses });
    const second = await book({ physicianId: plan.nurses }, 1);
    const params = { id: second.visitId };
    await desk.do(api.cancelVisit, {
      params: { id: first.visitId },
      body: { version: 1, reason: 'other' },
    });
    const body = { version: 1, resourceIds: [plan.room1] };
    const { visit: moved } = await desk.do(api.moveVisit, { params, body });
    const third = await book({ physicianId: plan.nurses }, 2);
    const lanes = [second, moved, third].map((one) => one.resources[0]?.lane);
    expect(lanes).toEqual([1, 0, 1]);
    const back = (await desk.do(api.undoVisit, { params, body: { version: 2 } })).visit;
    expect(back.resources.map((one) => [one.resourceId, one.lane])).toEqual([[plan.nurses, 0]]);
  });

  it('undo asks for the permission of the step', async () => {
    const visit = await book();
    const params = { id: visit.visitId };
    await desk.do(api.cancelVisit, { params, body: { version: 1, reason: 'other' } });
    const physician = await practice.as('physician');
    expect((await physician.ask(api.undoVisit, { params, body: { version: 2 } })).status).toBe(403);
  });

  it('another room that is taken is given with a reason, which stays with the visit', async () => {
    await book({ visitTypeId: plan.newPatient, startsAt: today, resourceIds: [plan.room2] }, 1);
    const one = await book({ startsAt: today, physicianId: plan.okoye, resourceIds: [plan.room1] });
    const params = { id: one.visitId };
    await desk.do(api.arriveVisit, { params, body: { version: 1 } });
    const other = { version: 2, resourceId: plan.room2 };
    expect((await desk.ask(api.roomVisit, { params, body: other })).status).toBe(409);
    const body = { ...other, overrideReason: 'Needs the lift' };
    const { visit } = await desk.do(api.roomVisit, { params, body });
    expect([visit.overbooked, visit.overrideReason]).toEqual([true, 'Needs the lift']);
    const undone = await desk.do(api.undoVisit, { params, body: { version: 3 } });
    expect([undone.visit.overbooked, undone.visit.overrideReason]).toEqual([false, null]);
  });

  it('a free room is given though someone else was squeezed in with the physician meanwhile', async () => {
    const one = await book({ visitTypeId: plan.newPatient, startsAt: today, resourceIds: [plan.room1] });
    await book({ startsAt: today, overrideReason: 'Cannot wait' }, 1, practice.manager);
    await practice.tx((tx) => replaceWeek(tx, plan.lee, { version: 2, from: '2026-03-04', rows: [] }));
    const params = { id: one.visitId };
    await desk.do(api.arriveVisit, { params, body: { version: 1 } });
    const { visit } = await desk.do(api.roomVisit, { params, body: { version: 2, resourceId: plan.room2 } });
    expect(visit.resources.map(({ name, lane }) => [name, lane])).toEqual([
      ['Dr. Lee', 0],
      ['Room 2', 0],
    ]);
    expect([visit.state, visit.overbooked, visit.overrideReason]).toEqual(['in_room', false, null]);
    const { visit: back } = await desk.do(api.undoVisit, { params, body: { version: 3 } });
    expect([back.state, back.resources.map((place) => place.name)]).toEqual([
      'arrived',
      ['Dr. Lee', 'Room 1'],
    ]);
  });

  it('who was squeezed in may change rooms, and the reason stays; a taken room is refused all the same', async () => {
    await book({ startsAt: today });
    await book({ visitTypeId: plan.newPatient, startsAt: today, physicianId: plan.okoye }, 1);
    const body = { startsAt: today, resourceIds: [plan.ultrasound], overrideReason: 'Cannot wait' };
    const squeezed = await book(body, 2, practice.manager);
    const params = { id: squeezed.visitId };
    await desk.do(api.arriveVisit, { params, body: { version: 1 } });
    const taken = await desk.ask(api.roomVisit, { params, body: { version: 2, resourceId: plan.room1 } });
    expect([taken.status, taken.body.message]).toEqual([
      409,
      'Room 1 is booked until 10:40 am. Choose another.',
    ]);
    const device = { version: 2, resourceId: plan.ultrasound };
    expect((await desk.do(api.roomVisit, { params, body: device })).visit.version).toBe(3);
    await desk.do(api.undoVisit, { params, body: { version: 3 } });
    const { visit } = await desk.do(api.roomVisit, { params, body: { version: 4, resourceId: plan.room2 } });
    expect(visit.resources.map(({ name, lane }) => [name, lane])).toEqual([
      ['Dr. Lee', 100],
      ['Room 2', 0],
      ['Ultrasound', 0],
    ]);
    expect([visit.overbooked, visit.overrideReason]).toEqual([true, 'Cannot wait']);
  });

  it('two desks that want one room: one has it, the other is told', async () => {
    const visits = [
      await book({ startsAt: today }),
      await book({ startsAt: today, physicianId: plan.okoye }, 1),
    ];
    const answers = await Promise.all(
      visits.map(({ visitId }) =>
        desk.do(api.arriveVisit, { params: { id: visitId }, body: { version: 1 } }).then(() =>
          desk.ask(api.roomVisit, {
            params: { id: visitId },
            body: { version: 2, resourceId: plan.room1 },
          }),
        ),
      ),
    );
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409]);
  });

  it('reason and note are edited; a no-show gives the time back', async () => {
    const visit = await book({ startsAt: today });
    const params = { id: visit.visitId };
    const edited = (
      await desk.do(api.editVisit, { params, body: { version: 1, reason: 'knee', note: 'bring films' } })
    ).visit;
    expect(edited).toMatchObject({ reason: 'knee', note: 'bring films', version: 2 });
    const missed = (await desk.do(api.noShowVisit, { params, body: { version: 2 } })).visit;
    expect(missed.state).toBe('no_show');
    await book({ startsAt: today }, 1);
  });
});
