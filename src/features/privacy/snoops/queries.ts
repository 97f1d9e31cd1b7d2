import { sql } from 'kysely';
import type { PresentReason } from '../../../platform/contributions.ts';
import type { Db } from '../../../platform/db/database.ts';
import { fileName, foldJoined, foldWords } from '../../patients/rules.ts';
import type { FindingRow } from './api.ts';
import type { Colleague, LookDay, Person } from './rules.ts';

/** A look of a day: one account, one person. */
export type DayLook = {
  accountId: string;
  staffId: string;
  patientId: string;
  firstAt: string;
  lastAt: string;
  explained: boolean;
  said: string | null;
  days: number;
  restricted: boolean;
};

export type Span = { from: Date; to: Date; onDate: string };
type Judged = { reasons: readonly PresentReason[]; daysBefore: number; daysAfter: number };

/** By what someone sees a record; lists and searches show names alone. */
const looks = ['patient.opened', 'patient.card', 'patient.exported', 'patients.compared'];

const hours = (days: number) => `${days * 24} hours`;

/**
 * Who looked at whom between two moments, and whether anything explains it: what was near then, or followed since. One
 * statement over the audit of a day, by its index on time.
 */
export async function listDayLooks(db: Db, span: Span, judged: Judged): Promise<DayLook[]> {
  const of = {
    patientId: sql`k.patient_id`,
    accountId: sql`k.account_id`,
    now: sql`k.last_at`,
    from: sql`(k.first_at - ${hours(judged.daysBefore)}::interval)`,
    to: sql`(k.last_at + ${hours(judged.daysAfter)}::interval)`,
  };
  const holds = judged.reasons.map((one) => sql`${one.holds(of)}`);
  const { rows } = await sql<DayLook>`
    with seen as (
      select a.account_id, a.staff_id, s.id as subject_id, a.at, a.subject_kind
      from audit_records a, lateral unnest(a.subject_ids) s (id)
      where a.at >= ${span.from} and a.at < ${span.to} and a.account_id is not null and a.staff_id is not null
        and (a.action = any (${looks}::text[]) or a.action = 'visit.opened')
        and cardinality(a.subject_ids) <= 8
    ), people as (
      select account_id, staff_id, subject_id as patient_id, at from seen where subject_kind = 'patient'
      union all
      select seen.account_id, seen.staff_id, v.patient_id, seen.at from seen
      join visits v on v.visit_id = seen.subject_id where seen.subject_kind = 'visit'
    ), k as (
      select account_id, staff_id, patient_id, min(at) as first_at, max(at) as last_at from people
      group by account_id, staff_id, patient_id
    )
    select k.account_id, k.staff_id, k.patient_id, k.first_at, k.last_at,
      (${holds.length > 0 ? sql.join(holds, sql` or `) : sql`false`}) as explained,
      (select case l.kind when 'none' then null when 'other' then l.text else l.kind end from look_ups l
        where l.account_id = k.account_id and l.patient_id = k.patient_id and l.on_date = ${span.onDate}::date
      ) as said,
      1 + (select count(*) from unexplained_looks u
        where u.account_id = k.account_id and u.patient_id = k.patient_id and u.on_date < ${span.onDate}::date
          and u.on_date > ${span.onDate}::date - 14)::int as days,
      exists (select from restricted_records r where r.patient_id = k.patient_id and r.set_at <= k.last_at
        and (r.lifted_at is null or r.lifted_at > k.first_at)) as restricted
    from k join patients p on p.patient_id = k.patient_id
    order by k.account_id, k.first_at, k.patient_id limit 100000`.execute(db);
  return rows;
}

type PersonRow = {
  patientId: string;
  familyName: string;
  givenName: string;
  phones: { number: string }[];
  addresses: { line1: string; zip: string }[];
};

function toPerson({ patientId, familyName, givenName, phones, addresses }: PersonRow): Person {
  return {
    patientId,
    family: foldJoined(familyName),
    given: foldJoined(givenName),
    phones: phones.map((phone) => phone.number),
    addresses: addresses.flatMap(({ line1, zip }) =>
      line1 ? `${foldWords(line1).join(' ')} ${zip.slice(0, 5)}` : [],
    ),
  };
}

export async function listPersons(db: Db, ids: readonly string[]): Promise<Map<string, Person>> {
  const { rows } = await sql<PersonRow>`
    select patient_id, family_name, given_name, phones, addresses from patients
    where patient_id = any (${[...ids]}::uuid[]) limit 100000`.execute(db);
  return new Map(rows.map((row) => [row.patientId, toPerson(row)]));
}

