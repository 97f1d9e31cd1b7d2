import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../test/practice.ts';
import { mergePatients, takeApart } from '../patients/merging/api.ts';
import { restrictRecord } from '../privacy/api.ts';
import { bookVisit, cancelVisit, moveVisit } from '../schedule/visits/api.ts';
import * as api from './api.ts';
import type { Entry, NewEntry } from './schema.ts';

const at = (time: string, date = '2026-03-05') => `${date}T${time}:00-05:00`;
const minuteMs = 60_000;

describe.each(eitherStorage)('the waitlist, %s', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let ana: Desk;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
  });
  beforeEach(async () => {
    office.clock.set('2026-03-04T15:00:00.000Z');
    practice = await office.practice();
    plan = await setUpSchedule(practice);
    ana = await practice.as('secretary');
  });
  afterAll(() => office.close());

  const later = (minutes: number) =>
    office.clock.set(new Date(office.clock.now().getTime() + minutes * minuteMs).toISOString());
  const wish = (person = 0, more: Partial<NewEntry> = {}): NewEntry => ({
    patientId: plan.patients[person]!,
    visitTypeId: plan.followUp,
    ...more,
  });
  const join = async (person = 0, more: Partial<NewEntry> = {}) =>
    (await ana.do(api.joinWaitlist, { body: wish(person, more) })).entry;
  const read = async (entry: Entry) => (await ana.do(api.readEntry, { params: { id: entry.entryId } })).entry;
  const list = async (state: 'open' | 'closed' = 'open') => ana.do(api.listWaitlist, { query: { state } });
  const book = async (person = 0, startsAt = at('10:00'), more = {}) =>
    (
      await ana.do(bookVisit, {
        body: {
          patientId: plan.patients[person]!,
          visitTypeId: plan.followUp,
          ...{ siteId: plan.main, physicianId: plan.lee, startsAt },
          ...more,
        },
      })
    ).visit;

  it('lists who waits in the order of offers: urgent first, then the longest wait', async () => {
    await join(0);
    later(1);
    await join(1, { priority: 'soon', priorityReason: 'pain at night' });
    later(1);
    await join(2, { priority: 'urgent', priorityReason: 'result to discuss' });
    later(1);
    await join(3);
    const { entries, total } = await list();
    expect([total, entries.map((one) => plan.patients.indexOf(one.patientId))]).toEqual([4, [2, 1, 0, 3]]);
    expect(entries[0]).toMatchObject({
      ...{ state: 'waiting', priority: 'urgent', visitTypeName: 'Follow-up', phone: '+12125550123' },
      ...{ addedByName: 'Ana Ruiz', expiresOn: '2026-05-03', offers: 0 },
    });
    const page = await ana.do(api.listWaitlist, { query: { offset: 2, limit: 1 } });
    expect([page.total, page.entries.map((one) => one.patientId)]).toEqual([4, [plan.patients[0]]]);
  });

  it('refuses without a reason who goes first, a second time, and days that have passed', async () => {
    const ask = (body: NewEntry) => ana.ask(api.joinWaitlist, { body });
    const noReason = await ask(wish(0, { priority: 'urgent' }));
    expect([noReason.status, noReason.body.fields]).toEqual([
      400,
      { priorityReason: 'Who goes before others needs a reason.' },
    ]);
    expect((await ask(wish(0, { latestOn: '2026-03-03' }))).body.message).toContain('has passed');
    await join(0);
    const twice = await ask(wish(0));
    expect([twice.status, twice.body.message]).toEqual([
      409,
      'They are on the waitlist for Follow-up already. Change what they wish there.',
    ]);
    expect((await ask(wish(1, { physicianIds: [plan.room1] }))).status).toBe(404);
  });

  it('changes a wish without losing the place, refuses the other desk, and undoes a removal', async () => {
    const first = await join(0);
    later(5);
    await join(1);
    const { version, priorityReason, ...same } = first;
    const change = { ...same, priorityReason, weekdays: [1, 3], times: [{ from: '00:00', to: '12:00' }] };
    const changed = await ana.do(api.changeEntry, {
      params: { id: first.entryId },
      body: { ...change, version },
    });
    expect(changed.entry).toMatchObject({ weekdays: [1, 3], addedAt: first.addedAt, version: 2 });
    const stale = await ana.ask(api.changeEntry, {
      params: { id: first.entryId },
      body: { ...change, version },
    });
    expect(stale.status).toBe(409);
    const off = await ana.do(api.withdrawEntry, {
      params: { id: first.entryId },
      body: { version: 2, reason: 'found another doctor' },
    });
    expect(off.entry.state).toBe('withdrawn');
    expect((await list()).total).toBe(1);
    expect((await list('closed')).entries.map((one) => one.withdrawnReason)).toEqual([
      'found another doctor',
    ]);
    await ana.do(api.putBackEntry, { params: { id: first.entryId }, body: { version: 3 } });
    expect((await list()).entries.map((one) => one.entryId)[0]).toBe(first.entryId);
  });

  it('closes by itself when the wish came true, and only then', async () => {
    const entry = await join(0, { physicianIds: [plan.lee], latestOn: '2026-03-20' });
    later(1);
    await book(0, at('10:00'), { physicianId: plan.okoye });
    expect((await read(entry)).state).toBe('waiting');
    const visit = await book(0, at('11:00'));
    expect((await read(entry)).state).toBe('filled');
    await ana.do(cancelVisit, {
      params: { id: visit.visitId },
      body: { version: 1, reason: 'office-closed' },
    });
    expect((await read(entry)).state).toBe('waiting');
    office.clock.set('2026-03-21T15:00:00.000Z');
    ana = await practice.as('secretary');
    expect((await read(entry)).state).toBe('expired');
  });

  it('keeps the visit that someone has while an earlier one is wished', async () => {
    const visit = await book(0, at('10:00', '2026-03-06'));
    const wrong = await ana.ask(api.joinWaitlist, {
      body: wish(0, { visitId: visit.visitId, visitTypeId: plan.scan }),
    });
    expect(wrong.body.message).toContain('of another type');
    const entry = await join(0, { visitId: visit.visitId });
    expect([entry.visitStartsAt, entry.expiresOn]).toEqual(['2026-03-06T15:00:00.000Z', '2026-03-06']);
    const to = async (startsAt: string, version: number) =>
      ana.do(moveVisit, { params: { id: visit.visitId }, body: { version, startsAt } });
    await to(at('11:00', '2026-03-06'), 1);
    expect((await read(entry)).state).toBe('waiting');
    await to(at('09:00', '2026-03-06'), 2);
    expect((await read(entry)).state).toBe('filled');
  });

  it('goes along when two records become one, and back', async () => {
    const entry = await join(1);
    const [into = '', from = ''] = plan.patients;
    const body = { version: 1, otherId: from, otherVersion: 1 };
    const { mergeId, patient } = await practice.manager.do(mergePatients, { params: { id: into }, body });
    expect((await read(entry)).patientId).toBe(into);
    await practice.manager.do(takeApart, { params: { id: mergeId }, body: { version: patient.version } });
    expect((await read(entry)).patientId).toBe(from);
  });

  it('shows of a restricted record that someone waits, and not who', async () => {
    const entry = await join(0, { note: 'the mayor', priority: 'soon', priorityReason: 'asked twice' });
    const only = {
      kind: 'vip' as const,
      roles: [],
      accountIds: [practice.manager.accountId],
      careTeam: false,
    };
    await practice.manager.do(restrictRecord, {
      params: { id: entry.patientId },
      body: { ...only, version: 0 },
    });
    const [shown] = (await list()).entries;
    expect(shown).toMatchObject({
      entryId: entry.entryId,
      patientName: 'Restricted record',
      priority: 'soon',
    });
    expect([shown?.note, shown?.phone, shown?.priorityReason, shown?.addedAt]).toEqual([
      '',
      '',
      '',
      entry.addedAt,
    ]);
  });
});
