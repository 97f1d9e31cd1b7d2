import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';

/** Which of these contacts this very import made. */
export async function listOwn(db: Db, importId: string, contactIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ recordId: string }>`
    select record_id from import_rows
    where import_id = ${importId} and record_id = any (${[...contactIds]}::uuid[])
    order by line limit 10000`.execute(db);
  return new Set(rows.map((row) => row.recordId));
}

/** What an undo left, because it was changed or is named by someone, by name. */
export async function listKeptContacts(db: Db, importId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select case when c.kind = 'organization' then c.organization_name
      else concat_ws(', ', c.family_name, nullif(c.given_name, '')) end as name
    from import_rows r join contacts c on c.practice_id = r.practice_id and c.contact_id = r.record_id
    where r.import_id = ${importId} and r.outcome = 'kept' order by c.search_name, r.line limit 1000`.execute(
    db,
  );
  return rows.map((row) => row.name);
}
