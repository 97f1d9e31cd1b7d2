import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import * as tasks from '../../../features/tasks/api.ts';
import * as marks from '../../../features/tasks/marks/api.ts';
import { letGoOfJob, retryJob } from '../../../platform/jobs/api.ts';
import { enqueueJob } from '../../../platform/jobs/outbox.ts';
import { dutySources, todayBoard } from '../../lists.ts';
import { readToday, todayTopics } from './today-api.ts';

let office: TestOffice;
const pace = todayBoard.paceMs;
beforeAll(async () => {
  office = await openTestOffice();
  todayBoard.paceMs = 0;
});
afterAll(async () => {
  todayBoard.paceMs = pace;
  await office.close();
});

// The clock stands at Wed 2026-03-04 10:00 in New York (15:00 UTC).
const ten = Date.parse('2026-03-04T15:00:00.000Z');
const inMinutes = (minutes: number) => new Date(ten + minutes * 60_000).toISOString();
const make = (desk: Desk, text: string, minutes: number, more = {}) =>
  desk.do(tasks.makeTask, { body: { text, dueAt: inMinutes(minutes), ...more } });
const listed = async (desk: Desk, who: 'mine' | 'everyone' = 'everyone') =>
  (await desk.do(readToday, { query: { who } })).duties.map((duty) => `${duty.section}: ${duty.title}`);

test('what is owed stands in order of its deadline, under its heading', async () => {
  const { manager } = await office.practice();
  await make(manager, 'next week', 5 * 24 * 60);
  await make(manager, 'tonight', 8 * 60);
  await make(manager, 'at noon', 120);
  await make(manager, 'in ten minutes', 10);
  await make(manager, 'tomorrow', 24 * 60);
  await make(manager, 'an hour late', -60);
  await make(manager, 'in a month', 30 * 24 * 60);
  expect(await listed(manager)).toEqual([
    'now: an hour late',
    'now: in ten minutes',
    'before-noon: at noon',
    'today: tonight',
    'tomorrow: tomorrow',
    'later: next week',
  ]);
  const { counts } = await manager.do(readToday, {});
  expect(counts).toMatchObject({ mine: 4, everyone: 4, doneMine: 0, doneEveryone: 0 });
});

test('mine is what is given to me, to my role, or to nobody', async () => {
  const practice = await office.practice();
  const ana = await practice.as('secretary');
  const { manager } = practice;
  await make(manager, 'hers', 30, { ownerStaffId: ana.staffId });
  await make(manager, 'any secretary', 31, { ownerRole: 'secretary' });
  await make(manager, 'any nurse', 32, { ownerRole: 'nurse' });
  await make(manager, 'anyone', 33);
  expect(await listed(ana, 'mine')).toEqual([
    'before-noon: hers',
    'before-noon: any secretary',
    'before-noon: anyone',
  ]);
  expect(await listed(ana)).toHaveLength(4);
});

test('a done task leaves the list and is counted, at once', async () => {
  const { manager } = await office.practice();
  const { task } = await make(manager, 'call the lab', 30);
  expect(await listed(manager)).toHaveLength(1);
  await manager.do(tasks.finishTask, { params: { id: task.taskId }, body: { version: 1 } });
  const after = await manager.do(readToday, {});
  expect([after.duties.length, after.counts.doneMine]).toEqual([0, 1]);
});

test('a snoozed duty is out of sight until its time, then stands here again', async () => {
  const { manager } = await office.practice();
  await manager.do(tasks.makeTask, { body: { text: 'call the lab', dueAt: inMinutes(60) } });
  const [duty] = (await manager.do(readToday, {})).duties;
  const name = { kind: 'task', subjectId: duty?.subjectId ?? '', dueAt: duty?.dueAt ?? '' };
  await manager.do(marks.snoozeDuty, {
    body: { ...name, until: inMinutes(20), reason: 'engaged', version: 0 },
  });
  const asleep = await manager.do(readToday, {});
  expect([asleep.duties.length, asleep.snoozed[0]?.snoozeReason, asleep.counts.mine]).toEqual([
    0,
    'engaged',
    0,
  ]);
  expect(asleep.askAgainAt).toBe(inMinutes(20));
  office.clock.advance(20 * 60_000);
  expect((await manager.do(readToday, {})).duties).toHaveLength(1);
  office.clock.set(ten);
});

test('an assigned duty is its new owner’s, and no longer mine', async () => {
  const practice = await office.practice();
  const ana = await practice.as('secretary');
  const { task } = await make(practice.manager, 'call the lab', 60);
  const body = { kind: 'task', subjectId: task.taskId, dueAt: task.dueAt, staffId: ana.staffId, version: 0 };
  await practice.manager.do(marks.assignDuty, { body });
  expect(await listed(practice.manager, 'mine')).toEqual([]);
  const [hers] = (await ana.do(readToday, {})).duties;
  expect(hers).toMatchObject({ ownerName: 'Ana Ruiz', markVersion: 1 });
});

