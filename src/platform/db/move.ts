import { createHash } from 'node:crypto';
import type { Link } from './database.ts';
import { type DumpHead, type DumpLine, dumpDatabase, dumpTable, listTables } from './dump.ts';
import { DumpRefused, loadDump } from './load.ts';
import type { Migration } from './migrate.ts';

/** Rows and their sum: SHA-256 of each row as JSON, added up, so that their order does not matter. */
export type Tally = { count: number; sum: string };

/** Both sides tell rows the same way, whatever their own settings say. */
const sameWords = `set timezone to 'UTC'; set bytea_output to 'hex'`;
const modulus = 1n << 256n;

class Counter {
  private readonly tables = new Map<string, { count: number; sum: bigint }>();
  private current = { count: 0, sum: 0n };

  add(line: DumpLine): void {
    if ('table' in line) {
      this.current = { count: 0, sum: 0n };
      this.tables.set(line.table, this.current);
    } else if ('row' in line) {
      this.current.count += 1;
      const hash = createHash('sha256').update(line.row).digest('hex');
      this.current.sum = (this.current.sum + BigInt(`0x${hash}`)) % modulus;
    }
  }

  all(): Map<string, Tally> {
    return new Map(
      [...this.tables].map(([table, { count, sum }]) => [table, { count, sum: sum.toString(16) }]),
    );
  }
}

const parsed = (line: string): DumpLine => JSON.parse(line);

/**
 * Everything of one database into another that is empty, in one transaction there. Before it ends, every table is
 * read back and compared with what was read here, by count and by hash.
 * @returns what was moved, by table
 * @throws DumpRefused when the other is not empty, or does not hold the same in the end; then it holds nothing
 */
export async function moveInto(
  target: Link,
  source: Link,
  facts: Pick<DumpHead, 'version' | 'at' | 'auditKey'>,
  all: readonly Migration[],
): Promise<Map<string, Tally>> {
  await source.exec(sameWords);
  await target.exec(sameWords);
  await refuseStrange(target);
  const read = new Counter();
  const lines = dumpDatabase(source, facts);
  const first = await lines.next();
  const head = first.done ? undefined : parsed(first.value);
  if (!head || !('kind' in head)) throw new DumpRefused('There is nothing to move.');
  const counted = async function* () {
    for await (const line of lines) {
      read.add(parsed(line));
      yield line;
    }
  };
  try {
    await loadDump(target, head, counted(), all, (link) => compare(link, read.all()));
  } finally {
    // Ends the reading transaction, also when the loading stopped half way.
    await lines.return(undefined);
  }
  return read.all();
}

/** Tables of someone else would be mixed with ours. */
async function refuseStrange(link: Link): Promise<void> {
  const { rows } = await link.query(
    `select count(*)::int as count from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
       and to_regclass('public.migrations') is null
       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`,
    [],
  );
  if (Number(rows[0]?.count) > 0)
    throw new DumpRefused('This database holds tables of another program. Make an empty one.');
}

async function compare(link: Link, wanted: ReadonlyMap<string, Tally>): Promise<void> {
  const there = new Counter();
  for (const table of await listTables(link)) {
    for await (const line of dumpTable(link, table)) there.add(parsed(line));
  }
  const found = there.all();
  for (const [table, { count, sum }] of wanted) {
    const other = found.get(table);
    if (other?.count !== count || other.sum !== sum)
      throw new DumpRefused(`Table ${table} did not arrive as it left. Nothing was moved.`);
  }
}
