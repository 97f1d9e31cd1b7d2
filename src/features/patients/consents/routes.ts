import type { Tx } from '../../../platform/db/transaction.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import { listAnswers } from './queries.ts';
import { holding } from './rules.ts';

async function answerConsents(tx: Tx, patientId: string) {
  const history = await listAnswers(tx.db, patientId);
  return { consents: holding(history), history };
}

export const consentRoutes: readonly Route[] = [
  route(api.listConsents, 'patients.open', async (tx, { params }) => {
    tx.audit({ action: 'patient.consents-listed', subjectKind: 'patient', subjectIds: [params.id] });
    return answerConsents(tx, params.id);
  }),
  route(api.recordConsents, 'patients.change', async (tx, { params, body }) => {
    await commands.recordConsents(tx, params.id, body);
    return answerConsents(tx, params.id);
  }),
];
