import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../../../test/office.ts';
import { setUpSchedule } from '../../../../../test/practice.ts';
import * as visits from '../../visits/api.ts';
import * as api from '../api.ts';
import { seriesDuty } from '../duties.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openTestOffice({ at: '2026-03-04T15:00:00.000Z' });
});
afterAll(() => office?.close());

it('the booking of an owed place is taken back while it is fresh, and the place is owed again', async () => {
  const practice = await office.practice();
  const plan = await setUpSchedule(practice);
  const desk = await practice.as('secretary');
  const [first, other] = plan.patients;
  const place = { visitTypeId: plan.followUp, siteId: plan.main, physicianId: plan.lee };
  const taken = '2026-03-10T13:00:00.000Z';
  await desk.do(visits.bookVisit, { body: { ...place, patientId: other!, startsAt: taken } });
  const pattern = { startsOn: '2026-03-05', time: '09:00', weekdays: [2, 4], count: 6 };
  const { seriesId } = await desk.do(api.bookSeries, { body: { ...place, patientId: first!, pattern } });
  const duties = () =>
    practice.tx((tx) => seriesDuty.list(tx.db, { now: tx.now, practiceTimeZone: 'America/New_York' }));
  const second = async () => {
    const { series } = await desk.do(api.readSeries, { params: { id: seriesId } });
    return series.places[1];
  };
  const at = { params: { id: seriesId, placeNo: 2 } };
  const startsAt = '2026-03-10T13:15:00.000Z';

  const done = await desk.do(api.bookPlace, { ...at, body: { version: 1, startsAt } });
  expect(await duties()).toEqual([]);
  const back = await desk.do(api.unbookPlace, { ...at, body: { version: done.version } });
  expect(await second()).toMatchObject({ state: 'owed', visit: null });
  expect(await duties()).toHaveLength(1);
  const { visit } = await desk.do(visits.readVisit, { params: { id: done.visit.visitId } });
  expect([visit.state, visit.seriesId]).toEqual(['entered_in_error', null]);

  const anew = await desk.do(api.bookPlace, { ...at, body: { version: back.version, startsAt } });
  office.clock.advance(60 * 60_000);
  const late = await desk.ask(api.unbookPlace, { ...at, body: { version: anew.version } });
  const words = 'This visit is not just booked any more. Cancel it instead.';
  expect([late.status, late.body.message]).toEqual([409, words]);
  expect(await second()).toMatchObject({ state: 'booked' });
});
