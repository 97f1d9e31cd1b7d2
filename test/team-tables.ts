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
    await sql`
      insert into handoffs (practice_id, handoff_id, from_staff_id, to_role, text, sent_at, acknowledge_by)
      values (${practiceId}, ${id}, ${manager.staffId}, 'nurse', '=1', ${now}, ${now})`.execute(db);
    await sql`
      insert into handoff_items (practice_id, handoff_id, position, duty_key, permission, due_at, title)
      values (${practiceId}, ${id}, 0, 'task|a|b', 'tasks.see', ${now}, '=1'),
        (${practiceId}, ${id}, 1, 'task|a|c', 'tasks.see', ${now}, '@2')`.execute(db);
    await sql`
      insert into handoff_words (practice_id, word_id, handoff_id, kind, text, at)
      values (${practiceId}, ${id}, ${id}, 'question', '=1', ${now})`.execute(db);
    await sql`
      insert into notes (practice_id, note_id, subject_kind, subject_id, text, made_at)
      values (${practiceId}, ${id}, 'task', ${id}, '=1', ${now})`.execute(db);
    await sql`
      insert into note_versions (practice_id, note_id, version, text, in_record, at)
      values (${practiceId}, ${id}, 1, '=0', false, ${now})`.execute(db);
    await sql`
      insert into note_mentions (practice_id, mention_id, note_id, role, at)
      values (${practiceId}, ${id}, ${id}, 'nurse', ${now})`.execute(db);
  });
}
