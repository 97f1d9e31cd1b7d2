import fs from 'node:fs';
import path from 'node:path';
import type { Config } from '../config.ts';
import type { Link, LinkSource } from './database.ts';
import { type EmbeddedSource, openEmbedded } from './embedded.ts';
import { lockFolder } from './folder-lock.ts';
import { appliedMigrations, type Migration, migrate, pendingMigrations, readMigrations } from './migrate.ts';
import { openServer } from './server.ts';
import { withLink } from './transaction.ts';

export type OpenedDatabase = {
  source: LinkSource;
  /** Present when the embedded store is used. */
  embedded?: EmbeddedSource;
  applied: string[];
  close(): Promise<void>;
};

/** Called before data is migrated, with the open (still old) database. */
export type BackupBefore = (source: LinkSource) => Promise<void>;

/**
 * Open the database that the configuration names, locked, migrated (after a backup) and checked: the embedded
 * store of the data folder, or a PostgreSQL server.
 */
export async function openDatabase(
  config: Config,
  migrationsFolder: string,
  backup: BackupBefore,
): Promise<OpenedDatabase> {
  return config.databaseUrl
    ? openServerDatabase(config, config.databaseUrl, migrationsFolder, backup)
    : openEmbeddedDatabase(config, migrationsFolder, backup);
}

async function openEmbeddedDatabase(
  config: Config,
  migrationsFolder: string,
  backup: BackupBefore,
): Promise<OpenedDatabase> {
  const unlock = lockFolder(config.dataFolder);
  let source: EmbeddedSource | undefined;
  const close = async () => {
    await source?.close();
    unlock();
  };
  try {
    const folder = path.join(config.dataFolder, 'database');
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    source = await openEmbedded({ folder, durable: true });
    const applied = await migrateEmbedded(source, readMigrations(migrationsFolder), backup);
    return { source, embedded: source, applied, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The embedded store has one session: the backup must have it before the migration does, or they wait for each other.
 * The folder is locked, so nobody migrates in between.
 */
async function migrateEmbedded(
  source: EmbeddedSource,
  all: readonly Migration[],
  backup: BackupBefore,
): Promise<string[]> {
  const applied = await withLink(source, appliedMigrations);
  if (applied.length > 0 && pendingMigrations(all, applied).length > 0) await backup(source);
  return withLink(source, (link) => migrate(link, all, async () => undefined));
}

async function openServerDatabase(
  config: Config,
  url: string,
  migrationsFolder: string,
  backup: BackupBefore,
): Promise<OpenedDatabase> {
  const migrations = readMigrations(migrationsFolder);
  let applied: string[] = [];
  if (config.ownerUrl) {
    const owner = openServer(config.ownerUrl, 2);
    try {
      applied = await withLink(owner, async (link) => {
        const names = await migrate(link, migrations, () => backup(owner));
        await admitLogin(link, url);
        return names;
      });
    } finally {
      await owner.close();
    }
  }
  const source = openServer(url, config.poolSize);
  try {
    await withLink(source, refuseOwner);
    return { source, applied, close: () => source.close() };
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** Let the login role of DATABASE_URL act as the application. */
async function admitLogin(link: Link, url: string): Promise<void> {
  const login = decodeURIComponent(new URL(url).username);
  await link.query(`select set_config('frontdesk.login', $1, false)`, [login]);
  await link.exec(`do $$ begin
    execute format('grant frontdesk_app to %I', current_setting('frontdesk.login'));
  end $$`);
}

/** Row-level security binds everyone but owners and superusers, so the office must not sign in as one. */
async function refuseOwner(link: Link): Promise<void> {
  const { rows } = await link.query(
    `select r.rolsuper or r.rolbypassrls or exists (
       select from pg_class c where c.relowner = r.oid and c.relname = 'practices') as too_mighty,
       to_regclass('public.migrations') is not null as migrated
     from pg_roles r where r.rolname = current_user`,
    [],
  );
  const found = rows[0];
  if (found?.too_mighty) {
    throw new Error(
      'DATABASE_URL signs in as an owner or superuser, whom row-level security does not bind. Make a plain login role for it and give the owner’s address as DATABASE_OWNER_URL.',
    );
  }
  if (!found?.migrated) {
    throw new Error(
      'This database has no Frontdesk tables yet. Set DATABASE_OWNER_URL once, so that they can be made.',
    );
  }
}
