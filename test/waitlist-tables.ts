import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { TestPractice } from './office.ts';
import type { TestSchedule } from './practice.ts';

/** A row or two in each of the waitlist's tables, for tests that walk over every table. */
export async function fillWaitlist({ practiceId, tx }: TestPractice, plan: TestSchedule): Promise<void> {
  const id = randomUUID();
  await tx(async ({ db, now }) => {
    await sql`
      insert into waitlist_entries (practice_id, entry_id, patient_id, visit_type_id, notice_hours, priority,
        priority_reason, note, expires_on, added_at)
      values (${practiceId}, ${id}, ${plan.patients[1]}, ${plan.followUp}, 2, 'soon', '=1', '-2', '2090-01-01', ${now})`.execute(
      db,
    );
    await sql`
      insert into waitlist_openings (practice_id, opening_id, visit_type_id, site_id, physician_id, starts_at, ends_at,
        cause, opened_at, closed_at, outcome)
      values (${practiceId}, ${id}, ${plan.followUp}, ${plan.main}, ${plan.lee}, '2026-05-04T14:00:00Z',
        '2026-05-04T14:15:00Z', 'by-hand', ${now}, ${now}, 'nobody')`.execute(db);
    await sql`
      insert into waitlist_offers (practice_id, offer_id, opening_id, entry_id, wave, position, channel, offered_at,
        answer_by, outcome, closed_at)
      values (${practiceId}, ${id}, ${id}, ${id}, 1, 1, '=desk', ${now}, '2090-01-01', 'no', ${now})`.execute(
      db,
    );
    await sql`
      insert into waitlist_waves (practice_id, opening_id, wave, at, rule_version, slot, settings)
      values (${practiceId}, ${id}, 1, ${now}, 1, '{"a": "=1"}', '{}'),
        (${practiceId}, ${id}, 2, ${now}, 1, '{}', '{}')`.execute(db);
    await sql`
      insert into waitlist_choices (practice_id, opening_id, wave, entry_id, position, offered, why, facts)
      values (${practiceId}, ${id}, 1, ${id}, 1, true, '{}', '{"a": "=1"}'),
        (${practiceId}, ${id}, 2, ${id}, null, false, '{asked}', '{}')`.execute(db);
    await sql`insert into waitlist_settings values (${practiceId}, true, 3, 30, '20:00', '08:00', 2, '{}', 1)`.execute(
      db,
    );
  });
}
