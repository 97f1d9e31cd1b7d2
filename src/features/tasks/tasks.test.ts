import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../test/office.ts';
import { newId } from '../../platform/id.ts';
import * as api from './api.ts';
import * as marksApi from './marks/api.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openTestOffice();
});
afterAll(() => office.close());

// The clock stands at Wed 2026-03-04 10:00 in New York (15:00 UTC).
const four = '2026-03-04T21:00:00.000Z';

test('a task is made, read back and done, and that is undone', async () => {
  const practice = await office.practice();
  const ana = await practice.as('secretary');
  const { task } = await ana.do(api.makeTask, { body: { text: 'Call the lab', dueAt: four } });
  expect(task).toMatchObject({ text: 'Call the lab', dueAt: four, createdByName: 'Ana Ruiz', doneAt: null });
  const done = await ana.do(api.finishTask, { params: { id: task.taskId }, body: { version: task.version } });
  expect(done.task).toMatchObject({ doneByName: 'Ana Ruiz', version: 2 });
  expect(done.next).toBeNull();
  const again = await ana.do(api.reopenTask, { params: { id: task.taskId }, body: { version: 2 } });
  expect(again.task).toMatchObject({ doneAt: null, version: 3 });
});

test('a repeating task comes again at its next date, and leaves again when undone', async () => {
  const practice = await office.practice();
  const ana = await practice.as('secretary');
  const body = {
    text: 'Check the crash cart',
    dueAt: '2026-01-31T22:00:00.000Z',
    repeat: { every: 'month' },
  } as const;
  const { task } = await ana.do(api.makeTask, { body });
  expect(task.repeat).toEqual({ every: 'month', count: 1 });
  const { next } = await ana.do(api.finishTask, { params: { id: task.taskId }, body: { version: 1 } });
  expect(next).toMatchObject({ text: 'Check the crash cart', dueAt: '2026-03-31T21:00:00.000Z' });
  await ana.do(api.reopenTask, { params: { id: task.taskId }, body: { version: 2 } });
  const gone = await ana.do(api.readTask, { params: { id: next?.taskId ?? '' } });
  expect(gone.task.enteredInErrorAt).not.toBeNull();
});

test('a task that someone changed meanwhile is refused, showing it as it is now', async () => {
  const practice = await office.practice();
  const ana = await practice.as('secretary');
  const { task } = await ana.do(api.makeTask, { body: { text: 'Order paper', dueAt: four } });
  const change = { text: 'Order paper and toner', dueAt: four, version: 1 };
  await practice.manager.do(api.changeTask, { params: { id: task.taskId }, body: change });
  const refused = await ana.ask(api.finishTask, { params: { id: task.taskId }, body: { version: 1 } });
  expect(refused.status).toBe(409);
  expect(refused.body.current).toMatchObject({ text: 'Order paper and toner', version: 2 });
});

test('two desks that finish one task at once finish it once', async () => {
  const practice = await office.practice();
  const desks = await Promise.all([practice.as('secretary'), practice.as('nurse')]);
  const { task } = await practice.manager.do(api.makeTask, {
    body: { text: 'Water the plants', dueAt: four, repeat: { every: 'week' } },
  });
  const answers = await Promise.all(
    desks.map((desk) => desk.ask(api.finishTask, { params: { id: task.taskId }, body: { version: 1 } })),
  );
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
});

