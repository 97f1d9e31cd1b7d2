import { type Route, route } from '../../platform/http/route.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const reminderRoutes: readonly Route[] = [
  route(api.listToCall, 'messages.see', async (tx, { hidden }) => {
    const all = await queries.listToCall(tx.db, tx.now);
    const calls = all.filter((one) => !hidden.has(one.patientId));
    if (calls.length > 0) {
      const subjectIds = [...new Set(calls.flatMap((one) => [one.visitId, one.patientId]))];
      tx.audit({ action: 'reminders.to-call-listed', subjectKind: 'visit', subjectIds });
    }
    return { calls, counts: await queries.countReminders(tx.db, tx.now) };
  }),
  route(api.recordReminderTry, 'visits.confirm', async (tx, { params, body }) => {
    await commands.recordTry(tx, { visitId: params.id, ...body });
    return {};
  }),
  route(api.listReminderRules, 'messages.see', async (tx) => ({ rules: await queries.listRules(tx.db) })),
  route(api.saveReminderRule, 'practice.set-up', async (tx, { body }) => {
    await commands.saveRule(tx, body);
    return { rules: await queries.listRules(tx.db) };
  }),
];
