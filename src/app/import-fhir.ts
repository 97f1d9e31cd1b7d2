import path from 'node:path';
import type { Found } from '../fhir/reading.ts';
import { FhirFault, fhirPath } from '../fhir/resources.ts';
import type { ScanLimits } from '../fhir/scan.ts';
import type { FhirImporter, FhirRecord } from '../platform/contributions.ts';
import { inTransaction, type Store, type Tx, theOffice } from '../platform/db/transaction.ts';
import { Refusal } from '../platform/refusal.ts';
import { type FhirFile, FileFault, listFiles, readFile } from './fhir-files.ts';
import { fhirImporters } from './fhir-importers.ts';
import { type Named, namesOf, References, serverOf } from './fhir-references.ts';

type Counts = { made: number; changed: number; same: number; skipped: number };
/** What could not be taken, or was taken otherwise than it stands: by file and FHIR path, never with a value. */
export type ImportNote = { file: string; path: string; what: string };
export type FhirImport = {
  /** how many were opened */
  files: number;
  /** by resource type; only those that some feature takes */
  counts: Record<string, Counts>;
  /** resources of types that nothing takes yet, by type */
  leftOut: Record<string, number>;
  faults: ImportNote[];
  remarks: ImportNote[];
  /** notes past the most that are kept */
  unnamed: number;
  /** the most bytes of a file that were held at once */
  held: number;
};
/** `done` and `total` in bytes. */
export type ImportProgress = { done: number; total: number; file: string };

export type ImportOptions = {
  onProgress?: (progress: ImportProgress) => void;
  importers?: readonly FhirImporter[];
  limits?: ScanLimits;
};

/** Of one resource 16 MB are far too much; read, the worst that they can be fills less than a gigabyte. */
const usualLimits: ScanLimits = { bytes: 16 * 2 ** 20, depth: 64 };
/** Resources and bytes per transaction: a fault of the database costs at most so much a second try. */
const perTransaction = { resources: 50, bytes: 4 * 2 ** 20 };
/** A hostile file must not fill the memory with what is said about it. */
const mostNotes = 10_000;
const mostTypes = 300;

/**
 * Take the FHIR R4 resources of a folder's .json (a Bundle or one resource) and .ndjson files into a practice.
 * What cannot be read is named, and the rest goes in; what is known already stays as it is. The folder is read
 * twice where some importer follows references: first people and places, then what refers to them.
 */
export async function importFhir(
  store: Store,
  practiceId: string,
  folder: string,
  options: ImportOptions = {},
): Promise<FhirImport> {
  const run = new Run(store, practiceId, options);
  const files = listFiles(folder);
  const total = files.reduce((sum, file) => sum + file.bytes, 0) * run.readings;
  let before = 0;
  for (let reading = 1; reading <= run.readings; reading += 1) {
    for (const file of files) {
      const onBytes = (read: number) => {
        const done = before + Math.min(read, file.bytes);
        options.onProgress?.({ done, total, file: file.name });
      };
      await run.readOne(folder, file, { isSecond: reading === 2, onBytes });
      before += file.bytes;
    }
  }
  options.onProgress?.({ done: total, total, file: '' });
  return run.result();
}

type Wanted = Extract<Found, { kind: 'resource' }> & { importer: FhirImporter };
type Reading = { isSecond: boolean; onBytes(read: number): void };
type Taken = { type: string; state: keyof Counts }[];
type Pending = { named: Named; record: FhirRecord }[];
type Notes = Pick<FhirImport, 'faults' | 'remarks'>;

class Run {
  readonly #store: Store;
  readonly #practiceId: string;
  readonly #importers: Map<string, FhirImporter>;
  readonly #limits: ScanLimits;
  readonly #references = new References();
  // By maps: the names come out of files.
  readonly #counts = new Map<string, Counts>();
  readonly #leftOut = new Map<string, number>();
  readonly #notes: Notes = { faults: [], remarks: [] };
  #files = 0;
  #unnamed = 0;
  #held = 0;
  readonly readings: number;

  constructor(store: Store, practiceId: string, options: ImportOptions) {
    const importers = options.importers ?? fhirImporters;
    this.#store = store;
    this.#practiceId = practiceId;
    this.#importers = new Map(importers.flatMap((one) => one.resourceTypes.map((type) => [type, one])));
    this.#limits = options.limits ?? usualLimits;
    this.readings = importers.some((one) => one.refers) ? 2 : 1;
  }

