import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { Thread } from '../schema.ts';

const dayMs = 86_400_000;

/**
 * Who wrote or was written to within a quarter, those that wait for someone first: dangers, then the
 * longest. Of each its last message, or the last that waits: our receipt must not hide what they wrote.
 */
export async function listThreads(db: Db, now: Date, limit = 200): Promise<Thread[]> {
  const { rows } = await sql<Thread>`
    with known as (
      select distinct on (m.thread) m.thread, m.patient_id, m.address, m.at as last_at, m.message_id as last_message_id, left(m.body, 200) as last_body,
        m.direction as last_direction, m.state as last_state
      from messages m
      where m.at > ${new Date(now.getTime() - 92 * dayMs)} or m.waits
      order by m.thread, m.waits desc, m.at desc, m.message_id desc
    ), owed as (
      select w.thread, count(*)::int as waiting, min(w.at) as waits_since,
        array_remove(array_agg(distinct f.flag), null) as red_flags
      from messages w left join lateral unnest(w.red_flags) f(flag) on true
      where w.waits group by w.thread
    )
    select k.thread, k.patient_id, coalesce(coalesce(nullif(p.preferred_name, ''), p.given_name) || ' ' || p.family_name, '')
        as patient_name, k.address, k.last_at, k.last_message_id, k.last_body, k.last_direction, k.last_state,
      coalesce(o.waiting, 0) as waiting, o.waits_since, coalesce(o.red_flags, '{}') as red_flags
    from known k
    left join owed o on o.thread = k.thread
    left join patients p on p.patient_id = k.patient_id
    order by cardinality(coalesce(o.red_flags, '{}')) = 0, o.waits_since is null, o.waits_since, k.last_at desc, k.thread
    limit ${limit}`.execute(db);
  return rows;
}
