import { dayBounds, localDate } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { listAnswers } from '../patients/consents/queries.ts';
import { holding } from '../patients/consents/rules.ts';
import { findPatient } from '../patients/queries.ts';
import * as api from './api.ts';
import { findCallers } from './callers/queries.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';
import { mayLeaveMessage } from './rules.ts';
import type { Call } from './schema.ts';
import { changeSettings } from './settings/commands.ts';
import { readSettings } from './settings/queries.ts';

/** A list that was shown is one row with its ids, the people's among them. */
function auditCalls(tx: Tx, action: string, calls: readonly Call[]): void {
  if (calls.length === 0) return;
  const people = calls.flatMap((call) => (call.patientId ? [call.patientId] : []));
  const subjectIds = [...new Set([...calls.map((call) => call.callId), ...people])];
  tx.audit({ action, subjectKind: 'call', subjectIds });
}

async function leavingMessage(tx: Tx, call: Call) {
  if (!call.patientId) return 'yes' as const;
  const { reasons } = await readSettings(tx.db);
  const purpose = reasons.find((one) => one.key === call.reason)?.purpose ?? 'results';
  const patient = await findPatient(tx.db, call.patientId);
  const number = patient?.phones.find((phone) => phone.number === call.callbackPhone);
  const answers = holding(await listAnswers(tx.db, call.patientId));
  return mayLeaveMessage(call, { answers, purpose, ...(number ? { number } : {}) });
}

async function refuseMessage(tx: Tx, callId: string): Promise<void> {
  const call = await queries.findCall(tx.db, callId);
  if (!call) throw notFound('call');
  const may = await leavingMessage(tx, call);
  if (may === 'no')
    throw new Refusal(
      'conflict',
      `${call.patientName} wants no voicemail about this. Note “no answer” and try again, or write.`,
    );
}

const reading: readonly Route[] = [
  route(api.findCallers, 'calls.take', async (tx, { body, session, hidden }) => {
    const today = localDate(tx.now.getTime(), session.timeZone);
    const found = await findCallers(tx.db, { ...body, today });
    // A number tells nobody that someone whose record is restricted is a patient here.
    const callers = found.filter((one) => !one.patientId || !hidden.has(one.patientId));
    const ids = callers.flatMap((one) => (one.patientId ? [one.patientId] : []));
    if (ids.length > 0)
      tx.audit({ action: 'patients.searched', subjectKind: 'patient', subjectIds: [...new Set(ids)] });
    return { callers };
  }),
  route(api.listOpenCalls, 'calls.see', async (tx) => {
    const calls = await queries.listOpenCalls(tx.db);
    auditCalls(tx, 'calls.open-listed', calls);
    return { calls };
  }),
  route(api.listCallsOfDay, 'calls.see', async (tx, { query, session }) => {
    const { startMs, endMs } = dayBounds(query.date, session.timeZone);
    const calls = await queries.listCallsBetween(tx.db, new Date(startMs), new Date(endMs));
    auditCalls(tx, 'calls.listed', calls);
    return { calls };
  }),
  route(api.countCalls, 'calls.see', async (tx, { query, session }) => {
    const { timeZone } = session;
    const from = new Date(dayBounds(query.from, timeZone).startMs);
    const to = new Date(dayBounds(query.to, timeZone).endMs);
    return { cells: await queries.countByHour(tx.db, { from, to, timeZone }) };
  }),
  route(api.readCallSettings, 'calls.see', async (tx) => ({ settings: await readSettings(tx.db) })),
  route(api.readCall, 'calls.see', async (tx, { params }) => {
    const call = await queries.findCall(tx.db, params.id);
    if (!call) throw notFound('call');
    auditCalls(tx, 'call.opened', [call]);
    const steps = await queries.listSteps(tx.db, params.id);
    return { call, steps, mayLeaveMessage: await leavingMessage(tx, call) };
  }),
  route(api.listPatientCalls, 'calls.see', async (tx, { params }) => {
    const calls = await queries.listPatientCalls(tx.db, params.id);
    tx.audit({ action: 'patient.calls-listed', subjectKind: 'patient', subjectIds: [params.id] });
    return { calls };
  }),
];

const writing: readonly Route[] = [
  route(api.takeCall, 'calls.take', async (tx, { body }) => ({ call: await commands.takeCall(tx, body) })),
  route(api.changeCallSettings, 'practice.set-up', async (tx, { body }) => ({
    settings: await changeSettings(tx, body),
  })),
  route(api.recordTry, 'calls.take', async (tx, { params, body }) => {
    if (body.kind === 'left-message') await refuseMessage(tx, params.id);
    return { call: await commands.recordTry(tx, params.id, body) };
  }),
  route(api.checkIdentity, 'calls.take', async (tx, { params, body }) => ({
    call: await commands.checkIdentity(tx, params.id, body),
  })),
  route(api.handOverCall, 'calls.take', async (tx, { params, body }) => ({
    call: await commands.handOverCall(tx, params.id, body),
  })),
  route(api.sayAboutWhom, 'calls.take', async (tx, { params, body }) => ({
    call: await commands.sayAboutWhom(tx, params.id, body),
  })),
  route(api.finishCall, 'calls.take', async (tx, { params, body }) => ({
    call: await commands.finishCall(tx, params.id, body),
  })),
  route(api.reopenCall, 'calls.take', async (tx, { params, body }) => ({
    call: await commands.reopenCall(tx, params.id, body.version),
  })),
  route(api.callInError, 'calls.take', async (tx, { params, body }) => ({
    call: await commands.callInError(tx, params.id, body.version, body.reason),
  })),
];

export const callRoutes: readonly Route[] = [...reading, ...writing];
