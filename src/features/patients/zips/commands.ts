import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import type { ZipPlace } from './rules.ts';

/** Replace the practice's table of ZIP codes. */
export async function loadZips(tx: Tx, places: readonly ZipPlace[]): Promise<void> {
  await sql`delete from zip_codes where practice_id = ${tx.practiceId}`.execute(tx.db);
  for (let from = 0; from < places.length; from += 5000) {
    const some = JSON.stringify(places.slice(from, from + 5000));
    await sql`
      insert into zip_codes (practice_id, zip, city, state)
      select ${tx.practiceId}, z.zip, z.city, z.state
      from jsonb_to_recordset(${some}::jsonb) z (zip text, city text, state text)
      on conflict do nothing`.execute(tx.db);
  }
  tx.audit({
    action: 'zips.loaded',
    subjectKind: 'practice',
    subjectIds: [tx.practiceId],
    after: { places: places.length },
  });
}
