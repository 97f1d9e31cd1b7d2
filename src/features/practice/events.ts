import { z } from 'zod';
import type { OutboxEvent } from '../../platform/contributions.ts';
import { Id } from '../../platform/id.ts';

/** Someone who works here is called otherwise, left, or came back. Version 1. */
export const StaffChanged = z.object({
  staffId: Id,
  displayName: z.string(),
  formerName: z.string(),
  active: z.boolean(),
});
export const staffChangedKind = 'staff.changed.v1';

export function staffChanged(
  staffId: string,
  payload: { displayName: string; formerName: string; active: boolean },
): OutboxEvent {
  return { kind: staffChangedKind, subjectId: staffId, payload: { staffId, ...payload } };
}
