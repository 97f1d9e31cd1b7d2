import { sql } from 'kysely';
import { dayBounds, localDate } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/id.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { bookVisit } from '../schedule/visits/commands.ts';
import type { Visit } from '../schedule/visits/schema.ts';
import * as queries from './queries.ts';
import { addStep, note, openForChange, openUnended, readBack } from './recording/commands.ts';
import { actOnOf, windowAround } from './rules.ts';
import {
  type BookFollowUp,
  type FollowUp,
  type FollowUpChange,
  FollowUpDraft,
  type NewFollowUp,
} from './schema.ts';

/** Order a follow-up: one record from now on, until it is kept, refused or closed. */
export async function orderFollowUp(tx: Tx, input: NewFollowUp): Promise<FollowUp> {
  const draft = FollowUpDraft.parse(input);
  await refuseMissing(tx, draft);
  const timeZone = await queries.practiceTimeZone(tx.db);
  const today = localDate(tx.now.getTime(), timeZone);
  if (draft.targetOn <= today && draft.priority !== 'urgent')
    throw new Refusal('bad-input', 'This day is not ahead. Give a later one, or mark it urgent.', {
      fields: { targetOn: 'Give a later day.' },
    });
  const window = { ...windowAround(today, draft.targetOn), ...given(draft) };
  const fromVisitId = await fromVisit(tx, draft, today, timeZone);
  const { priority } = draft;
  const actOn = actOnOf({ orderedOn: today, earliestOn: window.earliestOn, priority, nextTryOn: null });
  const followUpId = newId();
  await sql`
    insert into follow_ups (practice_id, follow_up_id, patient_id, origin, from_visit_id, visit_type_id, physician_id,
      target_on, earliest_on, latest_on, said, priority, instructions, ordered_at, ordered_by, act_on)
    values (${tx.practiceId}, ${followUpId}, ${draft.patientId}, 'ordered', ${fromVisitId},
      ${draft.visitTypeId}, ${draft.physicianId}, ${draft.targetOn}, ${window.earliestOn}, ${window.latestOn},
      ${draft.said}, ${priority}, ${draft.instructions}, ${tx.now}, ${tx.actor.staffId}, ${actOn})`.execute(
    tx.db,
  );
  await addFirst(tx, followUpId, draft.first, 0);
  await addStep(tx, followUpId, 'ordered');
  return note(tx, 'follow-up.ordered', { after: { ...draft, ...window } }, await readBack(tx, followUpId));
}

function given({ earliestOn, latestOn }: FollowUpDraft) {
  return { ...(earliestOn ? { earliestOn } : {}), ...(latestOn ? { latestOn } : {}) };
}

async function refuseMissing(tx: Tx, named: Parameters<typeof queries.missingName>[1]): Promise<void> {
  const missing = await queries.missingName(tx.db, named);
  if (missing === 'deceased')
    throw new Refusal('conflict', 'This person has died. Nobody is to be called in for them.');
  if (missing) throw notFound(missing);
}

async function fromVisit(
  tx: Tx,
  draft: FollowUpDraft,
  today: string,
  timeZone: string,
): Promise<string | null> {
  if (!draft.fromVisitId) {
    const { startMs, endMs } = dayBounds(today, timeZone);
    return queries.findVisitOfDay(tx.db, draft.patientId, new Date(startMs), new Date(endMs));
  }
  const visit = await queries.findOffered(tx.db, draft.fromVisitId);
  if (visit?.patientId !== draft.patientId) throw notFound('visit');
  return draft.fromVisitId;
}

async function addFirst(tx: Tx, followUpId: string, first: readonly string[], from: number): Promise<void> {
  const rows = first.map((text, at) => ({ id: newId(), text, position: from + at }));
  if (rows.length === 0) return;
  await sql`
    insert into follow_up_prerequisites (practice_id, prerequisite_id, follow_up_id, position, text)
    select ${tx.practiceId}, r.id, ${followUpId}, r.position, r.text
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, position int, text text)`.execute(
    tx.db,
  );
}

const planOf = (one: FollowUp) => ({
  visitTypeId: one.visitTypeId,
  physicianId: one.physicianId,
  targetOn: one.targetOn,
  earliestOn: one.earliestOn,
  latestOn: one.latestOn,
  priority: one.priority,
  instructions: one.instructions,
  first: one.prerequisites.map((first) => first.text),
});