test('of a role’s task one says “I take it”: of two at once the second hears whose it is, until it is given back', async () => {
  const practice = await office.practice();
  const desks = [await practice.as('nurse'), await practice.as('nurse')];
  const body = {
    text: 'Check the fridge',
    dueAt: four,
    ownerRole: 'nurse',
    repeat: { every: 'day' },
  } as const;
  const { task } = await practice.manager.do(api.makeTask, { body });
  const params = { id: task.taskId };
  const answers = await Promise.all(
    desks.map((desk) => desk.ask(api.takeTask, { params, body: { version: 1 } })),
  );
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
  expect(answers.find((answer) => answer.status === 409)?.body.message).toBe(
    'Ana Ruiz has taken this already.',
  );
  const { task: back } = await practice.manager.do(api.giveTaskBack, { params, body: { version: 2 } });
  expect(back).toMatchObject({ takenBy: null, ownerRole: 'nurse', version: 3 });
  const [first] = desks;
  await first?.do(api.takeTask, { params, body: { version: 3 } });
  const done = await first?.do(api.finishTask, { params, body: { version: 4 } });
  expect(done?.next).toMatchObject({ ownerRole: 'nurse', takenBy: null });
});

test('a task entered in error stays on record and is no longer open', async () => {
  const practice = await office.practice();
  const ana = await practice.as('secretary');
  const { task } = await ana.do(api.makeTask, { body: { text: 'Wrong person', dueAt: four } });
  const body = { version: 1, reason: 'meant for another practice' };
  const { task: kept } = await ana.do(api.taskInError, { params: { id: task.taskId }, body });
  expect(kept.enteredInErrorAt).not.toBeNull();
  const refused = await ana.ask(api.finishTask, { params: { id: task.taskId }, body: { version: 2 } });
  expect(refused.status).toBe(404);
});

test('a task for a person who is not here is refused', async () => {
  const practice = await office.practice();
  const body = { text: 'Call back', dueAt: four, patientId: newId() };
  expect((await practice.manager.ask(api.makeTask, { body })).status).toBe(404);
});

test('an auditor sees tasks and makes none', async () => {
  const practice = await office.practice();
  const auditor = await practice.as('auditor');
  expect((await auditor.ask(api.makeTask, { body: { text: 'Look', dueAt: four } })).status).toBe(403);
});

const name = { kind: 'task', subjectId: newId(), dueAt: four };

test('a duty is snoozed with a reason until its deadline, never past it', async () => {
  const ana = await (await office.practice()).as('secretary');
  const until = '2026-03-04T20:00:00.000Z';
  const snooze = { ...name, until, reason: 'patient is asleep', version: 0 };
  const { mark } = await ana.do(marksApi.snoozeDuty, { body: snooze });
  expect(mark).toMatchObject({ snoozedUntil: until, snoozeReason: 'patient is asleep', version: 1 });
  const late = { ...snooze, until: '2026-03-04T21:05:00.000Z', version: 1 };
  const refused = await ana.ask(marksApi.snoozeDuty, { body: late });
  expect(refused.status).toBe(409);
  expect(refused.body.message).toContain('until 4:00 pm at the latest');
  expect(refused.body.offers).toEqual({ latest: four });
});

test('a late duty is snoozed for half an hour at most', async () => {
  const ana = await (await office.practice()).as('secretary');
  const late = { ...name, dueAt: '2026-03-04T14:00:00.000Z', reason: 'on the phone', version: 0 };
  const refused = await ana.ask(marksApi.snoozeDuty, {
    body: { ...late, until: '2026-03-04T16:00:00.000Z' },
  });
  expect(refused.body.message).toContain('late already: it can be snoozed until 10:30 am');
  await ana.do(marksApi.snoozeDuty, { body: { ...late, until: '2026-03-04T15:30:00.000Z' } });
});

test('a snooze without a reason, or over a colleague’s mark, is refused', async () => {
  const practice = await office.practice();
  const ana = await practice.as('secretary');
  const until = '2026-03-04T20:00:00.000Z';
  expect((await ana.ask(marksApi.snoozeDuty, { body: { ...name, until, version: 0 } })).status).toBe(400);
  await practice.manager.do(marksApi.assignDuty, { body: { ...name, staffId: ana.staffId, version: 0 } });
  const over = await ana.ask(marksApi.snoozeDuty, { body: { ...name, until, reason: 'later', version: 0 } });
  expect(over.body.error).toBe('stale');
});
