import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { seeded } from '../../../platform/random.ts';
import { readDay } from '../day/api.ts';
import * as visits from '../visits/api.ts';
import * as api from './api.ts';

const minuteMs = 60_000;
const date = '2026-03-04';

describe('the flow of a day', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let desk: Desk;
  beforeAll(async () => {
    office = await openTestOffice();
    practice = await office.practice();
    plan = await setUpSchedule(practice, 30);
    desk = await practice.as('secretary');
  });
  afterAll(() => office.close());

  /** A session ends after hours without a touch: every day has its own. */
  const beginAt = async (now: string) => {
    office.clock.set(now);
    desk = await practice.as('secretary');
  };
  const book = async (
    person: number,
    startsAt: string,
    more: { physicianId?: string; visitTypeId?: string } = {},
  ) => {
    const what = { visitTypeId: plan.followUp, siteId: plan.main, physicianId: plan.lee, ...more };
    const body = { ...what, patientId: plan.patients[person]!, startsAt };
    return (await desk.do(visits.bookVisit, { body })).visit;
  };
  const step = async (endpoint: typeof visits.arriveVisit, visitId: string, version: number) =>
    (await desk.do(endpoint, { params: { id: visitId }, body: { version } })).visit;
  const times = () => desk.do(api.readFlowTimes, { query: { date } });

  it('medians and nine of ten are those of an independent count over the histories, undone steps left out', async () => {
    const random = seeded('flow', 1);
    const kept: { physicianId: string; visitId: string; day: string }[] = [];
    // Six of today, the others of four days before; day by day, as sessions end with the day
    const dayOf = (i: number) => (i < 6 ? date : `2026-02-${String(9 + (i % 4)).padStart(2, '0')}`);
    const order = Array.from({ length: 22 }, (_, i) => i).sort((a, b) => dayOf(a).localeCompare(dayOf(b)));
    let begun = '';
    for (const i of order) {
      const day = dayOf(i);
      if (day !== begun) await beginAt(`${day}T12:30:00.000Z`);
      else office.clock.set(`${day}T12:30:00.000Z`);
      begun = day;
      const physicianId = i % 2 === 0 ? plan.lee : plan.okoye;
      const slot = new Date(Date.parse(`${day}T13:00:00.000Z`) + (i % 13) * 15 * minuteMs).toISOString();
      let visit = await book(i, slot, { physicianId });
      visit = await step(visits.arriveVisit, visit.visitId, visit.version);
      if (i % 5 === 0) {
        // Checked in by mistake, and again later: only the second counts
        visit = (
          await desk.do(visits.undoVisit, { params: { id: visit.visitId }, body: { version: visit.version } })
        ).visit;
        office.clock.advance(random.between(1, 9) * minuteMs);
        visit = await step(visits.arriveVisit, visit.visitId, visit.version);
      }
      for (const next of [visits.roomVisit, visits.withPhysicianVisit, visits.checkOutVisit] as const) {
        office.clock.advance(random.between(1, 40) * minuteMs);
        // Some offices do not record rooms
        if (next === visits.roomVisit && i % 7 === 3) continue;
        visit = await step(next as typeof visits.arriveVisit, visit.visitId, visit.version);
      }
      kept.push({ physicianId, visitId: visit.visitId, day });
    }
    await beginAt(`${date}T22:00:00.000Z`);
    const told = await times();
    for (const [name, rows] of [
      ['today', told.today],
      ['lately', told.lately],
    ] as const) {
      for (const physicianId of [plan.lee, plan.okoye]) {
        const own = kept.filter(
          (one) => one.physicianId === physicianId && (one.day === date) === (name === 'today'),
        );
        const histories = await Promise.all(
          own.map(async (one) => (await desk.do(visits.readVisit, { params: { id: one.visitId } })).steps),
        );
        const counted = countOf(histories);
        expect(
          rows.find((row) => row.physicianId === physicianId),
          name,
        ).toEqual({
          physicianId,
          visits: own.length,
          ...counted,
        });
      }
    }
  });

  it('the wall shows initials and times, and no name leaves the server for it', async () => {
    await beginAt('2026-03-05T15:00:00.000Z');
    const visit = await book(0, '2026-03-05T15:00:00.000Z');
    await step(visits.arriveVisit, visit.visitId, 1);
    const wall = await desk.ask(api.readWall, { query: { date: '2026-03-05' } });
    expect(wall.body.visits).toMatchObject([
      { initials: 'P. T.', state: 'arrived', physicianName: 'Dr. Lee' },
    ]);
    expect(JSON.stringify(wall.body)).not.toMatch(/Test|Person/);
    const other = { date: '2026-03-05', physicianId: plan.okoye };
    expect((await desk.do(api.readWall, { query: other })).visits).toEqual([]);
  });

  it('limits are the practice’s own: the day marks who waits longer, at once', async () => {
    office.clock.set('2026-03-05T15:10:00.000Z');
    const waitsLong = async () =>
      (await desk.do(readDay, { query: { date: '2026-03-05' } })).visits[0]!.waitsLong;
    expect(await waitsLong()).toBeUndefined();
    const manager = await practice.as('manager');
    const settings = await manager.do(api.readFlowSettings);
    expect(settings).toEqual({
      waitingMinutes: 15,
      inRoomMinutes: 20,
      withPhysicianMinutes: null,
      holdMinutes: 5,
      noticeHours: 24,
      version: 0,
    });
    const body = { ...settings, waitingMinutes: 5 };
    expect((await desk.ask(api.changeFlowSettings, { body })).status).toBe(403);
    await manager.do(api.changeFlowSettings, { body });
    expect(await waitsLong()).toBe(true);
    expect((await manager.ask(api.changeFlowSettings, { body })).body.error).toBe('stale');
  });

  it('another room while in the office: where it is free, with a way back', async () => {
    const first = await book(1, '2026-03-05T16:00:00.000Z', { visitTypeId: plan.newPatient });
    const second = await book(2, '2026-03-05T16:00:00.000Z', {
      visitTypeId: plan.newPatient,
      physicianId: plan.okoye,
    });
    const [own, taken] = [first, second].map(
      (one) => one.resources.find((r) => r.kind === 'room')!.resourceId,
    );
    const change = (resourceId: string, version: number) =>
      desk.ask(api.changeRoom, { params: { id: first.visitId }, body: { version, resourceId } });
    expect((await change(taken!, 1)).body.message).toBe(
      'Only who is in a room changes it. Put the patient in a room first.',
    );
    await step(visits.arriveVisit, first.visitId, 1);
    await step(visits.roomVisit as typeof visits.arriveVisit, first.visitId, 2);
    expect((await change(taken!, 3)).status).toBe(409);
    await desk.do(visits.cancelVisit, {
      params: { id: second.visitId },
      body: { version: 1, reason: 'other' },
    });
    const { visit } = (await change(taken!, 3)).body;
    const roomOf = (one: typeof visit) => one.resources.find((r) => r.kind === 'room')!.resourceId;
    expect([visit.state, roomOf(visit)]).toEqual(['in_room', taken]);
    const back = await desk.do(visits.undoVisit, { params: { id: first.visitId }, body: { version: 4 } });
    expect(roomOf(back.visit)).toBe(own);
  });
});

