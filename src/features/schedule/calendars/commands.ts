import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { CalendarUnreadable, readCalendar } from '../../../ical/read.ts';
import { mergePairs } from '../../../platform/calendar/intervals.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { touchVersion } from '../../../platform/db/versions.ts';
import { newId } from '../../../platform/id.ts';
import { type Fetched, webAddress } from '../../../platform/outside/fetch-text.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { findPractice } from '../../practice/queries.ts';
import { type KeptCalendar, type KeptPeriod, listPeriods, lockCalendar } from './queries.ts';
import { daysAhead } from './rules.ts';
import type { NewCalendar } from './schema.ts';

const dayMs = 86_400_000;

export type Expanded = { periods: KeptPeriod[]; skipped: number };

/** Busy times from yesterday on, as far ahead as they are known; overlapping ones are one. @throws CalendarUnreadable */
export function expand(text: string, now: Date, timeZone: string): Expanded {
  const at = now.getTime();
  const window = { fromMs: at - dayMs, toMs: at + daysAhead * dayMs, timeZone };
  const { periods, skipped } = readCalendar(text, window);
  const pairs = mergePairs(periods);
  const merged: KeptPeriod[] = [];
  for (let i = 0; i < pairs.length; i += 2)
    merged.push({
      startsAt: new Date(pairs[i] ?? 0).toISOString(),
      endsAt: new Date(pairs[i + 1] ?? 0).toISOString(),
    });
  return { periods: merged, skipped };
}

/** Take in a calendar. A file is read at once; an address by the next round of reading, since that takes time. */
export async function addCalendar(
  tx: Tx,
  { physicianId, name, address, file }: NewCalendar,
): Promise<string> {
  await requirePhysician(tx, physicianId);
  if (address !== '') await requireReadable(tx, address);
  const { timeZone } = await findPractice(tx.db);
  const read = file === '' ? null : readFile(file, tx.now, timeZone);
  const calendarId = newId(tx.now.getTime());
  await sql`
    insert into external_calendars (practice_id, calendar_id, physician_id, name, address, created_at, created_by,
      content, read_at, skipped)
    values (${tx.practiceId}, ${calendarId}, ${physicianId}, ${name}, ${address || null}, ${tx.now},
      ${tx.actor.accountId}, ${file === '' ? null : gzipSync(file)}, ${read ? tx.now : null},
      ${read?.skipped ?? 0})`.execute(tx.db);
  tx.audit({
    action: 'external-calendar.added',
    subjectKind: 'external-calendar',
    subjectIds: [calendarId],
    after: { physicianId, name, byAddress: address !== '' },
  });
  if (read) await replacePeriods(tx, { calendarId, physicianId }, read.periods);
  tx.touch('calendars');
  return calendarId;
}

export async function requirePhysician(tx: Tx, physicianId: string): Promise<void> {
  const { rows } = await sql`
    select from resources where resource_id = ${physicianId} and kind = 'physician' and active`.execute(
    tx.db,
  );
  if (rows.length === 0) throw notFound('physician');
}

/** An address that this practice may read, and that could be one. */
export async function requireReadable(tx: Tx, address: string): Promise<void> {
  if ((await findPractice(tx.db)).kind === 'demo')
    throw new Refusal('not-permitted', 'A demo practice reads nothing outside. Choose a file instead.');
  if (webAddress(address)) return;
  const message = 'Give the calendar’s address, beginning with https:// or webcal://.';
  throw new Refusal('bad-input', message, { fields: { address: message } });
}

function readFile(file: string, now: Date, timeZone: string): Expanded {
  try {
    return expand(file, now, timeZone);
  } catch (error) {
    if (!(error instanceof CalendarUnreadable)) throw error;
    const message = `${error.message} Choose a file that ends with .ics.`;
    throw new Refusal('bad-input', message, { fields: { address: message } });
  }
}

type Owner = Pick<KeptCalendar, 'calendarId' | 'physicianId'>;

