import { localDate } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Session } from '../../platform/session/session.ts';
import * as api from './api.ts';
import { recordAttempt } from './attempts/commands.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';
import { letterRoutes } from './recalls/letters/routes.ts';
import { recallRoutes } from './recalls/routes.ts';
import type { FollowUp } from './schema.ts';

/** A list that was shown is one row with its ids, the people's among them. */
function auditFollowUps(tx: Tx, action: string, followUps: readonly FollowUp[]): void {
  if (followUps.length === 0) return;
  const subjectIds = [...new Set(followUps.flatMap((one) => [one.followUpId, one.patientId]))];
  tx.audit({ action, subjectKind: 'follow-up', subjectIds });
}

const todayOf = (tx: Tx, { timeZone }: Session) => localDate(tx.now.getTime(), timeZone);

const reading: readonly Route[] = [
  route(api.listFollowUps, 'follow-ups.see', async (tx, { query, session }) => {
    const page = await queries.listFollowUps(tx.db, { ...query, today: todayOf(tx, session) });
    auditFollowUps(tx, 'follow-ups.listed', page.followUps);
    return page;
  }),
  route(api.countFollowUps, 'follow-ups.see', async (tx, { session }) => ({
    counts: await queries.countFollowUps(tx.db, todayOf(tx, session)),
  })),
  route(api.readFollowUp, 'follow-ups.see', async (tx, { params }) => {
    const followUp = await queries.findFollowUp(tx.db, params.id);
    if (!followUp) throw notFound('follow-up');
    auditFollowUps(tx, 'follow-up.opened', [followUp]);
    return { followUp, history: await queries.listHistory(tx.db, params.id) };
  }),
  route(api.listPatientFollowUps, 'follow-ups.see', async (tx, { params }) => {
    const followUps = await queries.listPatientFollowUps(tx.db, params.id);
    tx.audit({ action: 'patient.follow-ups-listed', subjectKind: 'patient', subjectIds: [params.id] });
    return { followUps };
  }),
];

const writing: readonly Route[] = [
  route(api.orderFollowUp, 'follow-ups.manage', async (tx, { body }) => ({
    followUp: await commands.orderFollowUp(tx, body),
  })),
  route(api.changeFollowUp, 'follow-ups.manage', async (tx, { params, body }) => ({
    followUp: await commands.changeFollowUp(tx, params.id, body),
  })),
  route(api.bookFollowUp, 'visits.book', (tx, { params, body }) =>
    commands.bookFollowUp(tx, params.id, body),
  ),
  route(api.linkFollowUp, 'follow-ups.manage', async (tx, { params, body }) => ({
    followUp: await commands.linkFollowUp(tx, params.id, body),
  })),
  route(api.unlinkFollowUp, 'follow-ups.manage', async (tx, { params, body }) => ({
    followUp: await commands.unlinkFollowUp(tx, params.id, body.version),
  })),
  route(api.tickFollowUp, 'follow-ups.manage', async (tx, { params, body }) => ({
    followUp: await commands.tickFollowUp(tx, params.id, body),
  })),
  route(api.recordAttempt, 'follow-ups.manage', async (tx, { params, body }) => ({
    followUp: await recordAttempt(tx, params.id, body),
  })),
  route(api.refuseFollowUp, 'follow-ups.manage', async (tx, { params, body }) => ({
    followUp: await commands.endFollowUp(tx, params.id, 'refused', body),
  })),
  route(api.closeFollowUp, 'follow-ups.close', async (tx, { params, body }) => ({
    followUp: await commands.endFollowUp(tx, params.id, 'closed', body),
  })),
  route(api.reopenFollowUp, 'follow-ups.manage', async (tx, { params, body }) => ({
    followUp: await commands.reopenFollowUp(tx, params.id, body.version),
  })),
  route(api.followUpInError, 'follow-ups.manage', async (tx, { params, body }) => ({
    followUp: await commands.followUpInError(tx, params.id, body),
  })),
];

export const followUpRoutes: readonly Route[] = [...reading, ...writing, ...recallRoutes, ...letterRoutes];
