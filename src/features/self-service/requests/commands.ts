import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { holdForOffice, releaseForOffice } from '../../schedule/holds/commands.ts';
import { isUrgent } from '../acts/commands.ts';
import { bookByPatient } from '../booking/commands.ts';
import { countAhead } from '../booking/queries.ts';
import { patientActor } from '../doors/commands.ts';
import { readOnlineType, readSettings } from '../settings/queries.ts';
import type { Allowed } from '../times/queries.ts';
import type { PageTime } from '../times/rules.ts';
import { countWaiting, findRequest, type KeptRequest, listBornOn, readPracticeFacts } from './queries.ts';
import { isAsker, mostHeld, mostOfPhone, mostWaiting } from './rules.ts';
import type { Asker, RequestWhy } from './schema.ts';

export type Asking = { asker: Asker; visitTypeId: string; time: PageTime; language: string };

/**
 * Someone asks for a time: written down, and held for a while, the same for everyone. Who they are is looked up by a
 * job, so that neither the answer nor how long it takes tells whether the office knows them.
 * @returns false where so much waits already that they had better call
 */
export async function askForTime(tx: Tx, { asker, visitTypeId, time, language }: Asking): Promise<boolean> {
  // One after the other: what is counted stays so.
  await sql`select from online_settings for update`.execute(tx.db);
  const { waiting, ofPhone, held } = await countWaiting(tx.db, asker.phone, tx.now);
  if (waiting >= mostWaiting || ofPhone >= mostOfPhone) return false;
  const requestId = newId(tx.now.getTime());
  const holdId = held < mostHeld ? await hold(tx, visitTypeId, time) : null;
  const { givenName, familyName, bornOn, phone, saysNew, text } = asker;
  await sql`
    insert into online_requests (practice_id, request_id, visit_type_id, site_id, physician_id, starts_at, ends_at,
      hold_id, given_name, family_name, born_on, phone, language, says_new, text, urgent, asked_at)
    values (${tx.practiceId}, ${requestId}, ${visitTypeId}, ${time.siteId}, ${time.physicianId}, ${time.startsAt},
      ${time.endsAt}, ${holdId}, ${givenName}, ${familyName}, ${bornOn}, ${phone}, ${language}, ${saysNew}, ${text},
      ${await isUrgent(tx, text)}, ${tx.now})`.execute(tx.db);
  tx.audit({
    action: 'online-request.made',
    subjectKind: 'online-request',
    subjectIds: [requestId],
    after: { visitTypeId, startsAt: time.startsAt, physicianId: time.physicianId, saysNew },
  });
  tx.emit({ kind: 'online.requested.v1', subjectId: requestId, payload: { requestId } });
  tx.touch('online', requestId);
  return true;
}

async function hold(tx: Tx, visitTypeId: string, time: PageTime): Promise<string | null> {
  const { holdHours } = await readSettings(tx.db);
  if (holdHours === 0) return null;
  const expiresAt = new Date(tx.now.getTime() + holdHours * 3_600_000);
  const { siteId, physicianId, startsAt } = time;
  const wanted = { visitTypeId, siteId, physicianId, startsAt, resourceIds: [] };
  return (await holdForOffice(tx, { ...wanted, expiresAt, freedBy: null })).holdId;
}

/**
 * Who asked, and what becomes of it: one person whose name, birth date and phone agree has the visit, by the rules of
 * its type. Everything else waits for a human, and no record is made.
 */
export async function answerRequest(tx: Tx, requestId: string): Promise<void> {
  const request = await findRequest(tx.db, requestId, true);
  if (!request || request.outcome || request.why) return;
  if (request.saysNew) return leaveToHuman(tx, request, 'new');
  const found = (await listBornOn(tx.db, request.bornOn)).filter((one) => isAsker(one, request));
  const [person] = found;
  if (!person || found.length > 1) return leaveToHuman(tx, request, 'unknown');
  const type = await readOnlineType(tx.db, request.visitTypeId);
  if (type.openTo === 'nobody') return leaveToHuman(tx, request, 'not-allowed', person.patientId);
  if ((await countAhead(tx.db, person.patientId, tx.now)) >= type.mostOpen)
    return leaveToHuman(tx, request, 'too-many', person.patientId);
  await bookFor(tx, request, person.patientId, type);
}

async function bookFor(
  tx: Tx,
  request: KeptRequest,
  patientId: string,
  { noticeHours, daysAhead }: { noticeHours: number; daysAhead: number },
): Promise<void> {
  const { visitTypeId, physicianId, siteId, startsAt } = request;
  const { timeZone } = await readPracticeFacts(tx.db);
  // The notice was enough when they asked.
  const now = new Date(Math.min(tx.now.getTime(), Date.parse(request.askedAt)));
  const allowed: Allowed = { visitTypeId, noticeHours, daysAhead, timeZone, now };
  if (request.holdId) await releaseForOffice(tx, request.holdId);
  const { actor } = tx;
  tx.actor = patientActor(patientId);
  try {
    const slot = { startsAt, physicianId, siteId };
    const visit = await bookByPatient(tx, { patientId, allowed, slot, reason: request.text });
    await writeBooked(tx, request, { patientId, visitId: visit.visitId });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await leaveToHuman(tx, request, 'taken', patientId);
  } finally {
    tx.actor = actor;
  }
}

export async function writeBooked(
  tx: Tx,
  { requestId }: Pick<KeptRequest, 'requestId'>,
  { patientId, visitId }: { patientId: string; visitId: string },
): Promise<void> {
  await sql`
    update online_requests set outcome = 'booked', settled_at = ${tx.now}, settled_by = ${tx.actor.staffId},
      patient_id = ${patientId}, visit_id = ${visitId}, hold_id = null, version = version + 1
    where request_id = ${requestId}`.execute(tx.db);
  tx.audit({
    action: 'online-request.booked',
    subjectKind: 'online-request',
    subjectIds: [requestId, patientId, visitId],
  });
  tx.emit({ kind: 'online.booked.v1', subjectId: requestId, payload: { requestId, patientId, visitId } });
  tx.touch('online', requestId, patientId);
}

async function leaveToHuman(
  tx: Tx,
  { requestId }: KeptRequest,
  why: RequestWhy,
  patientId: string | null = null,
): Promise<void> {
  await sql`
    update online_requests set why = ${why}, patient_id = ${patientId}, version = version + 1
    where request_id = ${requestId}`.execute(tx.db);
  tx.audit({
    action: 'online-request.left-to-desk',
    subjectKind: 'online-request',
    subjectIds: [requestId, ...(patientId ? [patientId] : [])],
    after: { why },
  });
  tx.touch('online', requestId);
}
