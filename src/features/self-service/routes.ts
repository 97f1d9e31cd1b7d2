import { localDate } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { notFound } from '../../platform/refusal.ts';
import { listDuplicates } from '../patients/duplicates/queries.ts';
import { seeAct } from './acts/commands.ts';
import * as api from './api.ts';
import { giveVisitLink, seeLink } from './links/giving/commands.ts';
import { findRequest, type KeptRequest, listRequests } from './requests/queries.ts';
import * as settling from './requests/settling/commands.ts';
import * as settings from './settings/commands.ts';
import { listOnlineSites, listOnlineTypes, readSettings } from './settings/queries.ts';

const shown = ({ holdId: _, ...request }: KeptRequest) => request;

async function readOne(tx: Tx, requestId: string, timeZone: string) {
  const request = await findRequest(tx.db, requestId);
  if (!request) throw notFound('request');
  const { givenName, familyName, bornOn, phone } = request;
  const described = { givenName, familyName, bornOn, phones: [phone], email: '' };
  const today = localDate(tx.now.getTime(), timeZone);
  const likely = request.outcome ? [] : await listDuplicates(tx.db, described, { today });
  const people = likely.map((one) => one.hit.patientId);
  const own = request.patientId ? [request.patientId] : [];
  tx.audit({
    action: 'online-request.opened',
    subjectKind: 'online-request',
    subjectIds: [requestId, ...new Set([...own, ...people])],
  });
  return { request: shown(request), likely: likely.map((one) => one.hit) };
}

const reading: readonly Route[] = [
  route(api.readOnline, 'practice.set-up', async (tx) => ({
    settings: await readSettings(tx.db),
    types: await listOnlineTypes(tx.db),
    sites: await listOnlineSites(tx.db),
    publicUrl: tx.publicUrl,
  })),
  route(api.listRequests, 'online.see', async (tx, { query }) => {
    const requests = await listRequests(tx.db, query.limit);
    const subjectIds = requests.flatMap((one) => [one.requestId, ...(one.patientId ? [one.patientId] : [])]);
    if (subjectIds.length > 0)
      tx.audit({ action: 'online-requests.listed', subjectKind: 'online-request', subjectIds });
    return { requests: requests.map(shown) };
  }),
  route(api.readRequest, 'online.see', (tx, { params, session }) => readOne(tx, params.id, session.timeZone)),
];

const writing: readonly Route[] = [
  route(api.makeVisitLink, 'links.make', (tx, { params }) => giveVisitLink(tx, params.id)),
  route(api.changeOnlineSettings, 'practice.set-up', async (tx, { body }) => ({
    settings: await settings.changeSettings(tx, body),
  })),
  route(api.changeOnlineType, 'practice.set-up', async (tx, { params, body }) => ({
    type: await settings.changeType(tx, params.id, body),
  })),
  route(api.changeOnlineSite, 'practice.set-up', async (tx, { params, body }) => ({
    site: await settings.changeSite(tx, params.id, body),
  })),
  // The visit, and a new record, ask for their own permissions as well
  route(api.bookRequest, 'online.keep', async (tx, { params, body }) => ({
    request: shown(await settling.bookRequest(tx, params.id, body)),
  })),
  route(api.settleRequest, 'online.keep', async (tx, { params, body }) => ({
    request: shown(await settling.settleRequest(tx, params.id, body)),
  })),
  route(api.seeAct, 'online.keep', async (tx, { params }) => {
    await seeAct(tx, params.id);
    return {};
  }),
  route(api.seeLink, 'online.keep', async (tx, { params }) => {
    await seeLink(tx, params.id);
    return {};
  }),
];

export const selfServiceRoutes: readonly Route[] = [...reading, ...writing];
