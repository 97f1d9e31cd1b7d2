import { type Route, route } from '../../platform/http/route.ts';
import * as api from './api.ts';
import { listCoverages } from './queries.ts';

export const coverageRoutes: readonly Route[] = [
  route(api.listCoverages, 'patients.open', async (tx, { params }) => {
    tx.audit({ action: 'patient.coverages-listed', subjectKind: 'patient', subjectIds: [params.id] });
    return { coverages: await listCoverages(tx.db, params.id) };
  }),
];
