import { localDate } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import type { Session } from '../../../platform/session/session.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import { listPatientContacts } from './queries.ts';

const today = (tx: Tx, session: Session) => localDate(tx.now.getTime(), session.timeZone);

const answer = async (tx: Tx, patientId: string) => ({
  contacts: await listPatientContacts(tx.db, patientId),
});

export const peopleRoutes: readonly Route[] = [
  route(api.listPatientContacts, 'patients.open', async (tx, { params }) => {
    tx.audit({ action: 'patient.contacts-listed', subjectKind: 'patient', subjectIds: [params.id] });
    return answer(tx, params.id);
  }),
  route(api.addPatientContact, 'patients.change', async (tx, { params, body, session }) => {
    await commands.addPatientContact(tx, params.id, body, today(tx, session));
    return answer(tx, params.id);
  }),
  route(api.endPatientContact, 'patients.change', async (tx, { params, body, session }) => {
    const { id, linkId } = params;
    await commands.endPatientContact(tx, id, { ...body, linkId, today: today(tx, session) });
    return answer(tx, id);
  }),
  route(api.patientContactInError, 'patients.change', async (tx, { params, body }) => {
    await commands.patientContactInError(tx, params.id, { ...body, linkId: params.linkId });
    return answer(tx, params.id);
  }),
];
