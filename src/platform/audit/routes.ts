import { sql } from 'kysely';
import type { PersonPath } from '../contributions.ts';
import type { Db } from '../db/database.ts';
import { byPatient } from '../db/transaction.ts';
import { type Route, route } from '../http/route.ts';
import { type AuditRow, listAudit, listAuditPeople } from './api.ts';
import { imagesAbout, type StoredImages, shownImages } from './images.ts';

type Wanted = {
  subjectId?: string | undefined;
  accountId?: string | undefined;
  before?: number | undefined;
  limit: number;
};

/** Above every number of a record. */
const newest = Number.MAX_SAFE_INTEGER;

/** Of one subject: narrowed by account there are fewer, so more of them are looked at. */
function about({ subjectId, accountId, before, limit }: Wanted) {
  if (!subjectId) return sql``;
  const most = accountId ? 5000 : limit + 1;
  return sql`and r.seq = any (array(select frontdesk.audit_about(${subjectId}, ${before ?? newest}, ${most}, true)))`;
}

async function listRecords(db: Db, wanted: Wanted): Promise<AuditRow[]> {
  const { rows } = await sql<Omit<AuditRow, 'seq'> & StoredImages & { seq: string }>`
    select r.seq, r.at, coalesce(a.display_name,
      case when starts_with(r.request_id, ${byPatient}) then 'The patient, by link' else 'The office' end) as who, r.action, r.subject_kind,
      r.subject_ids::text[] as subject_ids, r.reason, r.before, r.after, r.packed
    from audit_records r
    left join accounts a on a.practice_id = r.practice_id and a.account_id = r.account_id
    where (${wanted.accountId ?? null}::uuid is null or r.account_id = ${wanted.accountId ?? null}::uuid)
      and r.seq < ${wanted.before ?? newest}::bigint ${about(wanted)}
    order by r.seq desc limit ${wanted.limit + 1}`.execute(db);
  return rows.map(({ packed, ...row }) => {
    const images = shownImages({ ...row, packed });
    const { subjectId } = wanted;
    return { ...row, ...(subjectId ? imagesAbout(images, subjectId) : images), seq: Number(row.seq) };
  });
}

type Hidden = ReadonlySet<string>;

/** Those of these ids that are, or stand for, someone whose record is closed to who asks. */
async function hiddenAmong(
  db: Db,
  ids: readonly string[],
  { hidden, behind }: { hidden: Hidden; behind: readonly PersonPath[] },
): Promise<Hidden> {
  const people = [...hidden];
  const others = behind.map((one) => one.people(sql`${[...ids]}::uuid[]`));
  const { rows } = await sql<{ asked: string }>`
    select asked from (${sql.join(others, sql` union all `)}) s
    where patient_id = any (${people}::uuid[]) order by asked limit 10000`.execute(db);
  return new Set([...people, ...rows.map((row) => row.asked)]);
}

/** Of a restricted record: that something was done, when and by whom; nothing of what it says. */
async function withoutHidden(
  db: Db,
  records: readonly AuditRow[],
  asked: { hidden: Hidden; behind: readonly PersonPath[] },
): Promise<AuditRow[]> {
  if (asked.hidden.size === 0) return [...records];
  const ids = [...new Set(records.flatMap((one) => one.subjectIds))];
  const closed = await hiddenAmong(db, ids, asked);
  return records.map((one) =>
    one.subjectIds.some((id) => closed.has(id)) ? { ...one, reason: null, before: null, after: null } : one,
  );
}

/** Reading the audit is itself recorded: what was asked for, not the records again. */
export const auditRoutes = (behind: readonly PersonPath[]): readonly Route[] => [
  route(listAudit, 'audit.read', async (tx, { query, hidden }) => {
    const found = await listRecords(tx.db, query);
    const records = await withoutHidden(tx.db, found, { hidden, behind });
    const subjectIds = query.subjectId ? [query.subjectId] : [];
    tx.audit({ action: 'audit.read', subjectKind: 'audit', subjectIds });
    return { records: records.slice(0, query.limit), more: records.length > query.limit };
  }),
  route(listAuditPeople, 'audit.read', async (tx) => {
    const { rows } = await sql<{ accountId: string; displayName: string }>`
      select account_id, display_name from accounts order by display_name limit 500`.execute(tx.db);
    return { people: rows };
  }),
];
