import { timeLabel } from '../../../platform/calendar/zones.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { DutyName } from './schema.ts';

/** An overdue duty may be put off only so long at a time: time for a call, never for the day. */
export const overdueSnoozeMinutes = 30;

/** Kind, subject and due time: a duty that comes again later is another one. */
export function dutyKey({ kind, subjectId, dueAt }: DutyName): string {
  return `${kind}|${subjectId}|${new Date(dueAt).toISOString()}`;
}

/** The latest moment until which a duty may be snoozed: its own deadline, or 30 minutes once that has passed. */
export function latestSnooze(dueAt: string, now: Date): Date {
  const dueMs = Date.parse(dueAt);
  return new Date(dueMs > now.getTime() ? dueMs : now.getTime() + overdueSnoozeMinutes * 60_000);
}

/** @throws Refusal that names the latest allowed time */
export function refuseLateSnooze(until: string, dueAt: string, now: Date, timeZone: string): void {
  const untilMs = Date.parse(until);
  const latest = latestSnooze(dueAt, now);
  const latestLabel = timeLabel(latest.getTime(), timeZone);
  if (untilMs <= now.getTime()) {
    throw new Refusal('conflict', `That time has passed. Snooze it until ${latestLabel} at the latest.`, {
      fields: { until: 'Choose a time ahead.' },
      offers: { latest: latest.toISOString() },
    });
  }
  if (untilMs <= latest.getTime()) return;
  const why = Date.parse(dueAt) > now.getTime() ? 'It is owed then' : 'It is late already';
  throw new Refusal('conflict', `${why}: it can be snoozed until ${latestLabel} at the latest.`, {
    fields: { until: `${latestLabel} at the latest.` },
    offers: { latest: latest.toISOString() },
  });
}
