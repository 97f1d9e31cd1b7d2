import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { SlotCodeRow } from './schema.ts';

const columns = sql`
  slot_code_id, code, name, color, visit_type_ids, release_hours, active, position, version`;

export async function listSlotCodes(db: Db): Promise<SlotCodeRow[]> {
  const { rows } = await sql<SlotCodeRow>`
    select ${columns} from slot_codes order by position, code limit 200`.execute(db);
  return rows;
}

export async function lockSlotCode(db: Db, slotCodeId: string): Promise<SlotCodeRow | undefined> {
  const { rows } = await sql<SlotCodeRow>`
    select ${columns} from slot_codes where slot_code_id = ${slotCodeId} for update`.execute(db);
  return rows[0];
}
