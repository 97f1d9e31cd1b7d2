import { sql } from 'kysely';
import { groupBy } from '../../../platform/calendar/group-by.ts';
import type { Db } from '../../../platform/db/database.ts';
import { readHoursFacts } from '../../schedule/hours/queries.ts';
import { listHours } from '../../schedule/hours/rules.ts';
import type { TeamMember } from '../api.ts';

/** Everyone who works here; `seenAt` of those whose desk is neither locked nor left since. */
export async function listMembers(
  db: Db,
  { since, today }: { since: Date; today: string },
): Promise<TeamMember[]> {
  const { rows } = await sql<Omit<TeamMember, 'hours'> & { resourceIds: string[] }>`
    select s.staff_id, s.display_name, s.kind, coalesce(a.roles, '{}') as roles, a.account_id is not null as signs_in,
      (select max(o.seen_at) from sessions o
        where o.practice_id = a.practice_id and o.account_id = a.account_id and o.kind = 'browser'
          and o.ended_at is null and o.locked_at is null and o.seen_at > ${since}) as seen_at,
      coalesce((select json_agg(r.resource_id order by r.resource_id) from resources r
        where r.practice_id = s.practice_id and r.staff_id = s.staff_id and r.active), '[]') as resource_ids
    from staff s
      left join accounts a on a.practice_id = s.practice_id and a.staff_id = s.staff_id and a.disabled_at is null
    where s.active order by s.display_name, s.staff_id limit 500`.execute(db);
  const facts = await readHoursFacts(db, today, today);
  const { available } = listHours({ ...facts, from: today, to: today });
  const open = groupBy(available, (one) => one.resourceId);
  return rows.map(({ resourceIds, ...row }) => {
    const own = resourceIds.flatMap((id) => open.get(id) ?? []).sort((a, b) => a.startMs - b.startMs);
    const hours = own.map(({ startMs, endMs }) => ({
      startsAt: new Date(startMs).toISOString(),
      endsAt: new Date(endMs).toISOString(),
    }));
    return { ...row, hours: resourceIds.length > 0 ? hours : null };
  });
}
