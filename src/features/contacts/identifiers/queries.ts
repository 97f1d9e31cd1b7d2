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

/** The contact that any of these names, as another system's number; undefined when none does. */
export async function findKnownBy(
  db: Db,
  identifiers: readonly { system: string; value: string }[],
): Promise<string | undefined> {
  const { rows } = await sql<{ contactId: string }>`
    select i.contact_id from jsonb_to_recordset(${JSON.stringify(identifiers)}::jsonb) k (system text, value text)
    join contact_identifiers i on i.system = k.system and i.value = k.value
    order by i.system, i.value limit 1`.execute(db);
  return rows[0]?.contactId;
}
