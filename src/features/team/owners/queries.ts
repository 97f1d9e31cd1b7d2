import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { RoleChange } from '../../../platform/session/roles.ts';
import type { Away } from './rules.ts';

/** Who signs in here, with their roles and what the manager changed of these; who is away from now on; all names. */
export type Roster = {
  accounts: readonly { staffId: string; displayName: string; roles: string[] }[];
  changes: readonly RoleChange[];
  absences: readonly Away[];
  names: readonly { staffId: string; displayName: string }[];
};

type Row = {
  accounts: Roster['accounts'];
  changes: Roster['changes'];
  absences: { staffId: string; startsAt: string; endsAt: string; covers: Away['covers'] }[];
  names: Roster['names'];
};

/** In one statement: every desk's Today asks for it. */
export async function readRoster(db: Db, now: Date): Promise<Roster> {
  const { rows } = await sql<Row>`
    select
      coalesce((select jsonb_agg(jsonb_build_object('staffId', a.staff_id, 'displayName', a.display_name,
          'roles', a.roles) order by a.display_name, a.staff_id)
        from accounts a join staff s on s.practice_id = a.practice_id and s.staff_id = a.staff_id
        where a.disabled_at is null and s.active), '[]') as accounts,
      coalesce((select jsonb_agg(jsonb_build_object('role', role, 'permission', permission, 'allowed', allowed))
        from role_changes), '[]') as changes,
      coalesce((select jsonb_agg(jsonb_build_object('staffId', b.staff_id, 'startsAt', b.starts_at,
          'endsAt', b.ends_at, 'covers', coalesce((
            select jsonb_agg(jsonb_build_object('staffId', c.staff_id, 'duties', c.duties) order by c.duties)
            from absence_covers c where c.practice_id = b.practice_id and c.absence_id = b.absence_id
              and c.state = 'accepted'), '[]')) order by b.starts_at)
        from absences b where b.removed_at is null and b.ends_at > ${now}
          and b.starts_at < ${now}::timestamptz + interval '60 days'), '[]') as absences,
      coalesce((select jsonb_agg(jsonb_build_object('staffId', staff_id, 'displayName', display_name))
        from staff), '[]') as names`.execute(db);
  const row = rows[0] ?? { accounts: [], changes: [], absences: [], names: [] };
  return {
    ...row,
    absences: row.absences.map(({ startsAt, endsAt, ...one }) => ({
      ...one,
      startsMs: Date.parse(startsAt),
      endsMs: Date.parse(endsAt),
    })),
  };
}

/** The next moment at which somebody leaves or is back. */
export function nextTurnOf({ absences }: Roster, now: Date): Date | null {
  const ahead = absences.flatMap((one) => [one.startsMs, one.endsMs]).filter((ms) => ms > now.getTime());
  return ahead.length > 0 ? new Date(Math.min(...ahead)) : null;
}
