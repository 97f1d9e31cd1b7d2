import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice } from '../../../../../test/office.ts';
import { setUpSchedule } from '../../../../../test/practice.ts';
import * as visits from '../../visits/api.ts';
import * as api from '../api.ts';

let office: TestOffice;
let desk: Desk;
let seriesId: string;
// Wed 2026-03-04 10:00 in New York
beforeAll(async () => {
  office = await openTestOffice();
  const practice = await office.practice();
  const { patients, followUp, main, lee } = await setUpSchedule(practice);
  desk = await practice.as('secretary');
  const what = { patientId: patients[0]!, visitTypeId: followUp, siteId: main, physicianId: lee };
  const pattern = { startsOn: '2026-03-05', time: '09:00', weekdays: [2, 4], count: 3 };
  const choices = [{ placeNo: 2, choice: { kind: 'owe' as const } }];
  seriesId = (await desk.do(api.bookSeries, { body: { ...what, pattern, choices } })).seriesId;
});
afterAll(() => office.close());

const read = async () => (await desk.do(api.readSeries, { params: { id: seriesId } })).series;
const at = () => ({ params: { id: seriesId, placeNo: 2 } });
const startsAt = '2026-03-10T10:00:00-04:00';

it('takes the booking of an owed place back: it is owed again, the visit never was, and another may be booked', async () => {
  const { version } = await read();
  const done = await desk.do(api.bookPlace, { ...at(), body: { version, startsAt } });
  expect((await read()).places[1]!.state).toBe('booked');
  const stale = await desk.ask(api.unbookPlace, { ...at(), body: { version } });
  expect(stale.status).toBe(409);
  const back = await desk.do(api.unbookPlace, { ...at(), body: { version: done.version } });
  expect((await read()).places[1]).toMatchObject({ state: 'owed', visit: null });
  const { visit } = await desk.do(visits.readVisit, { params: { id: done.visit.visitId } });
  expect([visit.state, visit.seriesId]).toEqual(['entered_in_error', null]);
  await desk.do(api.bookPlace, { ...at(), body: { version: back.version, startsAt } });
  expect((await read()).places[1]!.state).toBe('booked');
});

it('does not when something was done with the visit since, or too long after', async () => {
  const series = await read();
  const { visitId, version } = series.places[1]!.visit!;
  const words = 'This visit is not just booked any more. Cancel it instead.';
  const unbook = () => desk.ask(api.unbookPlace, { ...at(), body: { version: series.version } });
  await desk.do(visits.confirmVisit, { params: { id: visitId }, body: { version, confirmed: true } });
  expect((await unbook()).body.message).toBe(words);
  await desk.do(visits.undoVisit, { params: { id: visitId }, body: { version: version + 1 } });
  office.clock.advance(16 * 60_000);
  expect((await unbook()).body.message).toBe(words);
});
