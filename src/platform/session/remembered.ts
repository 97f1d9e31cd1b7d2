import type { LinkSource } from '../db/database.ts';
import type { Touch } from '../db/transaction.ts';

/** How long a session is believed without a look, where a process did not hear that it ended. */
const believedMs = 5000;
const most = 5000;

type Kept<Row> = { row: Row; atMs: number };

/**
 * Sessions that were looked up a moment ago, by the hash of their token. Whatever changes what a session may do
 * touches `sessions`, and then nothing is believed any more: in this process at once, in another as soon as it
 * hears of it, and after five seconds at the latest.
 */
export class RememberedSessions<Row> {
  private kept = new Map<string, Kept<Row>>();
  /** Told apart, so that what was read before a change is not kept after it. */
  private generation = 0;

  async find(token: string, look: () => Promise<Row | undefined>): Promise<Row | undefined> {
    const known = this.kept.get(token);
    const nowMs = performance.now();
    if (known && nowMs - known.atMs < believedMs) return known.row;
    const { generation } = this;
    const row = await look();
    if (row === undefined || generation !== this.generation) {
      this.kept.delete(token);
      return row;
    }
    if (this.kept.size >= most) this.kept.clear();
    this.kept.set(token, { row, atMs: nowMs });
    return row;
  }

  forget(): void {
    this.generation += 1;
    this.kept.clear();
  }
}

const bySource = new WeakMap<LinkSource, RememberedSessions<unknown>>();

/** Those of one database; every store over it shares them. */
export function rememberedSessions<Row>(source: LinkSource): RememberedSessions<Row> {
  const known = bySource.get(source) ?? new RememberedSessions<unknown>();
  bySource.set(source, known);
  return known as RememberedSessions<Row>;
}

/** Changes may have been missed. */
export function forgetAllSessions(source: LinkSource): void {
  bySource.get(source)?.forget();
}

/** Told of every commit, of this process and of others. */
export function forgetSessions(source: LinkSource, touches: readonly Touch[]): void {
  if (touches.some((touch) => touch.topic === 'sessions')) bySource.get(source)?.forget();
}
