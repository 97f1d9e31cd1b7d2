import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { usualSettings, usualSite, usualType } from './rules.ts';
import type { KeptOnlineSettings, KeptOnlineSite, KeptOnlineType } from './schema.ts';

export async function readSettings(db: Db): Promise<KeptOnlineSettings> {
  const { rows } = await sql<KeptOnlineSettings>`
    select code, is_on, hold_hours, version from online_settings limit 1`.execute(db);
  return rows[0] ?? { ...usualSettings, code: '', version: 0 };
}

/** Every visit type, in use or once opened: what the practice wrote of it, or the usual. */
export async function listOnlineTypes(
  db: Db,
): Promise<(KeptOnlineType & { name: string; active: boolean })[]> {
  const { rows } = await sql<KeptOnlineType & { name: string; active: boolean }>`
    select t.visit_type_id, t.name, t.active, coalesce(o.open_to, ${usualType.openTo}) as open_to,
      coalesce(o.notice_hours, ${usualType.noticeHours}::int) as notice_hours,
      coalesce(o.days_ahead, ${usualType.daysAhead}::int) as days_ahead,
      coalesce(o.most_open, ${usualType.mostOpen}::int) as most_open,
      coalesce(o.may_move, ${usualType.mayMove}::boolean) as may_move, coalesce(o.name_en, '') as name_en,
      coalesce(o.name_es, '') as name_es, coalesce(o.prepare_en, '') as prepare_en,
      coalesce(o.prepare_es, '') as prepare_es, coalesce(o.version, 0) as version
    from visit_types t
    left join online_types o on o.practice_id = t.practice_id and o.visit_type_id = t.visit_type_id
    where t.active or o.open_to <> 'nobody'
    order by t.position, t.name, t.visit_type_id limit 500`.execute(db);
  return rows;
}

export async function readOnlineType(db: Db, visitTypeId: string): Promise<KeptOnlineType> {
  const { rows } = await sql<KeptOnlineType>`
    select visit_type_id, open_to, notice_hours, days_ahead, most_open, may_move, name_en, name_es, prepare_en,
      prepare_es, version
    from online_types where visit_type_id = ${visitTypeId}`.execute(db);
  return rows[0] ?? { ...usualType, visitTypeId, version: 0 };
}

export async function listOnlineSites(db: Db): Promise<(KeptOnlineSite & { name: string })[]> {
  const { rows } = await sql<KeptOnlineSite & { name: string }>`
    select s.site_id, s.name, coalesce(o.arrive_en, '') as arrive_en, coalesce(o.arrive_es, '') as arrive_es,
      coalesce(o.version, 0) as version
    from sites s
    left join online_sites o on o.practice_id = s.practice_id and o.site_id = s.site_id
    where s.active order by s.position, s.name, s.site_id limit 500`.execute(db);
  return rows;
}

export async function readOnlineSite(db: Db, siteId: string): Promise<KeptOnlineSite> {
  const { rows } = await sql<KeptOnlineSite>`
    select site_id, arrive_en, arrive_es, version from online_sites where site_id = ${siteId}`.execute(db);
  return rows[0] ?? { ...usualSite, siteId, version: 0 };
}
