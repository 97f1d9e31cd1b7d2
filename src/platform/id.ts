import { z } from 'zod';

/** A UUID, version 7 for records made here (ordered by time, so that B-trees grow at one end). */
export const Id = z.uuid();

/** Random bytes of several ids at once: asking for them costs more than they do. */
const pool = new Uint8Array(16 * 128);
let used = pool.length;

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const dashBefore = new Set([4, 6, 8, 10]);

/** New UUIDv7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then random bits. Both sides. */
export function newId(nowMs: number = Date.now()): string {
  if (used >= pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const bytes = pool.subarray(used, used + 16);
  used += 16;
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(nowMs / 2 ** (8 * (5 - i))) & 0xff;
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  let text = '';
  for (let i = 0; i < 16; i++) text += (dashBefore.has(i) ? '-' : '') + hex[bytes[i] ?? 0];
  return text;
}
