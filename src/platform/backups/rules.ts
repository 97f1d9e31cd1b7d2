import { addDays } from '../calendar/dates.ts';
import { localDate, toInstant } from '../calendar/zones.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How long after its time a backup may take before it is late. */
export const lateAfterMs = hourMs;
/** A new practice has so long to plan its backups. */
export const planWithinMs = 3 * dayMs;

export type Plan = { atLocal: string; since: string; askedAt: string | null; drillDays: number };

/** The last moment at which a backup was due, also one asked for by hand; null when none was yet. */
export function lastDue(plan: Plan, now: Date, timeZone: string): Date | null {
  const today = localDate(now.getTime(), timeZone);
  const days = [today, addDays(today, -1)].map((date) => toInstant(date, plan.atLocal, timeZone));
  const daily = days.find((ms) => ms <= now.getTime()) ?? Number.NEGATIVE_INFINITY;
  const asked = plan.askedAt ? Date.parse(plan.askedAt) : Number.NEGATIVE_INFINITY;
  const last = Math.max(daily >= Date.parse(plan.since) ? daily : Number.NEGATIVE_INFINITY, asked);
  return Number.isFinite(last) ? new Date(last) : null;
}

/** The next moment of the plan. */
export function nextDue(plan: Pick<Plan, 'atLocal'>, now: Date, timeZone: string): Date {
  const today = localDate(now.getTime(), timeZone);
  const days = [today, addDays(today, 1)].map((date) => toInstant(date, plan.atLocal, timeZone));
  return new Date(days.find((ms) => ms > now.getTime()) ?? now.getTime() + dayMs);
}

/** When a restore should be tried next; null: no reminder. */
export function nextDrill(plan: Plan, lastDrillAt: string | null): Date | null {
  if (plan.drillDays === 0) return null;
  return new Date(Date.parse(lastDrillAt ?? plan.since) + plan.drillDays * dayMs);
}

const pattern = /^frontdesk-\d{4}-\d\d-\d\d-\d{4}(-\d+)?\.frontdesk$/;

/** `frontdesk-2026-03-04-0230.frontdesk`; a number behind where that is there already. */
export function backupName(at: Date, taken: ReadonlySet<string>): string {
  const stamp = at.toISOString().slice(0, 16).replace('T', '-').replace(':', '');
  const names = Array.from({ length: 100 }, (_, n) => `frontdesk-${stamp}${n ? `-${n + 1}` : ''}.frontdesk`);
  return names.find((name) => !taken.has(name)) ?? `frontdesk-${stamp}-${at.getTime()}.frontdesk`;
}

/** Of what lies in the folder, the backups that are more than are kept: only such as this program named. */
export function outdated(files: readonly string[], keep: number): string[] {
  return files
    .filter((file) => pattern.test(file))
    .sort()
    .slice(0, -keep);
}
