/**
 * Entries of a FHIR Bundle out of a stream of bytes, each as it arrives: what is held is one entry, never the file.
 * The scanner knows just enough JSON (strings, brackets) to find where an entry ends; each is parsed on its own, so
 * that a broken one costs itself and not those behind it.
 */

export type ScanLimits = { bytes: number; depth: number };

export type Piece =
  /** One member of Bundle.entry; of one that is too large or too deep only the beginning. */
  | { kind: 'entry'; index: number; bytes: Uint8Array; fault?: 'large' | 'deep' | 'cut' }
  /** Last: what stands around the entries (all of it where there are none), their lists emptied. */
  | {
      kind: 'shell';
      bytes: Uint8Array;
      entries: number;
      lists: number;
      /** The file ended among the entries. */
      isInEntries: boolean;
      fault?: 'large' | 'deep' | 'cut' | 'more';
    };

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];
const headBytes = 65_536;

const isBlank = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Bytes that are gathered up to a limit; past it only the beginning is kept. */
class Gathered {
  #parts: Uint8Array[] = [];
  #limit: number;
  size = 0;
  isOver = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(part: Uint8Array): void {
    if (part.length === 0 || this.isOver) return;
    this.#parts.push(part);
    this.size += part.length;
    if (this.size > this.#limit) this.stop();
  }

  /** Keep the beginning only. */
  stop(): void {
    const head = this.take().slice(0, headBytes);
    this.#parts = [head];
    this.size = head.length;
    this.isOver = true;
  }

  take(): Uint8Array {
    const [first] = this.#parts;
    if (first && this.#parts.length === 1) return first;
    const whole = new Uint8Array(this.size);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}

type Element = { gathered: Gathered; isDeep: boolean; isScalar: boolean };

export class BundleScanner {
  readonly #limits: ScanLimits;
  readonly #shell: Gathered;
  readonly #done: Piece[] = [];
  /** The brackets that are open, outermost first; deeper than the limit they are only counted. */
  #open: number[] = [];
  #beyond = 0;
  #inString = false;
  #escaped = false;
  /** The last byte that is no blank, outside strings. */
  #last = 0;
  #element: Element | undefined;
  #inEntries = false;
  #index = 0;
  #lists = 0;
  #ended = false;
  #more = false;
  #isShellDeep = false;
  /** Members of the Bundle itself: the text being read, the last key, and what resourceType says. */
  #text: number[] | undefined;
  #key = '';
  #type = '';

  constructor(limits: ScanLimits) {
    this.#limits = limits;
    this.#shell = new Gathered(limits.bytes);
  }

  /** Bytes of the file that are held now. */
  get held(): number {
    return this.#shell.size + (this.#element?.gathered.size ?? 0);
  }

  /** @returns the entries that ended in this chunk */
  push(chunk: Uint8Array): Piece[] {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      if (this.#ended) {
        this.#more ||= !isBlank(chunk[at] ?? 0);
        from = chunk.length;
        continue;
      }
      const byte = chunk[at] ?? 0;
      if (this.#inString) at = this.#readString(chunk, at);
      else from = this.#readOutside(chunk, at, byte, from);
    }
    this.#keep(chunk, from, chunk.length);
    return this.#done.splice(0);
  }

  /** The file is over. @returns the entry in which it was cut, if so, and what stands around the entries */
  end(): Piece[] {
    const element = this.#element;
    if (element) this.#finish('cut');
    const fault = this.#shellFault();
    const counts = { entries: this.#index, lists: this.#lists, isInEntries: this.#inEntries };
    const shell = { kind: 'shell' as const, bytes: this.#shell.take(), ...counts };
    return [...this.#done.splice(0), fault ? { ...shell, fault } : shell];
  }

  #shellFault(): 'large' | 'deep' | 'cut' | 'more' | undefined {
    if (this.#isShellDeep) return 'deep';
    if (this.#shell.isOver) return 'large';
    if (!this.#ended) return 'cut';
    return this.#more ? 'more' : undefined;
  }

  #keep(chunk: Uint8Array, from: number, to: number): void {
    if (from >= to) return;
    if (this.#element) this.#element.gathered.add(chunk.subarray(from, to));
    else if (!this.#inEntries) this.#shell.add(chunk.subarray(from, to));
  }

  /** To the end of the string, or of the chunk. @returns where it got to */
  #readString(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (this.#escaped) this.#escaped = false;
      else if (byte === backslash) this.#escaped = true;
      // No string of JSON holds the end of a line: a quote is missing, and what follows is no string.
      else if (byte === quote || byte === 0x0a) {
        this.#inString = false;
        if (byte === quote) this.#endString();
        return at;
      }
      if (this.#text && this.#text.length < 40) this.#text.push(byte);
    }
    return chunk.length;
  }

  #endString(): void {
    if (!this.#text) return;
    const text = String.fromCharCode(...this.#text);
    this.#text = undefined;
    if (this.#last !== colon) this.#key = text;
    else if (this.#key === 'resourceType') this.#type = text;
    this.#last = quote;
  }

  /** @returns from where on the chunk is not kept yet */
  #readOutside(chunk: Uint8Array, at: number, byte: number, from: number): number {
    if (isBlank(byte)) return this.#afterScalar(chunk, at, from);
    if (this.#inEntries && this.#open.length === 2) {
      const ended = byte === comma || byte === closeList;
      if (this.#element && ended) from = this.#afterScalar(chunk, at, from);
      if (byte === closeList) {
        this.#inEntries = false;
        this.#open.pop();
        this.#last = byte;
        return at;
      }
      // A bracket too many is passed over.
      if (ended || byte === closeObject) return from;
      if (!this.#element) {
        from = at;
        this.#begin(byte);
      }
    } else if (this.#isUnclosed(byte)) {
      from = this.#beginAnew(chunk, at, from);
    }
    return this.#readToken(chunk, at, byte, from);
  }

  #begin(byte: number): void {
    const isScalar = byte !== openObject && byte !== openList;
    this.#element = { gathered: new Gathered(this.#limits.bytes), isDeep: false, isScalar };
    this.#last = 0;
  }

  /** `{…, {`: no key begins so. The entry before was not closed, and this is the next one. */
  #isUnclosed(byte: number): boolean {
    if (byte !== openObject || this.#last !== comma || !this.#element || this.#beyond > 0) return false;
    return this.#open.at(-1) === openObject;
  }

  #beginAnew(chunk: Uint8Array, at: number, from: number): number {
    this.#keep(chunk, from, at);
    this.#open.length = 2;
    this.#finish();
    this.#begin(openObject);
    return at;
  }

  #readToken(chunk: Uint8Array, at: number, byte: number, from: number): number {
    if (byte === quote) {
      this.#inString = true;
      this.#escaped = false;
      // Which member of the Bundle this is; inside entries nobody asks.
      if (this.#open.length === 1 && !this.#element) this.#text = [];
      else this.#last = quote;
      return from;
    }
    if (byte === openObject || byte === openList) return this.#descend(chunk, at, byte, from);
    if (byte === closeObject || byte === closeList) return this.#ascend(chunk, at, byte, from);
    this.#last = byte;
    return from;
  }

  #descend(chunk: Uint8Array, at: number, byte: number, from: number): number {
    const isEntries = byte === openList && this.#open.length === 1 && this.#last === colon;
    if (isEntries && this.#key === 'entry' && (this.#type === '' || this.#type === 'Bundle')) {
      // The shell keeps an empty list in its place.
      this.#keep(chunk, from, at + 1);
      this.#inEntries = true;
      this.#lists += 1;
      from = at + 1;
    }
    this.#last = byte;
    const deepest = this.#limits.depth + (this.#element ? 2 : 0);
    if (this.#open.length < deepest) {
      this.#open.push(byte);
      return from;
    }
    this.#beyond += 1;
    // Of what is too deep the beginning is kept, up to here: it tells of what type it was.
    this.#keep(chunk, from, at);
    if (this.#element) this.#element.isDeep = true;
    else this.#isShellDeep = true;
    (this.#element?.gathered ?? this.#shell).stop();
    return at;
  }

  #ascend(chunk: Uint8Array, at: number, byte: number, from: number): number {
    this.#last = byte;
    if (this.#beyond > 0) {
      this.#beyond -= 1;
      return from;
    }
    const floor = this.#element ? 2 : 0;
    const wanted = byte === closeObject ? openObject : openList;
    const open = this.#open.lastIndexOf(wanted);
    // One that closes nothing is passed over; one that closes more takes along what was left open.
    if (open < floor) return from;
    this.#open.length = open;
    if (this.#element && open === 2) {
      this.#keep(chunk, from, at + 1);
      this.#finish();
      return at + 1;
    }
    if (open === 0) {
      this.#keep(chunk, from, at + 1);
      this.#ended = true;
      return chunk.length;
    }
    return from;
  }

  /** A number or word in the list of entries ends with what follows it. */
  #afterScalar(chunk: Uint8Array, at: number, from: number): number {
    if (!this.#element?.isScalar || this.#open.length !== 2) return from;
    this.#keep(chunk, from, at);
    this.#finish();
    return at;
  }

  #finish(cut?: 'cut'): void {
    const element = this.#element;
    if (!element) return;
    const fault = cut ?? (element.isDeep ? 'deep' : element.gathered.isOver ? 'large' : undefined);
    this.#element = undefined;
    const piece = { kind: 'entry' as const, index: this.#index, bytes: element.gathered.take() };
    this.#done.push(fault ? { ...piece, fault } : piece);
    this.#index += 1;
  }
}
