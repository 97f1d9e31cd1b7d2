import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { timeLabel } from '../../../platform/calendar/zones.ts';
import * as visits from '../visits/api.ts';
import * as api from './api.ts';
import { seriesDuty } from './duties.ts';
import type { BookSeries, EditSeries, Series, SeriesPattern } from './schema.ts';

// Wed 2026-03-04 10:00 in New York; the clocks go forward on Sun 2026-03-08
describe('a series of visits', () => {
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

  const tuesdays = (more: Partial<SeriesPattern> = {}) => ({
    ...{ startsOn: '2026-03-05', time: '09:00', weekdays: [2, 4], count: 6 },
    ...more,
  });
  type Wish = Omit<Partial<BookSeries>, 'pattern'> & { pattern?: Partial<SeriesPattern> };
  const wish = ({ pattern, ...more }: Wish = {}) => ({
    patientId: plan.patients[0]!,
    visitTypeId: plan.followUp,
    siteId: plan.main,
    physicianId: plan.lee,
    ...more,
    pattern: tuesdays(pattern),
  });
  const book = (more: Wish = {}) => desk.do(api.bookSeries, { body: wish(more) });
  const read = async (id: string): Promise<Series> =>
    (await desk.do(api.readSeries, { params: { id } })).series;
  const take = (startsAt: string, person = 1) =>
    desk.do(visits.bookVisit, {
      body: { ...wish(), patientId: plan.patients[person]!, startsAt },
    });
  const edit = async (id: string, more: Partial<EditSeries>, who = desk) => {
    const { version } = await read(id);
    const body = { version, scope: 'all', fromNo: 1, ...more } as EditSeries;
    const { body: rehearsed } = await who.ask(api.previewEdit, { params: { id }, body });
    const done = await who.do(api.editSeries, { params: { id }, body });
    // What was shown before is what happened
    expect(rehearsed).toEqual({ results: done.results, changed: done.changed, stay: done.stay });
    return done;
  };
  const undo = async (id: string) => {
    const { version } = await read(id);
    return desk.ask(api.undoSeriesEdit, { params: { id }, body: { version } });
  };
  const times = (series: Series) =>
    series.places.map(({ visit }) => (visit ? `${visit.startsAt.slice(5, 16)} ${visit.state}` : '-'));
  const walls = (series: Series) =>
    series.places.map(({ visit }) => visit && timeLabel(Date.parse(visit.startsAt), 'America/New_York'));

  it('books six visits across the clock change at the same time on the wall, and says so beforehand', async () => {
    const rehearsed = await desk.do(api.previewSeries, { body: wish() });
    expect([rehearsed.booked, rehearsed.planned]).toEqual([6, 6]);
    const none = await desk.do(visits.listPatientVisits, { params: { id: plan.patients[0]! } });
    expect(none.visits).toEqual([]);
    const booked = await book();
    const series = await read(booked.seriesId);
    expect(series.label).toBe('Tue and Thu every week, 9:00 am, 6 times from Thu, Mar 5, 2026');
    expect(walls(series)).toEqual(Array(6).fill('9:00 am'));
    expect(times(series).slice(0, 2)).toEqual(['03-05T14:00 booked', '03-10T13:00 booked']);
    const { visits: own } = await desk.do(visits.listPatientVisits, { params: { id: plan.patients[0]! } });
    expect(own.map((one) => [one.seriesId, one.seriesNo])).toEqual(
      [6, 5, 4, 3, 2, 1].map((no) => [booked.seriesId, no]),
    );
  });

  it('what cannot be placed is said with the nearest that day, kept as owed, and a duty until it is booked', async () => {
    await take('2026-03-10T09:00:00-04:00');
    const rehearsed = await desk.do(api.previewSeries, { body: wish() });
    const owed = rehearsed.places[1]!;
    expect([owed.state, rehearsed.booked]).toEqual(['owed', 5]);
    expect(owed.why).toMatch(/^Dr\. Lee is booked until 9:15 am\./);
    expect(owed.alternatives.map((one) => one.label)).toEqual([
      'Tue, Mar 10, 8:45 am',
      'Tue, Mar 10, 9:15 am',
      'Tue, Mar 10, 8:30 am',
    ]);
    const { seriesId } = await book();
    const duties = () =>
      practice.tx((tx) => seriesDuty.list(tx.db, { now: tx.now, practiceTimeZone: 'America/New_York' }));
    expect(await duties()).toMatchObject([
      {
        title: 'Complete the series: Person 1 Test',
        detail: 'Follow-up: 5 of 6 booked · next wanted Tue, Mar 10, 9:00 am with Dr. Lee',
      },
    ]);
    const at = { params: { id: seriesId, placeNo: 2 } };
    const { startsAt } = owed.alternatives[1]!;
    const done = await desk.do(api.bookPlace, { ...at, body: { version: 1, startsAt } });
    expect(done.visit).toMatchObject({ seriesId, seriesNo: 2 });
    const series = await read(seriesId);
    expect(series.places.map((one) => one.state)).toEqual(Array(6).fill('booked'));
    expect(series.places.map((one) => one.visit?.movedByHand)).toEqual([
      false,
      true,
      ...Array(4).fill(false),
    ]);
    expect(await duties()).toEqual([]);
    const again = await desk.ask(api.bookPlace, { ...at, body: { version: done.version, startsAt } });
    expect([again.status, again.body.message]).toEqual([
      409,
      'This visit of the series is booked already. Look at the series again.',
    ]);
  });

  it('each choice is kept: another time, left open, given up with a reason', async () => {
    const { seriesId, places } = await book({
      choices: [
        { placeNo: 1, choice: { kind: 'instead', startsAt: '2026-03-06T10:00:00-05:00' } },
        { placeNo: 2, choice: { kind: 'owe' } },
        { placeNo: 3, choice: { kind: 'give-up', reason: 'on a trip' } },
      ],
    });
    expect(places.map((one) => one.state)).toEqual([
      'booked',
      'owed',
      'given_up',
      'booked',
      'booked',
      'booked',
    ]);
    expect(times(await read(seriesId)).slice(0, 3)).toEqual(['03-06T15:00 booked', '-', '-']);
    const body = { version: 1, reason: 'feels well again' };
    await desk.do(api.giveUpPlace, { params: { id: seriesId, placeNo: 2 }, body });
    expect((await read(seriesId)).places[1]).toMatchObject({ state: 'given_up', why: body.reason });
  });

  it('nothing is booked when nothing can be, or when the pattern makes no sense', async () => {
    const sundays = await desk.ask(api.bookSeries, { body: wish({ pattern: { weekdays: [7], count: 3 } }) });
    expect([sundays.status, sundays.body.message]).toEqual([
      409,
      expect.stringMatching(/^None of these visits can be booked\. Dr\. Lee does not work/),
    ]);
    const past = await desk.ask(api.bookSeries, { body: wish({ pattern: { startsOn: '2026-03-03' } }) });
    expect(past.body.message).toBe('Tue, Mar 3 has passed. Begin the series today or later.');
    const both = await desk.ask(api.bookSeries, { body: wish({ pattern: { until: '2026-05-01' } }) });
    expect(both.body.fields).toEqual({ 'pattern.count': 'Say how many visits, or until when.' });
    const physician = await practice.as('physician');
    expect((await physician.ask(api.bookSeries, { body: wish() })).status).toBe(403);
  });

  it('this and the following move; one that cannot stays and is said; the past and the hand-moved stay', async () => {
    const { seriesId } = await book();
    await take('2026-03-17T10:30:00-04:00');
    const before = await read(seriesId);
    const fifth = before.places[4]!.visit!;
    const byHand = { version: fifth.version, startsAt: '2026-03-19T15:00:00-04:00' };
    await desk.do(visits.moveVisit, { params: { id: fifth.visitId }, body: byHand });
    office.clock.set(new Date('2026-03-11T15:00:00.000Z'));
    desk = await practice.as('secretary');
    const move = { kind: 'move', change: { time: '10:30' } } as const;
    const done = await edit(seriesId, { scope: 'all', edit: move });
    expect(done.results.map((one) => [one.placeNo, one.outcome, one.why])).toEqual([
      [1, 'stays', 'Its time has passed: a series edit leaves it alone.'],
      [2, 'stays', 'Its time has passed: a series edit leaves it alone.'],
      [3, 'changed', ''],
      [4, 'stays', expect.stringMatching(/^Dr\. Lee is booked until 10:45 am/)],
      [5, 'stays', 'It was moved by hand and stays there.'],
      [6, 'changed', ''],
    ]);
    const series = await read(seriesId);
    expect(walls(series)).toEqual(['9:00 am', '9:00 am', '10:30 am', '9:00 am', '3:00 pm', '10:30 am']);
    expect(series.places.map((one) => one.visit?.movedByHand)).toEqual([
      false,
      false,
      false,
      true,
      true,
      false,
    ]);
    const { steps } = await desk.do(visits.readVisit, { params: { id: series.places[2]!.visit!.visitId } });
    expect(steps.at(-1)).toMatchObject({ step: 'moved', detail: { withSeries: 'all' } });
    // As a whole, and everything as it was
    expect((await undo(seriesId)).body).toMatchObject({ visits: 2 });
    expect(walls(await read(seriesId))).toEqual([
      '9:00 am',
      '9:00 am',
      '9:00 am',
      '9:00 am',
      '3:00 pm',
      '9:00 am',
    ]);
  });

  it('all change physician, length and day; an edit that someone worked on since is not undone', async () => {
    const { seriesId } = await book({ pattern: { weekdays: [2], count: 4, startsOn: '2026-03-10' } });
    const change = { physicianId: plan.okoye, minutes: 30, days: 1 };
    const done = await edit(seriesId, { edit: { kind: 'move', change } });
    expect(done.changed).toBe(4);
    const moved = await read(seriesId);
    expect(times(moved)).toEqual(
      ['11', '18', '25'].map((day) => `03-${day}T13:00 booked`).concat('04-01T13:00 booked'),
    );
    expect([moved.physicianName, moved.minutes, moved.places.some((one) => one.visit?.movedByHand)]).toEqual([
      'Dr. Okoye',
      30,
      false,
    ]);
    const { visitId, version } = moved.places[1]!.visit!;
    await desk.do(visits.confirmVisit, { params: { id: visitId }, body: { version } });
    const refused = await undo(seriesId);
    expect([refused.status, refused.body.message]).toEqual([
      409,
      'One of these visits was changed since. This edit can no longer be undone as a whole: undo or move single visits.',
    ]);
    expect(times(await read(seriesId))).toEqual(times(moved));
  });

  it('a room or a device is given to one, these or all; where it is taken the visit stays', async () => {
    const { seriesId } = await book({ pattern: { weekdays: [2], count: 3, startsOn: '2026-03-10' } });
    await desk.do(visits.bookVisit, {
      body: {
        ...wish(),
        patientId: plan.patients[3]!,
        physicianId: plan.okoye,
        resourceIds: [plan.room2],
        startsAt: '2026-03-24T09:00:00-04:00',
      },
    });
    const give = (scope: EditSeries['scope'], fromNo: number, ...resourceIds: string[]) =>
      edit(seriesId, { scope, fromNo, edit: { kind: 'move', change: { resourceIds } } });
    const one = await give('one', 1, plan.room1, plan.ultrasound);
    expect(one.results[0]).toMatchObject({ outcome: 'changed', resourceNames: ['Room 1', 'Ultrasound'] });
    const all = await give('all', 1, plan.room2);
    expect(all.results.map((it) => [it.outcome, it.resourceNames])).toEqual([
      // The device was not spoken of, and stays
      ['changed', ['Room 2', 'Ultrasound']],
      ['changed', ['Room 2']],
      ['stays', []],
    ]);
    expect(all.results[2]?.why).toMatch(/^Room 2 is booked until 9:15 am/);
    const again = await give('one', 2, plan.room2).catch((error: Error) => error.message);
    expect(again).toContain('It stands like this already.');
    // A time alone leaves the rooms as they are
    const hour = { kind: 'move', change: { time: '10:00' } } as const;
    const later = await edit(seriesId, { scope: 'one', fromNo: 1, edit: hour });
    expect(later.results[0]).toMatchObject({ resourceNames: ['Room 2', 'Ultrasound'] });
    expect((await undo(seriesId)).body).toMatchObject({ visits: 1 });
  });

  it('undo is all or nothing: a time that was given away meanwhile keeps every visit where it is', async () => {
    const { seriesId } = await book();
    await edit(seriesId, { edit: { kind: 'move', change: { time: '14:00' } } });
    await take('2026-03-12T09:00:00-04:00');
    const refused = await undo(seriesId);
    expect(refused.body.message).toMatch(
      /^This edit cannot be undone as a whole, and nothing was changed\. Dr\. Lee is booked/,
    );
    expect(walls(await read(seriesId))).toEqual(Array(6).fill('2:00 pm'));
  });

  it('this and the following are cancelled with one reason, owed ones given up, and all of it comes back', async () => {
    await take('2026-03-17T09:00:00-04:00');
    const { seriesId } = await book();
    const cancel = { kind: 'cancel', reason: 'patient-ill', text: 'in hospital' } as const;
    const done = await edit(seriesId, { scope: 'following', fromNo: 3, edit: cancel });
    expect([done.changed, done.stay]).toEqual([3, 0]);
    const states = (series: Series) => series.places.map((one) => one.visit?.state ?? one.state);
    expect(states(await read(seriesId))).toEqual([
      ...['booked', 'booked', 'cancelled', 'given_up', 'cancelled', 'cancelled'],
    ]);
    expect((await undo(seriesId)).status).toBe(200);
    expect(states(await read(seriesId))).toEqual(['booked', 'booked', 'booked', 'owed', 'booked', 'booked']);
    const physician = await practice.as('nurse');
    expect((await read(seriesId)).undo).toBe(null);
    const stale = await physician.ask(api.editSeries, {
      params: { id: seriesId },
      body: { version: 1, scope: 'all', fromNo: 1, edit: cancel },
    });
    expect([stale.status, stale.body.error]).toEqual([409, 'stale']);
  });

  it('one visit edited alone stays in the series, out of its pattern', async () => {
    const { seriesId } = await book();
    const move = { kind: 'move', change: { time: '11:00' } } as const;
    await edit(seriesId, { scope: 'one', fromNo: 2, edit: move });
    const series = await read(seriesId);
    expect(series.places.map((one) => one.visit?.movedByHand)).toEqual([
      ...[false, true, false, false, false, false],
    ]);
    expect(walls(series)[1]).toBe('11:00 am');
  });
});
