import pg from 'pg';
import type { Link, LinkSource } from './database.ts';
import { listenToOthers } from './heard.ts';
import { serverParser } from './parsers.ts';

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    serverParser(oid, pg.types.getTypeParser(oid, format) as (value: string) => unknown),
} as pg.CustomTypesConfig;

/** Statements are templates, so there are a few hundred; beyond this something builds texts, and those stay unnamed. */
const mostNames = 1500;
const names = new Map<string, string>();

/** The name under which a connection keeps a statement parsed: the same text, the same name on each of them. */
function nameOf(sql: string): string | undefined {
  const known = names.get(sql);
  if (known || names.size >= mostNames) return known;
  const made = `s${names.size + 1}`;
  names.set(sql, made);
  return made;
}

/** How long the end of a read may wait for company, in milliseconds. */
const endOfReadMs = 3;

class ServerLink implements Link {
  private gathering = false;
  private readonly stream: Corked;

  constructor(readonly client: pg.PoolClient) {
    // A connection that breaks while it is lent fails what was asked of it; without a listener it would end the process.
    client.on('error', () => undefined);
    this.stream = (client as unknown as { connection: { stream: Corked } }).connection.stream;
  }

  async query(sql: string, params: readonly unknown[]) {
    this.gather();
    const result = await this.client.query({ name: nameOf(sql), text: sql, values: [...params] });
    return { rows: result.rows, affected: result.rowCount ?? 0 };
  }

  async exec(sql: string) {
    this.gather();
    const result = (await this.client.query(sql)) as unknown as pg.QueryResult | pg.QueryResult[];
    const last = Array.isArray(result) ? result.at(-1) : result;
    return { rows: last?.rows ?? [], affected: last?.rowCount ?? 0 };
  }

  begin(practiceId: string, readOnly: boolean) {
    return Promise.all([
      this.query(readOnly ? 'begin read only' : 'begin', []),
      this.query(`select set_config('frontdesk.practice_id', $1, true)`, [practiceId]),
    ]);
  }

  commit(readOnly: boolean) {
    if (!readOnly) return this.query('commit', []);
    // Nobody waits for the end of a read: it leaves with what the connection is asked next, or soon by itself.
    this.stream.cork();
    const done = this.client.query({ name: nameOf('commit'), text: 'commit', values: [] });
    setTimeout(() => this.send(), endOfReadMs).unref();
    return done;
  }

  /** What is asked in one go leaves in one write: `begin` with the first statement, the last one with `commit`. */
  private gather(): void {
    if (this.gathering) return;
    this.gathering = true;
    this.stream.cork();
    process.nextTick(() => this.send());
  }

  private send(): void {
    this.gathering = false;
    while (this.stream.writableCorked > 0) this.stream.uncork();
  }
}

const links = new WeakMap<pg.PoolClient, ServerLink>();

function linkOf(client: pg.PoolClient): ServerLink {
  const known = links.get(client) ?? new ServerLink(client);
  links.set(client, known);
  return known;
}

type Corked = { writableCorked: number; cork(): void; uncork(): void };

/**
 * A pool of connections to a PostgreSQL server (15 or newer). Each is pipelined: statements are sent as they are
 * asked for and answered in that order.
 * @param url `postgres://…` of a login role
 * @param size connections at most
 */
export function openServer(url: string, size = 12): LinkSource {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    types,
    application_name: 'frontdesk',
    options: '-c timezone=UTC',
    pipeline: true,
    // Also how long a request waits for a connection to be free before it is told to come again.
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
  } as pg.PoolConfig);
  // A connection that breaks while idle is replaced by the pool; nothing was lost on it.
  pool.on('error', () => undefined);
  return {
    kind: 'server',
    acquire: async () => linkOf(await pool.connect()),
    release: (link, broken) => (link as ServerLink).client.release(broken === true),
    listen: (ears) => listenToOthers(url, ears),
    close: () => pool.end(),
  };
}
