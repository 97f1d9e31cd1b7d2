import { timeLabel } from '../../../platform/calendar/zones.ts';

/** So many at once at one account: a phone has one ear, a desk a few calls that wait. */
export const mostHolds = 10;

type Until = { expiresAt: string };

export function isHeld({ expiresAt }: Until, nowMs: number): boolean {
  return Date.parse(expiresAt) > nowMs;
}

/** Minutes that are left, as one says them: at least one until it is over. */
export function minutesLeft({ expiresAt }: Until, nowMs: number): number {
  const leftMs = Date.parse(expiresAt) - nowMs;
  return leftMs <= 0 ? 0 : Math.max(1, Math.round(leftMs / 60_000));
}

type Standing = Until & { byName: string; accountId: string };

/** Who holds what was wanted, for the refusal: "Ana Ruiz holds this time for a call until 10:06 am." */
export function heldWords(hold: Standing, accountId: string | null, timeZone: string): string {
  const until = timeLabel(Date.parse(hold.expiresAt), timeZone);
  if (hold.accountId === accountId) return `You hold this time yourself until ${until}.`;
  return `${hold.byName || 'A colleague'} holds this time for a call until ${until}.`;
}
