/** Who is here: by their desk, and by the hours that the schedule has of them. Pure; instants are epoch ms. */

type Stretch = { startsAt: string; endsAt: string };
export type Presence = {
  /** When they last did something at a desk; null: not lately. */
  seenAt: string | null;
  /** Their hours of today, in order; null: the schedule has none of them at all. */
  hours: readonly Stretch[] | null;
};

/** Who is seen so long before or after their hours came early or stays late, as people do. */
const aroundMs = 60 * 60_000;

export type Here =
  | { kind: 'at-desk' | 'off-hours' | 'unseen' | 'not-today' | 'done' }
  /** In their hours and at no desk, or to come: until, or from when on. */
  | { kind: 'works' | 'later'; at: string };

export function hereOf({ seenAt, hours }: Presence, nowMs: number): Here {
  if (hours === null) return { kind: seenAt ? 'at-desk' : 'unseen' };
  const isAround = hours.some(
    (one) => Date.parse(one.startsAt) - aroundMs <= nowMs && nowMs < Date.parse(one.endsAt) + aroundMs,
  );
  // A desk that somebody left open is nobody.
  if (seenAt) return { kind: isAround ? 'at-desk' : 'off-hours' };
  const now = hours.find((one) => Date.parse(one.startsAt) <= nowMs && nowMs < Date.parse(one.endsAt));
  if (now) return { kind: 'works', at: now.endsAt };
  const next = hours.find((one) => Date.parse(one.startsAt) > nowMs);
  if (next) return { kind: 'later', at: next.startsAt };
  return { kind: hours.length > 0 ? 'done' : 'not-today' };
}

export const isHere = (one: Presence, nowMs: number) => hereOf(one, nowMs).kind === 'at-desk';
