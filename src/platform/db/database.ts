import {
  type CompiledQuery,
  PostgresAdapter,
  PostgresQueryCompiler,
  type QueryExecutor,
  type QueryExecutorProvider,
  type QueryResult,
  type RootOperationNode,
} from 'kysely';
import type { Ears } from './heard.ts';
import type { MadeOf, Memory } from './memory.ts';

/**
 * What a query function takes first: inside a transaction it is that transaction's connection.
 * The schema's truth is the SQL in db/migrations, so statements are `sql` templates, not a typed builder.
 */
export type Db = QueryExecutorProvider & {
  /**
   * What many ask for and few change, from memory where it is there. A transaction that writes remembers only
   * under keys that name a version (`of` null), and reads everything else itself.
   */
  remember<T>(key: string, of: MadeOf | null, make: () => Promise<T>): Promise<T>;
};

type Answered = { rows: Record<string, unknown>[]; affected: number };

/**
 * One connection to PostgreSQL, embedded or server: the little that the office needs of a driver. Statements run
 * in the order in which they were asked for, so a later one may be sent before an earlier one was answered.
 */
export type Link = {
  query(sql: string, params: readonly unknown[]): Promise<Answered>;
  /** Several statements without parameters in one round trip; answers the last one's rows. */
  exec(sql: string): Promise<Answered>;
  /** Begin a transaction as the application, for this practice (a UUID): what it reads and writes is only theirs. */
  begin(practiceId: string, readOnly: boolean): Promise<unknown>;
  commit(readOnly: boolean): Promise<unknown>;
};

/** A source of links: a pool of server connections, or the one embedded session behind a queue. */
export type LinkSource = {
  kind: 'embedded' | 'server';
  acquire(): Promise<Link>;
  release(link: Link, broken?: boolean): void;
  /** Hear what other processes on this database commit; left out where there is only this one. */
  listen?(ears: Ears): () => Promise<void>;
  close(): Promise<void>;
};

/** How many statements went to the database: tests assert counts, never times. */
export type StatementCount = { statements: number };

const camelNames = new Map<string, string>();

function camel(name: string): string {
  const known = camelNames.get(name);
  if (known) return known;
  const made = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  // Names of columns are few; names that a text builds (json keys, labels) must not gather here.
  if (camelNames.size < 5000) camelNames.set(name, made);
  return made;
}

/** snake_case columns arrive as camelCase fields; what is inside a JSON value stays as it is. */
function camelRows(rows: Record<string, unknown>[]): Record<string, unknown>[] {
  const [first] = rows;
  if (!first) return rows;
  const names = Object.keys(first);
  const fields = names.map(camel);
  if (names.every((name, index) => name === fields[index])) return rows;
  return rows.map((row) => {
    const made: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index += 1) {
      made[fields[index] ?? ''] = row[names[index] ?? ''];
    }
    return made;
  });
}

const compiler = new PostgresQueryCompiler();
const adapter = new PostgresAdapter();

function unused(): never {
  throw new Error('Statements are sql templates on a link of their own: nothing else of a builder is used.');
}

/** What a `sql` template asks of its database, over one link that is already in a transaction. */
class LinkExecutor implements QueryExecutor {
  readonly adapter = adapter;
  readonly plugins = [];
  constructor(
    private readonly link: Link,
    private readonly count: StatementCount,
  ) {}

  transformQuery<T extends RootOperationNode>(node: T): T {
    return node;
  }

  compileQuery<R>(node: RootOperationNode, queryId: CompiledQuery['queryId']): CompiledQuery<R> {
    return compiler.compileQuery(node, queryId);
  }

  async executeQuery<R>(compiled: CompiledQuery<R>): Promise<QueryResult<R>> {
    this.count.statements += 1;
    const { rows, affected } = await this.link.query(compiled.sql, compiled.parameters);
    return { rows: camelRows(rows) as R[], numAffectedRows: BigInt(affected) };
  }

  stream = unused;
  provideConnection = unused;
  withConnectionProvider = unused;
  withPlugin = unused;
  withPlugins = unused;
  withPluginAtFront = unused;
  withoutPlugins = unused;
}

export type Remembering = { memory: Memory; practiceId: string; readOnly: boolean };

/** Wrap an acquired link as the `Db` that queries take; without a memory everything is read anew. */
export function dbOver(link: Link, count: StatementCount, remembering?: Remembering): Db {
  const executor = new LinkExecutor(link, count);
  return {
    getExecutor: () => executor,
    remember: (key, of, make) => {
      if (!remembering || (of !== null && !remembering.readOnly)) return make();
      return remembering.memory.find(key, { practiceId: remembering.practiceId, of }, make);
    },
  };
}
