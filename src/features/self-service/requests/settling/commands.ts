import { sql } from 'kysely';
import { localDate } from '../../../../platform/calendar/zones.ts';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { notFound, Refusal, stale } from '../../../../platform/refusal.ts';
import { registerPatient } from '../../../patients/commands.ts';
import { releaseForOffice } from '../../../schedule/holds/commands.ts';
import { bookVisit } from '../../../schedule/visits/commands.ts';
import { writeBooked } from '../commands.ts';
import { findRequest, type KeptRequest, readPracticeFacts } from '../queries.ts';
import type { BookRequest, SettleRequest } from '../schema.ts';

async function open(tx: Tx, requestId: string, version: number): Promise<KeptRequest> {
  const request = await findRequest(tx.db, requestId, true);
  if (!request) throw notFound('request');
  if (request.version !== version) throw stale('request', request);
  if (request.outcome) throw new Refusal('conflict', 'This request is settled already.');
  return request;
}

async function readBack(tx: Tx, requestId: string): Promise<KeptRequest> {
  const request = await findRequest(tx.db, requestId);
  if (!request) throw notFound('request');
  return request;
}

/** Someone at the desk books what was asked for. A chart is made by their hand alone, and never beside a likely double. */
export async function bookRequest(tx: Tx, requestId: string, input: BookRequest): Promise<KeptRequest> {
  if (!tx.actor.may('visits.book'))
    throw new Refusal('not-permitted', 'Your roles do not let you book visits. Ask a colleague to do it.');
  const request = await open(tx, requestId, input.version);
  if (request.holdId) await releaseForOffice(tx, request.holdId);
  const patientId = input.patientId ?? (await register(tx, request, input.notDuplicateOf));
  const { visitTypeId, siteId, physicianId, startsAt, text } = request;
  const visit = await bookVisit(tx, {
    ...{ patientId, visitTypeId, siteId, physicianId, startsAt },
    ...{ resourceIds: [], reason: text, note: '' },
  });
  await writeBooked(tx, request, { patientId, visitId: visit.visitId });
  return readBack(tx, requestId);
}

async function register(tx: Tx, request: KeptRequest, notDuplicateOf: readonly string[]): Promise<string> {
  if (!tx.actor.may('patients.register'))
    throw new Refusal(
      'not-permitted',
      'Your roles do not let you register people. Ask a colleague to do it.',
    );
  const { timeZone } = await readPracticeFacts(tx.db);
  const { givenName, familyName, bornOn, phone, language } = request;
  const draft = { givenName, familyName, bornOn, language, phones: [{ number: phone }] };
  const today = localDate(tx.now.getTime(), timeZone);
  const { patientId } = await registerPatient(tx, draft, { today, notDuplicateOf });
  return patientId;
}

/** They were called, or the request is declined: its time is free again. */
export async function settleRequest(tx: Tx, requestId: string, input: SettleRequest): Promise<KeptRequest> {
  const request = await open(tx, requestId, input.version);
  if (request.holdId) await releaseForOffice(tx, request.holdId);
  const { outcome, text } = input;
  await sql`
    update online_requests set outcome = ${outcome}, settled_at = ${tx.now}, settled_by = ${tx.actor.staffId},
      settled_text = ${text}, hold_id = null, version = version + 1
    where request_id = ${requestId}`.execute(tx.db);
  const subjectIds = [requestId, ...(request.patientId ? [request.patientId] : [])];
  tx.audit({ action: `online-request.${outcome}`, subjectKind: 'online-request', subjectIds });
  tx.touch('online', requestId);
  return readBack(tx, requestId);
}
