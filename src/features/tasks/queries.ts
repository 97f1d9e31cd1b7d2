import { sql } from 'kysely';
import type { Db } from '../../platform/db/database.ts';
import type { Task } from './schema.ts';

const taskColumns = sql`
  t.task_id, t.version, t.text, t.due_at, t.owner_staff_id, coalesce(owner.display_name, '') as owner_name,
  t.owner_role, t.taken_by, coalesce(taker.display_name, '') as taken_by_name, t.patient_id,
  coalesce(coalesce(nullif(p.preferred_name, ''), p.given_name) || ' ' || p.family_name, '') as patient_name,
  t.repeat, t.done_at, coalesce(doer.display_name, '') as done_by_name, t.created_at,
  coalesce(maker.display_name, '') as created_by_name, t.entered_in_error_at`;

const taskTables = sql`
  tasks t
  left join staff owner on owner.practice_id = t.practice_id and owner.staff_id = t.owner_staff_id
  left join staff doer on doer.practice_id = t.practice_id and doer.staff_id = t.done_by
  left join staff maker on maker.practice_id = t.practice_id and maker.staff_id = t.created_by
  left join staff taker on taker.practice_id = t.practice_id and taker.staff_id = t.taken_by
  left join patients p on p.practice_id = t.practice_id and p.patient_id = t.patient_id`;

export async function findTask(db: Db, taskId: string): Promise<Task | undefined> {
  const { rows } = await sql<Task>`
    select ${taskColumns} from ${taskTables} where t.task_id = ${taskId}`.execute(db);
  return rows[0];
}

/** Open tasks due before a moment, the first due first. */
export async function listOpenTasks(db: Db, before: Date): Promise<Task[]> {
  const { rows } = await sql<Task>`
    select ${taskColumns} from ${taskTables}
    where t.done_at is null and t.entered_in_error_at is null and t.due_at < ${before}
    order by t.due_at, t.task_id limit 500`.execute(db);
  return rows;
}

export async function listPatientTasks(db: Db, patientId: string): Promise<Task[]> {
  const { rows } = await sql<Task>`
    select ${taskColumns} from ${taskTables}
    where t.patient_id = ${patientId} and t.done_at is null and t.entered_in_error_at is null
    order by t.due_at, t.task_id limit 50`.execute(db);
  return rows;
}

/** The first open task due after a moment: when it becomes late. */
export async function nextDueTask(db: Db, after: Date): Promise<Date | null> {
  const { rows } = await sql<{ dueAt: string }>`
    select due_at from tasks
    where done_at is null and entered_in_error_at is null and due_at > ${after}
    order by due_at limit 1`.execute(db);
  return rows[0] ? new Date(rows[0].dueAt) : null;
}

export async function countTasksDone(
  db: Db,
  since: Date,
): Promise<{ staffId: string | null; count: number }[]> {
  const { rows } = await sql<{ staffId: string | null; count: number }>`
    select done_by as staff_id, count(*)::int as count from tasks
    where done_at >= ${since} and entered_in_error_at is null
    group by done_by order by done_by limit 500`.execute(db);
  return rows;
}

type Locked = {
  version: number;
  dueAt: string;
  repeat: { every: 'day' | 'week' | 'month' | 'year'; count: number; anchoredOn: string } | null;
  doneAt: string | null;
  nextTaskId: string | null;
  ownerStaffId: string | null;
  takenBy: string | null;
  enteredInErrorAt: string | null;
};

/** Lock a task for a change. */
export async function lockTask(db: Db, taskId: string): Promise<Locked | undefined> {
  const { rows } = await sql<Locked>`
    select version, due_at, repeat, done_at, next_task_id, owner_staff_id, taken_by, entered_in_error_at
    from tasks where task_id = ${taskId} for update`.execute(db);
  return rows[0];
}

/** Whether a patient or a colleague that a task names is there. */
export async function missingName(
  db: Db,
  named: { patientId: string | null; ownerStaffId: string | null },
): Promise<'patient' | 'colleague' | null> {
  const { rows } = await sql<{ patient: boolean; staff: boolean }>`
    select
      ${named.patientId}::uuid is null or exists (
        select from patients where patient_id = ${named.patientId} and entered_in_error_at is null
        for key share) as patient,
      ${named.ownerStaffId}::uuid is null or exists (
        select from staff where staff_id = ${named.ownerStaffId} and active) as staff`.execute(db);
  if (rows[0]?.patient !== true) return 'patient';
  return rows[0].staff ? null : 'colleague';
}

export async function practiceTimeZone(db: Db): Promise<string> {
  const { rows } = await sql<{ timeZone: string }>`select time_zone from practices limit 1`.execute(db);
  return rows[0]?.timeZone ?? 'UTC';
}
