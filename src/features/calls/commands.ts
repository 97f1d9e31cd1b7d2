import { sql } from 'kysely';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/id.ts';
import { notFound, Refusal, stale } from '../../platform/refusal.ts';
import { findRedFlags } from '../messages/danger/rules.ts';
import { notesAreAbout } from '../team/notes/commands.ts';
import * as queries from './queries.ts';
import { type Call, CallDraft, type HandOver, type Identity, type NewCall, type StepKind } from './schema.ts';
import { readSettings } from './settings/queries.ts';

/**
 * Log a call. What was promised is open until done; a call with a word of danger is owed at once, also when nobody
 * promised anything; one without either is on record and done.
 */
export async function takeCall(tx: Tx, input: NewCall): Promise<Call> {
  const draft = CallDraft.parse(input);
  const settings = await readSettings(tx.db);
  if (!settings.reasons.some((one) => one.key === draft.reason))
    throw new Refusal('bad-input', 'Choose a reason from the list.', { fields: { reason: 'Choose one.' } });
  const missing = await queries.missingName(tx.db, draft);
  if (missing) throw notFound(missing);
  const redFlags = findRedFlags(draft.text, settings.redFlags);
  const urgent = draft.urgent || redFlags.length > 0;
  const promisedAt = draft.promisedAt ?? (urgent ? tx.now.toISOString() : null);
  const nobody = !draft.ownerStaffId && !draft.ownerRole;
  const ownerRole = urgent && nobody ? settings.urgentRole : draft.ownerRole;
  const callId = newId();
  const doneAt = promisedAt ? null : tx.now;
  await sql`
    insert into calls (practice_id, call_id, at, taken_by, caller_kind, caller_name, callback_phone, patient_id,
      contact_id, relation_id, reason, text, best_time, urgent, red_flags, identity, identifiers, promised_at,
      owner_staff_id, owner_role, done_at, done_by)
    values (${tx.practiceId}, ${callId}, ${tx.now}, ${tx.actor.staffId}, ${draft.callerKind}, ${draft.callerName},
      ${draft.callbackPhone}, ${draft.patientId}, ${draft.contactId}, ${draft.relationId}, ${draft.reason},
      ${draft.text}, ${draft.bestTime}, ${urgent}, ${redFlags}::text[], ${draft.identity.state},
      ${[...new Set(draft.identity.identifiers)]}::text[], ${promisedAt}, ${draft.ownerStaffId}, ${ownerRole},
      ${doneAt}, ${doneAt && tx.actor.staffId})`.execute(tx.db);
  return note(tx, 'call.taken', { after: draft }, await readBack(tx, callId));
}

async function readBack(tx: Tx, callId: string): Promise<Call> {
  const call = await queries.findCall(tx.db, callId);
  if (!call) throw notFound('call');
  return call;
}

type Told = { before?: object; after?: object; reason?: string };

function note(tx: Tx, action: string, told: Told, call: Call): Call {
  const subjects = [call.callId, ...(call.patientId ? [call.patientId] : [])];
  tx.audit({ action, subjectKind: 'call', subjectIds: subjects, ...told });
  tx.touch('calls', ...subjects);
  return call;
}

/** Lock it, and refuse what is gone or was changed meanwhile by the other desk. */
async function openForChange(tx: Tx, callId: string, version: number): Promise<Call> {
  await sql`select 1 from calls where call_id = ${callId} for update`.execute(tx.db);
  const call = await queries.findCall(tx.db, callId);
  if (!call || call.enteredInErrorAt) throw notFound('call');
  if (call.version !== version) throw stale('call', call);
  return call;
}

async function openWaiting(tx: Tx, callId: string, version: number): Promise<Call> {
  const call = await openForChange(tx, callId, version);
  if (call.doneAt) throw new Refusal('conflict', 'This call is done. Open it again first.');
  return call;
}

/** Written after the call's own row: the version that it left. */
async function addStep(tx: Tx, callId: string, kind: StepKind, text = ''): Promise<void> {
  await sql`
    insert into call_steps (practice_id, step_id, call_id, version, kind, note, at, by_staff_id)
    select practice_id, ${newId()}, call_id, version, ${kind}, ${text}, ${tx.now}, ${tx.actor.staffId}
    from calls where call_id = ${callId}`.execute(tx.db);
}

async function bump(tx: Tx, callId: string): Promise<void> {
  await sql`update calls set version = version + 1 where call_id = ${callId}`.execute(tx.db);
}

type Try = { version: number; kind: 'no-answer' | 'left-message' | 'reached'; note: string };

