import { dayBounds, localDate } from '../../../platform/calendar/zones.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import { findPractice } from '../../practice/queries.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const groupRoutes: readonly Route[] = [
  route(api.planSession, 'visits.book', async (tx, { body }) => ({
    session: await commands.planSession(tx, body),
  })),
  route(api.listSessions, 'visits.see', async (tx, { query }) => {
    const { timeZone } = await findPractice(tx.db);
    const from = query.from ?? localDate(tx.now.getTime(), timeZone);
    const since = new Date(dayBounds(from, timeZone).startMs);
    return { sessions: await queries.listSessions(tx.db, { from: since, limit: 100 }) };
  }),
  route(api.readSession, 'visits.see', async (tx, { params, hidden }) => {
    const session = await queries.findSession(tx.db, params.id);
    if (!session) throw notFound('group session');
    const members = await queries.listMembers(tx.db, params.id);
    const subjectIds = members.map((one) => one.visitId);
    const after = { sessionId: params.id };
    tx.audit({ action: 'group.listed', subjectKind: 'visit', subjectIds, after });
    // Among the names, their place would say how theirs begins.
    const last = members.filter((one) => hidden.has(one.patientId));
    return { session, members: [...members.filter((one) => !hidden.has(one.patientId)), ...last] };
  }),
  route(api.bookSeat, 'visits.book', async (tx, { params, body }) => ({
    visit: await commands.bookSeat(tx, params.id, body),
  })),
  route(api.cancelSession, 'visits.cancel', (tx, { params, body }) =>
    commands.cancelSession(tx, params.id, body),
  ),
  route(api.undoCancelSession, 'visits.cancel', (tx, { params, body }) => {
    if (!tx.actor.may('visits.book'))
      throw new Refusal('not-permitted', 'Your roles do not include booking. Ask a colleague.');
    return commands.undoCancelSession(tx, params.id, body);
  }),
];
