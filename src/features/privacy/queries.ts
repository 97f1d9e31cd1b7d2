import { sql } from 'kysely';
import type { Db } from '../../platform/db/database.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { type PrivacyState, type Restricted, startSettings } from './rules.ts';
import { PrivacySettings } from './schema.ts';

type Row = {
  settings: unknown;
  restricted: Restricted[];
  /** Records that became part of a restricted one. */
  parts: { partId: string; patientId: string }[];
  ownRecords: { staffId: string; patientId: string }[];
  glass: { accountId: string; patientId: string | null; until: string }[];
  purposes: { sessionId: string; purpose: string }[];
};

const yearMs = 365 * 86_400_000;

/** Everything that decides who sees whom, in one statement. */
export async function readPrivacyState(db: Db, now: Date): Promise<PrivacyState> {
  const { rows } = await sql<Row>`
    select
      (select json_build_object('asks', asks, 'daysBefore', days_before, 'daysAfter', days_after,
          'roleModes', role_modes, 'glassMinutes', glass_minutes, 'emergencyMinutes', emergency_minutes,
          'lookerWords', looker_words, 'version', version)
        from privacy_settings) as settings,
      (select coalesce(json_agg(json_build_object('patientId', r.patient_id, 'roles', r.roles,
          'accountIds', r.account_ids, 'careTeam', r.care_team, 'careStaffIds', case when r.care_team then (
            select coalesce(json_agg(distinct d.staff_id), '[]') from visits v
            join resources d on d.practice_id = v.practice_id and d.resource_id = v.physician_id
            where v.patient_id = r.patient_id and v.state <> 'entered_in_error'
              and v.starts_at >= ${new Date(now.getTime() - yearMs)}) else '[]'::json end)
          order by r.patient_id), '[]')
        from restricted_records r where r.lifted_at is null) as restricted,
      (with recursive parts as (
          select m.from_id, r.patient_id from restricted_records r
          join patient_merges m on m.practice_id = r.practice_id and m.into_id = r.patient_id
          where r.lifted_at is null and m.undone_at is null
          union
          select m.from_id, parts.patient_id from parts
          join patient_merges m on m.into_id = parts.from_id where m.undone_at is null)
        select coalesce(json_agg(json_build_object('partId', from_id, 'patientId', patient_id)
          order by from_id), '[]') from parts) as parts,
      (select coalesce(json_agg(json_build_object('staffId', staff_id, 'patientId', patient_id)
          order by staff_id), '[]') from staff_patients) as own_records,
      (select coalesce(json_agg(json_build_object('accountId', account_id, 'patientId', patient_id,
          'until', until) order by until), '[]')
        from broken_glass where until > ${now}) as glass,
      (select coalesce(json_agg(json_build_object('sessionId', session_id, 'purpose', purpose)
          order by session_id), '[]')
        from sessions where kind = 'key' and purpose <> '' and ended_at is null) as purposes`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('A select without a from clause answers one row.');
  return {
    settings: row.settings ? PrivacySettings.parse(row.settings) : startSettings,
    restricted: withParts(row),
    ownRecords: new Map(row.ownRecords.map((one) => [one.staffId, one.patientId])),
    glass: row.glass,
    purposes: new Map(row.purposes.map((one) => [one.sessionId, one.purpose])),
  };
}

/** Whose records are restricted, whoever may open them: what stands open to everyone names none of them. */
export async function restrictedIds(tx: Tx): Promise<ReadonlySet<string>> {
  return new Set((await readPrivacyState(tx.db, tx.now)).restricted.keys());
}

/** Everything of a restricted person is: also the records that became part of theirs. */
function withParts({ restricted, parts }: Row): Map<string, Restricted> {
  const all = new Map(restricted.map((one) => [one.patientId, one]));
  for (const { partId, patientId } of parts) {
    const whole = all.get(patientId);
    if (whole) all.set(partId, { ...whole, patientId: partId });
  }
  return all;
}
