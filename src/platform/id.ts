import { z } from 'zod';

/** A UUID, version 7 for records made here (ordered by time, so that B-trees grow at one end). */
export const Id = z.uuid('this is no record’s number. Look the record up again.');

/** Random bytes of several ids at once: asking for them costs more than they do. */
const pool = new Uint8Array(16 * 128);
let used = pool.length;

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const dashBefore = new Set([4, 6, 8, 10]);

/**
 * Ids of one millisecond count up, so that they sort as they were made: jobs of a subject keep their order. Where more
 * are made than can be counted, they go on in the next one (RFC 9562 section 6.2, rollover).
 */
let lastMs = Number.NaN;
let madeMs = Number.NaN;
let counter = 0;

/**
 * New UUIDv7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, 12 that count up within one (section 6.2, method
 * 1; they begin at random in the lower half), then random bits. Both sides.
 */
export function newId(nowMs: number = Date.now()): string {
  if (used >= pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const bytes = pool.subarray(used, used + 16);
  used += 16;
  if (nowMs >= lastMs && nowMs <= madeMs) {
    counter += 1;
    if (counter > 0xfff) [madeMs, counter] = [madeMs + 1, 0];
  } else [madeMs, counter] = [nowMs, (((bytes[6] ?? 0) & 0x07) << 8) | (bytes[7] ?? 0)];
  lastMs = nowMs;
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(madeMs / 2 ** (8 * (5 - i))) & 0xff;
  bytes[6] = (counter >> 8) | 0x70;
  bytes[7] = counter & 0xff;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  let text = '';
  for (let i = 0; i < 16; i++) text += (dashBefore.has(i) ? '-' : '') + hex[bytes[i] ?? 0];
  return text;
}
