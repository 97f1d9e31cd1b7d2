import { sql } from 'kysely';
import { dbOver } from './db/database.ts';
import { type Store, type Tx, withLink } from './db/transaction.ts';

export type PracticeKind = 'real' | 'demo' | 'training';

/** Which practices this database holds: ids and kinds, oldest first. */
export async function listPractices(store: Store): Promise<{ practiceId: string; kind: PracticeKind }[]> {
  return withLink(store.source, async (link) => {
    const { rows } = await sql<{ practiceId: string; kind: PracticeKind }>`
      select practice_id, kind from frontdesk.list_practices()`.execute(dbOver(link, store.count));
    return rows;
  });
}

/** The row of a new practice, in its own transaction. */
export async function insertPractice(
  tx: Tx,
  practice: { name: string; kind: PracticeKind; timeZone: string },
): Promise<void> {
  await sql`
    insert into practices (practice_id, name, kind, time_zone, created_at)
    values (${tx.practiceId}, ${practice.name}, ${practice.kind}, ${practice.timeZone}, ${tx.now})`.execute(
    tx.db,
  );
}

/** Change the practice's own facts. @returns false when another write came first */
export async function changePracticeFacts(
  tx: Tx,
  version: number,
  facts: { name: string; phone: string; timeZone: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update practices set name = ${facts.name}, phone = ${facts.phone}, time_zone = ${facts.timeZone},
      version = version + 1
    where practice_id = ${tx.practiceId} and version = ${version}`.execute(tx.db);
  return numAffectedRows === 1n;
}