async function failJob(practice: TestPractice): Promise<void> {
  await practice.tx(async (tx) => {
    await enqueueJob(tx, { kind: 'platform.sweep', uniqueKey: 'sweep' });
    await sql`update jobs set dead_at = ${tx.now}, attempts = 8, last_error = 'TypeError'`.execute(tx.db);
    tx.touch('jobs');
  });
}

test('a job that keeps failing is owed by the manager alone, tried again or let go', async () => {
  const practice = await office.practice();
  const ana = await practice.as('secretary');
  await failJob(practice);
  const [job] = (await practice.manager.do(readToday, {})).duties;
  expect(job?.title).toBe('This keeps failing: Sweep out old answers, events and ended sessions');
  expect(await listed(ana)).toEqual([]);
  const params = { id: job?.subjectId ?? '' };
  expect((await ana.ask(retryJob, { params })).status).toBe(403);
  await practice.manager.do(retryJob, { params });
  expect(await listed(practice.manager)).toEqual([]);
  await failJob(practice);
  await practice.manager.do(letGoOfJob, { params, body: { reason: 'runs tonight anyway' } });
  expect(await listed(practice.manager)).toEqual([]);
});

async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const before = office.statements();
  await work();
  return office.statements() - before;
}

test('forty desks that ask at once after a touch cost the sources’ queries once', async () => {
  const practice = await office.practice();
  await make(practice.manager, 'call the lab', 60);
  const ask = (times: number) => () =>
    Promise.all(Array.from({ length: times }, () => practice.manager.do(readToday, {}, { live: true })));
  await ask(1)();
  const oneKnown = await statementsOf(ask(1));
  const fortyKnown = await statementsOf(ask(40));
  await practice.tx(async (tx) => tx.touch('tasks'));
  const oneFresh = await statementsOf(ask(1));
  await practice.tx(async (tx) => tx.touch('tasks'));
  const fortyFresh = await statementsOf(ask(40));
  expect(oneFresh).toBeGreaterThan(oneKnown);
  expect(fortyFresh - fortyKnown).toBe(oneFresh - oneKnown);
});

test('under a storm of touches the list is loaded once a second, and says when to ask again', async () => {
  const { manager } = await office.practice();
  await manager.do(readToday, {});
  todayBoard.paceMs = 60_000;
  try {
    await make(manager, 'call the lab', 60);
    const soon = await manager.do(readToday, {});
    expect([soon.duties.length, soon.askAgainAt]).toEqual([0, new Date(ten + 60_000).toISOString()]);
  } finally {
    todayBoard.paceMs = 0;
  }
  expect((await manager.do(readToday, {})).duties).toHaveLength(1);
});

test('the people whom the list names are audited as one row; a live refresh makes none', async () => {
  const practice = await office.practice();
  const { manager } = practice;
  const countReads = () =>
    practice.tx(async (tx) => {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from audit_records where action = 'duties.listed'`.execute(tx.db);
      return rows[0]?.count;
    });
  await practice.tx(async (tx) => {
    await sql`
      insert into patients (practice_id, patient_id, mrn, family_name, created_at, updated_at, search_family,
        search_given, search_name)
      values (${tx.practiceId}, ${manager.staffId}, '1', 'Doe', ${tx.now}, ${tx.now}, 'doe', '', ' doe ')`.execute(
      tx.db,
    );
  });
  await make(manager, 'call back', 60, { patientId: manager.staffId });
  await manager.do(readToday, {});
  expect(await countReads()).toBe(1);
  await manager.do(readToday, {}, { live: true });
  expect(await countReads()).toBe(1);
});

test('every topic that changes what is owed refreshes the page', () => {
  const topics = dutySources.flatMap((source) => source.topics);
  expect(topics.filter((topic) => !todayTopics.some((known) => known === topic))).toEqual([]);
});

test('one source lists each kind of duty', () => {
  const kinds = dutySources.flatMap((source) => source.kinds);
  expect(kinds.filter((kind, at) => kinds.indexOf(kind) !== at)).toEqual([]);
});

test('a long list is shown in part, with how many stand behind it', async () => {
  const { manager } = await office.practice();
  for (const minutes of [10, 20, 30]) await make(manager, `in ${minutes}`, minutes);
  const part = await manager.do(readToday, { query: { who: 'everyone', most: 2 } });
  expect([part.duties.map((duty) => duty.title), part.more]).toEqual([['in 10', 'in 20'], 1]);
  expect(part.counts.everyone).toBe(3);
  expect((await manager.do(readToday, { query: { who: 'everyone' } })).more).toBe(0);
});
