import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { isLive, visitOf } from '../queries.ts';
import { forgottenDays, madeAheadDays } from './rules.ts';
import type { RecallRule, RecallRuleDraft, YieldRow } from './schema.ts';

const columns = sql`
  recall_rule_id, version, name, after_type_ids, visit_type_id, months, days, same_physician, least_age, most_age,
  until_on, active`;

export async function listRules(db: Db): Promise<RecallRule[]> {
  const { rows } = await sql<RecallRule>`
    select ${columns} from recall_rules order by active desc, name, recall_rule_id limit 200`.execute(db);
  return rows;
}

export async function lockRule(db: Db, ruleId: string): Promise<RecallRule | undefined> {
  const { rows } = await sql<RecallRule>`
    select ${columns} from recall_rules where recall_rule_id = ${ruleId} for update`.execute(db);
  return rows[0];
}

export type Candidate = { patientId: string; baseVisitId: string; physicianId: string; targetOn: string };
type Asked = Omit<RecallRuleDraft, 'name' | 'active'> & { recallRuleId?: string };

/**
 * Whom a rule calls: the last completed visit of its types counts, so whoever came since is called from then on.
 * Left out: who has died or was entered in error, who is not of the age on that day, what the rule made already.
 */
function candidates(rule: Asked, today: string, timeZone: string) {
  const { months, days, leastAge, mostAge, untilOn, recallRuleId = null } = rule;
  const types = [...rule.afterTypeIds];
  const dueOn = sql`((v.starts_at at time zone ${timeZone}::text)::date
    + make_interval(months => ${months}::int, days => ${days}::int))::date`;
  return sql`
    select v.patient_id, v.visit_id as base_visit_id, v.physician_id, due.target_on
    from visits v
    join patients p on p.practice_id = v.practice_id and p.patient_id = v.patient_id
      and not p.deceased and p.entered_in_error_at is null
    cross join lateral (select ${dueOn} as target_on) due
    where v.state = 'checked_out' and v.visit_type_id = any (${types}::uuid[])
      and v.starts_at >= ${today}::date - make_interval(months => ${months}::int, days => ${days + forgottenDays}::int)
      and v.starts_at < ${today}::date - make_interval(months => ${months}::int, days => ${days - madeAheadDays - 1}::int)
      and due.target_on <= ${today}::date + ${madeAheadDays}::int
      and due.target_on >= ${today}::date - ${forgottenDays}::int
      and (${untilOn}::date is null or due.target_on <= ${untilOn}::date)
      and (${leastAge}::int is null or p.born_on <= due.target_on - make_interval(years => ${leastAge}::int))
      and (${mostAge}::int is null or p.born_on > due.target_on - make_interval(years => ${mostAge}::int + 1))
      and not exists (select from visits later where later.practice_id = v.practice_id
        and later.patient_id = v.patient_id and later.starts_at > v.starts_at and later.state = 'checked_out'
        and later.visit_type_id = any (${types}::uuid[]))
      and not exists (select from follow_ups f where f.practice_id = v.practice_id
        and f.recall_rule_id = ${recallRuleId}::uuid and f.base_visit_id = v.visit_id)`;
}

export type Looking = { today: string; timeZone: string };

export async function listCandidates(
  db: Db,
  rule: Asked,
  { today, timeZone, most }: Looking & { most: number },
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    ${candidates(rule, today, timeZone)} order by due.target_on, v.visit_id limit ${most}`.execute(db);
  return rows;
}

export async function countCandidates(
  db: Db,
  rule: Asked,
  { today, timeZone }: Looking,
): Promise<{ due: number; late: number }> {
  const { rows } = await sql<{ due: number; late: number }>`
    select count(*)::int as due, (count(*) filter (where target_on < ${today}::date))::int as late
    from (${candidates(rule, today, timeZone)}) c`.execute(db);
  return rows[0] ?? { due: 0, late: 0 };
}

export type Fitting = { followUpId: string; version: number; visitId: string };

/**
 * Open follow-ups for which the patient has a visit already that fits: of the type, with the physician or any, inside
 * the window; for a recall any later one since the visit that it counts from. Each visit is taken once.
 */
export async function listFitting(db: Db, most: number): Promise<Fitting[]> {
  const { rows } = await sql<Fitting>`
    select distinct on (w.visit_id) f.follow_up_id, f.version, w.visit_id
    from follow_ups f
    ${visitOf}
    cross join lateral (
      select w.visit_id, w.starts_at from visits w
      where w.practice_id = f.practice_id and w.patient_id = f.patient_id and w.visit_type_id = f.visit_type_id
        and w.starts_at > f.ordered_at and w.visit_id is distinct from f.from_visit_id
        and w.state in ('booked', 'arrived', 'in_room', 'with_physician', 'checked_out')
        and (f.physician_id is null or f.origin = 'rule' or w.physician_id = f.physician_id)
        and (f.origin = 'rule' or w.starts_at >= f.earliest_on) and w.starts_at < f.latest_on + 1
        and not exists (select from follow_ups taken
          where taken.practice_id = w.practice_id and taken.visit_id = w.visit_id)
        and not exists (select from follow_up_steps let where let.practice_id = f.practice_id
          and let.follow_up_id = f.follow_up_id and let.visit_id = w.visit_id and let.kind = 'unlinked')
      order by w.starts_at limit 1) w
    where f.ended_as is null and f.settled_at is null and f.entered_in_error_at is null
      and (v.visit_id is null or not ${isLive}) and v.state is distinct from 'checked_out'
    order by w.visit_id, f.target_on, f.follow_up_id limit ${most}`.execute(db);
  return rows;
}

/** Every figure of the report in one statement. */
export async function readYield(db: Db, from: string, to: string): Promise<YieldRow[]> {
  const { rows } = await sql<YieldRow>`
    select r.recall_rule_id, r.name, count(f.follow_up_id)::int as due,
      (count(*) filter (where exists (select from follow_up_attempts a
        where a.practice_id = f.practice_id and a.follow_up_id = f.follow_up_id)))::int as contacted,
      (count(*) filter (where exists (select from follow_up_steps s
        where s.practice_id = f.practice_id and s.follow_up_id = f.follow_up_id
          and s.kind in ('booked', 'linked'))))::int as booked,
      (count(*) filter (where f.ended_as is null and v.state = 'checked_out'))::int as kept
    from recall_rules r
    left join follow_ups f on f.practice_id = r.practice_id and f.recall_rule_id = r.recall_rule_id
      and f.target_on >= ${from}::date and f.target_on <= ${to}::date and f.entered_in_error_at is null
    ${visitOf}
    group by r.practice_id, r.recall_rule_id, r.name
    order by r.name, r.recall_rule_id limit 200`.execute(db);
  return rows;
}
