import { timeLabel } from '../../../platform/calendar/zones.ts';
import type { CodedInterval } from '../hours/rules.ts';

/** What a slot code keeps, and from when on it no longer does. Pure; instants are epoch ms. */

const hourMs = 3_600_000;

export type SlotCode = {
  slotCodeId: string;
  code: string;
  name: string;
  color: string;
  /** None: every type. */
  visitTypeIds: string[];
  releaseHours: number | null;
  active: boolean;
};

/** Whether visits of this type may be booked there at any time. A code out of use keeps nothing any more. */
export function admits(code: SlotCode, visitTypeId: string): boolean {
  return !code.active || code.visitTypeIds.length === 0 || code.visitTypeIds.includes(visitTypeId);
}

/** A visit that starts up to here may be of any type. */
export function releasedTo(code: SlotCode, nowMs: number): number {
  return code.releaseHours === null ? Number.NEGATIVE_INFINITY : nowMs + code.releaseHours * hourMs;
}

/** Time that is kept from the visits of one type; what starts up to `releasedToMs` may be booked all the same. */
export type KeptInterval = CodedInterval & { releasedToMs: number };

/** Of the coded time, that in which visits of this type are not admitted. */
export function listKept(
  coded: readonly CodedInterval[],
  codes: readonly SlotCode[],
  { visitTypeId, nowMs }: { visitTypeId: string; nowMs: number },
): KeptInterval[] {
  const closed = new Map(
    codes
      .filter((code) => !admits(code, visitTypeId))
      .map((code) => [code.slotCodeId, releasedTo(code, nowMs)]),
  );
  if (closed.size === 0) return [];
  return coded.flatMap((one) => {
    const releasedToMs = closed.get(one.slotCodeId);
    return releasedToMs === undefined ? [] : [{ ...one, releasedToMs }];
  });
}

/** "it opens to every visit 24 hours before", or nothing. */
export function releaseText({ releaseHours }: Pick<SlotCode, 'releaseHours'>): string {
  if (releaseHours === null) return '';
  const days = releaseHours / 24;
  if (releaseHours >= 48 && Number.isInteger(days)) return `opens to every visit ${days} days before`;
  return `opens to every visit ${releaseHours === 1 ? '1 hour' : `${releaseHours} hours`} before`;
}

type Told = { name: string; code: SlotCode; startMs: number; endMs: number; timeZone: string };

/** "Dr. Lee keeps 9:00 am to 10:00 am for NP (New patients), which opens to every visit 24 hours before." */
export function keptText({ name, code, startMs, endMs, timeZone }: Told): string {
  const release = releaseText(code);
  const span = `${timeLabel(startMs, timeZone)} to ${timeLabel(endMs, timeZone)}`;
  return `${name} keeps ${span} for ${code.code} (${code.name})${release ? `, which ${release}` : ''}.`;
}

/** Why a time is offered: "NP slot: New patients", "URG slot, released: less than 24 hours ahead". */
export function offeredText(code: SlotCode, visitTypeId: string): string {
  if (admits(code, visitTypeId)) return `${code.code} slot: ${code.name}`;
  const hours = code.releaseHours === 1 ? '1 hour' : `${code.releaseHours} hours`;
  return `${code.code} slot, released: at most ${hours} ahead`;
}
