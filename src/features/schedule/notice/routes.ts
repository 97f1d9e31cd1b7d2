import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import { sayWhoAsked } from './commands.ts';
import { countMissed } from './queries.ts';

const twoYearsMs = 731 * 86_400_000;

export const noticeRoutes: readonly Route[] = [
  route(api.countMissed, 'visits.see', async (tx, { params }) => {
    const subjectIds = [params.id];
    tx.audit({ action: 'visits.missed-read', subjectKind: 'patient', subjectIds });
    return countMissed(tx.db, params.id, new Date(tx.now.getTime() - twoYearsMs));
  }),
  route(api.sayWhoAsked, 'visits.move', (tx, { params, body }) => sayWhoAsked(tx, params.id, body)),
];
