import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { Tx } from '../db/transaction.ts';
import type { RoleChange } from './roles.ts';

/** What the manager granted and revoked, beside the program's defaults. */
export async function listRoleChanges(db: Db): Promise<RoleChange[]> {
  const { rows } = await sql<RoleChange>`
    select role, permission, allowed from role_changes order by role, permission limit 5000`.execute(db);
  return rows;
}

/** Grant or revoke; a change back to the default leaves no row. */
export async function setRoleChange(tx: Tx, change: RoleChange, byDefault: boolean): Promise<void> {
  const { role, permission, allowed } = change;
  if (allowed === byDefault) {
    await sql`
      delete from role_changes
      where practice_id = ${tx.practiceId} and role = ${role} and permission = ${permission}`.execute(tx.db);
  } else {
    await sql`
      insert into role_changes (practice_id, role, permission, allowed)
      values (${tx.practiceId}, ${role}, ${permission}, ${allowed})
      on conflict (practice_id, role, permission) do update set allowed = excluded.allowed`.execute(tx.db);
  }
  tx.touch('sessions');
  const facts = { role, permission };
  tx.audit({
    action: 'role.changed',
    subjectKind: 'role',
    subjectIds: [tx.practiceId],
    before: { ...facts, allowed: !allowed },
    after: { ...facts, allowed },
  });
}
