import { type Route, route } from '../../../platform/http/route.ts';
import { todayHere } from '../setup/hours/commands.ts';
import * as api from './api.ts';
import * as applying from './applying/commands.ts';
import * as commands from './commands.ts';
import { previewApplication } from './preview/queries.ts';
import * as queries from './queries.ts';

export const templateRoutes: readonly Route[] = [
  route(api.listTemplates, 'schedule.set-up', async (tx) => {
    const today = await todayHere(tx);
    const templates = await queries.listTemplates(tx.db);
    return { templates, applications: await queries.listApplications(tx.db, today), today };
  }),
  route(api.addTemplate, 'schedule.set-up', async (tx, { body }) => ({
    templateId: await commands.addTemplate(tx, body),
  })),
  route(api.changeTemplate, 'schedule.set-up', async (tx, { params, body }) => ({
    version: await commands.changeTemplate(tx, params.templateId, body),
  })),
  route(api.previewTemplate, 'schedule.set-up', (tx, { params, body }) =>
    previewApplication(tx.db, params.templateId, { input: body, now: tx.now }),
  ),
  route(api.applyTemplate, 'schedule.set-up', (tx, { params, body }) =>
    applying.applyTemplate(tx, params.templateId, body),
  ),
  route(api.undoApplication, 'schedule.set-up', (tx, { params }) =>
    applying.undoApplication(tx, params.applicationId),
  ),
];
