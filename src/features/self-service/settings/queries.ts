import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { usualSettings, usualSite, usualType } from './rules.ts';
import type { KeptOnlineSettings, KeptOnlineSite, KeptOnlineType } from './schema.ts';

export async function readSettings(db: Db): Promise<KeptOnlineSettings> {
  const { rows } = await sql<KeptOnlineSettings>`
    select code, is_on, hold_hours, version from online_settings limit 1`.execute(db);
  return rows[0] ?? { ...usualSettings, code: '', version: 0 };
}

/** Those that the practice wrote; of others the usual holds. */
export async function listOnlineTypes(db: Db): Promise<KeptOnlineType[]> {
  const { rows } = await sql<KeptOnlineType>`
    select visit_type_id, open_to, notice_hours, days_ahead, most_open, may_move, name_en, name_es, prepare_en,
      prepare_es, version
    from online_types order by visit_type_id limit 500`.execute(db);
  return rows;
}

export async function readOnlineType(db: Db, visitTypeId: string): Promise<KeptOnlineType> {
  const { rows } = await sql<KeptOnlineType>`
    select visit_type_id, open_to, notice_hours, days_ahead, most_open, may_move, name_en, name_es, prepare_en,
      prepare_es, version
    from online_types where visit_type_id = ${visitTypeId}`.execute(db);
  return rows[0] ?? { ...usualType, visitTypeId, version: 0 };
}

export async function listOnlineSites(db: Db): Promise<KeptOnlineSite[]> {
  const { rows } = await sql<KeptOnlineSite>`
    select site_id, arrive_en, arrive_es, version from online_sites order by site_id limit 500`.execute(db);
  return rows;
}

export async function readOnlineSite(db: Db, siteId: string): Promise<KeptOnlineSite> {
  const { rows } = await sql<KeptOnlineSite>`
    select site_id, arrive_en, arrive_es, version from online_sites where site_id = ${siteId}`.execute(db);
  return rows[0] ?? { ...usualSite, siteId, version: 0 };
}
