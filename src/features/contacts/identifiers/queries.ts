import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';

/** Contacts by how another system knows them: value → id. */
export async function findKnownAs(
  db: Db,
  system: string,
  values: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ value: string; contactId: string }>`
    select value, contact_id from contact_identifiers
    where system = ${system} and value = any (${[...values]}::text[]) order by value limit 5000`.execute(db);
  return new Map(rows.map((row) => [row.value, row.contactId]));
}
