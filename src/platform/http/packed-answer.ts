import { promisify } from 'node:util';
import { constants, gunzipSync, gzip } from 'node:zlib';
import type { AuditEntry } from '../audit/record.ts';

const compress = promisify(gzip);

/** Below this many bytes an answer fits a few packets as it is. */
const worthCompressing = 8 * 1024;

/** An answer as it is sent, and what it showed: each who gets it is audited for that. */
export class Answer {
  /** One of the two: once it is packed, what is remembered takes an eighth. */
  private plain: Buffer | undefined;
  private packed: Buffer | undefined;
  private packing: Promise<Buffer> | undefined;
  readonly size: number;

  constructor(
    text: Buffer,
    readonly reads: readonly AuditEntry[],
  ) {
    this.plain = text;
    this.size = text.length;
  }

  get text(): Buffer {
    return this.plain ?? gunzipSync(this.packed ?? '');
  }

  /** Compressed once, off the main thread. */
  gzipped(): Promise<Buffer> {
    this.packing ??= compress(this.text, { level: constants.Z_BEST_SPEED }).then((packed) => {
      this.packed = packed;
      this.plain = undefined;
      return packed;
    });
    return this.packing;
  }

  get isLarge(): boolean {
    return this.size >= worthCompressing;
  }
}
