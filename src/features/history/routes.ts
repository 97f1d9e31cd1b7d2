import { type Route, route } from '../../platform/http/route.ts';
import * as api from './api.ts';
import { listOutsideEncounters } from './queries.ts';

export const outsideRoutes: readonly Route[] = [
  route(api.listOutsideEncounters, 'patients.open', async (tx, { params, query }) => {
    tx.audit({
      action: 'patient.outside-encounters-listed',
      subjectKind: 'patient',
      subjectIds: [params.id],
    });
    return listOutsideEncounters(tx.db, params.id, query);
  }),
];
