import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { enqueueJob } from '../src/platform/jobs/outbox.ts';
import type { TestPractice } from './office.ts';

/** At least one row in the platform's tables of a practice, for tests that walk over every table. */
export async function fillPractice(practice: TestPractice): Promise<void> {
  await practice.tx(async (tx) => {
    await enqueueJob(tx, { kind: 'test.nothing', runAt: new Date('2090-01-01T00:00:00Z') });
    tx.emit({ kind: 'test.happened.v1', subjectId: randomUUID(), payload: {} });
    await sql`insert into counters (practice_id, name, last_value) values (${tx.practiceId}, 'test', 1)`.execute(
      tx.db,
    );
    await sql`
      insert into role_changes (practice_id, role, permission, allowed)
      values (${tx.practiceId}, 'nurse', 'practice.see', true)`.execute(tx.db);
    await sql`
      insert into second_factor_roles (practice_id, role, required_from)
      values (${tx.practiceId}, 'auditor', '2090-01-01T00:00:00Z')`.execute(tx.db);
    await sql`
      insert into closures (practice_id, closure_id, on_date, name)
      values (${tx.practiceId}, ${randomUUID()}, '2026-12-25', 'Christmas Day')`.execute(tx.db);
    await sql`insert into saved_views values (${tx.practiceId}, ${randomUUID()}, null, '=All', 5, '{}', now())`.execute(
      tx.db,
    );
    await sql`insert into flow_settings values (${tx.practiceId}, 15, 20, null, 5, 1)`.execute(tx.db);
  });
}
