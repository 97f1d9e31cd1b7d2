import { sql } from 'kysely';
import type { Db } from '../../platform/db/database.ts';
import { phoneToCall } from '../patients/rules.ts';
import { tellBy } from './rules.ts';
import type { Rescue, RescueLine } from './schema.ts';

type RescueRow = Omit<Rescue, 'closed'> & { closingIds: string[]; openedAt: string | null };

/** Of a line `l` and its visit `v`: it was changed otherwise since, and whoever did it has spoken with them. */
const overtaken = sql<boolean>`(l.answer in ('open', 'told', 'refused') and case l.choice
  when 'move' then v.state <> 'booked' or v.starts_at <> l.to_starts_at or v.physician_id <> l.to_physician_id
  when 'call' then v.state not in ('booked', 'arrived', 'in_room') or v.starts_at <> l.from_starts_at
    or v.physician_id <> l.from_physician_id
  else v.state <> 'cancelled' end)`;

const rescueColumns = sql`
  r.rescue_id, r.version, r.physician_id, d.name as physician_name, r.kind, r.from_at, r.to_at, r.reason,
  r.closing_ids, r.opened_at, r.made_at, coalesce(w.display_name, '') as made_by_name, r.undone_at,
  (select json_build_object('all', count(*)::int,
      'agreed', (count(*) filter (where x.answer in ('agreed', 'done') or x.overtaken))::int,
      'waiting', (count(*) filter (where x.answer in ('open', 'told') and not x.overtaken))::int,
      'refused', (count(*) filter (where x.answer = 'refused' and not x.overtaken))::int,
      'owed', (count(*) filter (where x.answer = 'owed'))::int)
    from (select l.answer, ${overtaken} as overtaken from rescue_lines l
      join visits v on v.practice_id = l.practice_id and v.visit_id = l.visit_id
      where l.practice_id = r.practice_id and l.rescue_id = r.rescue_id) x) as counts`;

const rescueJoins = sql`
  join resources d on d.practice_id = r.practice_id and d.resource_id = r.physician_id
  left join staff w on w.practice_id = r.practice_id and w.staff_id = r.made_by`;

function toRescue({ closingIds, openedAt, ...row }: RescueRow): Rescue {
  return { ...row, closed: closingIds.length > 0 && openedAt === null && row.undoneAt === null };
}

/** The latest first. */
export async function listRescues(db: Db, since: Date): Promise<Rescue[]> {
  const { rows } = await sql<RescueRow>`
    select ${rescueColumns} from rescues r ${rescueJoins}
    where r.made_at >= ${since} order by r.made_at desc, r.rescue_id limit 100`.execute(db);
  return rows.map(toRescue);
}

export async function findRescue(db: Db, rescueId: string): Promise<Rescue | undefined> {
  const { rows } = await sql<RescueRow>`
    select ${rescueColumns} from rescues r ${rescueJoins} where r.rescue_id = ${rescueId}`.execute(db);
  return rows[0] && toRescue(rows[0]);
}

export type LockedRescue = {
  version: number;
  closingIds: string[];
  undoneAt: string | null;
  openedAt: string | null;
};

export async function lockRescue(db: Db, rescueId: string): Promise<LockedRescue | undefined> {
  const { rows } = await sql<LockedRescue>`
    select version, closing_ids, undone_at, opened_at from rescues where rescue_id = ${rescueId} for update`.execute(
    db,
  );
  return rows[0];
}

type LineRow = Omit<RescueLine, 'phone'> & { phones: { number: string; preferred?: boolean }[] };

const lineColumns = sql`
  l.line_id, l.version, l.visit_id, v.version as visit_version, v.state as visit_state, l.patient_id,
  p.family_name || case when p.given_name = '' then '' else ', ' || p.given_name end as patient_name, p.born_on,
  p.phones, case when p.interpreter_needed then p.language else '' end as language, v.visit_type_id,
  t.name as visit_type_name, s.time_zone, l.reasons, l.choice, l.from_starts_at, fd.name as from_physician_name,
  l.to_starts_at, coalesce(td.name, '') as to_physician_name, ${overtaken} as overtaken, l.answer, l.tries,
  coalesce(last.kind, '') as last_told, last.at as last_told_at, coalesce(last.by_name, '') as last_told_by,
  coalesce(last.note, '') as note, l.owner_staff_id, coalesce(o.display_name, '') as owner_name, l.owner_role,
  l.due_at`;

const lineJoins = sql`
  join visits v on v.practice_id = l.practice_id and v.visit_id = l.visit_id
  join patients p on p.practice_id = l.practice_id and p.patient_id = l.patient_id
  join visit_types t on t.practice_id = v.practice_id and t.visit_type_id = v.visit_type_id
  join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
  join resources fd on fd.practice_id = l.practice_id and fd.resource_id = l.from_physician_id
  left join resources td on td.practice_id = l.practice_id and td.resource_id = l.to_physician_id
  left join staff o on o.practice_id = l.practice_id and o.staff_id = l.owner_staff_id
  left join lateral (
    select x.kind, x.at, x.note, w.display_name as by_name from rescue_steps x
    left join staff w on w.practice_id = x.practice_id and w.staff_id = x.by_staff_id
    where x.practice_id = l.practice_id and x.line_id = l.line_id
    order by x.at desc, x.step_id desc limit 1) last on true`;

function toLine({ phones, ...row }: LineRow): RescueLine {
  return { ...row, phone: phoneToCall(phones) };
}

/** Whom to call first, first: the nearest time that they must know of, then the more urgent. */
export async function listLines(db: Db, rescueId: string): Promise<RescueLine[]> {
  const { rows } = await sql<LineRow & { score: number }>`
    select ${lineColumns}, l.score from rescue_lines l ${lineJoins}
    where l.rescue_id = ${rescueId} order by l.position, l.line_id limit 200`.execute(db);
  return rows
    .sort((a, b) => tellBy(a) - tellBy(b) || b.score - a.score)
    .map(({ score: _score, ...row }) => toLine(row));
}

export async function findLine(db: Db, lineId: string): Promise<RescueLine | undefined> {
  const { rows } = await sql<LineRow>`
    select ${lineColumns} from rescue_lines l ${lineJoins} where l.line_id = ${lineId}`.execute(db);
  return rows[0] && toLine(rows[0]);
}

export type LockedLine = {
  lineId: string;
  rescueId: string;
  visitId: string;
  patientId: string;
  version: number;
  choice: RescueLine['choice'];
  answer: RescueLine['answer'];
  tries: number;
  stepNo: number | null;
};

const lockedColumns = sql`line_id, rescue_id, visit_id, patient_id, version, choice, answer, tries, step_no`;

export async function lockLine(db: Db, lineId: string): Promise<LockedLine | undefined> {
  const { rows } = await sql<LockedLine>`
    select ${lockedColumns} from rescue_lines where line_id = ${lineId} for update`.execute(db);
  return rows[0];
}

/** Of a rescue, in the order in which they were moved. */
export async function lockLines(db: Db, rescueId: string): Promise<LockedLine[]> {
  const { rows } = await sql<LockedLine>`
    select ${lockedColumns} from rescue_lines where rescue_id = ${rescueId}
    order by position, line_id limit 200 for update`.execute(db);
  return rows;
}

export async function countSteps(db: Db, rescueId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from rescue_steps x
    join rescue_lines l on l.practice_id = x.practice_id and l.line_id = x.line_id
    where l.rescue_id = ${rescueId}`.execute(db);
  return rows[0]?.count ?? 0;
}
