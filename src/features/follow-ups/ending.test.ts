import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FollowUps, openFollowUps } from '../../../test/follow-ups.ts';
import { eitherStorage, openTestOffice, type TestOffice } from '../../../test/office.ts';
import { openPatient } from '../patients/api.ts';
import { recordConsents } from '../patients/consents/api.ts';
import { mergePatients, takeApart } from '../patients/merging/api.ts';
import * as api from './api.ts';
import { listFollowUps } from './queries.ts';

describe.each(eitherStorage)('ends, changes and tries of follow-ups on %s', (storage) => {
  let office: TestOffice;
  let desk: FollowUps;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    desk = await openFollowUps(office);
  });
  afterAll(() => office.close());

  it('ends with a reason: the patient refuses, or the physician closes; both are taken back', async () => {
    const one = await desk.order({ targetOn: '2026-03-12' });
    const params = { id: one.followUpId };
    const end = (version: number) => ({ params, body: { version, reason: 'feels well' } });
    const none = await desk.ana.ask(api.closeFollowUp, end(1));
    expect(none.status).toBe(403);
    await desk.ana.do(api.refuseFollowUp, end(1));
    expect(await desk.stateOf(one)).toBe('refused');
    expect(await desk.owed(one.followUpId)).toEqual([]);
    const late = await desk.ana.ask(api.bookFollowUp, {
      params,
      body: { ...{ version: one.version, ...desk.place() }, version: 2 },
    });
    expect(late.body.message).toContain('was refused');
    await desk.ana.do(api.reopenFollowUp, { params, body: { version: 2 } });
    expect(await desk.owed(one.followUpId)).toHaveLength(1);
    await desk.doctor.do(api.closeFollowUp, end(3));
    expect(await desk.stateOf(one)).toBe('closed');
    await desk.doctor.do(api.reopenFollowUp, { params, body: { version: 4 } });
    await desk.ana.do(api.followUpInError, end(5));
    const { history } = await desk.read(one.followUpId);
    expect(history.map((line) => line.kind)).toEqual([
      ...['ordered', 'refused', 'reopened', 'closed', 'reopened', 'entered-in-error'],
    ]);
    const booked = await desk.book(await desk.order());
    const stays = await desk.ana.ask(api.refuseFollowUp, {
      params: { id: booked.followUp.followUpId },
      body: { version: 2, reason: 'no' + ' time' },
    });
    expect(stays.body.message).toContain('Cancel that one first');
  });

  it('takes a visit of the patient that is there already, and lets it go', async () => {
    const one = await desk.order();
    const mine = await desk.bookLoose(one.patientId);
    const others = await desk.bookLoose(desk.plan.patients[1] ?? '');
    const params = { id: one.followUpId };
    const wrong = await desk.ana.ask(api.linkFollowUp, {
      params,
      body: { version: 1, visitId: others.visitId },
    });
    expect(wrong.status).toBe(404);
    const { followUp } = await desk.ana.do(api.linkFollowUp, {
      params,
      body: { version: 1, visitId: mine.visitId },
    });
    expect(followUp.state).toBe('booked');
    const open = await desk.ana.do(api.unlinkFollowUp, { params, body: { version: 2 } });
    expect(open.followUp).toMatchObject({ state: 'open', visit: null });
  });

  it('goes along when two records become one, and back, its visit with it', async () => {
    const [keep, other] = [desk.person(), desk.person()];
    const { followUp } = await desk.book(await desk.order({ patientId: other }));
    const { manager } = desk.practice;
    const versionOf = async (id: string) =>
      (await manager.do(openPatient, { params: { id } })).patient.version;
    const params = { id: keep };
    const body = { version: await versionOf(keep), otherId: other, otherVersion: await versionOf(other) };
    const { mergeId } = await manager.do(mergePatients, { params, body });
    const there = (await desk.ana.do(api.listPatientFollowUps, { params })).followUps;
    expect(there).toMatchObject([{ followUpId: followUp.followUpId, state: 'booked', patientId: keep }]);
    const apart = { params: { id: mergeId }, body: { version: await versionOf(keep) } };
    await manager.do(takeApart, apart);
    const back = await desk.read(followUp.followUpId);
    expect(back.followUp).toMatchObject({ state: 'booked', patientId: other });
  });

  it('changes its window and what comes first; what was done stays done', async () => {
    const one = await desk.order({ first: ['MRI', 'labs'] });
    const params = { id: one.followUpId };
    const [mri] = one.prerequisites;
    const body = { version: 1, prerequisiteId: mri?.prerequisiteId ?? '', done: true };
    await desk.ana.do(api.tickFollowUp, { params, body });
    const { followUp } = await desk.ana.do(api.changeFollowUp, {
      params,
      body: {
        ...{ version: 2, visitTypeId: desk.plan.newPatient, physicianId: null, first: ['MRI', 'echo'] },
        ...{ targetOn: '2026-06-04', earliestOn: '2026-06-01', latestOn: '2026-06-30' },
        ...{ priority: 'routine', instructions: 'Bring the films.' },
      },
    });
    expect(followUp).toMatchObject({ visitTypeName: 'New patient', physicianName: '', actOn: '2026-05-11' });
    expect(followUp.prerequisites.map((first) => [first.text, first.doneAt !== null])).toEqual([
      ['MRI', true],
      ['echo', false],
    ]);
    const bad = await desk.ana.ask(api.orderFollowUp, {
      body: { patientId: desk.person(), visitTypeId: desk.plan.followUp, targetOn: '2026-03-01' },
    });
    expect(bad.body.fields).toHaveProperty('targetOn');
  });

  it('notes who tried to reach the patient, and when to try again; no way that the patient does not want', async () => {
    const one = await desk.order({ targetOn: '2026-03-12' });
    const params = { id: one.followUpId };
    const attempt = { channel: 'call', outcome: 'no-answer', nextTryOn: '2026-03-06' } as const;
    const { followUp } = await desk.ana.do(api.recordAttempt, { params, body: { version: 1, ...attempt } });
    expect(followUp).toMatchObject({
      attempts: 1,
      actOn: '2026-03-06',
      lastAttempt: { outcome: 'no-answer' },
    });
    const list = async (filter: 'due' | 'tries', today: string) => {
      const page = await desk.practice.tx((tx) => listFollowUps(tx.db, { filter, today, limit: 100 }));
      return page.followUps.map((other) => other.followUpId);
    };
    expect(await list('due', '2026-03-05')).not.toContain(one.followUpId);
    expect(await list('due', '2026-03-06')).toContain(one.followUpId);
    expect(await list('tries', '2026-03-06')).toContain(one.followUpId);
    const answers = [{ channel: 'call', purpose: 'appointments', state: 'refused' } as const];
    await desk.ana.do(recordConsents, {
      params: { id: one.patientId },
      body: { answers, how: 'phone', lastId: null },
    });
    const no = await desk.ana.ask(api.recordAttempt, { params, body: { version: 2, ...attempt } });
    expect(no.body.message).toContain('asked not to be reached');
    const { followUp: now } = await desk.read(one.followUpId);
    expect(now.refusedChannels).toEqual(['call']);
    const spoke = { version: 2, channel: 'in-person', outcome: 'reached' } as const;
    await desk.ana.do(api.recordAttempt, { params, body: spoke });
  });

  it('lists page by page without losing or repeating one, and counts what each way to look holds', async () => {
    const all: string[] = [];
    let after: string | undefined;
    do {
      const query = { filter: 'open' as const, limit: 2, ...(after ? { after } : {}) };
      const page = await desk.ana.do(api.listFollowUps, { query });
      all.push(...page.followUps.map((one) => one.followUpId));
      after = page.next ?? undefined;
    } while (after);
    expect(new Set(all).size).toBe(all.length);
    const { counts } = await desk.ana.do(api.countFollowUps, {});
    expect(counts.open).toBe(all.length);
    for (const filter of ['due', 'overdue', 'tries', 'waiting', 'booked'] as const) {
      const { followUps } = await desk.ana.do(api.listFollowUps, { query: { filter, limit: 100 } });
      expect([filter, followUps.length]).toEqual([filter, counts[filter]]);
    }
  });
});
