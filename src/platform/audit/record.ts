import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { type AuditRecord, chainMac } from './chain.ts';
import { bySubject, packImages } from './images.ts';

/** What a command or a reading route says of itself; who and when come from the transaction. */
export type AuditEntry = {
  /** e.g. `visit.booked`, `patient.opened`, `patients.searched` */
  action: string;
  /** e.g. `visit`, `patient` */
  subjectKind: string;
  /** One id, or all ids of a list that was shown. */
  subjectIds: string[];
  reason?: string;
  before?: unknown;
  after?: unknown;
};

type Told = { subjectKind: string; alone: string; together: string };

/** So many subjects are still found by index, each alone (0013_audit_subjects.sql). */
const subjectsPerRecord = 8;

/** One alone is told whole, as the action `alone`; those who came together, some to a record, as `together`. */
export function entriesOf(
  { subjectKind, alone, together }: Told,
  made: readonly { subjectId: string; image: object }[],
): AuditEntry[] {
  const [one] = made;
  if (made.length === 1 && one)
    return [{ action: alone, subjectKind, subjectIds: [one.subjectId], after: one.image }];
  const entries: AuditEntry[] = [];
  for (let at = 0; at < made.length; at += subjectsPerRecord) {
    const some = made.slice(at, at + subjectsPerRecord);
    const after = bySubject(Object.fromEntries(some.map(({ subjectId, image }) => [subjectId, image])));
    entries.push({ action: together, subjectKind, subjectIds: some.map((each) => each.subjectId), after });
  }
  return entries;
}

/**
 * What people bring along (coverages, doctors, visits of other places): one alone is told whole; of many, a practice
 * being filled, the record says whose and how many.
 */
export function entryOf(
  told: Pick<AuditEntry, 'action' | 'subjectKind'>,
  made: readonly { patientId: string }[],
  one: object | undefined,
): AuditEntry {
  const subjectIds = [...new Set(made.map(({ patientId }) => patientId))];
  return { ...told, subjectIds, after: one ?? { count: made.length } };
}

export type AuditWho = { accountId: string | null; staffId: string | null; requestId: string };

/** Plain JSON as jsonb will keep it: no undefined, dates as ISO text. */
function plain(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

type Head = { seq: string; mac: Buffer };

/**
 * Append to the practice's chain. Takes the practice's chain lock, so call it last in a transaction.
 * @param entries with who did it and when; written in this order
 * @param andThen sent along with the last statement: the commit, so that the lock is held no longer than it must
 */
export async function appendAudit(
  db: Db,
  key: Buffer,
  practiceId: string,
  entries: { who: AuditWho; at: Date; entry: AuditEntry }[],
  andThen: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  if (entries.length === 0) {
    await andThen();
    return;
  }
  const { rows } = await sql<Head>`
    select seq, mac from audit_heads where practice_id = ${practiceId} for update`.execute(db);
  let seq = Number(rows[0]?.seq ?? 0);
  let mac: Buffer = Buffer.from(rows[0]?.mac ?? []);
  const records = entries.map(({ who, at, entry }) => {
    seq += 1;
    const record: AuditRecord = {
      seq,
      at: at.getTime(),
      accountId: who.accountId,
      staffId: who.staffId,
      requestId: who.requestId,
      action: entry.action,
      subjectKind: entry.subjectKind,
      subjectIds: entry.subjectIds,
      reason: entry.reason ?? null,
      before: plain(entry.before),
      after: plain(entry.after),
    };
    mac = chainMac(key, mac, practiceId, record);
    return { ...record, mac: mac.toString('hex') };
  });
  const written = writeRecords(db, practiceId, records, seq, mac);
  // A commit after a failed statement is a rollback: both have to hold.
  const [first, then] = await Promise.allSettled([written, andThen()]);
  if (first.status === 'rejected') throw first.reason;
  if (then.status === 'rejected') throw then.reason;
}

async function writeRecords(
  db: Db,
  practiceId: string,
  records: (AuditRecord & { mac: string })[],
  seq: number,
  mac: Buffer,
): Promise<void> {
  // One statement: the records as one JSON parameter, and the new head. Lists of ids are array literals: a day
  // names six hundred, and as JSON they would be taken apart one by one.
  const rows = records.map((one) => {
    const { before, after, packed } = packImages(one);
    const packedHex = packed && Buffer.from(packed).toString('hex');
    return { ...one, before, after, packed: packedHex, subjectIds: `{${one.subjectIds.join(',')}}` };
  });
  await sql`
    with written as (
      insert into audit_records (practice_id, seq, at, account_id, staff_id, request_id, action, subject_kind,
        subject_ids, reason, before, after, packed, mac)
      select ${practiceId}, r.seq, to_timestamp(r.at / 1000.0), r."accountId", r."staffId", r."requestId", r.action,
        r."subjectKind", r."subjectIds"::uuid[], r.reason, nullif(r.before, 'null'), nullif(r.after, 'null'),
        decode(r.packed, 'hex'), decode(r.mac, 'hex')
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(seq bigint, at bigint, "accountId" uuid,
        "staffId" uuid, "requestId" text, action text, "subjectKind" text, "subjectIds" text, reason text,
        before jsonb, after jsonb, packed text, mac text)
    )
    insert into audit_heads (practice_id, seq, mac) values (${practiceId}, ${seq}, ${mac})
    on conflict (practice_id) do update set seq = excluded.seq, mac = excluded.mac`.execute(db);
}
