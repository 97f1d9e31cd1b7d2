import { existsSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Config } from '../../../platform/config.ts';
import type { Db } from '../../../platform/db/database.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { readDemo } from '../../../platform/practices.ts';
import { lastBackupFile } from '../../last-backup.ts';
import { getUpkeep, Upkeep } from './api.ts';

export type UpkeepFacts = { version: string; storage: 'embedded' | 'server'; startedAt: Date };

type Counted = { databaseBytes: string; waiting: number; dead: number; oldestRunAt: string | null };

async function countQueue(db: Db): Promise<Counted> {
  const { rows } = await sql<Counted>`
    select pg_database_size(current_database()) as database_bytes,
      count(*) filter (where dead_at is null)::int as waiting,
      count(*) filter (where dead_at is not null)::int as dead,
      min(run_at) filter (where dead_at is null) as oldest_run_at
    from jobs`.execute(db);
  const counted = rows[0];
  if (!counted) throw new Error('An aggregate always answers a row.');
  return counted;
}

async function findHead(db: Db): Promise<Upkeep['auditHead']> {
  const { rows } = await sql<{ seq: string; mac: Buffer }>`select seq, mac from audit_heads`.execute(db);
  return { seq: Number(rows[0]?.seq ?? 0), mac: Buffer.from(rows[0]?.mac ?? []).toString('hex') };
}

function readLastBackup(config: Pick<Config, 'dataFolder'>): Upkeep['lastBackup'] {
  const file = lastBackupFile(config);
  return existsSync(file) ? Upkeep.shape.lastBackup.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

/** How the office itself is doing, for its manager. */
export function systemRoutes(config: Pick<Config, 'dataFolder'>, facts: UpkeepFacts): readonly Route[] {
  return [
    route(getUpkeep, 'office.upkeep', async (tx) => {
      const { databaseBytes, ...queue } = await countQueue(tx.db);
      return {
        version: facts.version,
        storage: facts.storage,
        startedAt: facts.startedAt.toISOString(),
        databaseBytes: Number(databaseBytes),
        memoryBytes: process.memoryUsage().rss,
        lastBackup: readLastBackup(config),
        queue,
        auditHead: await findHead(tx.db),
        demo: await readDemo(tx.db),
      };
    }),
  ];
}
