import type { DatabaseConnection, Driver, QueryResult } from 'kysely';
import {
  CamelCasePlugin,
  Kysely,
  type KyselyPlugin,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';

/**
 * What a query function takes first: inside a transaction it is that transaction's connection.
 * The schema's truth is the SQL in db/migrations, so statements are `sql` templates, not a typed builder.
 */
export type Db = Kysely<unknown>;

/** One connection to PostgreSQL, embedded or server: the little that the office needs of a driver. */
export type Link = {
  query(
    sql: string,
    params: readonly unknown[],
  ): Promise<{ rows: Record<string, unknown>[]; affected: number }>;
  /** Several statements without parameters in one round trip; answers the last one's rows. */
  exec(sql: string): Promise<{ rows: Record<string, unknown>[]; affected: number }>;
};

/** A source of links: a pool of server connections, or the one embedded session behind a queue. */
export type LinkSource = {
  kind: 'embedded' | 'server';
  acquire(): Promise<Link>;
  release(link: Link, broken?: boolean): void;
  close(): Promise<void>;
};

/** How many statements went to the database: tests assert counts, never times. */
export type StatementCount = { statements: number };

class LinkConnection implements DatabaseConnection {
  constructor(
    readonly link: Link,
    private readonly count: StatementCount,
  ) {}

  async executeQuery<R>(compiled: { sql: string; parameters: readonly unknown[] }): Promise<QueryResult<R>> {
    this.count.statements += 1;
    const { rows, affected } = await this.link.query(compiled.sql, compiled.parameters);
    return { rows: rows as R[], numAffectedRows: BigInt(affected) };
  }

  // biome-ignore lint/correctness/useYield: the office reads whole, limited lists
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not used: every list has a limit.');
  }
}

/** A Kysely driver over one link that is already in a transaction: begin and commit are the caller's. */
class FixedLinkDriver implements Driver {
  private readonly connection: LinkConnection;
  constructor(link: Link, count: StatementCount) {
    this.connection = new LinkConnection(link, count);
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.connection;
  }
  async beginTransaction(): Promise<void> {
    throw new Error('Commands never begin a transaction: the route or the job does.');
  }
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

const plugins: KyselyPlugin[] = [new CamelCasePlugin({ maintainNestedObjectKeys: true })];

/** Wrap an acquired link as the `Db` that queries take. snake_case columns arrive as camelCase fields. */
export function dbOver(link: Link, count: StatementCount): Db {
  return new Kysely<unknown>({
    dialect: {
      createDriver: () => new FixedLinkDriver(link, count),
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    plugins,
  });
}
