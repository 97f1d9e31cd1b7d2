import { sql } from 'kysely';
import type { z } from 'zod';
import type { PresentReason } from '../../../platform/contributions.ts';
import type { Db } from '../../../platform/db/database.ts';
import { fileName } from '../../patients/rules.ts';
import type { listLookUps as endpoint, LookUpRow } from '../api.ts';
import type { PrivacySettings } from '../schema.ts';

type Asked = z.output<(typeof endpoint)['query']>;
type Row = Omit<LookUpRow, 'fileName'> & Parameters<typeof fileName>[0];

type Judged = { reasons: readonly PresentReason[]; settings: PrivacySettings; now: Date };

const dayMs = 86_400_000;

/** Look-ups with what followed: a reason that the facts give since then, as far as the practice looks ahead. */
export async function listLookUps(db: Db, asked: Asked, judged: Judged): Promise<LookUpRow[]> {
  const { daysBefore, daysAfter } = judged.settings;
  const of = {
    patientId: sql`l.patient_id`,
    accountId: sql`l.account_id`,
    now: sql`${judged.now}::timestamptz`,
    from: sql`(l.at - ${`${daysBefore * 24} hours`}::interval)`,
    to: sql`(greatest(l.at, ${judged.now}::timestamptz) + ${`${daysAfter * 24} hours`}::interval)`,
  };
  const cases = judged.reasons.map((one) => sql`when ${one.holds(of)} then ${one.label}::text`);
  const { rows } = await sql<Row>`
    select l.look_up_id, l.at, s.display_name as who, l.account_id, l.patient_id, p.family_name, p.given_name,
      p.middle_name, p.suffix, p.preferred_name, p.mrn, l.kind, l.text, l.reviewed_at, coalesce(r.display_name, '') as reviewed_by,
      l.review_note, case ${cases.length > 0 ? sql.join(cases, sql` `) : sql`when false then ''`} end as since
    from look_ups l
    join patients p on p.practice_id = l.practice_id and p.patient_id = l.patient_id
    join staff s on s.practice_id = l.practice_id and s.staff_id = l.staff_id
    left join staff r on r.practice_id = l.practice_id and r.staff_id = l.reviewed_by
    where l.at < ${asked.before ? new Date(asked.before) : new Date(judged.now.getTime() + dayMs)}
      and (${asked.show === 'all'} or l.reviewed_at is null)
      and (${asked.kind ?? null}::text is null or l.kind = ${asked.kind ?? null})
      and (${asked.accountId ?? null}::uuid is null or l.account_id = ${asked.accountId ?? null}::uuid)
    order by l.at desc, l.look_up_id desc limit ${asked.limit + 1}`.execute(db);
  return rows.map((row) => ({ ...row, fileName: fileName(row) }));
}

export async function countOpenLookUps(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select 1 from look_ups where reviewed_at is null limit 1000) open`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Whose look-ups there are, by name. */
export async function listLookers(db: Db): Promise<{ accountId: string; displayName: string }[]> {
  const { rows } = await sql<{ accountId: string; displayName: string }>`
    select account_id, display_name from accounts order by display_name, account_id limit 1000`.execute(db);
  return rows;
}
