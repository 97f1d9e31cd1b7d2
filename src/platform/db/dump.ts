import { createHash, type Hash } from 'node:crypto';
import type { Link } from './database.ts';
import { appliedMigrations } from './migrate.ts';

/**
 * A dump is lines of JSON: one head, then per table its name, its rows and its count and SHA-256. It reads the
 * same from either storage, and can be loaded into either.
 */
export type DumpHead = {
  kind: 'frontdesk-dump';
  format: 1;
  version: string;
  at: string;
  migrations: { number: number; name: string; sha256: string }[];
  /** Secrets that belong to the data: without the audit key the chain cannot be verified again. */
  auditKey: string;
};
export type DumpLine =
  | DumpHead
  | { table: string }
  | { row: string }
  | { end: string; count: number; sha256: string };

const fetchRows = 2000;

/** The office's tables, parents before children, so that rows load in this order. */
export async function listTables(link: Link): Promise<string[]> {
  const { rows: tables } = await link.query(
    `select c.oid::int as id, c.relname as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migrations' order by c.relname`,
    [],
  );
  const { rows: references } = await link.query(
    `select conrelid::int as child, confrelid::int as parent from pg_constraint where contype = 'f' and conrelid <> confrelid`,
    [],
  );
  const names = new Map(tables.map((table) => [Number(table.id), String(table.name)]));
  const ordered: string[] = [];
  const placed = new Set<number>();
  while (placed.size < names.size) {
    const ready = [...names.keys()].filter(
      (id) =>
        !placed.has(id) &&
        references.every(
          (one) => one.child !== id || placed.has(Number(one.parent)) || !names.has(Number(one.parent)),
        ),
    );
    if (ready.length === 0) throw new Error('The tables refer to each other in a circle.');
    for (const id of ready) {
      placed.add(id);
      ordered.push(names.get(id) ?? '');
    }
  }
  return ordered;
}

function lineOf(value: DumpLine): string {
  return `${JSON.stringify(value)}\n`;
}

/**
 * The whole database as one consistent picture, also while the office works. Needs the owner's rights, which
 * row-level security does not bind.
 */
export async function* dumpDatabase(
  link: Link,
  facts: Pick<DumpHead, 'version' | 'at' | 'auditKey'>,
): AsyncGenerator<string> {
  await link.exec('begin isolation level repeatable read read only');
  try {
    const migrations = await appliedMigrations(link);
    yield lineOf({ kind: 'frontdesk-dump', format: 1, ...facts, migrations });
    for (const table of await listTables(link)) yield* dumpTable(link, table);
  } finally {
    await link.exec('commit');
  }
}

/** One table inside the transaction that is open: its name, its rows, its count and hash. */
export async function* dumpTable(link: Link, table: string): AsyncGenerator<string> {
  yield lineOf({ table });
  const hash = createHash('sha256');
  let count = 0;
  await link.exec(`declare dump_rows cursor for select row_to_json(t)::text as row from "${table}" t`);
  for (;;) {
    const { rows } = await link.exec(`fetch ${fetchRows} from dump_rows`);
    for (const fetched of rows) {
      const row = String(fetched.row);
      addRow(hash, row);
      yield lineOf({ row });
    }
    count += rows.length;
    if (rows.length < fetchRows) break;
  }
  await link.exec('close dump_rows');
  yield lineOf({ end: table, count, sha256: hash.digest('hex') });
}

/** Both sides hash rows the same way. */
export function addRow(hash: Hash, row: string): void {
  hash.update(row).update('\n');
}
