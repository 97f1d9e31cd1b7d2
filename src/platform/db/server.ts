import pg from 'pg';
import type { Link, LinkSource } from './database.ts';
import { serverParser } from './parsers.ts';

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    serverParser(oid, pg.types.getTypeParser(oid, format) as (value: string) => unknown),
} as pg.CustomTypesConfig;

class ServerLink implements Link {
  constructor(readonly client: pg.PoolClient) {}

  async query(sql: string, params: readonly unknown[]) {
    const result = await this.client.query(sql, [...params]);
    return { rows: result.rows, affected: result.rowCount ?? 0 };
  }

  async exec(sql: string) {
    const result = (await this.client.query(sql)) as unknown as pg.QueryResult | pg.QueryResult[];
    const last = Array.isArray(result) ? result.at(-1) : result;
    return { rows: last?.rows ?? [], affected: last?.rowCount ?? 0 };
  }
}

/**
 * A pool of connections to a PostgreSQL server (15 or newer).
 * @param url `postgres://…` of a login role
 * @param size connections at most
 */
export function openServer(url: string, size = 12): LinkSource {
  const pool = new pg.Pool({ connectionString: url, max: size, types, application_name: 'frontdesk' });
  // A connection that breaks while idle is replaced by the pool; nothing was lost on it.
  pool.on('error', () => undefined);
  return {
    kind: 'server',
    acquire: async () => new ServerLink(await pool.connect()),
    release: (link, broken) => (link as ServerLink).client.release(broken === true),
    close: () => pool.end(),
  };
}
