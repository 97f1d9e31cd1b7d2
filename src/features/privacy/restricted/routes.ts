import { type Route, route } from '../../../platform/http/route.ts';
import * as api from '../api.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

/** Which records only some may open, and who of the staff is a patient. */
export const restrictedRoutes: readonly Route[] = [
  route(api.listRestricted, 'privacy.set-up', async (tx) => {
    const restricted = await queries.listRestricted(tx.db);
    const links = await queries.listStaffLinks(tx.db);
    const subjectIds = [...new Set([...restricted, ...links].map((one) => one.patientId))];
    if (subjectIds.length > 0) tx.audit({ action: 'restricted.listed', subjectKind: 'patient', subjectIds });
    return { restricted, links, ...(await queries.listChoices(tx.db)) };
  }),
  route(api.restrictRecord, 'privacy.set-up', async (tx, { params, body }) => ({
    version: await commands.restrictRecord(tx, params.id, body),
  })),
  route(api.liftRestriction, 'privacy.set-up', async (tx, { params, body }) => ({
    version: await commands.liftRestriction(tx, params.id, body),
  })),
  route(api.linkStaff, 'privacy.set-up', async (tx, { body }) => {
    await commands.linkStaff(tx, body);
    return {};
  }),
  route(api.unlinkStaff, 'privacy.set-up', async (tx, { params }) => {
    await commands.unlinkStaff(tx, params.staffId);
    return {};
  }),
];
