import type { LinkSource } from './database.ts';

/** What changed, as `Tx.touch` says it. */
type Touched = { practiceId: string; topic: string; keys: readonly string[] };

/**
 * What something remembered is made of: it is forgotten when one of these topics is touched, and where both sides
 * name days, only when they share one.
 */
export type MadeOf = { topics: readonly string[]; days: readonly string[] };

/** At the longest, also where a process did not hear of a change. */
const believedMs = 60_000;
const mostEntries = 2000;
const mostBytes = 16 * 1024 * 1024;

type Kept = { practiceId: string; of: MadeOf | null; value: Promise<unknown>; bytes: number; atMs: number };

const isDay = (key: string) => /^\d{4}-\d\d-\d\d$/.test(key);

function concerns({ practiceId, topic, keys }: Touched, kept: Kept): boolean {
  if (practiceId !== kept.practiceId || !kept.of?.topics.includes(topic)) return false;
  const days = keys.filter(isDay);
  // What names no day may stand on any: a person's name, the hours of a week.
  return days.length === 0 || kept.of.days.length === 0 || days.some((day) => kept.of?.days.includes(day));
}

/**
 * What was read from a database a moment ago and is asked for by many: one day by forty desks, the hours of the
 * group by every search. It holds what is committed, never what a transaction is still doing, except under a key
 * that names its version.
 */
export class Memory {
  private readonly kept = new Map<string, Kept>();
  private bytes = 0;

  /**
   * @param of what forgets it; null: nothing, the key names a version of what it holds
   * @param weigh bytes of a value that is large
   */
  find<T>(
    key: string,
    entry: { practiceId: string; of: MadeOf | null; weigh?: (value: T) => number },
    make: () => Promise<T>,
  ): Promise<T> {
    const whole = `${entry.practiceId} ${key}`;
    const known = this.kept.get(whole);
    if (known && performance.now() - known.atMs < believedMs) return known.value as Promise<T>;
    if (known) this.drop(whole, known);
    const value = make();
    const kept: Kept = { ...entry, value, bytes: 0, atMs: performance.now() };
    this.kept.set(whole, kept);
    value.then(
      (made) => this.weigh(whole, kept, entry.weigh?.(made) ?? 0),
      () => this.drop(whole, kept),
    );
    return value;
  }

  forget(touches: readonly Touched[]): void {
    for (const [key, kept] of this.kept) {
      if (touches.some((touch) => concerns(touch, kept))) this.drop(key, kept);
    }
  }

  /** Changes may have been missed. */
  forgetAll(): void {
    this.kept.clear();
    this.bytes = 0;
  }

  private weigh(key: string, kept: Kept, bytes: number): void {
    if (this.kept.get(key) !== kept) return;
    kept.bytes = bytes;
    this.bytes += bytes;
    for (const [oldest, one] of this.kept) {
      if (this.bytes <= mostBytes && this.kept.size <= mostEntries) return;
      this.drop(oldest, one);
    }
  }

  private drop(key: string, kept: Kept): void {
    if (this.kept.get(key) !== kept) return;
    this.kept.delete(key);
    this.bytes -= kept.bytes;
  }
}

const bySource = new WeakMap<LinkSource, Memory>();

/** That of one database; every store over it shares it. */
export function memoryOf(source: LinkSource): Memory {
  const known = bySource.get(source) ?? new Memory();
  bySource.set(source, known);
  return known;
}
