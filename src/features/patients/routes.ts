import { localDate } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Session } from '../../platform/session/session.ts';
import { addAlert, addCustody, changeCustody, removeAlert } from './alerts/commands.ts';
import * as api from './api.ts';
import { chartRoutes } from './charts/routes.ts';
import * as commands from './commands.ts';
import { consentRoutes } from './consents/routes.ts';
import * as custody from './custody/api.ts';
import { listDuplicates } from './duplicates/queries.ts';
import { familyRoutes } from './families/routes.ts';
import { photoRoutes } from './photo/routes.ts';
import * as queries from './queries.ts';
import { relationRoutes } from './relations/routes.ts';
import { searchPatients } from './search/queries.ts';

const today = (tx: Tx, session: Session) => localDate(tx.now.getTime(), session.timeZone);

async function answerPatient(tx: Tx, id: string, session: Session) {
  const patient = await queries.readPatient(tx.db, id, today(tx, session));
  if (!patient) throw notFound('person');
  return { patient };
}

/** A list that was shown is one row with its ids; never what was typed. */
function auditList(tx: Tx, action: string, hits: readonly { patientId: string }[]): void {
  if (hits.length === 0) return;
  tx.audit({ action, subjectKind: 'patient', subjectIds: hits.map((hit) => hit.patientId) });
}

const reading: readonly Route[] = [
  route(api.searchPatients, 'patients.search', async (tx, { body, session, hidden }) => {
    const hits = await searchPatients(tx.db, { ...body, today: today(tx, session), hidden });
    auditList(tx, 'patients.searched', hits);
    return { hits };
  }),
  route(api.listRecentPatients, 'patients.search', async (tx, { session }) => {
    const hits = await queries.listRecent(tx.db, session.accountId, today(tx, session));
    auditList(tx, 'patients.recent', hits);
    return { hits };
  }),
  route(api.findDuplicates, 'patients.register', async (tx, { body, session, hidden }) => {
    const { exceptPatientId } = body;
    const found = await listDuplicates(tx.db, body, { today: today(tx, session), exceptPatientId });
    // Registering them is refused all the same; until then nothing tells that a phone is theirs.
    const duplicates = found.filter(({ hit }) => !hidden.has(hit.patientId));
    auditList(
      tx,
      'patients.searched',
      duplicates.map((offer) => offer.hit),
    );
    return { duplicates };
  }),
  route(api.openPatient, 'patients.open', async (tx, { params, session }) => {
    const answer = await answerPatient(tx, params.id, session);
    tx.audit({ action: 'patient.opened', subjectKind: 'patient', subjectIds: [params.id] });
    return answer;
  }),
  route(api.openPatientCard, 'patients.open', async (tx, { params, session }) => {
    const card = await queries.readCard(tx.db, params.id, today(tx, session));
    if (!card) throw notFound('person');
    tx.audit({ action: 'patient.card', subjectKind: 'patient', subjectIds: [params.id] });
    return { card };
  }),
  route(api.listPatientHistory, 'audit.read', async (tx, { params }) => {
    const changes = await queries.listHistory(tx.db, params.id);
    tx.audit({ action: 'patient.history-read', subjectKind: 'patient', subjectIds: [params.id] });
    return { changes };
  }),
  route(api.lookUpZip, 'patients.search', async (tx, { body }) => ({
    places: await queries.listZipPlaces(tx.db, body.zip),
  })),
];

const writing: readonly Route[] = [
  route(api.registerPatient, 'patients.register', async (tx, { body, session }) => {
    const desk = { today: today(tx, session), notDuplicateOf: body.notDuplicateOf };
    const { patientId } = await commands.registerPatient(tx, body.patient, desk);
    return answerPatient(tx, patientId, session);
  }),
  route(api.changePatient, 'patients.change', async (tx, { params, body, session }) => {
    await commands.changePatient(tx, params.id, body);
    return answerPatient(tx, params.id, session);
  }),
  route(api.markDeceased, 'patients.change', async (tx, { params, body, session }) => {
    await commands.markDeceased(tx, params.id, body);
    return answerPatient(tx, params.id, session);
  }),
  route(api.removePatient, 'patients.remove', async (tx, { params, body }) => {
    await commands.removePatient(tx, params.id, body);
    return { patientId: params.id };
  }),
  route(api.addAlert, 'patients.change', async (tx, { params, body }) => ({
    alert: await addAlert(tx, params.id, body),
  })),
  route(custody.addCustody, 'patients.change', async (tx, { params, body }) => ({
    alert: await addCustody(tx, params.id, body),
  })),
  route(custody.changeCustody, 'patients.change', async (tx, { params, body }) => ({
    alert: await changeCustody(tx, params.id, params.alertId, body),
  })),
  route(api.removeAlert, 'patients.change', async (tx, { params, body }) => {
    await removeAlert(tx, params.id, params.alertId, body);
    return { alertId: params.alertId };
  }),
];

export const patientRoutes: readonly Route[] = [
  ...[...reading, ...writing, ...relationRoutes, ...consentRoutes],
  ...[...familyRoutes, ...chartRoutes, ...photoRoutes],
];
