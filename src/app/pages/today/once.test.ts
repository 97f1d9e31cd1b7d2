import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FollowUps, openFollowUps } from '../../../../test/follow-ups.ts';
import { openTestOffice, type TestOffice } from '../../../../test/office.ts';
import { readFollowUp, refuseFollowUp } from '../../../features/follow-ups/api.ts';
import { cancelVisit } from '../../../features/schedule/visits/api.ts';
import { todayBoard } from '../../lists.ts';
import { readToday } from './today-api.ts';

let office: TestOffice;
let desk: FollowUps;
beforeAll(async () => {
  todayBoard.paceMs = 0;
  office = await openTestOffice();
  desk = await openFollowUps(office);
});
afterAll(() => office.close());

it('a person whose booked follow-up is cancelled is called once: for the follow-up, or else for the visit', async () => {
  const { followUp } = await desk.book(await desk.order({ targetOn: '2026-03-12' }));
  const { visitId, version } = followUp.visit!;
  const reason = 'patient-asked' as const;
  await desk.ana.do(cancelVisit, { params: { id: visitId }, body: { version, reason, text: '' } });
  office.clock.advance(60_000);
  const owed = async () => {
    const { duties } = await desk.ana.do(readToday, { query: { who: 'everyone' } });
    return duties.filter((one) => one.patientId === followUp.patientId).map((one) => one.kind);
  };
  expect(await owed()).toEqual(['follow-up.book']);
  const params = { id: followUp.followUpId };
  const open = (await desk.ana.do(readFollowUp, { params })).followUp;
  await desk.ana.do(refuseFollowUp, {
    params,
    body: { version: open.version, reason: 'Wants a visit alone' },
  });
  expect(await owed()).toEqual(['visit.not-rebooked']);
});
