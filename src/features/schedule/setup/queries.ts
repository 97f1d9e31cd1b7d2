import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { ExceptionRow, HoursRow, ResourceRow, SetupSummary, VisitTypeRow } from './schema.ts';

const resourceColumns = sql`
  r.resource_id, r.kind, r.name, r.site_id, r.staff_id, r.capacity, r.active, r.position, r.version`;
const resourceOrder = sql`
  array_position('{physician,room,device}'::text[], r.kind), r.position, r.name, r.resource_id`;
const visitTypeColumns = sql`
  visit_type_id, name, code, minutes, buffer_before_minutes, buffer_after_minutes, color, minutes_by_physician, needs,
  physician_ids, notice_hours, active, position, version`;

export async function listResources(db: Db): Promise<ResourceRow[]> {
  const { rows } = await sql<ResourceRow>`
    select ${resourceColumns} from resources r order by ${resourceOrder} limit 1000`.execute(db);
  return rows;
}

/** Locked until the transaction ends: whoever changes hours changes the resource. */
export async function lockResource(db: Db, resourceId: string): Promise<ResourceRow | undefined> {
  const { rows } = await sql<ResourceRow>`
    select ${resourceColumns} from resources r where r.resource_id = ${resourceId} for update`.execute(db);
  return rows[0];
}

export async function listVisitTypes(db: Db): Promise<VisitTypeRow[]> {
  const { rows } = await sql<VisitTypeRow>`
    select ${visitTypeColumns} from visit_types order by position, name, visit_type_id limit 500`.execute(db);
  return rows;
}

export async function lockVisitType(db: Db, visitTypeId: string): Promise<VisitTypeRow | undefined> {
  const { rows } = await sql<VisitTypeRow>`
    select ${visitTypeColumns} from visit_types where visit_type_id = ${visitTypeId} for update`.execute(db);
  return rows[0];
}

/** All that is in use. A room of a closed site is not. */
export async function readSetup(db: Db): Promise<SetupSummary> {
  const { rows: sites } = await sql<SetupSummary['sites'][number]>`
    select site_id, name, time_zone from sites where active
    order by position, name, site_id limit 200`.execute(db);
  const { rows: resources } = await sql<ResourceRow>`
    select ${resourceColumns} from resources r
    left join sites s on s.practice_id = r.practice_id and s.site_id = r.site_id
    where r.active and coalesce(s.active, true) order by ${resourceOrder} limit 1000`.execute(db);
  const visitTypes = (await listVisitTypes(db)).filter((type) => type.active);
  const ofKind = (kind: ResourceRow['kind']) => resources.filter((resource) => resource.kind === kind);
  return {
    sites,
    physicians: ofKind('physician'),
    rooms: ofKind('room'),
    devices: ofKind('device'),
    visitTypes,
  };
}

/** Weekly hours that hold on `from` or later. */
export async function listWeekly(db: Db, resourceId: string, from: string): Promise<HoursRow[]> {
  const { rows } = await sql<HoursRow>`
    select hours_id, weekday, site_id, starts_local, ends_local, effective_from, effective_to, slot_code_id,
      every_weeks, week_of
    from weekly_hours
    where resource_id = ${resourceId} and removed_at is null
      and (effective_to is null or effective_to >= ${from}::date)
    order by effective_from, weekday, starts_local, hours_id limit 1000`.execute(db);
  return rows;
}

const exceptionColumns = sql`
  exception_id, on_date, kind, site_id, starts_local, ends_local, note, version`;

export async function listExceptions(db: Db, resourceId: string, from: string): Promise<ExceptionRow[]> {
  const { rows } = await sql<ExceptionRow>`
    select ${exceptionColumns} from hours_exceptions
    where resource_id = ${resourceId} and removed_at is null and on_date >= ${from}::date
    order by on_date, starts_local nulls first, exception_id limit 1000`.execute(db);
  return rows;
}

type LockedException = ExceptionRow & { resourceId: string };

export async function lockException(db: Db, exceptionId: string): Promise<LockedException | undefined> {
  const { rows } = await sql<LockedException>`
    select ${exceptionColumns}, resource_id from hours_exceptions
    where exception_id = ${exceptionId} and removed_at is null for update`.execute(db);
  return rows[0];
}
