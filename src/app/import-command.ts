import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadZips } from '../features/patients/zips/commands.ts';
import { readZipTable } from '../features/patients/zips/rules.ts';
import { inTransaction, type Store, theOffice } from '../platform/db/transaction.ts';
import { listPractices } from '../platform/practices.ts';
import { csvWords, importCsv, listFields, undoCsv } from './import-csv.ts';
import { type FhirImport, type ImportNote, type ImportProgress, importFhir } from './import-fhir.ts';
import { withStore } from './open-store.ts';

const usage = `frontdesk import fhir <folder>   people, practitioners, organizations of FHIR R4 files
frontdesk import csv <file> --as patients|visits|contacts --map 'Last=familyName,…' [--dry-run] [--errors <file>]
                               a table of another system (--help-fields lists the fields)
frontdesk import undo <id>     take back what an import made and nobody touched since
frontdesk import zips <file.csv> city and state of ZIP codes (columns zip, city, state)
  --practice <id>                where there are several practices
`;

/** `frontdesk import …`. Answers 0, or 1 when something was left out, or 2 when the words are wrong. */
export async function importCommand(words: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { ...csvWords, practice: { type: 'string' } },
  });
  const [kind, from] = positionals;
  if (values['help-fields']) return listFields();
  if ((kind === 'csv' || kind === 'undo') && from) {
    return withStore(async ({ store, config }) => {
      const practiceId = await choosePractice(store, values.practice);
      if (kind === 'undo') return undoCsv(store, practiceId, from);
      return importCsv({ store, practiceId, folder: config.dataFolder }, from, values);
    });
  }
  if ((kind !== 'fhir' && kind !== 'zips') || !from) {
    process.stdout.write(usage);
    return 2;
  }
  return withStore(async ({ store }) => {
    const practiceId = await choosePractice(store, values.practice);
    if (kind === 'zips') return importZips(store, practiceId, from);
    const result = await importFhir(store, practiceId, from, { onProgress: showProgress(process.stderr) });
    process.stdout.write(describeImport(result));
    return result.faults.length + result.unnamed === 0 ? 0 : 1;
  });
}

export async function choosePractice(store: Store, wanted: string | undefined): Promise<string> {
  const practices = await listPractices(store);
  const real = practices.filter((practice) => practice.kind === 'real');
  const choice = wanted
    ? practices.filter((practice) => practice.practiceId === wanted)
    : real.length > 0
      ? real
      : practices;
  const [only, another] = choice;
  if (only && !another) return only.practiceId;
  if (choice.length === 0) {
    throw new Error('There is no such practice here. Make one with “frontdesk init” first.');
  }
  const ids = choice.map((practice) => `  ${practice.practiceId}  ${practice.kind}`).join('\n');
  throw new Error(`There are several practices here. Name one with --practice:\n${ids}`);
}

async function importZips(store: Store, practiceId: string, file: string): Promise<number> {
  const places = readZipTable(readFileSync(file, 'utf8'));
  if (!places) {
    throw new Error('The first line must name the columns, among them zip, city and state.');
  }
  const opening = { practiceId, actor: theOffice, requestId: 'import-zips' };
  await inTransaction(store, opening, (tx) => loadZips(tx, places));
  process.stdout.write(`${places.length.toLocaleString('en-US')} places of ZIP codes are in.\n`);
  return 0;
}

type Output = { isTTY?: boolean; write(text: string): unknown };

const megabytes = (bytes: number) =>
  (bytes / 1e6).toLocaleString('en-US', { maximumFractionDigits: bytes < 1e7 ? 1 : 0 });

/** A bar with how much was read on a terminal; a line per tenth of the way elsewhere. */
export function showProgress(output: Output): (progress: ImportProgress) => void {
  let shown = -1;
  return ({ done, total }) => {
    const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
    const step = output.isTTY ? percent : Math.floor(percent / 10);
    if (step === shown) return;
    shown = step;
    const text = `${megabytes(done)} of ${megabytes(total)} MB`;
    const bar = '█'.repeat(percent / 5).padEnd(20, '░');
    output.write(output.isTTY ? `\r  ${bar} ${text}${done === total ? '\n' : ''}` : `${text}\n`);
  };
}

const shownNotes = 200;

/** The summary that the command prints: counts, and what was left out or read otherwise, by file and path. */
export function describeImport(result: FhirImport): string {
  const kinds = Object.entries(result.counts).map(
    ([type, { made, same, changed, skipped }]) =>
      `  ${type}: ${made} new, ${same} here already` +
      `${changed > 0 ? `, ${changed} changed` : ''}${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  );
  const waiting = Object.entries(result.leftOut).map(([type, count]) => `${count} ${type}`);
  return [
    `${result.files} ${result.files === 1 ? 'file' : 'files'} read.`,
    ...(kinds.length > 0 ? kinds : ['  Nothing in them that the office takes.']),
    ...(waiting.length > 0 ? [`  Not taken by this version: ${waiting.join(', ')}`] : []),
    ...describeNotes('Left out, because it could not be read:', result.faults),
    ...describeNotes('Taken, but read otherwise than it stands:', result.remarks, true),
    ...(result.unnamed > 0 ? ['', `${result.unnamed} more are not listed.`] : []),
    '',
  ].join('\n');
}

/** Names of files may hold what a terminal would obey. */
const printable = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');

/** Every fault has its line; equal remarks on many resources are one line with the first place and how many more. */
function describeNotes(heading: string, notes: readonly ImportNote[], grouped = false): string[] {
  if (notes.length === 0) return [];
  const groups = new Map<string, ImportNote[]>();
  for (const note of notes) {
    const key = grouped ? note.what.replace(/\[\d+\]/g, '[]') : `${note.file} ${note.path} ${note.what}`;
    groups.set(key, [...(groups.get(key) ?? []), note]);
  }
  const lines = [...groups.values()].map(([first, ...more]) => {
    const place = first ? [first.file, first.path].filter(Boolean).join(' ') : '';
    return `  ${printable(place)}: ${first?.what}${more.length > 0 ? ` (and ${more.length} more like it)` : ''}`;
  });
  const most = grouped ? shownNotes : lines.length;
  const rest = lines.length - most;
  return ['', heading, ...lines.slice(0, most), ...(rest > 0 ? [`  … and ${rest} more`] : [])];
}
