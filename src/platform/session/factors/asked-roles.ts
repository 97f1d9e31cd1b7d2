import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { Tx } from '../../db/transaction.ts';

/** Roles of which the practice asks a second step, and from when on. */
export type AskedRole = { role: string; requiredFrom: string };

export async function listAskedRoles(db: Db): Promise<AskedRole[]> {
  const { rows } = await sql<AskedRole>`
    select role, required_from from second_factor_roles order by role limit 100`.execute(db);
  return rows;
}

/** Ask it of a role from a moment on, or no longer (null). */
export async function askRole(tx: Tx, role: string, requiredFrom: Date | null): Promise<void> {
  const before = (await listAskedRoles(tx.db)).find((one) => one.role === role)?.requiredFrom ?? null;
  if (requiredFrom === null) {
    await sql`
      delete from second_factor_roles where practice_id = ${tx.practiceId} and role = ${role}`.execute(tx.db);
  } else {
    await sql`
      insert into second_factor_roles (practice_id, role, required_from)
      values (${tx.practiceId}, ${role}, ${requiredFrom})
      on conflict (practice_id, role) do update set required_from = excluded.required_from`.execute(tx.db);
  }
  tx.touch('sessions');
  tx.audit({
    action: 'role.second-step-asked',
    subjectKind: 'role',
    subjectIds: [tx.practiceId],
    before: { role, requiredFrom: before },
    after: { role, requiredFrom: requiredFrom?.toISOString() ?? null },
  });
}
