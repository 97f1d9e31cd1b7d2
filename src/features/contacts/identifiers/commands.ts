import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';

export type KnownAs = { contactId: string; system: string; value: string };

/** Keep how contacts are known elsewhere; what is kept already stays. */
export async function keepKnownAs(tx: Tx, known: readonly KnownAs[]): Promise<void> {
  if (known.length === 0) return;
  await sql`
    insert into contact_identifiers (practice_id, system, value, contact_id)
    select ${tx.practiceId}, k.system, k.value, k."contactId"
    from jsonb_to_recordset(${JSON.stringify(known)}::jsonb) k ("contactId" uuid, system text, value text)
    on conflict do nothing`.execute(tx.db);
}
