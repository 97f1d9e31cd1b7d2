import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { listColumns, readPages, rowsOfPage, sectionsFor } from '../features/exports/queries.ts';
import { csvLine, leftOutTables } from '../features/exports/rules.ts';
import { findPractice } from '../features/practice/queries.ts';
import type { ExportContext, ExportSection } from '../platform/contributions.ts';
import type { Db } from '../platform/db/database.ts';
import { readAtOneMoment } from '../platform/db/one-moment.ts';
import { inTransaction, type Store, theOffice } from '../platform/db/transaction.ts';
import { version } from './office.ts';
import { exporters } from './person-lists.ts';

export type ExportManifest = {
  kind: 'frontdesk-export';
  format: 1;
  version: string;
  practiceId: string;
  at: string;
  files: ManifestFile[];
  /** Tables and columns that are not here, each with the reason. */
  leftOut: Record<string, string>;
};
type ManifestFile = {
  path: string;
  holds: string;
  table?: string;
  rows: number;
  bytes: number;
  sha256: string;
};

/** A file that is written a page at a time, counted and hashed on the way. */
class GrowingFile {
  rows = 0;
  bytes = 0;
  private readonly hash = createHash('sha256');
  private readonly file: number;

  constructor(
    folder: string,
    private readonly name: string,
    private readonly facts: Pick<ManifestFile, 'holds' | 'table'>,
  ) {
    // Never over another file, and for nobody else's eyes.
    this.file = openSync(path.join(folder, name), 'wx', 0o600);
  }

  add(text: string, rows: number): void {
    const bytes = Buffer.from(text, 'utf8');
    this.hash.update(bytes);
    for (let done = 0; done < bytes.length; ) done += writeSync(this.file, bytes, done);
    this.rows += rows;
    this.bytes += bytes.length;
  }

  close(): ManifestFile {
    closeSync(this.file);
    const { rows, bytes } = this;
    return { path: this.name, ...this.facts, rows, bytes, sha256: this.hash.digest('hex') };
  }
}

type Writing = { db: Db; folder: string; about: ExportContext; fhir: Map<string, GrowingFile>; most: number };

/**
 * Write a whole practice into an empty folder, as it stands at one moment: a CSV file per table, FHIR R4 resources
 * as NDJSON per type, the audit with its codes, and a manifest. One page of rows is in memory at a time.
 */
export async function exportPractice(
  store: Store,
  practiceId: string,
  folder: string,
  most = rowsOfPage,
): Promise<ExportManifest> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Error(`${folder} is not empty. Name a new folder: an export never mixes with other files.`);
  for (const part of ['fhir', 'tables', 'audit'])
    mkdirSync(path.join(folder, part), { recursive: true, mode: 0o700 });
  await noteExport(store, practiceId);
  const now = store.clock.now();
  const files = await readAtOneMoment(store, practiceId, async (db) => {
    const { timeZone } = await findPractice(db);
    return writeSections({ db, folder, about: { practiceId, now, timeZone }, fhir: new Map(), most });
  });
  const manifest: ExportManifest = {
    ...{ kind: 'frontdesk-export', format: 1, version, practiceId, at: now.toISOString(), files },
    leftOut: listLeftOut(),
  };
  writeFileSync(path.join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, {
    mode: 0o600,
  });
  return manifest;
}

/** Before anything is read: an export that broke off has left too. */
async function noteExport(store: Store, practiceId: string): Promise<void> {
  await inTransaction(store, { practiceId, actor: theOffice, requestId: 'export' }, async (tx) => {
    tx.audit({ action: 'practice.exported', subjectKind: 'practice', subjectIds: [practiceId] });
  });
}

async function writeSections(writing: Writing): Promise<ManifestFile[]> {
  const files: ManifestFile[] = [];
  for (const section of sectionsFor(exporters, 'practice')) files.push(await writeSection(writing, section));
  return [...files, ...[...writing.fhir.values()].map((file) => file.close())];
}

async function writeSection(writing: Writing, section: ExportSection): Promise<ManifestFile> {
  const { db, folder } = writing;
  const isCsv = section.format !== 'ndjson';
  const name = isCsv ? `tables/${section.name}.csv` : `audit/${section.name}.ndjson`;
  const table = section.table ? { table: section.table } : {};
  const file = new GrowingFile(folder, name, { holds: section.label, ...table });
  const columns = await listColumns(db, section);
  if (isCsv) file.add(csvLine(columns), 0);
  for await (const page of readPages(db, section, null, writing.most)) {
    const lines = page.map(({ row }) =>
      isCsv ? csvLine(columns.map((column) => row[column])) : `${JSON.stringify(row)}\n`,
    );
    file.add(lines.join(''), page.length);
    for (const resource of (await section.resources?.(db, page, writing.about)) ?? [])
      fhirFile(writing, resource.resourceType).add(`${JSON.stringify(resource)}\n`, 1);
  }
  return file.close();
}

function fhirFile({ folder, fhir }: Writing, type: string): GrowingFile {
  const known = fhir.get(type);
  if (known) return known;
  const made = new GrowingFile(folder, `fhir/${type}.ndjson`, { holds: `FHIR R4 ${type} resources` });
  fhir.set(type, made);
  return made;
}

function listLeftOut(): Record<string, string> {
  const columns = exporters
    .flatMap((one) => one.sections)
    .flatMap(({ table, without }) =>
      Object.entries(without ?? {}).map(([column, why]) => [`${table}.${column}`, why] as const),
    );
  return { ...leftOutTables, ...Object.fromEntries(columns) };
}
