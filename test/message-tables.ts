import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { TestPractice } from './office.ts';
import type { TestSchedule } from './practice.ts';

/** A row or two in each of the tables of messages and reminders, for tests that walk over every table. */
export async function fillMessages(
  { practiceId, tx }: TestPractice,
  plan: TestSchedule,
  visitId: string,
): Promise<void> {
  const [out, back] = [randomUUID(), randomUUID()];
  await tx(async ({ db, now }) => {
    await sql`
      insert into messages (practice_id, message_id, direction, channel, patient_id, address, at, subject, body, purpose,
        template, answers, unique_key, state, why, not_before, expires_at, tries, claimed_at, provider_id, waits)
      values (${practiceId}, ${out}, 'out', 'text', ${plan.patients[1]}, '+15185550123', ${now}, '=1', '-2', 'reminder',
        'reminder', '{C,R}', ${out}, 'failed', '=why', ${now}, '2090-01-01', 1, ${now}, 'SM1', true)`.execute(
      db,
    );
    await sql`
      insert into messages (practice_id, message_id, direction, channel, patient_id, address, at, body, state, provider_id,
        red_flags, answered_id, settled_at, settled_how)
      values (${practiceId}, ${back}, 'in', 'text', ${plan.patients[1]}, '+15185550123', ${now}, '=hello', 'received',
        'SM2', '{chest pain}', ${out}, ${now}, 'done')`.execute(db);
    await sql`
      insert into message_steps (practice_id, message_id, step_no, state, why, at)
      values (${practiceId}, ${out}, 1, 'queued', '', ${now}), (${practiceId}, ${out}, 2, 'failed', '=why', ${now})`.execute(
      db,
    );
    await sql`
      insert into message_opts (practice_id, opt_id, channel, address, purpose, state, how, message_id, at)
      values (${practiceId}, ${randomUUID()}, 'text', '+15185550123', 'all', 'out', 'word', ${back}, ${now}),
        (${practiceId}, ${randomUUID()}, 'text', '+15185550123', 'all', 'in', 'desk', ${back}, ${now})`.execute(
      db,
    );
    await sql`
      insert into message_templates values (${practiceId}, 'reminder', 'en', '=subject', '=body', 1),
        (${practiceId}, 'reminder', 'es', '', '-body', 2)`.execute(db);
    await sql`
      insert into message_settings (practice_id, rules, hook)
      values (${practiceId}, '{"practiceName": "=Elm"}', ${randomUUID()})`.execute(db);
    await sql`
      insert into reminder_rules (practice_id, rule_id, name, steps)
      values (${practiceId}, ${randomUUID()}, '=All', '[{"daysBefore": 2, "at": "10:00"}]')`.execute(db);
    await sql`
      insert into reminder_steps (practice_id, visit_id, step, starts_at, at, message_id, why)
      values (${practiceId}, ${visitId}, 3, ${now}, ${now}, ${out}, ''),
        (${practiceId}, ${visitId}, 1, ${now}, ${now}, null, '=not-asked')`.execute(db);
  });
}
