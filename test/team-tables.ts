import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { TestPractice } from './office.ts';

/** A row in each of the team's tables, for tests that walk over every table. */
export async function fillTeam({ practiceId, manager, tx }: TestPractice): Promise<void> {
  const id = randomUUID();
  await tx(async ({ db, now }) => {
    await sql`
      insert into absences (practice_id, absence_id, staff_id, kind, starts_at, ends_at, note, made_at)
      values (${practiceId}, ${id}, ${manager.staffId}, 'training', '2026-05-04', '2026-05-06', '=1', ${now})`.execute(
      db,
    );
    await sql`
      insert into absence_covers (practice_id, cover_id, absence_id, staff_id, state, asked_at)
      values (${practiceId}, ${id}, ${id}, ${manager.staffId}, 'asked', ${now})`.execute(db);
  });
}
