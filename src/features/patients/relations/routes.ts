import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const relationRoutes: readonly Route[] = [
  route(api.listRelations, 'patients.open', async (tx, { params }) => {
    const relations = await queries.listRelations(tx.db, params.id);
    tx.audit({ action: 'patient.relations-listed', subjectKind: 'patient', subjectIds: [params.id] });
    return { relations };
  }),
  route(api.addRelation, 'patients.change', async (tx, { params, body }) => ({
    relation: await commands.addRelation(tx, params.id, body),
  })),
  route(api.changeRelation, 'patients.change', async (tx, { params, body }) => ({
    relation: await commands.changeRelation(tx, params.id, params.relationId, body),
  })),
  route(api.revokeRelation, 'patients.change', async (tx, { params, body }) => ({
    relation: await commands.revokeRelation(tx, params.id, params.relationId, body),
  })),
  route(api.restoreRelation, 'patients.change', async (tx, { params, body }) => ({
    relation: await commands.restoreRelation(tx, params.id, params.relationId, body.version),
  })),
];
