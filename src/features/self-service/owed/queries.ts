import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';

const nameOf = sql`case when p.preferred_name = '' then p.given_name else p.preferred_name end || ' ' || p.family_name`;

export type OwedAct = {
  actId: string;
  act: 'cancelled-late' | 'moved-late' | 'wrote';
  text: string;
  urgent: boolean;
  at: string;
  patientId: string;
  patientName: string;
  visitId: string;
  visitTypeName: string;
  startsAt: string;
  timeZone: string;
  physicianName: string;
};

/** What patients did or wrote by themselves and nobody has seen to. */
export async function listOwedActs(db: Db): Promise<OwedAct[]> {
  const { rows } = await sql<OwedAct>`
    select a.act_id, a.act, a.text, a.urgent, a.at, a.patient_id, ${nameOf} as patient_name, a.visit_id,
      t.name as visit_type_name, v.starts_at, s.time_zone, d.name as physician_name
    from online_acts a
    join patients p on p.practice_id = a.practice_id and p.patient_id = a.patient_id
    join visits v on v.practice_id = a.practice_id and v.visit_id = a.visit_id
    join visit_types t on t.practice_id = v.practice_id and t.visit_type_id = v.visit_type_id
    join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
    join resources d on d.practice_id = v.practice_id and d.resource_id = v.physician_id
    where a.seen_at is null
    order by a.urgent desc, a.at, a.act_id limit 500`.execute(db);
  return rows;
}

export type ShutLink = { linkId: string; patientId: string; patientName: string; closedAt: string };

/** Links shut after wrong birth dates, of the last thirty days: the person may stand before a closed door. */
export async function listShutLinks(db: Db, now: Date): Promise<ShutLink[]> {
  const since = new Date(now.getTime() - 30 * 86_400_000);
  const { rows } = await sql<ShutLink>`
    select l.link_id, l.patient_id, ${nameOf} as patient_name, l.closed_at
    from patient_links l
    join patients p on p.practice_id = l.practice_id and p.patient_id = l.patient_id
    where l.closed_why = 'guessed' and l.seen_at is null and l.closed_at >= ${since}
    order by l.closed_at, l.link_id limit 500`.execute(db);
  return rows;
}

export async function countSeen(db: Db, since: Date): Promise<{ staffId: string | null; count: number }[]> {
  const { rows } = await sql<{ staffId: string | null; count: number }>`
    select x.by as staff_id, count(*)::int as count from (
      select seen_by as by from online_acts where seen_at >= ${since}
      union all select seen_by from patient_links where seen_at >= ${since}
      union all select settled_by from online_requests
        where settled_at >= ${since} and settled_by is not null) x
    group by x.by order by x.by limit 500`.execute(db);
  return rows;
}
