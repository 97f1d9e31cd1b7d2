import { sql } from 'kysely';
import type { Db } from '../../platform/db/database.ts';
import { type PracticeFacts, SiteAddress, type SiteRow, type StaffRow } from './schema.ts';

type Lock = 'for update';

function locking(lock: Lock | undefined) {
  return lock ? sql`for update` : sql``;
}

export async function findPractice(db: Db): Promise<PracticeFacts> {
  const { rows } = await sql<PracticeFacts>`
    select practice_id, name, phone, time_zone, kind, version from practices`.execute(db);
  if (!rows[0]) throw new Error('A transaction has a practice.');
  return rows[0];
}

const siteColumns = sql`site_id, name, time_zone, phone, address, active, position, version`;

export async function listSites(db: Db): Promise<SiteRow[]> {
  const { rows } = await sql<SiteRow>`
    select ${siteColumns} from sites order by position, name, site_id limit 200`.execute(db);
  return rows.map(withWholeAddress);
}

export async function findSite(db: Db, siteId: string, lock?: Lock): Promise<SiteRow | undefined> {
  const { rows } = await sql<SiteRow>`
    select ${siteColumns} from sites where site_id = ${siteId} ${locking(lock)}`.execute(db);
  return rows.map(withWholeAddress)[0];
}

// The first site of a practice has an empty address.
function withWholeAddress(site: SiteRow): SiteRow {
  return { ...site, address: SiteAddress.parse(site.address) };
}

const staffColumns = sql`
  staff_id, given_name, family_name, display_name, credentials, kind, specialty, npi, phone, active, version`;

export async function listStaff(db: Db): Promise<StaffRow[]> {
  const { rows } = await sql<StaffRow>`
    select ${staffColumns} from staff
    order by active desc, family_name, given_name, staff_id limit 1000`.execute(db);
  return rows;
}

export async function findStaff(db: Db, staffId: string, lock?: Lock): Promise<StaffRow | undefined> {
  const { rows } = await sql<StaffRow>`
    select ${staffColumns} from staff where staff_id = ${staffId} ${locking(lock)}`.execute(db);
  return rows[0];
}
