import type { AskedBy, CancelReason } from '../visits/schema.ts';

/** Whether a cancellation or a move was asked for too late (docs/decisions/0028-late-is-said-of-a-step.md). Pure. */

export const usualNoticeHours = 24;

const ofPatient: ReadonlySet<CancelReason> = new Set(['patient-asked', 'patient-ill', 'left-unseen']);

/** The reason tells who asked, unless someone said otherwise. */
export function askedByOf(reason: CancelReason): AskedBy {
  return ofPatient.has(reason) ? 'patient' : 'practice';
}

export type Notice = { askedBy?: AskedBy; late?: true };

type Asking = { askedBy: AskedBy | undefined; startsAtMs: number; atMs: number; noticeHours: number };

/** Whether the office learns of it later than it wants to. */
export function isShortNotice({ startsAtMs, atMs, noticeHours }: Omit<Asking, 'askedBy'>): boolean {
  return startsAtMs - atMs < noticeHours * 3_600_000;
}

/** What the step says of it: who asked, and that it was late. Only a patient is late. */
export function noticeOf({ askedBy, ...when }: Asking): Notice {
  if (!askedBy) return {};
  const late = askedBy === 'patient' && isShortNotice(when);
  return late ? { askedBy, late: true } : { askedBy };
}
