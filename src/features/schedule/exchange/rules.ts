import type { CancelReason } from '../visits/schema.ts';

/** Ids that say what they name, since openings and slots are derived and never stored. FHIR ids have 64 signs. */

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A UUID in 22 letters and digits. */
export function shortId(id: string): string {
  let left = BigInt(`0x${id.replaceAll('-', '')}`);
  let text = '';
  for (let i = 0; i < 22; i++) {
    text = (alphabet[Number(left % 62n)] ?? '0') + text;
    left /= 62n;
  }
  return text;
}

/** The UUID of shortId, or null for what is none. */
export function longId(text: string): string | null {
  if (!/^[0-9A-Za-z]{22}$/.test(text)) return null;
  let value = 0n;
  for (const letter of text) value = value * 62n + BigInt(alphabet.indexOf(letter));
  const hex = value.toString(16).padStart(32, '0');
  if (hex.length > 32) return null;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const minuteMs = 60_000;
const minuteText = (ms: number) => Math.floor(ms / minuteMs).toString(36);
const ofMinuteText = (text: string) => Number.parseInt(text, 36) * minuteMs;

type OpeningKey = { visitTypeId: string; physicianId: string; startsAt: string; minutes: number };

export function openingId(one: OpeningKey): string {
  const start = minuteText(Date.parse(one.startsAt));
  return `${shortId(one.visitTypeId)}.${shortId(one.physicianId)}.${start}.${one.minutes.toString(36)}`;
}

export function readOpeningId(id: string): OpeningKey | null {
  const [type = '', physician = '', start = '', minutes = '', more] = id.split('.');
  const [visitTypeId, physicianId] = [longId(type), longId(physician)];
  if (more !== undefined || !visitTypeId || !physicianId) return null;
  if (!/^[0-9a-z]{1,6}$/.test(start) || !/^[0-9a-z]{1,2}$/.test(minutes)) return null;
  const startsAt = new Date(ofMinuteText(start)).toISOString();
  return { visitTypeId, physicianId, startsAt, minutes: Number.parseInt(minutes, 36) };
}

type SlotKey = { resourceId: string; startMs: number; endMs: number };

export function slotId({ resourceId, startMs, endMs }: SlotKey): string {
  return `${shortId(resourceId)}.${minuteText(startMs)}.${minuteText(endMs)}`;
}

export function readSlotId(id: string): SlotKey | null {
  const [resource = '', start = '', end = '', more] = id.split('.');
  const resourceId = longId(resource);
  const isTime = (text: string) => /^[0-9a-z]{1,6}$/.test(text);
  if (more !== undefined || !resourceId || !isTime(start) || !isTime(end)) return null;
  const [startMs, endMs] = [ofMinuteText(start), ofMinuteText(end)];
  return endMs > startMs ? { resourceId, startMs, endMs } : null;
}

/** FHIR's cancellation codes, and our own words, as the office's reasons. */
export function cancelReasonOf(code: string): CancelReason {
  if (code.startsWith('pat-dec')) return 'deceased';
  if (code.startsWith('prov')) return 'physician-away';
  if (code === 'oth-err') return 'booked-twice';
  if (code.startsWith('pat')) return 'patient-asked';
  return 'other';
}
