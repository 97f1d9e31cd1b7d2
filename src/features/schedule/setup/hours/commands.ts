import { sql } from 'kysely';
import { addDays, listDates } from '../../../../platform/calendar/dates.ts';
import { localDate } from '../../../../platform/calendar/zones.ts';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { touchVersion } from '../../../../platform/db/versions.ts';
import { newId } from '../../../../platform/id.ts';
import { notFound, Refusal, stale } from '../../../../platform/refusal.ts';
import { findPractice, listSites } from '../../../practice/queries.ts';
import { listSlotCodes } from '../../slot-codes/queries.ts';
import { withOutside } from '../outside/commands.ts';
import { listWeekly, lockException, lockResource } from '../queries.ts';
import { exceptionFaults, weekFaults, weekPlan } from '../rules.ts';
import {
  type ExceptionRow,
  NewException,
  type NewWeek,
  NewWeek as ShapeOfWeek,
  type WeekRow,
} from '../schema.ts';

/** Today where the practice is. */
export async function todayHere(tx: Tx): Promise<string> {
  return localDate(tx.now.getTime(), (await findPractice(tx.db)).timeZone);
}

async function refuseUnknownSites(tx: Tx, ids: readonly (string | null)[]): Promise<void> {
  const known = new Set((await listSites(tx.db)).map((site) => site.siteId));
  if (ids.some((id) => id !== null && !known.has(id))) throw notFound('site');
}

export async function refuseUnknownCodes(
  tx: Tx,
  rows: readonly { slotCodeId: string | null }[],
): Promise<void> {
  const ids = rows.flatMap((row) => row.slotCodeId ?? []);
  if (ids.length === 0) return;
  const known = new Set((await listSlotCodes(tx.db)).map((code) => code.slotCodeId));
  if (!ids.every((id) => known.has(id))) throw notFound('slot code');
}

/** Replace the weekly hours of a resource from a day on, in one step. */
export async function replaceWeek(tx: Tx, resourceId: string, input: NewWeek) {
  const week = ShapeOfWeek.parse(input);
  const resource = await lockResource(tx.db, resourceId);
  if (!resource) throw notFound('resource');
  if (resource.version !== week.version) throw stale('week', resource);
  const faults = Object.entries(weekFaults(week.rows));
  if (faults[0]) {
    const fields = Object.fromEntries(faults.map(([index, text]) => [`rows.${index}`, text]));
    throw new Refusal('bad-input', faults[0][1], { fields });
  }
  await refuseUnknownSites(
    tx,
    week.rows.map((row) => row.siteId),
  );
  await refuseUnknownCodes(tx, week.rows);
  return withOutside(tx, [resourceId], async () => {
    const forget = resource.kind !== 'physician' && week.rows.length === 0;
    const before = await listWeekly(tx.db, resourceId, forget ? '1900-01-01' : week.from);
    await endRows(tx, weekPlan(before, week.from, { forget }));
    for (const row of week.rows) await insertRow(tx, resourceId, week.from, row);
    await sql`
      update resources set version = version + 1
      where practice_id = ${tx.practiceId} and resource_id = ${resourceId}`.execute(tx.db);
    const after = { from: week.from, rows: week.rows };
    const subjectIds = [resourceId];
    tx.audit({
      action: 'hours.replaced',
      subjectKind: 'resource',
      subjectIds,
      before: { rows: before },
      after,
    });
    await touchVersion(tx, 'setup', resourceId);
    return { version: week.version + 1 };
  });
}

async function endRows(tx: Tx, plan: ReturnType<typeof weekPlan>): Promise<void> {
  await sql`
    update weekly_hours set effective_to = ${plan.lastDay}::date, version = version + 1
    where practice_id = ${tx.practiceId} and hours_id = any (${plan.end}::uuid[])`.execute(tx.db);
  await sql`
    update weekly_hours set removed_at = ${tx.now}, version = version + 1
    where practice_id = ${tx.practiceId} and hours_id = any (${plan.remove}::uuid[])`.execute(tx.db);
}

async function insertRow(tx: Tx, resourceId: string, from: string, row: WeekRow): Promise<void> {
  await sql`
    insert into weekly_hours (practice_id, hours_id, resource_id, site_id, weekday, starts_local, ends_local,
      effective_from, slot_code_id, every_weeks, week_of)
    values (${tx.practiceId}, ${newId()}, ${resourceId}, ${row.siteId}, ${row.weekday}, ${row.startsLocal},
      ${row.endsLocal}, ${from}::date, ${row.slotCodeId}, ${row.everyWeeks}, ${row.weekOf}::date)`.execute(
    tx.db,
  );
}

/** Open or close on one day, or on each of several. */
export async function addException(tx: Tx, resourceId: string, input: NewException) {
  const wanted = NewException.parse(input);
  if (!(await lockResource(tx.db, resourceId))) throw notFound('resource');
  // A site west of the practice may still have yesterday.
  const faults = exceptionFaults(wanted, addDays(await todayHere(tx), -1));
  const [first] = Object.values(faults);
  if (first) throw new Refusal('bad-input', first, { fields: faults });
  await refuseUnknownSites(tx, [wanted.siteId]);
  return withOutside(tx, [resourceId], async () => {
    const dates = listDates(wanted.from, wanted.to ?? wanted.from);
    const exceptionIds: string[] = [];
    for (const onDate of dates)
      exceptionIds.push(await insertException(tx, resourceId, { ...wanted, onDate }));
    const subjectIds = [resourceId, ...exceptionIds];
    tx.audit({ action: 'hours.exception-added', subjectKind: 'resource', subjectIds, after: wanted });
    await touchVersion(tx, 'setup', resourceId, ...dates);
    return { exceptionIds };
  });
}

type Dated = Omit<ExceptionRow, 'exceptionId' | 'version'>;

async function insertException(tx: Tx, resourceId: string, row: Dated): Promise<string> {
  const exceptionId = newId();
  await sql`
    insert into hours_exceptions (practice_id, exception_id, resource_id, site_id, on_date, kind, starts_local,
      ends_local, note)
    values (${tx.practiceId}, ${exceptionId}, ${resourceId}, ${row.siteId}, ${row.onDate}::date, ${row.kind},
      ${row.startsLocal}, ${row.endsLocal}, ${row.note})`.execute(tx.db);
  return exceptionId;
}

/** Take back a one-off opening or closing. */
export async function removeException(tx: Tx, exceptionId: string, version: number) {
  const before = await lockException(tx.db, exceptionId);
  if (!before) throw notFound('exception');
  if (before.version !== version) throw stale('exception', before);
  return withOutside(tx, [before.resourceId], async () => {
    await sql`
      update hours_exceptions set removed_at = ${tx.now}, version = version + 1
      where practice_id = ${tx.practiceId} and exception_id = ${exceptionId}`.execute(tx.db);
    const subjectIds = [before.resourceId, exceptionId];
    tx.audit({ action: 'hours.exception-removed', subjectKind: 'resource', subjectIds, before });
    await touchVersion(tx, 'setup', before.resourceId, before.onDate);
    return {};
  });
}
