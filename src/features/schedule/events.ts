import { z } from 'zod';
import type { OutboxEvent } from '../../platform/contributions.ts';
import { Id } from '../../platform/id.ts';
import { CancelReason, type Visit } from './visits/schema.ts';

/** What the schedule tells the features to its right. A shape never changes: a new one is a new version. */

const VisitFacts = z.object({
  visitId: Id,
  patientId: Id,
  visitTypeId: Id,
  siteId: Id,
  physicianId: Id,
  startsAt: z.string(),
  endsAt: z.string(),
});

export const visitEvents = {
  'visit.booked.v1': VisitFacts,
  'visit.moved.v1': VisitFacts.extend({ fromStartsAt: z.string(), fromPhysicianId: Id }),
  'visit.cancelled.v1': VisitFacts.extend({ reason: CancelReason.nullable() }),
  'visit.no-show.v1': VisitFacts,
  'visit.completed.v1': VisitFacts.extend({ checkedOutAt: z.string() }),
  /** Brought back after a cancel, a no-show or a check-out: what those set off is to be taken back. */
  'visit.reinstated.v1': VisitFacts,
  'visit.entered-in-error.v1': VisitFacts,
} as const;
export type VisitEventKind = keyof typeof visitEvents;

type More = Record<string, unknown>;
type Told = Pick<Visit, keyof z.input<typeof VisitFacts> | 'checkedOutAt'>;

export function visitEvent(kind: VisitEventKind, visit: Told, more: More = {}): OutboxEvent {
  const payload = visitEvents[kind].parse({ ...visit, ...more });
  return { kind, subjectId: visit.visitId, payload };
}
