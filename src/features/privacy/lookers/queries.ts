import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { isRoleKey, roleLabels } from '../../../platform/session/roles.ts';
import type { PrivacySettings } from '../schema.ts';
import { type Look, listActions, lookActions, lookWords } from './rules.ts';

type Row = { seq: number; at: string; action: string; who: string | null; roles: string[] | null };
type Asked = { patientId: string; before: number; limit: number; lists: boolean };

const mostVisits = 300;

/**
 * Who looked at a person's record or visits, newest first. One more than asked tells whether there are older ones.
 * The audit of records that became part of this one is told with it.
 */
export async function listLooks(
  db: Db,
  { patientId, before, limit, lists }: Asked,
  { lookerWords }: Pick<PrivacySettings, 'lookerWords'>,
): Promise<Look[]> {
  const actions = lists ? [...lookActions, ...listActions] : lookActions;
  const { rows } = await sql<Row>`
    with subjects as (
      (select ${patientId}::uuid as id)
      union all
      (select m.from_id from patient_merges m where m.into_id = ${patientId} and m.undone_at is null
        order by m.at desc limit 20)
      union all
      (select v.visit_id from visits v where v.patient_id = ${patientId}
        order by v.starts_at desc limit ${mostVisits})
    ), numbers as (
      select distinct n.seq from subjects, lateral frontdesk.audit_about(subjects.id, ${before}, ${limit * 4}, ${
        lists
      }) n (seq)
    )
    select r.seq::int as seq, r.at, r.action, a.display_name as who, a.roles
    from numbers join audit_records r on r.seq = numbers.seq
    left join accounts a on a.practice_id = r.practice_id and a.account_id = r.account_id
    where r.action = any (${actions}::text[])
    order by r.seq desc limit ${limit + 1}`.execute(db);
  return rows.map(({ seq, at, action, who, roles }) => ({
    seq,
    at,
    who: lookerWords === 'name' ? (who ?? 'The office’s own program') : '',
    role:
      (roles ?? []).map((role) => (isRoleKey(role) ? roleLabels[role] : role)).join(', ') || 'Office program',
    what: lookWords(action),
  }));
}
