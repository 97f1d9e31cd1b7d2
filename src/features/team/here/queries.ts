import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { TeamMember } from '../api.ts';

/** Everyone who works here; `seenAt` of those whose desk is neither locked nor left since. */
export async function listMembers(db: Db, since: Date): Promise<TeamMember[]> {
  const { rows } = await sql<TeamMember>`
    select s.staff_id, s.display_name, s.kind, coalesce(a.roles, '{}') as roles, a.account_id is not null as signs_in,
      (select max(o.seen_at) from sessions o
        where o.practice_id = a.practice_id and o.account_id = a.account_id and o.kind = 'browser'
          and o.ended_at is null and o.locked_at is null and o.seen_at > ${since}) as seen_at
    from staff s
      left join accounts a on a.practice_id = s.practice_id and a.staff_id = s.staff_id and a.disabled_at is null
    where s.active order by s.display_name, s.staff_id limit 500`.execute(db);
  return rows;
}