type Step = { step: string; at: string; undone: boolean };

/** Counted anew from what the histories say, not by the program's own query. */
function countOf(histories: readonly (readonly Step[])[]) {
  const legs: Record<string, number[]> = { waiting: [], inRoom: [], withPhysician: [], whole: [] };
  for (const steps of histories) {
    const at = (name: string) => {
      const found = steps.filter((one) => one.step === name && !one.undone);
      return found.length > 0 ? Date.parse(found.at(-1)!.at) : Number.NaN;
    };
    const [arrived, room, seen, left] = ['arrived', 'in_room', 'with_physician', 'checked_out'].map(at);
    legs.waiting!.push(room! - arrived!);
    legs.inRoom!.push(seen! - room!);
    legs.withPhysician!.push(left! - seen!);
    legs.whole!.push(left! - arrived!);
  }
  return Object.fromEntries(
    Object.entries(legs).map(([name, values]) => {
      const sorted = values.filter((one) => !Number.isNaN(one)).sort((a, b) => a - b);
      const share = (part: number) => {
        const rank = part * (sorted.length - 1);
        const [below, above] = [sorted[Math.floor(rank)]!, sorted[Math.ceil(rank)]!];
        return expect.closeTo((below + (above - below) * (rank - Math.floor(rank))) / minuteMs, 6);
      };
      return [name, { count: sorted.length, median: share(0.5), p90: share(0.9) }];
    }),
  );
}
