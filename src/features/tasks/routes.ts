import { type Route, route } from '../../platform/http/route.ts';
import { notFound } from '../../platform/refusal.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';
import { giveTaskBack, takeTask } from './taking/commands.ts';

export const taskRoutes: readonly Route[] = [
  route(api.makeTask, 'tasks.make', async (tx, { body }) => ({ task: await commands.makeTask(tx, body) })),
  route(api.readTask, 'tasks.see', async (tx, { params }) => {
    const task = await queries.findTask(tx.db, params.id);
    if (!task) throw notFound('task');
    tx.audit({ action: 'task.opened', subjectKind: 'task', subjectIds: [params.id] });
    return { task };
  }),
  route(api.changeTask, 'tasks.change', async (tx, { params, body }) => ({
    task: await commands.changeTask(tx, params.id, body),
  })),
  route(api.finishTask, 'tasks.change', async (tx, { params, body }) =>
    commands.finishTask(tx, params.id, body.version),
  ),
  route(api.reopenTask, 'tasks.change', async (tx, { params, body }) => ({
    task: await commands.reopenTask(tx, params.id, body.version),
  })),
  route(api.takeTask, 'tasks.change', async (tx, { params, body }) => ({
    task: await takeTask(tx, params.id, body.version),
  })),
  route(api.giveTaskBack, 'tasks.change', async (tx, { params, body }) => ({
    task: await giveTaskBack(tx, params.id, body.version),
  })),
  route(api.taskInError, 'tasks.change', async (tx, { params, body }) => ({
    task: await commands.taskInError(tx, params.id, body.version, body.reason),
  })),
  route(api.listPatientTasks, 'tasks.see', async (tx, { params }) => {
    const tasks = await queries.listPatientTasks(tx.db, params.id);
    tx.audit({ action: 'patient.tasks-listed', subjectKind: 'patient', subjectIds: [params.id] });
    return { tasks };
  }),
];
