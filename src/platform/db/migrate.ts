import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Link } from './database.ts';

export type Migration = { number: number; name: string; sql: string; sha256: string };
export type Applied = { number: number; name: string; sha256: string };

/** The numbered SQL files of a folder, in order. @throws on a gap or a doubled number */
export function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder).filter((file) => /^\d{4}_.+\.sql$/.test(file));
  files.sort();
  return files.map((file, index) => {
    const number = Number(file.slice(0, 4));
    if (number !== index + 1)
      throw new Error(`Migration ${file} is out of order: expected number ${index + 1}.`);
    const sql = readFileSync(path.join(folder, file), 'utf8');
    return { number, name: file, sql, sha256: createHash('sha256').update(sql).digest('hex') };
  });
}

/**
 * What is still to do. @throws when a landed migration was changed, or the data is of a newer program: both
 * are refused before anything is written.
 */
export function pendingMigrations(all: readonly Migration[], applied: readonly Applied[]): Migration[] {
  for (const done of applied) {
    const known = all[done.number - 1];
    if (!known) {
      throw new Error(
        `This data was written by a newer Frontdesk (it has migration ${done.name}). Start that version, or restore the backup made before it.`,
      );
    }
    if (known.sha256 !== done.sha256) {
      throw new Error(
        `Migration ${done.name} was changed after it landed. Put it back and add a new one instead.`,
      );
    }
  }
  return all.slice(applied.length);
}

/** What this database has had; empty for a new one. */
export async function appliedMigrations(link: Link): Promise<Applied[]> {
  const { rows } = await link.query(`select to_regclass('public.migrations') is not null as known`, []);
  if (!rows[0]?.known) return [];
  const { rows: applied } = await link.query(
    'select number, name, sha256 from migrations order by number',
    [],
  );
  return applied as Applied[];
}

// Two processes that start together migrate one after the other.
const lockNumber = 778_301;

/**
 * Bring the database up to this program: each migration in one transaction, its hash recorded.
 * @param beforeFirst called once before anything is written to a database that has data: the backup
 * @returns the names of what was applied
 */
export async function migrate(
  link: Link,
  all: readonly Migration[],
  beforeFirst: () => Promise<void>,
): Promise<string[]> {
  await link.query('select pg_advisory_lock($1)', [lockNumber]);
  try {
    const applied = await appliedMigrations(link);
    const pending = pendingMigrations(all, applied);
    if (pending.length > 0 && applied.length > 0) await beforeFirst();
    for (const migration of pending) await applyOne(link, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await link.query('select pg_advisory_unlock($1)', [lockNumber]);
  }
}

const ledger = `create table if not exists migrations (
  number int primary key, name text not null, sha256 text not null, at timestamptz not null default now());
  alter table migrations enable row level security;`;

async function applyOne(link: Link, migration: Migration): Promise<void> {
  try {
    await link.exec(`begin; ${ledger}`);
    await link.exec(migration.sql);
    await link.query('insert into migrations (number, name, sha256) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.sha256,
    ]);
    await link.exec('commit');
  } catch (error) {
    await link.exec('rollback');
    throw new Error(`Migration ${migration.name} failed and was undone: ${(error as Error).message}`);
  }
}
