import type { LinkSource } from './database.ts';
import { withLink } from './transaction.ts';

const hourMs = 3_600_000;

/**
 * The embedded store has no background workers: what a server's autovacuum does is done here, at the start and
 * every hour: fresh statistics (a plan made for an empty table is slow on a full one); once a night, dead rows.
 * @returns what stops it
 */
export function keepTidy(source: LinkSource, onFailure: (error: unknown) => void): () => void {
  if (source.kind !== 'embedded') return () => undefined;
  let rounds = 0;
  const tidy = (): void => {
    const statement = rounds % 24 === 23 ? 'vacuum analyze' : 'analyze';
    rounds += 1;
    withLink(source, (link) => link.exec(statement)).catch(onFailure);
  };
  tidy();
  const timer = setInterval(tidy, hourMs);
  return () => clearInterval(timer);
}
