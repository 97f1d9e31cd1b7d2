import { timeLabel } from '../../../../platform/calendar/zones.ts';
import type { ResourceKind } from '../wish/rules.ts';

export type ClashInput = {
  /** The resource that is taken. */
  resource: { name: string; kind: ResourceKind; capacity: number };
  /** The visit wished, buffers included. */
  startMs: number;
  endMs: number;
  timeZone: string;
  /** What the resource is busy with around the wish, buffers included. */
  busy: { startMs: number; endMs: number }[];
  /** Starts at which the same visit would do, from the search; the first three are told. */
  nextFreeMs: number[];
  /** Others of the kind that are free at the time wished: 'Room 2'. */
  freeInstead?: string[];
};

export type Clash = {
  /** One sentence or three, for the refusal. */
  message: string;
  busyUntilMs: number;
  /** A person may be overbooked by permission and with a reason; a room or device cannot be in two places. */
  mayOverride: 'overbook' | null;
};

/** The kind message for a wished booking that meets busy time; null when nothing is in the way. */
export function explainClash(input: ClashInput): Clash | null {
  const { resource, startMs, endMs, timeZone } = input;
  const busyUntilMs = busyUntil(input);
  if (busyUntilMs === null) return null;
  const beginsAt = Math.min(...input.busy.filter((one) => one.endMs > startMs).map((one) => one.startMs));
  const full = resource.capacity > 1 ? 'full' : 'booked';
  const when =
    beginsAt > startMs && beginsAt < endMs
      ? `from ${timeLabel(beginsAt, timeZone)} to ${timeLabel(busyUntilMs, timeZone)}`
      : `until ${timeLabel(busyUntilMs, timeZone)}`;
  const sentences = [`${resource.name} is ${full} ${when}.`];
  const [instead] = input.freeInstead ?? [];
  if (instead) sentences.push(`${instead} is free.`);
  if (input.nextFreeMs.length > 0)
    sentences.push(`Next free: ${listTimes(input.nextFreeMs.slice(0, 3), timeZone)}.`);
  const isPerson = resource.kind === 'physician' || resource.kind === 'staff';
  return { message: sentences.join(' '), busyUntilMs, mayOverride: isPerson ? 'overbook' : null };
}

/** End of the busy run that meets the wish, following visits that stand back to back. */
function busyUntil({ resource, startMs, endMs, busy }: ClashInput): number | null {
  const meeting = busy.filter((one) => one.startMs < endMs && one.endMs > startMs);
  if (meeting.length < resource.capacity) return null;
  // With lanes the first visit to end makes room again
  if (resource.capacity > 1) return Math.min(...meeting.map((one) => one.endMs));
  let until = Math.max(...meeting.map((one) => one.endMs));
  for (const one of [...busy].sort((a, b) => a.startMs - b.startMs)) {
    if (one.startMs <= until && one.endMs > until) until = one.endMs;
  }
  return until;
}

/** '10:30, 10:45 am, 1:15 pm': the half of the day is told where it changes. */
function listTimes(times: number[], timeZone: string): string {
  const labels = times.map((atMs) => timeLabel(atMs, timeZone));
  return labels
    .map((label, index) => (labels[index + 1]?.slice(-2) === label.slice(-2) ? label.slice(0, -3) : label))
    .join(', ');
}
