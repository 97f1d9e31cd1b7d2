import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { addPeople, setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { readDay } from '../day/api.ts';
import * as visits from '../visits/api.ts';
import * as api from './api.ts';

const at = (time: string, date = '2026-03-05') => `${date}T${time}:00-05:00`;
const desks = 50;
const capacity = 10;

describe.each(eitherStorage)('a group session on %s storage', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let desk: Desk;
  let people: string[];
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    practice = await office.practice();
    plan = await setUpSchedule(practice, 0);
    people = await practice.tx((tx) => addPeople(tx, desks + 5));
    desk = await practice.as('secretary');
  });
  afterAll(() => office.close());

  const planned = (startsAt: string, more: object = {}) => ({
    ...{ name: 'Diabetes class', visitTypeId: plan.newPatient, siteId: plan.main, physicianId: plan.lee },
    ...{ startsAt, minutes: 60, capacity },
    ...more,
  });
  const planSession = async (startsAt: string, more: object = {}) =>
    (await desk.do(api.planSession, { body: planned(startsAt, more) })).session;
  const seat = (sessionId: string, person: number) =>
    desk.ask(api.bookSeat, { params: { id: sessionId }, body: { patientId: people[person]! } });
  const read = (id: string) => desk.do(api.readSession, { params: { id } });

  it(`${desks} at once for ${capacity} places: ${capacity} have one, the others hear of the next session`, async () => {
    const session = await planSession(at('09:00'));
    const next = await planSession(at('09:00', '2026-03-06'));
    expect(session).toMatchObject({ taken: 0, capacity, resourceIds: [plan.lee, expect.any(String)] });
    const answers = await Promise.all(people.slice(0, desks).map((_, i) => seat(session.sessionId, i)));
    const statuses = answers.map((one) => one.status);
    expect([statuses.filter((one) => one === 200).length, new Set(statuses)]).toEqual([
      capacity,
      new Set([200, 409]),
    ]);
    const refused = answers.find((one) => one.status === 409)!;
    expect(refused.body.message).toBe(
      'Diabetes class is full: all 10 places are taken. Next with a place: Fri, Mar 6, 2026, 9:00 am (10 left).',
    );
    const { members } = await read(session.sessionId);
    expect(members.map((one) => one.seatNo).sort((a, b) => a - b)).toEqual(
      Array.from({ length: capacity }, (_, i) => i + 1),
    );
    // It takes the time of who leads it, and the day shows one block
    const clash = await desk.ask(visits.bookVisit, {
      body: { ...planned(at('09:30')), minutes: 15, visitTypeId: plan.followUp, patientId: people[desks]! },
    });
    expect(clash.body.message).toMatch(/^Dr\. Lee is booked/);
    const day = await desk.do(readDay, { query: { date: '2026-03-05' } });
    expect(day.groups).toMatchObject([{ sessionId: session.sessionId, taken: 10, capacity: 10 }]);
    // Who cancels gives the place to another, and cannot have it back
    const [first] = members;
    const gone = await desk.do(visits.cancelVisit, {
      params: { id: first!.visitId },
      body: { version: 1, reason: 'patient-ill' },
    });
    expect((await seat(session.sessionId, desks)).status).toBe(200);
    const back = await desk.ask(visits.undoVisit, {
      params: { id: first!.visitId },
      body: { version: gone.visit.version },
    });
    expect([back.status, back.body.message]).toEqual([
      409,
      'Diabetes class is full: all 10 places are taken.',
    ]);
    await desk.do(visits.cancelVisit, {
      params: { id: members[1]!.visitId },
      body: { version: 1, reason: 'patient-asked' },
    });
    const again = { params: { id: first!.visitId }, body: { version: gone.visit.version } };
    expect((await desk.do(visits.undoVisit, again)).visit).toMatchObject({ state: 'booked' });
    const moved = await desk.ask(visits.moveVisit, {
      params: { id: first!.visitId },
      body: { version: gone.visit.version + 1, startsAt: at('15:00') },
    });
    expect(moved.body.message).toContain('group');
    expect((await seat(next.sessionId, 0)).status).toBe(200);
  });

  it('a whole session is cancelled with one reason, frees its time, and comes back with everyone', async () => {
    const session = await planSession(at('13:00'));
    for (const person of [1, 2, 3]) expect((await seat(session.sessionId, person)).status).toBe(200);
    const busy = await desk.ask(visits.bookVisit, {
      body: { ...planned(at('13:30')), physicianId: plan.okoye, minutes: 15, patientId: people[1]! },
    });
    expect(busy.body.message).toContain('The patient has another visit at 1:00 pm.');
    const params = { id: session.sessionId };
    const body = { version: session.version, reason: 'physician-away' as const };
    const done = await desk.do(api.cancelSession, { params, body });
    expect(done.cancelled).toBe(3);
    expect((await read(session.sessionId)).members.map((one) => one.state)).toEqual(
      Array(3).fill('cancelled'),
    );
    expect((await seat(session.sessionId, 4)).body.message).toMatch(/^Diabetes class was cancelled\./);
    const { visit } = await desk.do(visits.bookVisit, {
      body: { ...planned(at('13:00')), minutes: 15, visitTypeId: plan.followUp, patientId: people[9]! },
    });
    const undo = () => desk.ask(api.undoCancelSession, { params, body: { version: done.version } });
    expect((await undo()).body.message).toMatch(/^Dr\. Lee is booked/);
    await desk.do(visits.cancelVisit, {
      params: { id: visit.visitId },
      body: { version: visit.version, reason: 'booked-twice' },
    });
    expect((await undo()).body).toMatchObject({ visits: 3 });
    const { members } = await read(session.sessionId);
    expect(members.map((one) => one.state)).toEqual(Array(3).fill('booked'));
    office.clock.set('2026-03-05T18:00:00.000Z');
    desk = await practice.as('secretary');
    const [one] = members;
    const here = await desk.do(visits.arriveVisit, {
      params: { id: one!.visitId },
      body: { version: one!.version },
    });
    expect(here.visit).toMatchObject({ state: 'arrived', sessionId: session.sessionId });
    const late = await desk.ask(api.cancelSession, {
      params,
      body: { version: done.version + 1, reason: 'office-closed' },
    });
    expect(late.body.message).toContain('checked in');
    // Whoever came for it holds it where it is
    const move = { version: done.version + 1, startsAt: at('15:00') };
    expect((await desk.ask(api.moveSession, { params, body: move })).body.message).toMatch(
      /^1 of this group/,
    );
  });

  it('moves with everyone in it or not at all, and back; a place does not move alone', async () => {
    const session = await planSession(at('09:00', '2026-03-10').replace('-05', '-04'), {
      physicianId: plan.okoye,
    });
    const params = { id: session.sessionId };
    for (const person of [11, 12, 13]) expect((await seat(session.sessionId, person)).status).toBe(200);
    const noon = (time: string, date = '2026-03-11') => at(time, date).replace('-05', '-04');
    const { visit: other } = await desk.do(visits.bookVisit, {
      body: { ...planned(noon('10:30')), minutes: 15, visitTypeId: plan.followUp, patientId: people[12]! },
    });
    const move = (version: number, body: object) =>
      desk.ask(api.moveSession, { params, body: { version, ...body } });
    const clash = await move(1, { startsAt: noon('10:00') });
    expect([clash.status, clash.body.message]).toEqual([
      409,
      'Nothing was moved: place 2 has a visit at 10:30 am with Dr. Lee. Choose another time, or cancel those places first.',
    ]);
    expect((await move(1, { startsAt: noon('10:15'), physicianId: plan.lee })).status).toBe(409);
    const cancel = { version: other.version, reason: 'booked-twice' as const };
    await desk.do(visits.cancelVisit, { params: { id: other.visitId }, body: cancel });
    await desk.do(visits.bookVisit, {
      body: { ...planned(noon('11:00')), minutes: 15, visitTypeId: plan.followUp, patientId: people[14]! },
    });
    const busy = await move(1, { startsAt: noon('10:30'), physicianId: plan.lee });
    expect(busy.body.message).toMatch(/^Dr\. Lee is booked from 11:00 am to 11:15 am\./);
    expect((await read(session.sessionId)).session).toMatchObject({ version: 1, startsAt: session.startsAt });
    // Half an hour on, over its own time, and to a colleague
    const moved = await move(1, { startsAt: noon('09:30', '2026-03-10'), physicianId: plan.lee });
    expect(moved.body).toMatchObject({
      visits: 3,
      session: { version: 2, physicianName: 'Dr. Lee', taken: 3 },
    });
    const { members } = await read(session.sessionId);
    const { visit, steps, undo } = await desk.do(visits.readVisit, { params: { id: members[0]!.visitId } });
    expect(visit).toMatchObject({ startsAt: '2026-03-10T13:30:00.000Z', physicianId: plan.lee, version: 2 });
    expect([steps.at(-1)?.detail.withGroup, undo]).toEqual(['Diabetes class', null]);
    const alone = { params: { id: visit.visitId }, body: { version: 2 } };
    expect((await desk.ask(visits.undoVisit, alone)).body.message).toMatch(
      /^This place moved with its group/,
    );
    const free = await desk.ask(visits.bookVisit, {
      body: { ...planned(noon('09:00', '2026-03-10')), physicianId: plan.okoye, patientId: people[14]! },
    });
    expect(free.status).toBe(200);
    const back = (version: number) => desk.ask(api.undoMoveSession, { params, body: { version } });
    expect((await back(2)).body.message).toMatch(/^Dr\. Okoye is booked/);
    const gone = { version: free.body.visit.version, reason: 'booked-twice' as const };
    await desk.do(visits.cancelVisit, { params: { id: free.body.visit.visitId }, body: gone });
    expect((await back(2)).body).toMatchObject({
      visits: 3,
      session: { version: 3, startsAt: session.startsAt },
    });
    expect((await back(3)).body.message).toMatch(/^There is no move/);
    // A place that was given up before a move does not come back to another time
    const first = (await read(session.sessionId)).members[0]!;
    const left = await desk.do(visits.cancelVisit, {
      params: { id: first.visitId },
      body: { version: first.version, reason: 'patient-asked' },
    });
    expect((await move(3, { startsAt: noon('14:00', '2026-03-10') })).body.visits).toBe(2);
    const again = await desk.ask(visits.undoVisit, {
      params: { id: first.visitId },
      body: { version: left.visit.version },
    });
    expect(again.body.message).toMatch(/^Diabetes class was moved since, to Tue, Mar 10/);
  });

  it('has more or fewer places, never fewer than are taken', async () => {
    const session = await planSession(at('15:00', '2026-03-06'), { capacity: 4 });
    const params = { id: session.sessionId };
    const booked = [];
    for (const person of [20, 21, 22, 23]) booked.push((await seat(session.sessionId, person)).body.visit);
    const resize = (version: number, size: number) =>
      desk.ask(api.changeCapacity, { params, body: { version, capacity: size } });
    const cancel = (visitId: string) =>
      desk.do(visits.cancelVisit, { params: { id: visitId }, body: { version: 1, reason: 'patient-asked' } });
    await cancel(booked[0]!.visitId);
    expect((await resize(1, 2)).body.fields).toEqual({
      capacity: '3 places are taken: keep at least so many, or cancel a place first.',
    });
    // The fourth sits on the free first place then
    expect((await resize(1, 3)).body.session).toMatchObject({ capacity: 3, taken: 3, version: 2 });
    const { members } = await read(session.sessionId);
    const seats = members.filter((one) => one.state === 'booked').map((one) => one.seatNo);
    expect(seats.sort()).toEqual([1, 2, 3]);
    expect((await seat(session.sessionId, 24)).body.message).toMatch(/^Diabetes class is full: all 3/);
    expect((await resize(1, 5)).body.error).toBe('stale');
    expect((await resize(2, 5)).status).toBe(200);
    expect((await seat(session.sessionId, 24)).body.visit).toMatchObject({ seatNo: 4 });
  });
});
