import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import * as queries from './queries.ts';

/** What a day shows: visits, people's names, hours and columns, sites and closures. */
const madeOf = ['visits', 'holds', 'pins', 'patients', 'setup', 'practice'];

export const dayRoutes: readonly Route[] = [
  route(
    api.readDay,
    'visits.see',
    async (tx, { query }) => {
      const day = await queries.readDay(tx.db, { ...query, now: tx.now });
      const subjectIds = day.visits.map((one) => one.visitId);
      tx.audit({ action: 'day.opened', subjectKind: 'visit', subjectIds, after: query });
      return day;
    },
    ({ query }) => ({ topics: madeOf, days: [query.date] }),
  ),
  route(api.readWeek, 'visits.see', async (tx, { query }) => {
    const week = await queries.readWeek(tx.db, { ...query, now: tx.now });
    const subjectIds = week.days.flatMap((day) => day.visits.map((one) => one.visitId));
    tx.audit({ action: 'week.opened', subjectKind: 'visit', subjectIds, after: query });
    return week;
  }),
];
