import { createHash, randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type EmbeddedSource, openEmbedded } from '../src/platform/db/embedded.ts';
import { migrate, readMigrations } from '../src/platform/db/migrate.ts';
import { openServer } from '../src/platform/db/server.ts';
import { withLink } from '../src/platform/db/transaction.ts';

/** Migrated once, cloned per test file: an embedded store in the temporary folder, a template on the server. */
const migrations = readMigrations(path.resolve(import.meta.dirname, '../db/migrations'));
const hash = createHash('sha256')
  .update(migrations.map((migration) => migration.sha256).join())
  .digest('hex')
  .slice(0, 12);

export const embeddedTemplate = path.join(os.tmpdir(), `frontdesk-template-${hash}`);
export const serverTemplate = `frontdesk_template_${hash}`;
export const serverUrl = process.env.TEST_PG_URL;
/** The application's login role on the test server: owns nothing. */
export const login = { user: 'frontdesk_login', password: 'login' };

const none = async () => undefined;

/** A store that has just been made (initdb takes seconds) and holds nothing yet. */
const embeddedEmpty = path.join(os.tmpdir(), 'frontdesk-empty-0.5.16');

/** Make a folder once, also when several runs try at the same time. */
async function makeFolder(place: string, fill: (folder: string) => Promise<void>): Promise<void> {
  if (existsSync(place)) return;
  const making = `${place}-${randomUUID()}`;
  mkdirSync(making, { recursive: true });
  await fill(making);
  try {
    renameSync(making, place);
  } catch {
    // Another run made it meanwhile.
    rmSync(making, { recursive: true, force: true });
  }
}

export async function makeEmbeddedTemplate(): Promise<void> {
  await makeFolder(embeddedEmpty, async (folder) => {
    await (await openEmbedded({ folder, durable: false })).close();
  });
  await makeFolder(embeddedTemplate, async (folder) => {
    cpSync(embeddedEmpty, folder, { recursive: true });
    const source = await openEmbedded({ folder, durable: false });
    await withLink(source, (link) => migrate(link, migrations, none));
    await source.close();
  });
}

export function databaseUrl(name: string, user?: { user: string; password: string }): string {
  const url = new URL(serverUrl ?? '');
  url.pathname = `/${name}`;
  if (user) {
    url.username = user.user;
    url.password = user.password;
  }
  return url.toString();
}

export async function asServerOwner<T>(
  work: (client: pg.Client) => Promise<T>,
  database = 'postgres',
): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl(database) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export async function makeServerTemplate(): Promise<void> {
  if (!serverUrl) return;
  await asServerOwner(async (client) => {
    await client.query('select pg_advisory_lock(778302)');
    await client.query(`do $$ begin create role ${login.user} login password '${login.password}';
      exception when duplicate_object then null; end $$`);
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [serverTemplate]);
    if (rows.length > 0) return;
    await client.query(`create database ${serverTemplate}`);
    try {
      const source = openServer(databaseUrl(serverTemplate), 1);
      await withLink(source, (link) => migrate(link, migrations, none)).finally(() => source.close());
      await client.query(`grant frontdesk_app to ${login.user}`);
    } catch (error) {
      await client.query(`drop database ${serverTemplate}`);
      throw error;
    }
  });
}

/** Clone the embedded template into a folder of the test's own. */
export function cloneEmbedded(folder: string): void {
  cpSync(embeddedTemplate, folder, { recursive: true });
}

/** Open an empty embedded store of the test's own; `close` removes it. */
export async function openEmptyEmbedded(): Promise<EmbeddedSource> {
  const folder = path.join(os.tmpdir(), `frontdesk-own-${randomUUID()}`);
  cpSync(embeddedEmpty, folder, { recursive: true });
  const source = await openEmbedded({ folder, durable: false });
  const close = async () => {
    await source.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...source, close };
}

/** An empty store in a folder of the test's own, not yet opened. */
export function emptyEmbeddedInto(folder: string): void {
  cpSync(embeddedEmpty, folder, { recursive: true });
}

export async function cloneServer(): Promise<{ name: string; drop(): Promise<void> }> {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await asServerOwner((client) => client.query(`create database ${name} template ${serverTemplate}`));
  return {
    name,
    drop: () =>
      asServerOwner(async (client) => void (await client.query(`drop database ${name} with (force)`))),
  };
}
