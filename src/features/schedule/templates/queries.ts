import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { Changes, StandingHours } from './rules.ts';
import type { Application, WeekTemplate } from './schema.ts';

const columns = sql`template_id, name, weeks, rows, active, version`;

export async function listTemplates(db: Db): Promise<WeekTemplate[]> {
  const { rows } = await sql<WeekTemplate>`
    select ${columns} from week_templates order by active desc, name, template_id limit 200`.execute(db);
  return rows;
}

/** @param lock until the transaction ends */
export async function findTemplate(
  db: Db,
  templateId: string,
  lock: 'lock' | 'read' = 'read',
): Promise<WeekTemplate | undefined> {
  const { rows } = await sql<WeekTemplate>`
    select ${columns} from week_templates where template_id = ${templateId}
    ${lock === 'lock' ? sql`for update` : sql``}`.execute(db);
  return rows[0];
}

const applicationColumns = sql`
  a.application_id, a.template_id, a.template_version, a.resource_ids, a.from_date, a.to_date, a.week_of,
  a.applied_at, coalesce(w.display_name, '') as by_name`;

/** Applications that stand and are not over, the latest first. */
export async function listApplications(db: Db, today: string): Promise<Application[]> {
  const { rows } = await sql<Application>`
    select ${applicationColumns} from template_applications a
    left join staff w on w.practice_id = a.practice_id and w.staff_id = a.applied_by
    where a.undone_at is null and (a.to_date is null or a.to_date >= ${today}::date)
    order by a.applied_at desc, a.application_id limit 200`.execute(db);
  return rows;
}

export type LockedApplication = Application & { changes: Changes; undoneAt: string | null };

export async function lockApplication(db: Db, id: string): Promise<LockedApplication | undefined> {
  const { rows } = await sql<LockedApplication>`
    select a.application_id, a.template_id, a.template_version, a.resource_ids, a.from_date, a.to_date,
      a.week_of, a.applied_at, '' as by_name, a.changes, a.undone_at
    from template_applications a where a.application_id = ${id} for update`.execute(db);
  return rows[0];
}

/** Weekly hours of these resources that hold on some day from `from` on. */
export async function listStanding(
  db: Db,
  resourceIds: readonly string[],
  from: string,
): Promise<StandingHours[]> {
  const { rows } = await sql<StandingHours>`
    select hours_id, resource_id, site_id, weekday, starts_local, ends_local, effective_from, effective_to,
      slot_code_id, every_weeks, week_of
    from weekly_hours
    where resource_id = any (${[...resourceIds]}::uuid[]) and removed_at is null
      and (effective_to is null or effective_to >= ${from}::date)
    order by resource_id, effective_from, weekday, starts_local, hours_id limit 20000`.execute(db);
  return rows;
}

type Row = { hoursId: string; effectiveFrom: string; effectiveTo: string | null; removed: boolean };

/** Every row of these resources, also those that were taken back. */
export async function listAllRows(db: Db, resourceIds: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select hours_id, effective_from, effective_to, removed_at is not null as removed from weekly_hours
    where resource_id = any (${[...resourceIds]}::uuid[])
    order by hours_id limit 50000`.execute(db);
  return rows;
}

export type LockedResource = { resourceId: string; kind: string; name: string; active: boolean };

/** In the order of their ids, as bookings lock them. */
export async function lockResources(db: Db, resourceIds: readonly string[]): Promise<LockedResource[]> {
  const { rows } = await sql<LockedResource>`
    select resource_id, kind, name, active from resources
    where resource_id = any (${[...resourceIds]}::uuid[]) order by resource_id limit 100 for update`.execute(
    db,
  );
  return rows;
}