  result(): FhirImport {
    if (this.#references.isFull) {
      this.#note('faults', {
        file: '',
        path: '',
        what: 'there are too many resources to follow all references',
      });
    }
    return {
      files: this.#files,
      counts: Object.fromEntries(this.#counts),
      leftOut: Object.fromEntries(this.#leftOut),
      ...this.#notes,
      unnamed: this.#unnamed,
      held: this.#held,
    };
  }

  #note(kind: keyof Notes, note: ImportNote): void {
    if (this.#notes[kind].length < mostNotes) this.#notes[kind].push(note);
    else this.#unnamed += 1;
  }

  async readOne(folder: string, file: FhirFile, reading: Reading): Promise<void> {
    try {
      for await (const batch of this.#batches(path.join(folder, file.name), file.name, reading)) {
        await this.#takeBatch(file.name, batch);
      }
      if (!reading.isSecond) this.#files += 1;
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      if (!reading.isSecond) this.#note('faults', { file: file.name, path: '', what: error.message });
    }
  }

  /** The resources that this reading takes, some at a time; what else was found is noted in the first. */
  async *#batches(full: string, file: string, { isSecond, onBytes }: Reading): AsyncGenerator<Wanted[]> {
    let batch: Wanted[] = [];
    let bytes = 0;
    const options = { limits: this.#limits, wants: (type: string) => this.#importers.has(type) };
    const found = readFile(full, options, (read, held) => {
      this.#held = Math.max(this.#held, held);
      onBytes(read);
    });
    for await (const one of found) {
      if (one.kind === 'resource') {
        const importer = this.#importers.get(one.type);
        if (!importer || (importer.refers === true) !== isSecond) continue;
        batch.push({ ...one, importer });
        bytes += one.size;
        if (batch.length < perTransaction.resources && bytes < perTransaction.bytes) continue;
        yield batch;
        batch = [];
        bytes = 0;
      } else if (!isSecond && one.kind === 'fault') this.#note('faults', { file, ...place(one) });
      else if (!isSecond && one.kind === 'other') this.#leaveOut(one.type);
    }
    if (batch.length > 0) yield batch;
  }

  #leaveOut(type: string): void {
    const name = this.#leftOut.has(type) || this.#leftOut.size < mostTypes ? type : 'others';
    this.#leftOut.set(name, (this.#leftOut.get(name) ?? 0) + 1);
  }

  async #takeBatch(file: string, batch: readonly Wanted[]): Promise<void> {
    const opening = { practiceId: this.#practiceId, actor: theOffice, requestId: 'import-fhir' };
    try {
      // Made new inside: a transaction may be tried twice.
      const done = await inTransaction(this.#store, opening, async (tx) => {
        const one = new Attempt(file, this.#references);
        for (const wanted of batch) await one.take(tx, wanted);
        return one;
      });
      this.#add(done);
    } catch (error) {
      const [first] = batch;
      if (first && batch.length === 1) {
        this.#note('faults', { file, path: first.path, what: plainFault(error) });
        return;
      }
      // The database refused one of them and with it all: each on its own, so that only that one stays out.
      for (const one of batch) await this.#takeBatch(file, [one]);
    }
  }

  #add({ taken, notes, pending }: Attempt): void {
    for (const { type, state } of taken) {
      const counts = this.#counts.get(type) ?? { made: 0, changed: 0, same: 0, skipped: 0 };
      this.#counts.set(type, { ...counts, [state]: counts[state] + 1 });
    }
    for (const note of notes.faults) this.#note('faults', note);
    for (const note of notes.remarks) this.#note('remarks', note);
    if (this.readings < 2) return;
    for (const { named, record } of pending) this.#references.add(named, record);
  }
}

const place = ({ path: at, what }: { path: string; what: string }) => ({ path: at, what });

/** One transaction's worth: nothing of it counts until the transaction ended well. */
class Attempt {
  readonly #file: string;
  readonly #references: References;
  /** What this transaction took itself may be referred to within it. */
  readonly #own = new References();
  readonly taken: Taken = [];
  readonly notes: Notes = { faults: [], remarks: [] };
  readonly pending: Pending = [];

  constructor(file: string, references: References) {
    this.#file = file;
    this.#references = references;
  }

  async take(tx: Tx, one: Wanted): Promise<void> {
    const file = this.#file;
    const remarks: ImportNote[] = [];
    const records: FhirRecord[] = [];
    const source = {
      file,
      path: one.path,
      remark: (what: string) => void remarks.push({ file, path: one.path, what }),
      find: async (reference: string) => this.#find(reference, serverOf(one.fullUrl)),
      isRecord: (record: FhirRecord) => void records.push(record),
    };
    try {
      const state = await one.importer.take(tx, one.resource, source);
      this.taken.push({ type: one.type, state });
      const named = namesOf(one.resource, one.fullUrl);
      for (const record of records) this.#own.add(named, record);
      this.pending.push(...records.map((record) => ({ named, record })));
      this.notes.remarks.push(...remarks);
    } catch (error) {
      const fault = asFault(error);
      // What the database refused has ended the transaction.
      if (!fault) throw error;
      this.notes.faults.push({ file, path: one.path + fault.path, what: fault.what });
    }
  }

  #find(reference: string, server: string): FhirRecord | null {
    const own = this.#own.find(reference, server);
    const known = this.#references.find(reference, server);
    if (own === null || (own && known && own.recordId !== known.recordId)) return null;
    return own ?? known ?? null;
  }
}

type Issue = { path: PropertyKey[]; message: string };

function asFault(error: unknown): { path: string; what: string } | undefined {
  if (error instanceof FhirFault) return { path: error.path, what: error.message };
  if (error instanceof Refusal) return { path: '', what: error.message };
  const issue = (error as { name?: string; issues?: Issue[] }).issues?.[0];
  return issue ? { path: '', what: `${fhirPath(issue.path)} ${issue.message}`.trim() } : undefined;
}

function plainFault(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  // A bug or a broken disk is not a broken resource.
  if (typeof code !== 'string' || !/^2[23]/.test(code)) throw error;
  return `holds a value that cannot be stored (${code})`;
}
