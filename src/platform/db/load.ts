import { createHash, type Hash } from 'node:crypto';
import type { Link } from './database.ts';
import { addRow, type DumpHead, type DumpLine } from './dump.ts';
import { appliedMigrations, type Migration, migrate, pendingMigrations } from './migrate.ts';

export class DumpRefused extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'DumpRefused';
  }
}

export type Loaded = { head: DumpHead; tables: number; rows: number };

function parseLine(text: string): DumpLine {
  try {
    return JSON.parse(text) as DumpLine;
  } catch {
    throw new DumpRefused('This backup is damaged: a line of it cannot be read.');
  }
}

function isHead(line: DumpLine): line is DumpHead {
  return 'kind' in line && line.kind === 'frontdesk-dump' && line.format === 1;
}

/** Read a dump through without writing: every count and hash must agree, and nothing may be missing. */
export async function checkDump(lines: AsyncIterable<string>): Promise<Loaded> {
  let head: DumpHead | undefined;
  let table: { name: string; hash: Hash; count: number } | undefined;
  let tables = 0;
  let rows = 0;
  for await (const text of lines) {
    const line = parseLine(text);
    if (!head) {
      if (!isHead(line)) throw new DumpRefused('This file was not made by “frontdesk backup”.');
      head = line;
    } else if ('table' in line) {
      table = { name: line.table, hash: createHash('sha256'), count: 0 };
    } else if ('row' in line && table) {
      addRow(table.hash, line.row);
      table.count += 1;
    } else if ('end' in line && table) {
      if (line.end !== table.name || line.count !== table.count || line.sha256 !== table.hash.digest('hex')) {
        throw new DumpRefused(`This backup is damaged: table ${table.name} is not what was written.`);
      }
      tables += 1;
      rows += table.count;
      table = undefined;
    }
  }
  if (!head || table) throw new DumpRefused('This backup is cut short.');
  return { head, tables, rows };
}

const batchRows = 500;

/**
 * Load a checked dump into an empty database: first its migrations, then its rows in one transaction, then the
 * migrations that came after it.
 * @param check before the rows are committed; what it throws takes them back
 * @throws DumpRefused when the database has a practice already, or the dump is of another or newer program
 */
export async function loadDump(
  link: Link,
  head: DumpHead,
  lines: AsyncIterable<string>,
  all: readonly Migration[],
  check: (link: Link) => Promise<void> = async () => undefined,
): Promise<void> {
  pendingMigrations(all, head.migrations);
  const applied = await appliedMigrations(link);
  if (applied.length > 0) await refuseUsed(link);
  if (applied.length > head.migrations.length) {
    throw new DumpRefused(
      'This database is prepared for a newer version than the backup. Restore into an empty one.',
    );
  }
  const none = async () => undefined;
  await migrate(link, all.slice(0, head.migrations.length), none);
  await link.exec('begin');
  try {
    await loadRows(link, lines);
    await check(link);
    await link.exec('commit');
  } catch (error) {
    await link.exec('rollback');
    throw error;
  }
  await migrate(link, all, none);
}

async function refuseUsed(link: Link): Promise<void> {
  const { rows } = await link.query('select count(*)::int as count from practices', []);
  if (Number(rows[0]?.count) > 0) {
    throw new DumpRefused(
      'This database holds a practice already. Name an empty one (FRONTDESK_DATA or DATABASE_URL of a new place).',
    );
  }
}

async function loadRows(link: Link, lines: AsyncIterable<string>): Promise<void> {
  let table = '';
  let waiting: string[] = [];
  const flush = async () => {
    if (waiting.length === 0) return;
    const json = `[${waiting.join(',')}]`;
    await link.query(
      `insert into "${table}" select * from json_populate_recordset(null::"${table}", $1::json)`,
      [json],
    );
    waiting = [];
  };
  for await (const text of lines) {
    const line = parseLine(text);
    if ('table' in line) table = line.table.replaceAll('"', '');
    else if ('row' in line) {
      waiting.push(line.row);
      if (waiting.length >= batchRows) await flush();
    } else if ('end' in line) await flush();
  }
}
