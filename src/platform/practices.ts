import { sql } from 'kysely';
import { type Db, dbOver, type LinkSource } from './db/database.ts';
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
  // A session says the practice's name and zone.
  tx.touch('sessions');
  return numAffectedRows === 1n;
}

/** How far the simulator has played a demo practice; src/simulator reads and writes it. */
export type DemoState = {
  seed: string;
  /** the day that it was made around */
  anchorOn: string;
  /** the moment up to which its days have been played */
  playedUntil: string;
  done: number;
  total: number;
  /** where to go on: the part of the plan, and how much of that part is there */
  part: number;
  offset: number;
  /** visits that found their time taken, by what people booked meanwhile */
  refused: number;
  /** made by `frontdesk simulate`: it stays around its day */
  load?: boolean;
};

export async function readDemo(db: Db): Promise<DemoState | null> {
  const { rows } = await sql<{ demo: DemoState | null }>`select demo from practices`.execute(db);
  return rows[0]?.demo ?? null;
}

export async function writeDemo(tx: Tx, demo: DemoState): Promise<void> {
  await sql`
    update practices set demo = ${JSON.stringify(demo)}::jsonb where practice_id = ${tx.practiceId}`.execute(
    tx.db,
  );
}

/**
 * Empty a store of the only practice in it, a demo: the one way in which a practice goes away. For the owner's
 * source; the application's role may not.
 */
export async function emptyDemoStore(source: LinkSource, practiceId: string): Promise<void> {
  await withLink(source, async (link) => {
    const { rows } = await link.query('select practice_id, kind from practices', []);
    if (rows.length !== 1 || rows[0]?.practice_id !== practiceId || rows[0]?.kind !== 'demo') {
      throw new Error('Only a demo that is alone in its store can be taken away.');
    }
    const tables = await link.query(
      `select format('%I', c.relname) as name from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'practice_id'
       where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
      [],
    );
    const names = tables.rows.map((row) => String(row.name));
    // Append-only tables are shut by triggers, also for their owner.
    const triggers = (how: string) =>
      names.map((name) => `alter table ${name} ${how} trigger user;`).join(' ');
    await link.exec(
      `begin; ${triggers('disable')} truncate ${names.join(', ')}; ${triggers('enable')} commit`,
    );
  });
}
