import { sql } from 'kysely';
import { addBookingRule } from '../src/features/schedule/booking-rules/api.ts';
import { addSlotCode } from '../src/features/schedule/slot-codes/api.ts';
import { addTemplate, applyTemplate } from '../src/features/schedule/templates/api.ts';
import type { TestPractice } from './office.ts';
import type { TestSchedule } from './practice.ts';

/** A row in every table of slot codes, rules of booking and week templates; nobody's hours change before 2027. */
export async function fillTemplates(practice: TestPractice, plan: TestSchedule): Promise<void> {
  const { manager, practiceId } = practice;
  const code = { code: 'NP', name: '=New', color: '#7a4a9e', visitTypeIds: [plan.newPatient] };
  const { slotCodeId } = await manager.do(addSlotCode, { body: code });
  await manager.do(addBookingRule, { body: { words: '@Not on Sundays', weekdays: [7] } });
  const row = { weekday: 1, siteId: plan.main, startsLocal: '09:00', endsLocal: '10:00', slotCodeId };
  const { templateId } = await manager.do(addTemplate, { body: { name: '+Week', rows: [row] } });
  const applied = { version: 1, resourceIds: [plan.lee], from: '2027-01-04', to: '2027-01-10' };
  await manager.do(applyTemplate, { params: { templateId }, body: applied });
  await practice.tx(({ db }) =>
    sql`insert into visits_left_outside (practice_id, visit_id, since)
      select ${practiceId}, visit_id, now() from visits order by visit_id limit 1`.execute(db),
  );
}
