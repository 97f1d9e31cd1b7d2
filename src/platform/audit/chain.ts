import { createHmac } from 'node:crypto';

/** One audit record as it is chained; `at` in epoch milliseconds so that both drivers agree to the bit. */
export type AuditRecord = {
  seq: number;
  at: number;
  accountId: string | null;
  staffId: string | null;
  requestId: string;
  action: string;
  subjectKind: string;
  subjectIds: string[];
  reason: string | null;
  before: unknown;
  after: unknown;
};

/** JSON with sorted keys: what goes in and what jsonb gives back read the same. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

/**
 * The message authentication code of a record: HMAC-SHA-256 over the code before it, the practice and the
 * record. A change, deletion or reordering breaks every code after it; without the key none can be made anew.
 * @param key 32 bytes, kept outside the database
 * @param previous the code of the record before; empty for the first
 */
export function chainMac(
  key: Buffer,
  previous: Buffer,
  practiceId: string,
  record: AuditRecord,
): Buffer<ArrayBuffer> {
  const text = canonicalJson([
    practiceId,
    record.seq,
    record.at,
    record.accountId,
    record.staffId,
    record.requestId,
    record.action,
    record.subjectKind,
    record.subjectIds,
    record.reason,
    record.before,
    record.after,
  ]);
  return Buffer.from(createHmac('sha256', key).update(previous).update('\0').update(text).digest());
}
