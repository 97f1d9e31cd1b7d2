import { sql } from 'kysely';
import { localDate } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/id.ts';
import { notFound, Refusal, stale } from '../../platform/refusal.ts';
import { dropOffers } from './offers/opening/commands.ts';
import * as queries from './queries.ts';
import { usualExpiry, whyNotChange } from './rules.ts';
import { type ChangeEntry, type Entry, JoinWaitlist, type NewEntry } from './schema.ts';

type Told = { before?: object; after?: object; reason?: string };

function note(tx: Tx, action: string, told: Told, entry: Entry): Entry {
  const subjectIds = [entry.entryId, entry.patientId];
  tx.audit({ action, subjectKind: 'waitlist-entry', subjectIds, ...told });
  tx.touch('waitlist', ...subjectIds);
  return entry;
}

async function readBack(tx: Tx, entryId: string): Promise<Entry> {
  const entry = await queries.findEntry(tx.db, entryId, tx.now);
  if (!entry) throw notFound('waitlist entry');
  return entry;
}

/** Put someone on the waitlist, for a visit of a type or to have a later visit moved forward. */
export async function joinWaitlist(tx: Tx, input: NewEntry): Promise<Entry> {
  const wish = JoinWaitlist.parse(input);
  const { rows } = await sql<{ deceased: boolean }>`
    select deceased from patients
    where patient_id = ${wish.patientId} and entered_in_error_at is null for no key update`.execute(tx.db);
  const [patient] = rows;
  if (!patient) throw notFound('patient');
  if (patient.deceased)
    throw new Refusal('conflict', 'The record says that this person has died. Correct the record first.');
  const missing = await queries.missingName(tx.db, wish);
  if (missing) throw notFound(missing);
  const zone = await queries.practiceTimeZone(tx.db);
  const today = localDate(tx.now.getTime(), zone);
  const held = wish.visitId ? await requireLater(tx, wish, wish.visitId) : null;
  await refuseTwice(tx, wish);
  const expiresOn = wish.expiresOn ?? usualExpiry(today, held?.onDate ?? null);
  refusePast(expiresOn, wish.latestOn, today);
  const entryId = newId();
  await sql`
    insert into waitlist_entries (practice_id, entry_id, patient_id, visit_type_id, visit_id, visit_was_at,
      physician_ids, site_ids, weekdays, times, earliest_on, latest_on, notice_hours, priority, priority_reason, note,
      expires_on, added_at, added_by)
    values (${tx.practiceId}, ${entryId}, ${wish.patientId}, ${wish.visitTypeId}, ${wish.visitId},
      ${held?.startsAt ?? null}, ${wish.physicianIds}::uuid[], ${wish.siteIds}::uuid[], ${wish.weekdays}::int[],
      ${JSON.stringify(wish.times)}::jsonb, ${wish.earliestOn}, ${wish.latestOn}, ${wish.noticeHours},
      ${wish.priority}, ${wish.priorityReason}, ${wish.note}, ${expiresOn}, ${tx.now},
      ${tx.actor.staffId})`.execute(tx.db);
  return note(tx, 'waitlist.joined', { after: { ...wish, expiresOn } }, await readBack(tx, entryId));
}

async function requireLater(tx: Tx, wish: JoinWaitlist, visitId: string) {
  const held = await queries.findHeldVisit(tx.db, visitId);
  if (!held || held.patientId !== wish.patientId) throw notFound('visit');
  if (held.visitTypeId !== wish.visitTypeId)
    throw new Refusal(
      'conflict',
      'The visit they have is of another type. Choose its type, or wait for a new visit.',
    );
  if (held.state !== 'booked' || Date.parse(held.startsAt) <= tx.now.getTime())
    throw new Refusal(
      'conflict',
      'This visit cannot be moved forward any more. Wait for a new visit instead.',
    );
  return held;
}

async function refuseTwice(tx: Tx, wish: JoinWaitlist): Promise<void> {
  const entries = await queries.listPatientEntries(tx.db, wish.patientId, tx.now);
  const other = entries.find(
    (one) => one.visitTypeId === wish.visitTypeId && whyNotChange(one.state) === null,
  );
  if (other)
    throw new Refusal(
      'conflict',
      `They are on the waitlist for ${other.visitTypeName} already. Change what they wish there.`,
      { offers: { entryId: other.entryId } },
    );
}

function refusePast(expiresOn: string, latestOn: string | null, today: string): void {
  const late = { expiresOn: 'This day has passed.' };
  if (expiresOn < today)
    throw new Refusal('bad-input', 'This day has passed. Choose a later one.', { fields: late });
  if (latestOn && latestOn < today)
    throw new Refusal('bad-input', 'The latest day has passed. Choose a later one.', {
      fields: { latestOn: 'This day has passed.' },
    });
}

