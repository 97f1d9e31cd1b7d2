import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { type AuditRecord, chainMac } from './chain.ts';
import { imagesOf, type StoredImages } from './images.ts';

export type Head = { seq: number; mac: string };

export type Verdict =
  | { ok: true; records: number; head: Head }
  | { ok: false; records: number; badSeq: number; why: string };

type Row = Omit<AuditRecord, 'seq' | 'at' | 'before' | 'after'> &
  StoredImages & {
    seq: string;
    at: string;
    mac: Buffer;
  };

const batch = 2000;

/**
 * Walk a practice's chain from its first record. Finds a changed, deleted, reordered or forged record and a
 * cut tail, and names the first bad one.
 * @param known heads noted outside the database earlier; a chain that ends before one, or passes it with
 *   another code, was cut or written anew
 */
export async function verifyChain(
  db: Db,
  key: Buffer,
  practiceId: string,
  known: readonly Head[],
): Promise<Verdict> {
  let mac: Buffer = Buffer.alloc(0);
  let seq = 0;
  const wanted = new Map(known.map((head) => [head.seq, head.mac]));
  for (;;) {
    const rows = await listRecords(db, practiceId, seq);
    for (const row of rows) {
      const number = Number(row.seq);
      if (number !== seq + 1)
        return bad(seq, seq + 1, `record ${seq + 1} is missing: the next one is ${number}`);
      const record = readRecord(row, number);
      if (record) mac = chainMac(key, mac, practiceId, record);
      if (!record || !mac.equals(Buffer.from(row.mac))) {
        return bad(seq, number, `record ${number} (${row.action}) or its place in the order was changed`);
      }
      const noted = wanted.get(number);
      if (noted !== undefined && noted !== mac.toString('hex')) {
        return bad(
          seq,
          number,
          `record ${number} differs from the head that was noted: the chain was written anew`,
        );
      }
      seq = number;
    }
    if (rows.length < batch) break;
  }
  return checkEnd(db, practiceId, { seq, mac: mac.toString('hex') }, known);
}

/** Undefined where its packed images are not what was packed. */
function readRecord(row: Row, seq: number): AuditRecord | undefined {
  try {
    return { ...row, ...imagesOf(row), seq, at: new Date(row.at).getTime() };
  } catch {
    return undefined;
  }
}

function bad(records: number, badSeq: number, why: string): Verdict {
  return { ok: false, records, badSeq, why };
}

async function checkEnd(db: Db, practiceId: string, end: Head, known: readonly Head[]): Promise<Verdict> {
  const { rows } = await sql<{ seq: string; mac: Buffer }>`
    select seq, mac from audit_heads where practice_id = ${practiceId}`.execute(db);
  const inDatabase = rows.map((row) => ({ seq: Number(row.seq), mac: Buffer.from(row.mac).toString('hex') }));
  for (const head of [...inDatabase, ...known]) {
    if (head.seq > end.seq) {
      return bad(end.seq, end.seq + 1, `the tail is cut: records ${end.seq + 1} to ${head.seq} are missing`);
    }
  }
  const last = inDatabase[0];
  if (last && (last.seq !== end.seq || last.mac !== end.mac)) {
    return bad(end.seq, last.seq, 'the stored head does not match the last record');
  }
  return { ok: true, records: end.seq, head: end };
}

async function listRecords(db: Db, practiceId: string, after: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select seq, at, account_id, staff_id, request_id, action, subject_kind, subject_ids::text[] as subject_ids, reason,
      before, after, packed, mac
    from audit_records where practice_id = ${practiceId} and seq > ${after} order by seq limit ${batch}`.execute(
    db,
  );
  return rows;
}
