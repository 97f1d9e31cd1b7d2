import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { AuditEntry } from '../audit/record.ts';

const compress = promisify(gzip);

/** Below this many bytes an answer fits a few packets as it is. */
const worthCompressing = 8 * 1024;

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
