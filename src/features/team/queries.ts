import { sql } from 'kysely';
import type { Db } from '../../platform/db/database.ts';
import type { Covered } from './rules.ts';
import type { Absence } from './schema.ts';

const columns = sql`
  a.absence_id, a.staff_id, s.display_name as staff_name, a.kind, a.starts_at, a.ends_at, a.note,
  cardinality(a.closing_ids) > 0 as closes_hours, a.version,
  coalesce((select jsonb_agg(jsonb_build_object('coverId', c.cover_id, 'staffId', c.staff_id,
      'staffName', cs.display_name, 'duties', c.duties, 'state', c.state, 'version', c.version)
      order by c.duties, c.asked_at, c.cover_id)
    from absence_covers c
      join staff cs on cs.practice_id = c.practice_id and cs.staff_id = c.staff_id
    where c.practice_id = a.practice_id and c.absence_id = a.absence_id and c.state <> 'withdrawn'), '[]') as covers`;
const tables = sql`
  absences a join staff s on s.practice_id = a.practice_id and s.staff_id = a.staff_id`;

/** Absences that touch a stretch of time, the first to begin first. */
export async function listAbsences(db: Db, from: Date, to: Date): Promise<Absence[]> {
  const { rows } = await sql<Absence>`
    select ${columns} from ${tables}
    where a.removed_at is null and a.ends_at > ${from} and a.starts_at < ${to}
    order by a.starts_at, a.absence_id limit 500`.execute(db);
  return rows;
}

export async function findAbsence(db: Db, absenceId: string): Promise<Absence | undefined> {
  const { rows } = await sql<Absence>`
    select ${columns} from ${tables} where a.absence_id = ${absenceId} and a.removed_at is null`.execute(db);
  return rows[0];
}

/**
 * One at a time per practice: two who name each other as cover at the same moment must not both succeed. What refers
 * to the practice goes on meanwhile.
 */
export async function lockAbsences(db: Db): Promise<void> {
  await sql`select from practices for no key update`.execute(db);
}

export async function lockAbsence(
  db: Db,
  absenceId: string,
): Promise<{ version: number; staffId: string; closingIds: string[] } | undefined> {
  const { rows } = await sql<{ version: number; staffId: string; closingIds: string[] }>`
    select version, staff_id, closing_ids from absences
    where absence_id = ${absenceId} and removed_at is null for update`.execute(db);
  return rows[0];
}

/** Every other absence at that time, with whom it names. */
export async function listCovered(db: Db, from: Date, to: Date, but: string): Promise<Covered[]> {
  const absences = await listAbsences(db, from, to);
  return absences
    .filter((one) => one.absenceId !== but)
    .map((one) => ({
      staffId: one.staffId,
      startsMs: Date.parse(one.startsAt),
      endsMs: Date.parse(one.endsAt),
      covers: one.covers.filter((cover) => cover.state !== 'declined'),
    }));
}

/** Whether all of these work here. */
export async function countActive(db: Db, staffIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from staff where staff_id = any (${[...staffIds]}::uuid[]) and active`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** The next moments at which an absence begins or ends. */
export async function nextTurn(db: Db, now: Date): Promise<Date | null> {
  const { rows } = await sql<{ at: string | null }>`
    select min(case when starts_at > ${now} then starts_at else ends_at end) as at
    from absences where removed_at is null and ends_at > ${now}`.execute(db);
  return rows[0]?.at ? new Date(rows[0].at) : null;
}

/** Of these people: who signs in here, and how many open tasks and duties are theirs by name. */
export async function listLoads(
  db: Db,
  staffIds: readonly string[],
): Promise<{ staffId: string; signsIn: boolean; owns: number }[]> {
  const { rows } = await sql<{ staffId: string; signsIn: boolean; owns: number }>`
    select s.staff_id, exists (
        select from accounts c where c.practice_id = s.practice_id and c.staff_id = s.staff_id
          and c.disabled_at is null) as signs_in,
      (select count(*)::int from tasks t where t.practice_id = s.practice_id and t.done_at is null
        and t.entered_in_error_at is null and (t.owner_staff_id = s.staff_id or t.taken_by = s.staff_id)) as owns
    from staff s where s.staff_id = any (${[...staffIds]}::uuid[]) order by s.staff_id limit 500`.execute(db);
  return rows;
}

export type Booked = { absenceId: string; count: number; firstAt: string };

/** How many booked visits lie within each absence from now to a moment, and when the first one begins. */
export async function countBooked(db: Db, now: Date, before: Date): Promise<Booked[]> {
  const { rows } = await sql<Booked>`
    select a.absence_id, count(*)::int as count, min(v.starts_at) as first_at
    from absences a
      join resources r on r.practice_id = a.practice_id and r.staff_id = a.staff_id
      join visits v on v.practice_id = r.practice_id and v.physician_id = r.resource_id and v.state = 'booked'
        and v.starts_at >= greatest(a.starts_at, ${now}) and v.starts_at < a.ends_at
    where a.removed_at is null and a.ends_at > ${now} and a.starts_at < ${before}
    group by a.absence_id order by a.absence_id limit 500`.execute(db);
  return rows;
}

/** The columns of the schedule that are this person. */
export async function listResourcesOf(db: Db, staffId: string): Promise<string[]> {
  const { rows } = await sql<{ resourceId: string }>`
    select resource_id from resources where staff_id = ${staffId} and active
    order by resource_id limit 20`.execute(db);
  return rows.map((row) => row.resourceId);
}
