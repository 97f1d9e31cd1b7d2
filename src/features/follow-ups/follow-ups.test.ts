import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FollowUps, openFollowUps } from '../../../test/follow-ups.ts';
import { eitherStorage, openTestOffice, type TestOffice } from '../../../test/office.ts';
import { readToday } from '../../app/pages/today/today-api.ts';
import {
  arriveVisit,
  checkOutVisit,
  enterVisitInError,
  noShowVisit,
  undoVisit,
} from '../schedule/steps/commands.ts';
import * as visits from '../schedule/visits/api.ts';
import type { Visit } from '../schedule/visits/schema.ts';
import * as api from './api.ts';
import { followUpJobs, settleKept } from './jobs.ts';

describe.each(eitherStorage)('follow-ups on %s', (storage) => {
  let office: TestOffice;
  let desk: FollowUps;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    desk = await openFollowUps(office);
  });
  afterAll(() => office.close());

  it('is one record with its window, what comes first and where it came from, owed ahead of its window', async () => {
    const patientId = desk.person();
    const today = await desk.ana.do(visits.bookVisit, {
      body: { ...desk.place(), patientId, startsAt: '2026-03-04T15:15:00.000Z' },
    });
    const arrived = await desk.ana.do(visits.arriveVisit, desk.step(today.visit));
    await desk.ana.do(visits.checkOutVisit, desk.step(arrived.visit));
    const one = await desk.order(
      { patientId, said: '6 weeks', first: ['MRI', 'labs'], priority: 'soon' },
      desk.doctor,
    );
    expect(one).toMatchObject({
      state: 'open',
      ...{ earliestOn: '2026-04-09', latestOn: '2026-04-21', actOn: '2026-03-12' },
      ...{
        fromVisitId: today.visit.visitId,
        physicianName: 'Dr. Lee',
        orderedByName: 'Ana Ruiz',
        version: 1,
      },
    });
    expect(one.prerequisites.map((first) => [first.text, first.doneAt])).toEqual([
      ['MRI', null],
      ['labs', null],
    ]);
    // Eight days ahead of its day it is not on Today; a week ahead it is.
    expect(await desk.owed(one.followUpId)).toEqual([]);
    await desk.at('2026-03-05T15:00:00.000Z', async () => {
      const [duty] = await desk.owed(one.followUpId);
      expect(duty).toMatchObject({
        kind: 'follow-up.book',
        dueAt: '2026-03-12T21:00:00.000Z',
        severity: 'calm',
      });
      expect(duty?.detail).toContain('first: MRI, labs');
    });
    await desk.at('2026-04-22T15:00:00.000Z', async () => {
      const [duty] = await desk.owed(one.followUpId);
      expect(duty).toMatchObject({ kind: 'follow-up.past-window', severity: 'wrong' });
    });
  });

  it('is booked with its visit or not at all, and once', async () => {
    const one = await desk.order();
    const taken = { version: one.version, ...desk.place() };
    await desk.ana.do(visits.bookVisit, { body: { ...taken, patientId: desk.person() } });
    const params = { id: one.followUpId };
    const clash = await desk.ana.ask(api.bookFollowUp, { params, body: taken });
    expect([clash.status, clash.body.error]).toEqual([409, 'conflict']);
    expect(await desk.stateOf(one)).toBe('open');
    const { followUp, visit } = await desk.book(one);
    expect(followUp).toMatchObject({ state: 'booked', version: 2, visit: { visitId: visit.visitId } });
    const again = await desk.ana.ask(api.bookFollowUp, {
      params,
      body: { version: followUp.version, ...desk.place() },
    });
    expect(again.body.message).toContain('booked for it already');
    const old = await desk.ana.ask(api.bookFollowUp, {
      params,
      body: { version: one.version, ...desk.place() },
    });
    expect(old.body.error).toBe('stale');
    const may = await desk.doctor.ask(api.bookFollowUp, {
      params,
      body: { version: followUp.version, ...desk.place() },
    });
    expect(may.status).toBe(403);
  });

  it('follows its visit: open again when it is cancelled or missed, kept only when it was completed', async () => {
    const one = await desk.order();
    const { visit } = await desk.book(one);
    const moved = await desk.ana.do(visits.moveVisit, {
      ...desk.step(visit),
      body: { version: 1, startsAt: desk.slot() },
    });
    expect(await desk.stateOf(one)).toBe('booked');
    const cancel = { version: moved.visit.version, reason: 'patient-asked' as const };
    const cancelled = await desk.ana.do(visits.cancelVisit, { params: { id: visit.visitId }, body: cancel });
    expect(await desk.stateOf(one)).toBe('open');
    await desk.at('2026-03-25T15:00:00.000Z', async () => {
      const [duty] = await desk.owed(one.followUpId);
      expect(duty?.detail).toContain('cancelled');
    });
    const back = await desk.ana.do(visits.reinstateVisit, desk.step(cancelled.visit));
    expect(await desk.stateOf(one)).toBe('booked');
    const { tx } = desk.practice;
    const { visitId } = visit;
    const versioned = ({ version }: Visit) => ({ version });
    await desk.at(new Date(Date.parse(back.visit.startsAt) + 600_000).toISOString(), async () => {
      const missed = await tx((open) => noShowVisit(open, visitId, versioned(back.visit)));
      expect(await desk.stateOf(one)).toBe('open');
      const undone = await tx((open) => undoVisit(open, visitId, versioned(missed)));
      const arrived = await tx((open) => arriveVisit(open, visitId, versioned(undone)));
      expect(await desk.stateOf(one)).toBe('booked');
      const out = await tx((open) => checkOutVisit(open, visitId, versioned(arrived)));
      expect(await desk.stateOf(one)).toBe('kept');
      const undoneOut = await tx((open) => undoVisit(open, visitId, versioned(out)));
      expect(await desk.stateOf(one)).toBe('booked');
      await tx((open) => checkOutVisit(open, visitId, versioned(undoneOut)));
    });
    // Weeks later it stands on no list of open ones, and comes back when the visit was entered in error.
    await desk.at('2026-04-30T15:00:00.000Z', async () => {
      await tx(settleKept);
      const kept = await desk.find(one);
      expect([kept.state, await desk.owed(one.followUpId)]).toEqual(['kept', []]);
      const wrong = { version: kept.visit?.version ?? 0, reason: 'another person' };
      await tx((open) => enterVisitInError(open, visitId, wrong));
      expect(await desk.stateOf(one)).toBe('open');
      const reacts = followUpJobs.find((job) => job.on?.includes('visit.entered-in-error.v1'));
      await tx(async (open) => reacts?.run(open, { visitId }));
      expect(await desk.owed(one.followUpId)).toHaveLength(1);
    });
  });

  it('asks for what is missing within the week before the visit, until it is done', async () => {
    const one = await desk.order({ first: ['MRI'], targetOn: '2026-03-12' });
    const visit = { ...{ version: one.version, ...desk.place() }, startsAt: '2026-03-11T18:00:00.000Z' };
    const { followUp } = await desk.ana.do(api.bookFollowUp, { params: { id: one.followUpId }, body: visit });
    const [duty] = await desk.owed(one.followUpId);
    expect(duty).toMatchObject({
      kind: 'follow-up.first',
      severity: 'calm',
      dueAt: '2026-03-08T16:00:00.000Z',
    });
    const { duties } = await desk.ana.do(readToday, {});
    expect(duties.map((other) => other.kind)).toContain('follow-up.first');
    const prerequisiteId = one.prerequisites[0]?.prerequisiteId ?? '';
    const params = { id: one.followUpId };
    const body = { version: followUp.version, prerequisiteId };
    const done = await desk.ana.do(api.tickFollowUp, { params, body: { ...body, done: true } });
    expect(done.followUp.prerequisites[0]).toMatchObject({ doneByName: 'Ana Ruiz' });
    expect(await desk.owed(one.followUpId)).toEqual([]);
    await desk.ana.do(api.tickFollowUp, {
      params,
      body: { ...body, version: done.followUp.version, done: false },
    });
    expect(await desk.owed(one.followUpId)).toHaveLength(1);
  });
});
