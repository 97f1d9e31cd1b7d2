import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { fileName } from '../../patients/rules.ts';
import type { GlassRow } from '../api.ts';

type Row = Omit<GlassRow, 'fileName'> & {
  [K in keyof Parameters<typeof fileName>[0]]: string | null;
};

/** The newest 200 of them: those that nobody reviewed, or all. */
export async function listGlass(db: Db, show: 'open' | 'all'): Promise<GlassRow[]> {
  const { rows } = await sql<Row>`
    select g.glass_id, g.at, g.until, s.display_name as who, g.account_id, g.patient_id, p.family_name,
      p.given_name, p.middle_name, p.suffix, p.preferred_name, coalesce(p.mrn, '') as mrn, g.reason, g.reviewed_at,
      coalesce(r.display_name, '') as reviewed_by, g.review_note
    from broken_glass g
    join staff s on s.practice_id = g.practice_id and s.staff_id = g.staff_id
    left join patients p on p.practice_id = g.practice_id and p.patient_id = g.patient_id
    left join staff r on r.practice_id = g.practice_id and r.staff_id = g.reviewed_by
    where ${show === 'all'} or g.reviewed_at is null
    order by g.at desc, g.glass_id desc limit 200`.execute(db);
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
