import type { LinkSource } from './database.ts';
import { withLink } from './transaction.ts';

const minuteMs = 60_000;
/** Often at first, while a new practice or the demo fills up; then every hour. */
const firstMinutes = [0, 0.25, 1, 3, 8, 20];

/**
 * The embedded store has no background workers: what a server's autovacuum does is done here. Fresh statistics
 * (a plan made for an empty table is slow on a full one), and once a day the dead rows.
 * @returns what stops it
 */
export function keepTidy(source: LinkSource, onFailure: (error: unknown) => void): () => void {
  if (source.kind !== 'embedded') return () => undefined;
  let hours = 0;
  const run = (statement: string): void => {
    withLink(source, (link) => link.exec(statement)).catch(onFailure);
  };
  const first = firstMinutes.map((minutes) => setTimeout(run, minutes * minuteMs, 'analyze'));
  const timer = setInterval(() => {
    hours += 1;
    run(hours % 24 === 0 ? 'vacuum analyze' : 'analyze');
  }, 60 * minuteMs);
  return () => {
    clearInterval(timer);
    for (const one of first) clearTimeout(one);
  };
}
