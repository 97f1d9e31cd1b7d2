import type { NewRescue, RescuePlan } from '../src/features/rescue/schema.ts';

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