/** Lock it, and refuse what is gone or was changed meanwhile by the other desk. */
async function openEntry(tx: Tx, entryId: string, version: number): Promise<Entry> {
  await sql`select 1 from waitlist_entries where entry_id = ${entryId} for update`.execute(tx.db);
  const entry = await readBack(tx, entryId);
  if (entry.version !== version) throw stale('waitlist entry', entry);
  return entry;
}

const wished = (entry: Entry) => {
  const { physicianIds, siteIds, weekdays, times, earliestOn, latestOn, noticeHours } = entry;
  const { priority, priorityReason, note, expiresOn } = entry;
  return {
    ...{ physicianIds, siteIds, weekdays, times, earliestOn, latestOn, noticeHours },
    ...{ priority, priorityReason, note, expiresOn },
  };
};

/** Change what someone wishes; their place among those of the same priority stays. */
export async function changeEntry(tx: Tx, entryId: string, input: ChangeEntry): Promise<Entry> {
  const before = await openEntry(tx, entryId, input.version);
  const why = before.state === 'expired' ? null : whyNotChange(before.state);
  if (why) throw new Refusal('conflict', why);
  const missing = await queries.missingName(tx.db, { ...input, visitTypeId: before.visitTypeId });
  if (missing && missing !== 'visit type') throw notFound(missing);
  refusePast(input.expiresOn, input.latestOn, await queries.todayOf(tx.db, tx.now));
  await sql`
    update waitlist_entries set physician_ids = ${input.physicianIds}::uuid[], site_ids = ${input.siteIds}::uuid[],
      weekdays = ${input.weekdays}::int[], times = ${JSON.stringify(input.times)}::jsonb,
      earliest_on = ${input.earliestOn}, latest_on = ${input.latestOn}, notice_hours = ${input.noticeHours},
      priority = ${input.priority}, priority_reason = ${input.priorityReason}, note = ${input.note},
      expires_on = ${input.expiresOn}, version = version + 1
    where entry_id = ${entryId}`.execute(tx.db);
  const after = await readBack(tx, entryId);
  return note(tx, 'waitlist.changed', { before: wished(before), after: wished(after) }, after);
}

type Withdraw = { version: number; reason: string };

/** Take someone off the waitlist. An offer that is out is theirs no more. */
export async function withdrawEntry(tx: Tx, entryId: string, input: Withdraw): Promise<Entry> {
  const before = await openEntry(tx, entryId, input.version);
  const why = before.state === 'expired' ? null : whyNotChange(before.state);
  if (why) throw new Refusal('conflict', why);
  await sql`
    update waitlist_entries set withdrawn_at = ${tx.now}, withdrawn_by = ${tx.actor.staffId},
      withdrawn_reason = ${input.reason}, version = version + 1
    where entry_id = ${entryId}`.execute(tx.db);
  await dropOffers(tx, entryId);
  return note(tx, 'waitlist.withdrawn', { reason: input.reason }, await readBack(tx, entryId));
}

/** Take back that someone was taken off: they have the place that they had. */
export async function putBackEntry(tx: Tx, entryId: string, version: number): Promise<Entry> {
  const before = await openEntry(tx, entryId, version);
  if (!before.withdrawnAt) throw new Refusal('conflict', 'They were not taken off the waitlist by anyone.');
  await sql`
    update waitlist_entries set withdrawn_at = null, withdrawn_by = null, withdrawn_reason = '',
      version = version + 1
    where entry_id = ${entryId}`.execute(tx.db);
  return note(tx, 'waitlist.put-back', {}, await readBack(tx, entryId));
}

/** Called off at the practice's wish or mistake, not at theirs. */
const notTheirs = new Set<string>(['physician-away', 'office-closed', 'booked-twice', 'in-error']);

/** The visit that filled a wish is off: who did not want that waits again, with the place that they had. */
export async function reopenFilled(
  tx: Tx,
  visitId: string,
  reason: string | null | undefined,
): Promise<void> {
  if (!reason || !notTheirs.has(reason)) return;
  const { rows } = await sql<{ entryId: string }>`
    update waitlist_entries set filled_at = null, filled_visit_id = null, version = version + 1
    where filled_visit_id = ${visitId} and withdrawn_at is null returning entry_id`.execute(tx.db);
  for (const { entryId } of rows)
    note(tx, 'waitlist.reopened', { after: { reason } }, await readBack(tx, entryId));
}
