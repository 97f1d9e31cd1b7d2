import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { addStaff } from '../src/features/practice/commands.ts';
import { addCalendar } from '../src/features/schedule/calendars/commands.ts';
import { changeFeedSettings, makeFeed } from '../src/features/schedule/feeds/commands.ts';
import { makeWall } from '../src/features/schedule/flow/walls/commands.ts';
import { addResource } from '../src/features/schedule/setup/commands.ts';
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
    const staff = await addStaff(tx, {
      givenName: 'K',
      familyName: 'Lee',
      displayName: 'Dr. K. Lee',
      kind: 'physician',
    });
    const physicianId = await addResource(tx, { kind: 'physician', name: 'Dr. K. Lee', staffId: staff });
    await makeFeed(tx, physicianId);
    await makeWall(tx, { name: '=Waiting room', siteId: null });
    await changeFeedSettings(tx, { names: 'initials', version: 1 });
    const moment = (days: number) =>
      new Date(tx.now.getTime() + days * 86_400_000).toISOString().replace(/[-:]|\.\d+/g, '');
    const busy = `BEGIN:VEVENT\nUID:1\nDTSTART:${moment(1)}\nDTEND:${moment(2)}\nEND:VEVENT\n`;
    const file = `BEGIN:VCALENDAR\nVERSION:2.0\n${busy}END:VCALENDAR\n`;
    await addCalendar(tx, { physicianId, name: 'Hospital', address: '', file });
    await sql`insert into packet_settings (practice_id) values (${tx.practiceId})`.execute(tx.db);
  });
}