export async function changeFollowUp(tx: Tx, followUpId: string, change: FollowUpChange): Promise<FollowUp> {
  const before = await openUnended(tx, followUpId, change.version);
  const { visitTypeId, physicianId } = change;
  await refuseMissing(tx, { patientId: before.patientId, visitTypeId, physicianId });
  const orderedOn = localDate(Date.parse(before.orderedAt), await queries.practiceTimeZone(tx.db));
  const { earliestOn, priority } = change;
  const actOn = actOnOf({ orderedOn, earliestOn, priority, nextTryOn: before.nextTryOn });
  await sql`
    update follow_ups set visit_type_id = ${visitTypeId}, physician_id = ${physicianId},
      target_on = ${change.targetOn}, earliest_on = ${earliestOn}, latest_on = ${change.latestOn},
      priority = ${priority}, instructions = ${change.instructions}, act_on = ${actOn}, version = version + 1
    where follow_up_id = ${followUpId}`.execute(tx.db);
  await keepFirst(tx, before, change.first);
  await addStep(tx, followUpId, 'changed');
  const after = await readBack(tx, followUpId);
  return note(tx, 'follow-up.changed', { before: planOf(before), after: planOf(after) }, after);
}

/** What is still named keeps who did it; the rest is taken off, what is new comes behind. */
async function keepFirst(tx: Tx, before: FollowUp, first: readonly string[]): Promise<void> {
  const named = new Set(first);
  const gone = before.prerequisites.filter((one) => !named.has(one.text)).map((one) => one.prerequisiteId);
  if (gone.length > 0)
    await sql`
      update follow_up_prerequisites set removed_at = ${tx.now}
      where follow_up_id = ${before.followUpId} and prerequisite_id = any (${gone}::uuid[])`.execute(tx.db);
  const known = new Set(before.prerequisites.map((one) => one.text));
  const added = [...named].filter((text) => !known.has(text));
  await addFirst(tx, before.followUpId, added, 1000 + before.version * 10);
}

/** Book a visit for it: the booking and the link stand or fall together. */
export async function bookFollowUp(
  tx: Tx,
  followUpId: string,
  { version, ...place }: BookFollowUp,
): Promise<{ followUp: FollowUp; visit: Visit }> {
  const before = await openUnended(tx, followUpId, version);
  refuseBooked(before);
  const visit = await bookVisit(tx, { ...place, patientId: before.patientId });
  const followUp = await link(tx, before, visit.visitId, 'booked');
  return { followUp, visit };
}

function refuseBooked(before: FollowUp): void {
  if (before.state === 'booked')
    throw new Refusal('conflict', 'A visit is booked for it already. Move that one, or cancel it first.');
  if (before.state === 'kept') throw new Refusal('conflict', 'It was kept. Order another follow-up instead.');
}

export async function link(
  tx: Tx,
  before: FollowUp,
  visitId: string,
  kind: 'booked' | 'linked',
): Promise<FollowUp> {
  await sql`
    update follow_ups set visit_id = ${visitId}, next_try_on = null, version = version + 1
    where follow_up_id = ${before.followUpId}`.execute(tx.db);
  await addStep(tx, before.followUpId, kind, { visitId });
  const told = { before: { visitId: before.visit?.visitId ?? null }, after: { visitId } };
  return note(tx, `follow-up.${kind}`, told, await readBack(tx, before.followUpId));
}

/** A visit that the patient has already, or had, is what was meant. */
export async function linkFollowUp(
  tx: Tx,
  followUpId: string,
  { version, visitId }: { version: number; visitId: string },
): Promise<FollowUp> {
  const before = await openUnended(tx, followUpId, version);
  refuseBooked(before);
  const visit = await queries.findOffered(tx.db, visitId);
  if (visit?.patientId !== before.patientId) throw notFound('visit');
  if (['cancelled', 'no_show', 'entered_in_error'].includes(visit.state))
    throw new Refusal('conflict', 'This visit does not take place. Choose another, or book one.');
  if (visitId === before.fromVisitId)
    throw new Refusal('conflict', 'This is the visit at which it was ordered. Choose a later one.');
  return link(tx, before, visitId, 'linked');
}

