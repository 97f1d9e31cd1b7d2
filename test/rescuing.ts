import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { NewRescue, RescuePlan } from '../src/features/rescue/schema.ts';
import type { TestPractice } from './office.ts';
import type { TestSchedule } from './practice.ts';

/** The plan as it is taken. */
export function takenAs(plan: RescuePlan): NewRescue {
  const versions = new Map(plan.people.map((one) => [one.visitId, one.version]));
  return {
    ...{ physicianId: plan.physicianId, kind: plan.kind, fromAt: plan.fromAt, toAt: plan.toAt, reason: '' },
    absenceId: plan.absenceId ?? undefined,
    lines: plan.proposals.map((one) => ({
      ...{ visitId: one.visitId, version: versions.get(one.visitId) ?? 0, choice: one.choice },
      ...{ startsAt: one.startsAt ?? undefined, siteId: one.siteId ?? undefined, holdId: one.holdId },
      ...{ physicianId: one.physicianId ?? undefined, resourceIds: one.resourceIds },
    })),
  };
}

/** A row in each of its tables, for tests that walk over every table; of a visit that is booked. */
export async function fillRescue({ practiceId, tx }: TestPractice, { lee }: TestSchedule): Promise<void> {
  const id = randomUUID();
  await tx(async ({ db, now }) => {
    await sql`
      insert into rescues (practice_id, rescue_id, physician_id, kind, from_at, to_at, reason, made_at)
      values (${practiceId}, ${id}, ${lee}, 'out', '2026-03-05', '2026-03-06', '=1', ${now})`.execute(db);
    await sql`
      insert into rescue_lines (practice_id, line_id, rescue_id, visit_id, patient_id, position, reasons, choice,
        from_starts_at, from_physician_id)
      select ${practiceId}, ${id}, ${id}, visit_id, patient_id, 0, array['=1', '@2'], 'call', starts_at, physician_id
      from visits order by visit_id limit 1`.execute(db);
    await sql`
      insert into rescue_steps (practice_id, step_id, line_id, kind, note, at)
      values (${practiceId}, ${id}, ${id}, 'no-answer', '=1', ${now})`.execute(db);
  });
}
