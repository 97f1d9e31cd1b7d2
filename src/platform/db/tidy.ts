import type { LinkSource } from './database.ts';
import { withLink } from './transaction.ts';

const minuteMs = 60_000;
/** How often is looked for tables that grew: a first import brings some thousand people in this time. */
const lookMs = minuteMs / 4;
/** As PostgreSQL's autovacuum_analyze_threshold and _scale_factor, less eager for small tables. */
const changedRows = 500;
const changedShare = 0.1;

/**
 * Renew the statistics of tables that changed much since they were last taken: a plan made for an empty table is
 * slow on a full one, the more so the fuller it gets. One table at a time, so that desks come in between.
 * @returns which tables
 */
export async function refreshStatistics(source: LinkSource): Promise<string[]> {
  const { rows } = await withLink(source, (link) =>
    link.query(
      `select s.relname as name, format('analyze %I.%I', s.schemaname, s.relname) as statement
       from pg_stat_user_tables s join pg_class c on c.oid = s.relid
       where s.n_mod_since_analyze > $1 + $2 * greatest(c.reltuples, 0) order by s.relname`,
      [changedRows, changedShare],
    ),
  );
  for (const { statement } of rows) await withLink(source, (link) => link.exec(String(statement)));
  return rows.map((row) => String(row.name));
}

/**
 * The embedded store has no background workers: what a server's autovacuum does is done here. Fresh statistics
 * where much changed, all of them every hour, and once a day the dead rows.
 * @returns what stops it
 */
export function keepTidy(source: LinkSource, onFailure: (error: unknown) => void): () => void {
  if (source.kind !== 'embedded') return () => undefined;
  let hours = 0;
  let looking = false;
  const run = (statement: string): void => {
    withLink(source, (link) => link.exec(statement)).catch(onFailure);
  };
  const look = (): void => {
    if (looking) return;
    looking = true;
    refreshStatistics(source)
      .catch(onFailure)
      .finally(() => {
        looking = false;
      });
  };
  const first = setTimeout(run, 0, 'analyze');
  const often = setInterval(look, lookMs);
  const timer = setInterval(() => {
    hours += 1;
    run(hours % 24 === 0 ? 'vacuum analyze' : 'analyze');
  }, 60 * minuteMs);
  return () => {
    clearTimeout(first);
    clearInterval(often);
    clearInterval(timer);
  };
}
