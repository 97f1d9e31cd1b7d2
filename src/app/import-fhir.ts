import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { FhirFault, fhirPath } from '../fhir/resources.ts';
import type { FhirImporter } from '../platform/contributions.ts';
import { inTransaction, type Store, type Tx, theOffice } from '../platform/db/transaction.ts';
import { Refusal } from '../platform/refusal.ts';
import { fhirImporters } from './lists.ts';

type Counts = { made: number; changed: number; same: number; skipped: number };
/** What could not be taken, or was taken otherwise than it stands: by file and FHIR path, never with a value. */
export type ImportNote = { file: string; path: string; what: string };
export type FhirImport = {
  files: number;
  /** by resource type; only those that some feature takes */
  counts: Record<string, Counts>;
  /** resources of types that nothing takes yet, by type */
  leftOut: Record<string, number>;
  faults: ImportNote[];
  remarks: ImportNote[];
};
export type ImportProgress = { done: number; total: number; file: string };

/** The folder has nothing to import, or cannot be read: a sentence for the person at the command line. */
export class NothingToImport extends Error {}

type Item = { resource: unknown; path: string };

/** Resources per transaction: a fault of the database costs at most so many a second try. */
const perTransaction = 50;

/**
 * Take the FHIR R4 resources of a folder's .json (a Bundle or one resource) and .ndjson files into a practice.
 * What cannot be read is named, and the rest goes in; what is known already stays as it is.
 */
export async function importFhir(
  store: Store,
  practiceId: string,
  folder: string,
  onProgress: (progress: ImportProgress) => void = () => undefined,
): Promise<FhirImport> {
  const files = listFiles(folder);
  const result: FhirImport = { files: files.length, counts: {}, leftOut: {}, faults: [], remarks: [] };
  for (const [index, file] of files.entries()) {
    onProgress({ done: index, total: files.length, file });
    try {
      for await (const batch of batches(readItems(path.join(folder, file), file, result), result)) {
        await takeBatch(store, practiceId, file, batch, result);
      }
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      result.faults.push({ file, path: error.path, what: error.message });
    }
  }
  onProgress({ done: files.length, total: files.length, file: '' });
  return result;
}

function listFiles(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new NothingToImport(`There is no folder ${folder}. Give the folder that holds the FHIR files.`);
  }
  const files = readdirSync(folder).filter((file) => /\.(json|ndjson)$/i.test(file));
  if (files.length === 0) throw new NothingToImport(`${folder} holds no .json or .ndjson file.`);
  return files.sort();
}

class FileFault extends Error {
  readonly path: string;
  constructor(what: string, at = '') {
    super(what);
    this.path = at;
  }
}

function parseJson(text: string, at = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message repeats what stands there.
    throw new FileFault('is not JSON', at);
  }
}

async function* readItems(full: string, file: string, result: FhirImport): AsyncGenerator<Item> {
  if (/\.ndjson$/i.test(file)) {
    let line = 0;
    for await (const text of createInterface({ input: createReadStream(full, 'utf8') })) {
      line += 1;
      if (text.trim() === '') continue;
      try {
        yield { resource: parseJson(text), path: `line ${line}` };
      } catch (error) {
        if (!(error instanceof FileFault)) throw error;
        result.faults.push({ file, path: `line ${line}`, what: error.message });
      }
    }
    return;
  }
  const whole = parseJson(readFileSync(full, 'utf8').replace(/^\uFEFF/, ''));
  if (typeOf(whole) !== 'Bundle') return yield { resource: whole, path: typeOf(whole) ?? '' };
  const entries = (whole as { entry?: unknown }).entry ?? [];
  if (!Array.isArray(entries)) throw new FileFault('is not a list', 'Bundle.entry');
  for (const [index, entry] of entries.entries()) {
    const at = `Bundle.entry[${index}].resource`;
    yield { resource: (entry as { resource?: unknown } | null)?.resource, path: at };
  }
}

function typeOf(resource: unknown): string | undefined {
  const type = (resource as { resourceType?: unknown } | null | undefined)?.resourceType;
  return typeof type === 'string' ? type : undefined;
}

const importers = new Map(
  fhirImporters.flatMap((one) => one.resourceTypes.map((type) => [type, one] as const)),
);

type Wanted = Item & { type: string; importer: FhirImporter };

/** The resources that some feature takes, some at a time; the others are counted. */
async function* batches(items: AsyncGenerator<Item>, result: FhirImport): AsyncGenerator<Wanted[]> {
  let batch: Wanted[] = [];
  for await (const item of items) {
    const type = typeOf(item.resource);
    if (type === undefined) throw new FileFault('holds no FHIR resource', item.path);
    const importer = importers.get(type);
    if (importer) batch.push({ ...item, type, importer });
    else result.leftOut[type] = (result.leftOut[type] ?? 0) + 1;
    if (batch.length === perTransaction) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

type Taken = { type: string; state: keyof Counts }[];
type Notes = Pick<FhirImport, 'faults' | 'remarks'>;

async function takeBatch(
  store: Store,
  practiceId: string,
  file: string,
  batch: readonly Wanted[],
  result: FhirImport,
): Promise<void> {
  const opening = { practiceId, actor: theOffice, requestId: 'import-fhir' };
  const run = (wanted: readonly Wanted[]) => {
    // Made new inside: a transaction may be tried twice.
    return inTransaction(store, opening, async (tx) => {
      const notes: Notes = { faults: [], remarks: [] };
      const taken: Taken = [];
      for (const one of wanted) {
        const state = await takeOne(tx, file, one, notes);
        if (state) taken.push({ type: one.type, state });
      }
      return { taken, notes };
    });
  };
  try {
    add(result, await run(batch));
  } catch (error) {
    if (batch.length === 1) {
      result.faults.push({ file, path: batch[0]?.path ?? '', what: plainFault(error) });
      return;
    }
    // The database refused one of them and with it all: each on its own, so that only that one stays out.
    for (const one of batch) await takeBatch(store, practiceId, file, [one], result);
  }
}

// Until references are resolved, none leads anywhere.
const noReferences = { find: async () => null, isRecord: () => undefined };

async function takeOne(tx: Tx, file: string, one: Wanted, notes: Notes): Promise<keyof Counts | undefined> {
  const remark = (what: string) => void notes.remarks.push({ file, path: one.path, what });
  try {
    const resource = one.resource as Record<string, unknown>;
    return await one.importer.take(tx, resource, { file, path: one.path, remark, ...noReferences });
  } catch (error) {
    const fault = asFault(error);
    // What the database refused has ended the transaction.
    if (!fault) throw error;
    notes.faults.push({ file, path: one.path + fault.path, what: fault.what });
    return undefined;
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

function add(result: FhirImport, { taken, notes }: { taken: Taken; notes: Notes }): void {
  for (const { type, state } of taken) {
    const counts = result.counts[type] ?? { made: 0, changed: 0, same: 0, skipped: 0 };
    result.counts[type] = { ...counts, [state]: counts[state] + 1 };
  }
  result.faults.push(...notes.faults);
  result.remarks.push(...notes.remarks);
}
