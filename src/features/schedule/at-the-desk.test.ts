import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../test/practice.ts';
import { addBlock, changeBlock, removeBlock } from './blocks/api.ts';
import { readDay } from './day/api.ts';
import { listPins, pinVisit, unpinVisit } from './pinboard/api.ts';
import { removeOldPins } from './pinboard/commands.ts';
import { changeView, listViews, removeView, saveView } from './views/api.ts';
import * as visits from './visits/api.ts';

// Wed 2026-03-04 10:00 in New York
const date = '2026-03-05';
const at = (time: string) => `${date}T${time}:00-05:00`;

describe('what a desk does on the grid', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let ana: Desk;
  let ben: Desk;
  beforeAll(async () => {
    office = await openTestOffice();
    practice = await office.practice();
    plan = await setUpSchedule(practice);
    ana = await practice.as('secretary');
    ben = await practice.as('secretary');
  });
  afterAll(() => office.close());

  const book = (startsAt: string, person: number, desk = ana) =>
    desk.ask(visits.bookVisit, {
      body: {
        patientId: plan.patients[person]!,
        visitTypeId: plan.followUp,
        siteId: plan.main,
        physicianId: plan.lee,
        startsAt,
      },
    });
  const day = () => ben.do(readDay, { query: { date } });

  it('blocked time is not booked, stands on the day, goes elsewhere and back; visits in it are told', async () => {
    const standing = (await book(at('12:45'), 0, practice.manager)).status;
    expect(standing).toBe(409);
    const block = {
      resourceId: plan.lee,
      onDate: date,
      startsLocal: '09:00',
      endsLocal: '10:00',
      reason: 'Rounds',
    };
    const visit = (await book(at('09:30'), 0)).body.visit;
    const made = await ana.do(addBlock, { body: block });
    expect(made.outside.visits.map((one) => one.visitId)).toEqual([visit.visitId]);
    expect((await day()).blocks).toEqual([{ ...block, blockId: made.blockId, version: 1 }]);
    const refused = await book(at('09:15'), 1);
    expect(refused.body.message).toBe(
      'That is outside the hours of Dr. Lee: 8:00 am to 9:00 am, 10:00 am to 12:00 pm, 1:00 pm to 5:00 pm on this day. Next free: 10:00, 10:15, 10:30 am.',
    );
    const params = { id: made.blockId };
    const elsewhere = { ...block, resourceId: plan.okoye, startsLocal: '11:00', endsLocal: '11:30' };
    const changed = await ana.do(changeBlock, { params, body: { ...elsewhere, version: 1 } });
    expect([changed.version, changed.outside.count]).toEqual([2, 0]);
    expect((await ana.ask(changeBlock, { params, body: { ...elsewhere, version: 1 } })).body.error).toBe(
      'stale',
    );
    expect((await book(at('09:15'), 1)).status).toBe(200);
    expect((await day()).blocks).toEqual([{ ...elsewhere, blockId: made.blockId, version: 2 }]);
    expect((await ana.ask(addBlock, { body: { ...block, endsLocal: '09:00' } })).body.fields).toHaveProperty(
      'endsLocal',
    );
    await ana.do(removeBlock, { params, body: { version: 2 } });
    expect((await day()).blocks).toEqual([]);
  });

  it('a pinned visit keeps its place, is of one desk, and leaves the pinboard when it stands elsewhere', async () => {
    const visit = (await book(at('14:00'), 2)).body.visit;
    const params = { id: visit.visitId };
    const pinned = async (desk: Desk) => (await desk.do(listPins)).pins.map((one) => one.visit.visitId);
    const shown = async () => (await day()).visits.find((one) => one.visitId === visit.visitId)!.pinnedBy;
    await ana.do(pinVisit, { params });
    expect([await pinned(ana), await pinned(ben), await shown()]).toEqual([[visit.visitId], [], 'Ana Ruiz']);
    // It keeps its place, and a colleague is told whose pinboard it is on
    expect((await book(at('14:00'), 3)).status).toBe(409);
    expect((await ben.ask(pinVisit, { params })).body.message).toBe(
      'This visit is on Ana Ruiz’s pinboard. Ask there, or move it as it is.',
    );
    const moved = await ben.do(visits.moveVisit, { params, body: { version: 1, startsAt: at('15:00') } });
    expect([await pinned(ana), await shown()]).toEqual([[], undefined]);
    await ben.do(visits.undoVisit, { params, body: { version: moved.visit.version } });
    expect([await pinned(ana), await shown()]).toEqual([[visit.visitId], 'Ana Ruiz']);
    await ben.do(unpinVisit, { params });
    expect([await pinned(ana), await shown()]).toEqual([[], undefined]);
    await ana.do(visits.cancelVisit, { params, body: { version: 3, reason: 'other' } });
    expect((await ana.ask(pinVisit, { params })).body.message).toBe(
      'This visit is cancelled. Reinstate it first.',
    );
    await practice.tx(removeOldPins);
  });

  it('views are one’s own or everyone’s, each digit shows one', async () => {
    const look = { span: 'day' as const, kind: 'rooms' as const, resourceIds: [plan.room1], hourHeight: 144 };
    const own = await ana.do(saveView, { body: { name: 'Room 1', key: 5, look } });
    const names = async (desk: Desk) => (await desk.do(listViews)).views.map((one) => one.name);
    expect((await ana.ask(saveView, { body: { name: 'All', look, shared: true } })).status).toBe(403);
    const shared = await practice.manager.do(saveView, { body: { name: 'All', key: 5, look, shared: true } });
    expect([await names(ana), await names(ben)]).toEqual([['Room 1', 'All'], ['All']]);
    expect((await ana.ask(saveView, { body: { name: 'Two', key: 5, look } })).body.message).toBe(
      '5 shows Room 1 already. Choose another digit.',
    );
    const { viewId } = own.view;
    expect((await ben.ask(removeView, { params: { id: viewId }, body: { version: 1 } })).status).toBe(404);
    expect(
      (await ana.ask(removeView, { params: { id: shared.view.viewId }, body: { version: 1 } })).status,
    ).toBe(403);
    const change = { name: 'My room', key: 6, look, version: 1 };
    expect((await ana.do(changeView, { params: { id: viewId }, body: change })).view).toMatchObject({
      name: 'My room',
      key: 6,
      version: 2,
    });
    await ana.do(removeView, { params: { id: viewId }, body: { version: 2 } });
    expect(await names(ana)).toEqual(['All']);
  });
});
