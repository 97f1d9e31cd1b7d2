import { localDate } from '../../../platform/calendar/zones.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { notFound } from '../../../platform/refusal.ts';
import * as api from './api.ts';
import { reviewAdult } from './commands.ts';
import { readFamily } from './queries.ts';

export const familyRoutes: readonly Route[] = [
  route(api.openFamily, 'patients.open', async (tx, { params, session }) => {
    const family = await readFamily(tx.db, params.id, localDate(tx.now.getTime(), session.timeZone));
    if (!family) throw notFound('person');
    const ids = new Set([params.id, ...family.members.map((one) => one.patientId)]);
    tx.audit({ action: 'patient.family-listed', subjectKind: 'patient', subjectIds: [...ids] });
    return family;
  }),
  route(api.reviewAdult, 'patients.change', async (tx, { params }) => {
    await reviewAdult(tx, params.id);
    return { patientId: params.id };
  }),
];
