import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { AuditEntry } from '../audit/record.ts';
import type { LinkSource } from '../db/database.ts';
import type { Touch } from '../db/transaction.ts';

const compress = promisify(gzip);

/** Below this many bytes an answer fits a few packets as it is. */
const worthCompressing = 8 * 1024;
/** Bytes of answers that are kept at most; the oldest go first. */
const mostBytes = 12 * 1024 * 1024;

/** An answer as it is sent, and what it showed: each who gets it is audited for that. */
export class Answer {
  private packed: Promise<Buffer> | undefined;
  constructor(
    readonly text: Buffer,
    readonly reads: readonly AuditEntry[],
  ) {}

  /** Compressed once, off the main thread. */
  gzipped(): Promise<Buffer> {
    this.packed ??= compress(this.text, { level: constants.Z_BEST_SPEED });
    return this.packed;
  }

  get isLarge(): boolean {
    return this.text.length >= worthCompressing;
  }
}

/** What an answer is made of: it is forgotten when one of these topics is touched, with one of these keys if any. */
export type Remember = { topics: readonly string[]; keys: readonly string[] };

type Kept = Remember & { practiceId: string; answer: Promise<Answer>; bytes: number };

/**
 * Answers that are the same for everyone who may see them: forty desks that look at one day cost one look, not
 * forty. An answer is believed until what it is made of is touched, and for the minute that it was made in at
 * the longest.
 */
export class RememberedAnswers {
  private readonly kept = new Map<string, Kept>();
  private bytes = 0;

  /** The kept answer of a key, or a new one; who asks while it is being made waits for the same. */
  find(key: string, practiceId: string, remember: Remember, make: () => Promise<Answer>): Promise<Answer> {
    const known = this.kept.get(key);
    if (known) return known.answer;
    const kept: Kept = { ...remember, practiceId, answer: make(), bytes: 0 };
    this.kept.set(key, kept);
    kept.answer.then(
      ({ text }) => this.weigh(key, kept, text.length),
      () => this.drop(key, kept),
    );
    return kept.answer;
  }

  forget(touches: readonly Touch[]): void {
    for (const [key, kept] of this.kept) {
      if (touches.some((touch) => concerns(touch, kept))) this.drop(key, kept);
    }
  }

  private weigh(key: string, kept: Kept, bytes: number): void {
    if (this.kept.get(key) !== kept) return;
    kept.bytes = bytes;
    this.bytes += bytes;
    for (const [oldest, one] of this.kept) {
      if (this.bytes <= mostBytes) return;
      this.drop(oldest, one);
    }
  }

  private drop(key: string, kept: Kept): void {
    if (this.kept.get(key) !== kept) return;
    this.kept.delete(key);
    this.bytes -= kept.bytes;
  }
}

const isDay = (key: string) => /^\d{4}-\d\d-\d\d$/.test(key);

function concerns({ practiceId, topic, keys }: Touch, kept: Kept): boolean {
  if (practiceId !== kept.practiceId || !kept.topics.includes(topic)) return false;
  // Keys narrow only what names days: a person's name or an hour may stand in any answer.
  return kept.keys.length === 0 || !keys.some(isDay) || keys.some((key) => kept.keys.includes(key));
}

const bySource = new WeakMap<LinkSource, RememberedAnswers>();

/** Those of one database. */
export function rememberedAnswers(source: LinkSource): RememberedAnswers {
  const known = bySource.get(source) ?? new RememberedAnswers();
  bySource.set(source, known);
  return known;
}

/** Told of every commit, of this process and of others. */
export function forgetAnswers(source: LinkSource, touches: readonly Touch[]): void {
  bySource.get(source)?.forget(touches);
}