/** Put these in the place of those known; the hours are made anew only where something changed. */
export async function replacePeriods(
  tx: Tx,
  { calendarId, physicianId }: Owner,
  periods: KeptPeriod[],
): Promise<void> {
  const before = await listPeriods(tx.db, calendarId);
  if (JSON.stringify(before) === JSON.stringify(periods)) return;
  await sql`
    delete from external_busy
    where practice_id = ${tx.practiceId} and calendar_id = ${calendarId}`.execute(tx.db);
  await sql`
    insert into external_busy (practice_id, calendar_id, physician_id, starts_at, ends_at)
    select ${tx.practiceId}, ${calendarId}, ${physicianId}, p."startsAt", p."endsAt"
    from jsonb_to_recordset(${JSON.stringify(periods)}::jsonb) as p("startsAt" timestamptz, "endsAt" timestamptz)
    `.execute(tx.db);
  await touchVersion(tx, 'setup', physicianId);
}

export async function removeCalendar(tx: Tx, calendarId: string, version: number): Promise<void> {
  const before = await lockCalendar(tx.db, calendarId);
  if (!before) throw notFound('calendar');
  if (before.version !== version) throw stale('calendar', { version: before.version });
  await sql`
    update external_calendars set removed_at = ${tx.now}, content = null, version = version + 1
    where practice_id = ${tx.practiceId} and calendar_id = ${calendarId}`.execute(tx.db);
  await replacePeriods(tx, before, []);
  const { name, physicianId } = before;
  tx.audit({
    action: 'external-calendar.removed',
    subjectKind: 'external-calendar',
    subjectIds: [calendarId],
    before: { name, physicianId },
  });
  tx.touch('calendars');
}

/** How a reading went, with its busy times worked out. */
export type Outcome = {
  calendarId: string;
  /** Of the calendar that was read. */
  version: number;
  fetched: Fetched | { kind: 'file' };
  expanded: Expanded | null;
  fault: string;
};

/** What was fetched, or kept from before, as busy times. Needs no transaction: a large file takes its time. */
export function outcomeOf(calendar: KeptCalendar, fetched: Outcome['fetched'], now: Date): Outcome {
  const { calendarId, version, content, timeZone } = calendar;
  if (fetched.kind === 'failed') return { calendarId, version, fetched, expanded: null, fault: fetched.why };
  const text = fetched.kind === 'text' ? fetched.text : content ? gunzipSync(content).toString('utf8') : '';
  try {
    return { calendarId, version, fetched, expanded: expand(text, now, timeZone), fault: '' };
  } catch (error) {
    if (!(error instanceof CalendarUnreadable)) throw error;
    return { calendarId, version, fetched, expanded: null, fault: 'what is there is no calendar' };
  }
}

/** Keep a reading. One that failed keeps the busy times known before. */
export async function keepOutcome(
  tx: Tx,
  { calendarId, version, fetched, expanded, fault }: Outcome,
): Promise<void> {
  const calendar = await lockCalendar(tx.db, calendarId);
  // Changed while it was read: what came may be of another address
  if (calendar?.version !== version) return;
  const isNew = expanded !== null && fetched.kind === 'text';
  await sql`
    update external_calendars set tried_at = ${tx.now}, fault = ${fault},
      read_at = case when ${expanded !== null} then ${tx.now} else read_at end,
      skipped = ${expanded?.skipped ?? 0},
      content = case when ${isNew} then ${isNew ? gzipSync(fetched.text) : null}::bytea else content end,
      etag = case when ${isNew} then ${isNew ? fetched.etag : ''} else etag end,
      last_modified = case when ${isNew} then ${isNew ? fetched.lastModified : ''} else last_modified end
    where practice_id = ${tx.practiceId} and calendar_id = ${calendarId}`.execute(tx.db);
  if (expanded) await replacePeriods(tx, calendar, expanded.periods);
  tx.touch('calendars');
}