export async function listColleagues(db: Db): Promise<Colleague[]> {
  type Row = { staffId: string; displayName: string; familyName: string; givenName: string; phone: string };
  const { rows } = await sql<Row & { patientId: string | null }>`
    select s.staff_id, s.display_name, s.family_name, s.given_name, s.phone, l.patient_id
    from staff s left join staff_patients l on l.practice_id = s.practice_id and l.staff_id = s.staff_id
    where s.active order by s.staff_id limit 2000`.execute(db);
  const records = await listPersons(
    db,
    rows.flatMap((row) => row.patientId ?? []),
  );
  return rows.map(({ staffId, displayName, familyName, givenName, phone, patientId }) => ({
    ...{ staffId, displayName, phone },
    family: foldJoined(familyName),
    given: foldJoined(givenName),
    record: (patientId && records.get(patientId)) || null,
  }));
}

/** How many patients there are, and how many of these folded family names. */
export async function countSurnames(db: Db, families: readonly string[]) {
  const { rows } = await sql<{ family: string; count: number }>`
    select search_family as family, count(*)::int as count from patients
    where search_family = any (${[...families]}::text[]) and entered_in_error_at is null
    group by search_family order by search_family limit 5000`.execute(db);
  const total = await sql<{ count: number }>`
    select count(*)::int as count from patients where entered_in_error_at is null`.execute(db);
  return {
    surnames: new Map(rows.map((row) => [row.family, row.count])),
    patients: total.rows[0]?.count ?? 0,
  };
}

export type KnownDay = LookDay & { firstMinute: number; lastMinute: number; roles: string[] };

/** The days of two months before a date, of every account. */
export async function listKnownDays(db: Db, onDate: string): Promise<KnownDay[]> {
  const { rows } = await sql<KnownDay>`
    select d.account_id, d.on_date, d.people, d.unexplained, d.first_minute, d.last_minute, a.roles
    from look_days d join accounts a on a.practice_id = d.practice_id and a.account_id = d.account_id
    where d.on_date < ${onDate}::date and d.on_date >= ${onDate}::date - 60
    order by d.on_date, d.account_id limit 50000`.execute(db);
  return rows;
}

/** The last day that was looked through, and the first that there is anything of. */
export async function findProgress(db: Db): Promise<{ last: string | null; first: string | null }> {
  const { rows } = await sql<{ last: string | null; first: string | null }>`
    select (select max(on_date) from look_days) as last,
      (select at from audit_records order by at limit 1) as first`.execute(db);
  return rows[0] ?? { last: null, first: null };
}

export async function listRolesOf(db: Db): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ accountId: string; roles: string[] }>`
    select account_id, roles from accounts order by account_id limit 5000`.execute(db);
  return new Map(rows.map((row) => [row.accountId, row.roles]));
}

type FindingNames = { [K in keyof Parameters<typeof fileName>[0]]: string | null };

export async function listFindings(
  db: Db,
  asked: { show: 'open' | 'all'; before: Date; limit: number },
): Promise<FindingRow[]> {
  const { rows } = await sql<Omit<FindingRow, 'fileName'> & FindingNames>`
    select f.finding_id, f.at, f.on_date, s.display_name as who, f.account_id, f.patient_id, p.family_name,
      p.given_name, p.middle_name, p.suffix, p.preferred_name, coalesce(p.mrn, '') as mrn, f.points, f.evidence,
      f.reviewed_at, coalesce(r.display_name, '') as reviewed_by, f.review_note
    from snoop_findings f
    join staff s on s.practice_id = f.practice_id and s.staff_id = f.staff_id
    left join patients p on p.practice_id = f.practice_id and p.patient_id = f.patient_id
    left join staff r on r.practice_id = f.practice_id and r.staff_id = f.reviewed_by
    where f.at < ${asked.before} and (${asked.show === 'all'} or f.reviewed_at is null)
    order by f.at desc, f.finding_id desc limit ${asked.limit}`.execute(db);
  return rows.map(({ familyName, givenName, middleName, suffix, preferredName, ...row }) => ({
    ...row,
    fileName: fileName({
      familyName: familyName ?? '',
      givenName: givenName ?? '',
      middleName: middleName ?? '',
      suffix: suffix ?? '',
      preferredName: preferredName ?? '',
    }),
  }));
}
