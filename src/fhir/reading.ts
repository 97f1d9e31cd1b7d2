import { findJsonFault } from './json-faults.ts';
import { findUnstorable, lenient, readJson, strangeBeginning } from './json-text.ts';
import { BundleScanner, type Piece, type ScanLimits } from './scan.ts';

export type Found =
  /** `path` begins at the file, `size` are the bytes that it came in. */
  | {
      kind: 'resource';
      type: string;
      resource: Record<string, unknown>;
      path: string;
      fullUrl: string;
      size: number;
    }
  /** Of a type that nobody wants, and not read further. */
  | { kind: 'other'; type: string }
  | { kind: 'fault'; path: string; what: string };

export type ReadingOptions = {
  /** One resource or Bundle a line (.ndjson). */
  isLines: boolean;
  limits: ScanLimits;
  /** Only of these types is it said that a member stands there twice, or holds what cannot be stored. */
  wants(type: string): boolean;
};

type Entry = Extract<Piece, { kind: 'entry' }>;
type Shell = Extract<Piece, { kind: 'shell' }>;
type Place = { path: string; fullUrl: string };

const typePattern = /^[A-Z][A-Za-z]{0,63}$/;
const typeInEntry =
  /^\s*\{\s*(?:"fullUrl"\s*:\s*"[^"\\]*"\s*,\s*)?"resource"\s*:\s*\{\s*"resourceType"\s*:\s*"([A-Z][A-Za-z]{0,63})"/;
const typeAlone = /^\s*\{\s*"resourceType"\s*:\s*"([A-Z][A-Za-z]{0,63})"/;

type Members = Record<string, unknown>;
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The resources of one file, out of its bytes as they come. What is held is one entry or line, never the file. */
export class ResourceReader {
  readonly #options: ReadingOptions;
  #scanner: BundleScanner;
  #found: Found[] = [];
  #head: Uint8Array | undefined = new Uint8Array();
  /** Nothing more is read: the file is something else. */
  #isStrange = false;
  #line = 1;
  /** Where this line or file was cut has been said. */
  #isCutSaid = false;

  constructor(options: ReadingOptions) {
    this.#options = options;
    this.#scanner = new BundleScanner(options.limits);
  }

  /** Bytes of the file that are held now. */
  get held(): number {
    return this.#scanner.held + (this.#head?.length ?? 0);
  }

  push(chunk: Uint8Array): Found[] {
    if (this.#head) {
      const head = new Uint8Array(this.#head.length + chunk.length);
      head.set(this.#head);
      head.set(chunk, this.#head.length);
      this.#head = head.length < 4 ? head : undefined;
      if (!this.#head) this.#begin(head);
    } else this.#read(chunk);
    return this.#found.splice(0);
  }

  end(): Found[] {
    if (this.#head) {
      const head = this.#head;
      this.#head = undefined;
      this.#begin(head);
    }
    if (!this.#isStrange) this.#takePieces(this.#scanner.end(), 'file');
    return this.#found.splice(0);
  }

  #begin(head: Uint8Array): void {
    const what = strangeBeginning(head);
    this.#isStrange = what !== undefined;
    if (what) this.#fault('', what);
    const hasMark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
    this.#read(hasMark ? head.subarray(3) : head);
  }

  #read(chunk: Uint8Array): void {
    if (this.#isStrange) return;
    let from = 0;
    for (let at = this.#options.isLines ? chunk.indexOf(0x0a) : -1; at >= 0; at = chunk.indexOf(0x0a, from)) {
      this.#takePieces(this.#scanner.push(chunk.subarray(from, at)), 'line');
      this.#takePieces(this.#scanner.end(), 'line');
      this.#scanner = new BundleScanner(this.#options.limits);
      this.#isCutSaid = false;
      this.#line += 1;
      from = at + 1;
    }
    this.#takePieces(this.#scanner.push(chunk.subarray(from)), 'line');
  }

  #takePieces(pieces: readonly Piece[], end: 'file' | 'line'): void {
    for (const piece of pieces) {
      if (piece.kind === 'entry') this.#takeEntry(piece, end);
      else this.#takeShell(piece, end);
    }
  }

  #fault(path: string, what: string): void {
    const line = this.#options.isLines ? `line ${this.#line}` : '';
    this.#found.push({ kind: 'fault', path: [line, path].filter(Boolean).join(' '), what });
  }

  #takeEntry(piece: Entry, end: 'file' | 'line'): void {
    const path = `Bundle.entry[${piece.index}]`;
    if (piece.fault === 'large' || piece.fault === 'deep') {
      const type = typeInEntry.exec(lenient(piece.bytes))?.[1];
      this.#tooMuch(piece.fault, type, type ? `${path}.resource` : path);
      return;
    }
    const read = readJson(piece.bytes, piece.fault === 'cut' ? end : undefined);
    if ('fault' in read) {
      this.#isCutSaid ||= piece.fault === 'cut';
      this.#fault(path + read.fault.path, read.fault.what);
      return;
    }
    this.#keep(this.#unwrapEntry(read.value, path), { path, text: read.text, size: piece.bytes.length });
  }

  #tooMuch(fault: 'large' | 'deep', type: string | undefined, path: string): void {
    const { bytes, depth } = this.#options.limits;
    if (type && !this.#options.wants(type)) {
      this.#found.push({ kind: 'other', type });
      return;
    }
    const megabytes = Math.round(bytes / 2 ** 20);
    const why = fault === 'deep' ? `is nested deeper than ${depth} levels` : `is larger than ${megabytes} MB`;
    this.#fault(path, `${why} and was left out`);
  }

  /** What stands around the entries, or the one resource that the file or line is. */
  #takeShell(shell: Shell, end: 'file' | 'line'): void {
    const isBundle = shell.lists > 0;
    if (shell.fault === 'large' || shell.fault === 'deep') {
      const type = isBundle ? 'Bundle' : typeAlone.exec(lenient(shell.bytes))?.[1];
      this.#tooMuch(shell.fault, isBundle ? undefined : type, type ?? '');
      return;
    }
    if (shell.bytes.length === 0 || /^\s*$/.test(lenient(shell.bytes.subarray(0, 1000)))) {
      if (!this.#options.isLines) this.#fault('', 'is empty');
      return;
    }
    const read = readJson(shell.bytes, shell.fault === 'cut' ? end : undefined);
    if ('fault' in read) {
      if (this.#isCutSaid) return;
      const type = isBundle ? 'Bundle' : (typeAlone.exec(lenient(shell.bytes.subarray(0, 1000)))?.[1] ?? '');
      const inside = shell.isInEntries ? `.entry[${shell.entries}]` : read.fault.path;
      this.#fault((type + inside).replace(/^\./, ''), read.fault.what);
      return;
    }
    if (isBundle) this.#checkBundle(read.value, read.text);
    else {
      const type = typeOf(read.value) ?? '';
      const place = { path: type, fullUrl: '' };
      this.#keep(this.#unwrap(read.value, place), { path: type, text: read.text, size: shell.bytes.length });
    }
    if (shell.fault === 'more') {
      this.#fault('', 'holds more than one resource: only the first was read. Name such a file .ndjson');
    }
  }

  #checkBundle(shell: unknown, text: string): void {
    if (typeOf(shell) !== 'Bundle') this.#fault('', 'holds entries, but its resourceType is not Bundle');
    const fault = findJsonFault(text);
    if (fault) this.#fault(`Bundle${fault.path}`, fault.what);
  }

  /** A resource as it stands, or those of a Bundle within a Bundle. */
  #unwrap(resource: unknown, place: Place): Found[] {
    const { path, fullUrl } = place;
    const type = typeOf(resource);
    if (!isObject(resource) || type === undefined) {
      return [{ kind: 'fault', path, what: 'holds no FHIR resource' }];
    }
    if (!typePattern.test(type)) {
      return [{ kind: 'fault', path: `${path}.resourceType`, what: 'is no type of FHIR resources' }];
    }
    if (type !== 'Bundle') return [{ kind: 'resource', type, resource, path, fullUrl, size: 0 }];
    const entries = resource.entry ?? [];
    if (!Array.isArray(entries)) return [{ kind: 'fault', path: `${path}.entry`, what: 'is not a list' }];
    return entries.flatMap((entry: unknown, index) => this.#unwrapEntry(entry, `${path}.entry[${index}]`));
  }

  #unwrapEntry(entry: unknown, path: string): Found[] {
    if (!isObject(entry)) return [{ kind: 'fault', path, what: 'is not an entry with a resource' }];
    const fullUrl = typeof entry.fullUrl === 'string' ? entry.fullUrl.slice(0, 2000) : '';
    return this.#unwrap(entry.resource, { path: `${path}.resource`, fullUrl });
  }

  #keep(found: readonly Found[], from: { path: string; text: string; size: number }): void {
    const isWanted = found.some((one) => one.kind === 'resource' && this.#options.wants(one.type));
    const twice = isWanted ? findJsonFault(from.text) : undefined;
    if (twice) {
      this.#fault(from.path + twice.path, twice.what);
      return;
    }
    // Only an escape can say what no UTF-8 holds.
    const isEscaped = isWanted && /\\u(?:0000|[dD][89a-fA-F])/.test(from.text);
    for (const one of found) {
      if (one.kind === 'fault') this.#fault(one.path, one.what);
      else if (one.kind === 'other' || !this.#options.wants(one.type)) {
        this.#found.push({ kind: 'other', type: one.type });
      } else {
        const fault = isEscaped ? findUnstorable(one.resource) : undefined;
        if (fault) this.#fault(one.path + fault.path, fault.what);
        else this.#found.push({ ...one, path: this.#inLine(one.path), size: from.size / found.length });
      }
    }
  }

  #inLine(path: string): string {
    return this.#options.isLines ? `line ${this.#line} ${path}` : path;
  }
}

function typeOf(resource: unknown): string | undefined {
  const type = isObject(resource) ? resource.resourceType : undefined;
  return typeof type === 'string' ? type : undefined;
}
