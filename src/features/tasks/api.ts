import { z } from 'zod';
import { endpoint } from '../../platform/http/endpoint.ts';
import { Id } from '../../platform/id.ts';
import { Reason, Task, TaskChange, TaskDraft, Version } from './schema.ts';

const params = z.object({ id: Id });
const answer = z.object({ task: Task });

export const makeTask = endpoint({
  method: 'POST',
  path: '/api/tasks',
  summary: 'Make a task with a due time; for a person, a role or everyone; once or repeating',
  body: TaskDraft,
  answer,
});

export const readTask = endpoint({
  method: 'GET',
  path: '/api/tasks/:id',
  summary: 'One task',
  params,
  answer,
});

export const changeTask = endpoint({
  method: 'POST',
  path: '/api/tasks/:id',
  summary: 'Change a task: what, by when, whose, how often',
  params,
  body: TaskChange,
  answer,
});

export const finishTask = endpoint({
  method: 'POST',
  path: '/api/tasks/:id/done',
  summary: 'Mark a task done; a repeating one comes again at its next date',
  params,
  body: z.object({ version: Version }),
  answer: z.object({ task: Task, next: Task.nullable() }),
});

export const reopenTask = endpoint({
  method: 'POST',
  path: '/api/tasks/:id/not-done',
  summary: 'Take back that a task is done; the repeat that it made goes too',
  params,
  body: z.object({ version: Version }),
  answer,
});

export const takeTask = endpoint({
  method: 'POST',
  path: '/api/tasks/:id/take',
  summary: 'I take it: of a task that a role or everyone was given, one person does it',
  params,
  body: z.object({ version: Version }),
  answer,
});

export const giveTaskBack = endpoint({
  method: 'POST',
  path: '/api/tasks/:id/give-back',
  summary: 'Give back a task that was taken: any of the role may do it again',
  params,
  body: z.object({ version: Version }),
  answer,
});

export const taskInError = endpoint({
  method: 'POST',
  path: '/api/tasks/:id/entered-in-error',
  summary: 'Mark a task as entered in error: it stays on record and is no longer owed',
  params,
  body: z.object({ version: Version, reason: Reason }),
  answer,
});

export const listPatientTasks = endpoint({
  method: 'GET',
  path: '/api/patients/:id/tasks',
  summary: 'What is promised to a person: open tasks, the first due first',
  params,
  answer: z.object({ tasks: z.array(Task) }),
});
