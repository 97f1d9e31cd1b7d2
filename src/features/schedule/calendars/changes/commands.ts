import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { notFound, Refusal, stale } from '../../../../platform/refusal.ts';
import { expand, replacePeriods, requirePhysician, requireReadable } from '../commands.ts';
import { type CalendarImage, type KeptCalendar, listPeriods, lockCalendar } from '../queries.ts';
import type { CalendarChange } from '../schema.ts';

async function openCalendar(tx: Tx, calendarId: string, version: number): Promise<KeptCalendar> {
  const calendar = await lockCalendar(tx.db, calendarId);
  if (!calendar) throw notFound('calendar');
  if (calendar.version !== version) throw stale('calendar', { version: calendar.version });
  return calendar;
}

function imageOf({ physicianId, name, address, pausedAt }: KeptCalendar): CalendarImage {
  return { physicianId, name, address, pausedAt };
}

/** Change what a calendar is called, whose it is or where it is read, or let it rest. */
export async function changeCalendar(tx: Tx, calendarId: string, input: CalendarChange): Promise<number> {
  const before = await openCalendar(tx, calendarId, input.version);
  const { physicianId, name, address, paused } = input;
  if (physicianId && physicianId !== before.physicianId) await requirePhysician(tx, physicianId);
  if (address) await requireOtherAddress(tx, before, address);
  const pausedAt = paused ? (before.pausedAt ?? tx.now.toISOString()) : null;
  const after = {
    physicianId: physicianId ?? before.physicianId,
    name: name ?? before.name,
    address: address || before.address,
    pausedAt: paused === undefined ? before.pausedAt : pausedAt,
  };
  return writeChange(tx, before, after, { action: 'external-calendar.changed', previous: imageOf(before) });
}

async function requireOtherAddress(tx: Tx, { address }: KeptCalendar, other: string): Promise<void> {
  if (address === null) {
    const message = 'This calendar was given as a file. Add the address as a calendar of its own.';
    throw new Refusal('conflict', message, { fields: { address: message } });
  }
  await requireReadable(tx, other);
}

/** Take back the last change, which needs the address that the screens never see. */
export async function undoCalendarChange(tx: Tx, calendarId: string, version: number): Promise<number> {
  const before = await openCalendar(tx, calendarId, version);
  if (!before.previous)
    throw new Refusal('conflict', 'There is no change of this calendar that could be taken back.');
  await requirePhysician(tx, before.previous.physicianId);
  return writeChange(tx, before, before.previous, { action: 'external-calendar.undone', previous: null });
}

type Said = { action: string; previous: CalendarImage | null };

/** Busy times known stand until another address is read, and go over to another physician; a pause opens them. */
async function writeChange(
  tx: Tx,
  before: KeptCalendar,
  after: CalendarImage,
  { action, previous }: Said,
): Promise<number> {
  const { calendarId } = before;
  const moved = after.address !== before.address;
  await sql`
    update external_calendars set physician_id = ${after.physicianId}, name = ${after.name},
      address = ${after.address}, paused_at = ${after.pausedAt}, previous = ${previous && JSON.stringify(previous)}::jsonb,
      content = case when ${moved} then null else content end, etag = case when ${moved} then '' else etag end,
      last_modified = case when ${moved} then '' else last_modified end,
      fault = case when ${moved} then '' else fault end, version = version + 1
    where practice_id = ${tx.practiceId} and calendar_id = ${calendarId}`.execute(tx.db);
  const known = before.pausedAt ? keptPeriods(tx, before) : await listPeriods(tx.db, calendarId);
  if (after.physicianId !== before.physicianId) await replacePeriods(tx, before, []);
  await replacePeriods(tx, { calendarId, physicianId: after.physicianId }, after.pausedAt ? [] : known);
  const told = ({ physicianId, name, pausedAt }: CalendarImage) => ({ physicianId, name, pausedAt });
  tx.audit({
    action,
    ...{ subjectKind: 'external-calendar', subjectIds: [calendarId] },
    before: told(before),
    after: { ...told(after), ...(moved ? { otherAddress: true } : {}) },
  });
  tx.touch('calendars');
  return before.version + 1;
}

/** As it was read last: a pause keeps the content, not the times. */
function keptPeriods(tx: Tx, { content, timeZone }: KeptCalendar) {
  return content ? expand(gunzipSync(content).toString('utf8'), tx.now, timeZone).periods : [];
}
