import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { learnRisk } from '../src/features/schedule/risk/commands.ts';
import type { TestPractice } from './office.ts';
import type { TestSchedule } from './practice.ts';

/** A row or two of what takes long to come about otherwise. */
export async function fillRest(practice: TestPractice, { patients, lee }: TestSchedule, contactId: string) {
  const { practiceId, manager } = practice;
  const [id, smaller = '', larger = ''] = [randomUUID(), ...patients.slice(3, 5).sort()];
  await practice.tx(async ({ db }) => {
    await sql`insert into contact_identifiers values (${practiceId}, 'urn:x', '=1', ${contactId}),
      (${practiceId}, 'urn:x', '2', ${contactId}), (${practiceId}, 'urn:y', '', ${contactId})`.execute(db);
    await sql`insert into patient_identifiers values (${practiceId}, 'urn:x', '-1', ${smaller})`.execute(db);
    await sql`insert into staff_identifiers values (${practiceId}, 'urn:x', '7', ${manager.staffId})`.execute(
      db,
    );
    await sql`insert into patient_distinctions values (${practiceId}, ${smaller}, ${larger}, now(), null)`.execute(
      db,
    );
    await sql`insert into payers values (${practiceId}, ${id}, '=Alder', 'alder', now())`.execute(db);
    await sql`insert into payer_identifiers values (${practiceId}, 'urn:x', '+1', ${id})`.execute(db);
    await sql`insert into coverages (practice_id, coverage_id, patient_id, payer_id, created_at, plan_kind, member_id)
      values (${practiceId}, ${id}, ${smaller}, ${id}, now(), 'commercial', '=1')`.execute(db);
    await sql`insert into outside_encounters (practice_id, encounter_id, patient_id, starts_at, created_at,
        starts_precision, status, kind)
      values (${practiceId}, ${id}, ${smaller}, now(), now(), 'time', 'finished', '@visit')`.execute(db);
    await sql`insert into zip_codes values (${practiceId}, '12207', 'Albany', 'NY'),
      (${practiceId}, '12207', 'Rensselaer', 'NY'), (${practiceId}, '12180', 'Troy', 'NY')`.execute(db);
    await sql`insert into duty_marks (practice_id, duty_key, at, snooze_reason)
      values (${practiceId}, 'a', now(), '@x'), (${practiceId}, 'b', now(), null)`.execute(db);
    await sql`insert into hours_exceptions (practice_id, exception_id, resource_id, on_date, kind)
      values (${practiceId}, ${id}, ${lee}, '2026-04-01', 'closing')`.execute(db);
    await sql`insert into imports (practice_id, import_id, file_name, file_bytes, delimiter, headings, next_offset,
        next_line, created_at)
      values (${practiceId}, ${id}, '=a.csv', 20, ',', array['a', '=b'], 0, 1, now())`.execute(db);
    await sql`insert into import_rows (practice_id, import_id, line, outcome, original)
      select ${practiceId}, ${id}, n, 'fault', '-' from generate_series(1, 12) n`.execute(db);
  });
  await practice.tx((tx) => learnRisk(tx));
}
