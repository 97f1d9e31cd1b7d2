import { localDate } from '../../../platform/calendar/zones.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import { addRecallRule, changeRecallRule } from './commands.ts';
import { countCandidates, listRules, readYield } from './queries.ts';

export const recallRoutes: readonly Route[] = [
  route(api.listRecallRules, 'follow-ups.see', async (tx) => ({ rules: await listRules(tx.db) })),
  route(api.addRecallRule, 'practice.set-up', async (tx, { body }) => ({
    rule: await addRecallRule(tx, body),
  })),
  route(api.changeRecallRule, 'practice.set-up', async (tx, { params, body }) => ({
    rule: await changeRecallRule(tx, params.ruleId, body),
  })),
  route(api.previewRecallRule, 'practice.set-up', (tx, { body, session }) => {
    const { timeZone } = session;
    const today = localDate(tx.now.getTime(), timeZone);
    return countCandidates(tx.db, body, { today, timeZone });
  }),
  route(api.readRecallYield, 'follow-ups.see', async (tx, { query }) => ({
    rows: await readYield(tx.db, query.from, query.to),
  })),
];