/** One called back. Whether a message may be left is asked of the consents by the route. */
export async function recordTry(tx: Tx, callId: string, input: Try): Promise<Call> {
  await openWaiting(tx, callId, input.version);
  await bump(tx, callId);
  await addStep(tx, callId, input.kind, input.note);
  return note(tx, `call.${input.kind}`, {}, await readBack(tx, callId));
}

export async function checkIdentity(
  tx: Tx,
  callId: string,
  { version, identity }: { version: number; identity: Identity },
): Promise<Call> {
  const before = await openForChange(tx, callId, version);
  const identifiers = [...new Set(identity.identifiers)];
  await sql`
    update calls set identity = ${identity.state}, identifiers = ${identifiers}::text[], version = version + 1
    where call_id = ${callId}`.execute(tx.db);
  await addStep(tx, callId, 'identity', `${identity.state}: ${identifiers.join(', ') || 'nothing'}`);
  const was = { identity: before.identity, identifiers: before.identifiers };
  const told = { before: was, after: { identity: identity.state, identifiers } };
  return note(tx, 'call.identity-checked', told, await readBack(tx, callId));
}

export async function handOverCall(tx: Tx, callId: string, input: HandOver): Promise<Call> {
  const before = await openWaiting(tx, callId, input.version);
  const missing = await queries.missingName(tx.db, { ownerStaffId: input.ownerStaffId });
  if (missing) throw notFound(missing);
  await sql`
    update calls set owner_staff_id = ${input.ownerStaffId}, owner_role = ${input.ownerRole},
      promised_at = ${input.promisedAt}, version = version + 1
    where call_id = ${callId}`.execute(tx.db);
  const after = await readBack(tx, callId);
  const whose = after.ownerName || (after.ownerRole ? `any ${after.ownerRole}` : 'anyone');
  await addStep(tx, callId, 'handed-over', [`to ${whose}`, input.note].filter(Boolean).join(': '));
  const owed = ({ ownerStaffId, ownerRole, promisedAt }: Call) => ({ ownerStaffId, ownerRole, promisedAt });
  return note(tx, 'call.handed-over', { before: owed(before), after: owed(after) }, after);
}

/** The stranger is a patient after all: of whom the call is from now on. */
export async function sayAboutWhom(
  tx: Tx,
  callId: string,
  { version, patientId }: { version: number; patientId: string },
): Promise<Call> {
  const before = await openForChange(tx, callId, version);
  const missing = await queries.missingName(tx.db, { patientId });
  if (missing) throw notFound(missing);
  // Who was authorized by another patient is not by this one.
  await sql`
    update calls set patient_id = ${patientId}, version = version + 1,
      relation_id = case when patient_id is not distinct from ${patientId} then relation_id end
    where call_id = ${callId}`.execute(tx.db);
  await addStep(tx, callId, 'about');
  await notesAreAbout(tx, { kind: 'call', id: callId }, patientId);
  const told = { before: { patientId: before.patientId }, after: { patientId } };
  if (before.patientId) tx.touch('calls', before.patientId);
  return note(tx, 'call.about-changed', told, await readBack(tx, callId));
}

export async function finishCall(
  tx: Tx,
  callId: string,
  input: { version: number; note: string },
): Promise<Call> {
  const call = await openForChange(tx, callId, input.version);
  if (call.doneAt) throw new Refusal('conflict', 'This call is done already. Nothing is left to do.');
  await sql`
    update calls set done_at = ${tx.now}, done_by = ${tx.actor.staffId}, version = version + 1
    where call_id = ${callId}`.execute(tx.db);
  await addStep(tx, callId, 'done', input.note);
  return note(tx, 'call.done', {}, await readBack(tx, callId));
}

/** Take back that it is done; what was never promised is owed from now on. */
export async function reopenCall(tx: Tx, callId: string, version: number): Promise<Call> {
  const call = await openForChange(tx, callId, version);
  if (!call.doneAt) throw new Refusal('conflict', 'This call is open already.');
  await sql`
    update calls set done_at = null, done_by = null, promised_at = coalesce(promised_at, ${tx.now}),
      version = version + 1
    where call_id = ${callId}`.execute(tx.db);
  await addStep(tx, callId, 'reopened');
  return note(tx, 'call.reopened', {}, await readBack(tx, callId));
}

export async function callInError(tx: Tx, callId: string, version: number, reason: string): Promise<Call> {
  await openForChange(tx, callId, version);
  await sql`
    update calls set entered_in_error_at = ${tx.now}, version = version + 1
    where call_id = ${callId}`.execute(tx.db);
  return note(tx, 'call.entered-in-error', { reason }, await readBack(tx, callId));
}
