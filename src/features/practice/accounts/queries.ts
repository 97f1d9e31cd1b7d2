import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { AccountRow } from './schema.ts';

/** Locked in one order, so that two managers who demote each other cannot both succeed. */
export async function lockAccounts(db: Db): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    select account_id, staff_id, display_name, email, roles, disabled_at is not null as disabled,
      must_change_password, null as last_seen_at, version,
      (exists (select from authenticators u where u.practice_id = accounts.practice_id
          and u.account_id = accounts.account_id and u.confirmed_at is not null)
        or exists (select from passkeys k where k.practice_id = accounts.practice_id
          and k.account_id = accounts.account_id)) as second_step
    from accounts order by account_id for update`.execute(db);
  return rows;
}

export async function listAccounts(db: Db): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    select a.account_id, a.staff_id, a.display_name, a.email, a.roles, a.disabled_at is not null as disabled,
      a.must_change_password, a.version,
      (exists (select from authenticators u where u.practice_id = a.practice_id
          and u.account_id = a.account_id and u.confirmed_at is not null)
        or exists (select from passkeys k where k.practice_id = a.practice_id
          and k.account_id = a.account_id)) as second_step,
      (select max(s.seen_at) from sessions s
        where s.practice_id = a.practice_id and s.account_id = a.account_id) as last_seen_at
    from accounts a order by a.disabled_at is not null, a.display_name, a.account_id limit 1000`.execute(db);
  return rows;
}