/** The visit is not for this: it stays as it is, and the follow-up is open again. */
export async function unlinkFollowUp(tx: Tx, followUpId: string, version: number): Promise<FollowUp> {
  const before = await openUnended(tx, followUpId, version);
  if (!before.visit) throw new Refusal('conflict', 'No visit is taken for it. Nothing is to be let go.');
  await sql`
    update follow_ups set visit_id = null, settled_at = null, version = version + 1
    where follow_up_id = ${followUpId}`.execute(tx.db);
  await addStep(tx, followUpId, 'unlinked', { visitId: before.visit.visitId });
  const told = { before: { visitId: before.visit.visitId }, after: { visitId: null } };
  return note(tx, 'follow-up.unlinked', told, await readBack(tx, followUpId));
}

type Tick = { version: number; prerequisiteId: string; done: boolean };

/** What must happen first is done, or is not after all. */
export async function tickFollowUp(tx: Tx, followUpId: string, input: Tick): Promise<FollowUp> {
  const before = await openUnended(tx, followUpId, input.version);
  const first = before.prerequisites.find((one) => one.prerequisiteId === input.prerequisiteId);
  if (!first) throw notFound('entry');
  if ((first.doneAt !== null) === input.done) return before;
  const { done } = input;
  await sql`
    update follow_up_prerequisites set done_at = ${done ? tx.now : null}, done_by = ${done ? tx.actor.staffId : null}
    where follow_up_id = ${followUpId} and prerequisite_id = ${input.prerequisiteId}`.execute(tx.db);
  await sql`update follow_ups set version = version + 1 where follow_up_id = ${followUpId}`.execute(tx.db);
  const kind = done ? 'done-first' : 'not-done-first';
  await addStep(tx, followUpId, kind, { text: first.text });
  return note(tx, `follow-up.${kind}`, { after: { first: first.text } }, await readBack(tx, followUpId));
}

type Ending = { version: number; reason: string };

/** The patient refuses it, or the physician closes it; a visit booked for it is cancelled first, where all see it. */
export async function endFollowUp(
  tx: Tx,
  followUpId: string,
  as: 'refused' | 'closed',
  { version, reason }: Ending,
): Promise<FollowUp> {
  const before = await openUnended(tx, followUpId, version);
  if (before.state === 'booked')
    throw new Refusal('conflict', 'A visit is booked for it. Cancel that one first, then say why.');
  if (before.state === 'kept') throw new Refusal('conflict', 'It was kept. Nothing is left to end.');
  await sql`
    update follow_ups set ended_as = ${as}, ended_at = ${tx.now}, ended_by = ${tx.actor.staffId},
      ended_reason = ${reason}, version = version + 1
    where follow_up_id = ${followUpId}`.execute(tx.db);
  await addStep(tx, followUpId, as, { text: reason });
  return note(tx, `follow-up.${as}`, { reason }, await readBack(tx, followUpId));
}

export async function reopenFollowUp(tx: Tx, followUpId: string, version: number): Promise<FollowUp> {
  const before = await openForChange(tx, followUpId, version, { alsoInError: true });
  if (!before.endedAt && !before.enteredInErrorAt)
    throw new Refusal('conflict', 'This follow-up is open already.');
  await sql`
    update follow_ups set ended_as = null, ended_at = null, ended_by = null, ended_reason = '',
      entered_in_error_at = null, version = version + 1
    where follow_up_id = ${followUpId}`.execute(tx.db);
  await addStep(tx, followUpId, 'reopened');
  return note(tx, 'follow-up.reopened', {}, await readBack(tx, followUpId));
}

export async function followUpInError(
  tx: Tx,
  followUpId: string,
  { version, reason }: Ending,
): Promise<FollowUp> {
  await openForChange(tx, followUpId, version);
  await sql`
    update follow_ups set entered_in_error_at = ${tx.now}, version = version + 1
    where follow_up_id = ${followUpId}`.execute(tx.db);
  await addStep(tx, followUpId, 'entered-in-error', { text: reason });
  return note(tx, 'follow-up.entered-in-error', { reason }, await readBack(tx, followUpId));
}
