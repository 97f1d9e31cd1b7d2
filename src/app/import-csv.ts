import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  beginImport,
  beginUndo,
  forgetImportFile,
  noteFile,
  takeStep,
} from '../features/imports/commands.ts';
import { listKeptContacts } from '../features/imports/contacts/queries.ts';
import { readFaults } from '../features/imports/faults/queries.ts';
import { findImport, listKept, listProblems } from '../features/imports/queries.ts';
import { forgetFile, settleFile } from '../features/imports/reading/queries.ts';
import { problemText } from '../features/imports/rules.ts';
import {
  guessColumns,
  ImportKind,
  ImportOptions,
  type ImportPlan,
  type ImportRow,
  importFields,
  importKinds,
} from '../features/imports/schema.ts';
import { inTransaction, type Store, type Tx, theOffice } from '../platform/db/transaction.ts';

/** The words of `frontdesk import csv`. */
export const csvWords = {
  as: { type: 'string' },
  map: { type: 'string' },
  'dry-run': { type: 'boolean' },
  errors: { type: 'string' },
  source: { type: 'string' },
  dates: { type: 'string' },
  'also-alike': { type: 'boolean' },
  'help-fields': { type: 'boolean' },
} as const;
type Words = {
  as?: string;
  map?: string;
  'dry-run'?: boolean;
  errors?: string;
  source?: string;
  dates?: string;
  'also-alike'?: boolean;
};
type At = { store: Store; practiceId: string; folder: string };

export function listFields(): number {
  for (const kind of importKinds) {
    process.stdout.write(`--as ${kind}\n`);
    for (const { key, label } of importFields[kind]) process.stdout.write(`  ${key.padEnd(14)} ${label}\n`);
  }
  return 0;
}

const opener = (store: Store, practiceId: string) => {
  const opening = { practiceId, actor: theOffice, requestId: 'import-csv' };
  return <T>(work: (tx: Tx) => Promise<T>) => inTransaction(store, opening, work);
};
type Open = ReturnType<typeof opener>;

/** Take a table in. Answers 0, or 1 when lines were left out. */
export async function importCsv(
  { store, practiceId, folder }: At,
  from: string,
  words: Words,
): Promise<number> {
  if (!existsSync(from)) throw new Error(`There is no file ${from}.`);
  const open = opener(store, practiceId);
  mkdirSync(path.join(folder, 'imports'), { recursive: true, mode: 0o700 });
  const file = path.join(path.resolve(folder), 'imports', `${randomUUID()}.csv`);
  try {
    await settleFile(from, file);
    const bytes = statSync(file).size;
    const importId = await open((tx) => noteFile(tx, { path: file, name: path.basename(from), bytes }));
    try {
      const found = await open((tx) => findImport(tx.db, importId));
      const plan = planOf(found?.headings ?? [], words);
      await open((tx) => beginImport(tx, importId, plan, words['dry-run'] === true));
      await playSteps(open, importId);
      return await report(open, importId, words);
    } finally {
      await open((tx) => forgetImportFile(tx, importId));
    }
  } finally {
    await forgetFile(file);
  }
}

/** Columns as --map says; those that it does not name as their headings say. */
function planOf(headings: readonly string[], words: Words): ImportPlan {
  const kind = ImportKind.safeParse(words.as);
  if (!kind.success) throw new Error(`Say what the lines are: --as ${importKinds.join(' or --as ')}.`);
  const named = new Map(
    (words.map ?? '')
      .split(',')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const at = pair.lastIndexOf('=');
        return [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()];
      }),
  );
  const strange = [...named.keys()].find((heading) => !headings.includes(heading));
  if (strange !== undefined) throw new Error(`--map names “${strange}”, which is no heading of this file.`);
  const taken = new Set(named.values());
  const guessed = guessColumns(kind.data, headings);
  const columns = headings.map((heading, index) => {
    const guess = guessed[index] ?? '';
    return named.get(heading) ?? (taken.has(guess) ? '' : guess);
  });
  const options = ImportOptions.parse({
    source: words.source,
    dates: words.dates,
    alsoAlike: words['also-alike'],
  });
  return { kind: kind.data, columns, options };
}

async function playSteps(open: Open, importId: string): Promise<void> {
  let lastTenth = -1;
  for (let more = true; more; ) {
    more = await open((tx) => takeStep(tx, importId));
    const { percent = 0, rowsRead = 0 } = (await open((tx) => findImport(tx.db, importId))) ?? {};
    const tenth = Math.floor(percent / 10);
    if (tenth !== lastTenth)
      process.stderr.write(`${percent} % · ${rowsRead.toLocaleString('en-US')} lines\n`);
    lastTenth = tenth;
  }
}

async function report(open: Open, importId: string, words: Words): Promise<number> {
  const found = await open((tx) => findImport(tx.db, importId));
  if (!found) throw new Error('The import is gone.');
  process.stdout.write(describe(found, words['dry-run'] === true));
  const problems = await open((tx) => listProblems(tx.db, importId, { after: 0, most: 200 }));
  for (const { line, problems: what } of problems)
    process.stdout.write(`  line ${line}: ${problemText(what)}\n`);
  const more = found.faults + found.alike - problems.length;
  if (more > 0) process.stdout.write(`  … and ${more.toLocaleString('en-US')} more\n`);
  if (words.errors && found.faults + found.alike > 0) await writeErrors(open, importId, words.errors);
  return found.faults + found.alike === 0 ? 0 : 1;
}

function describe(found: ImportRow, dry: boolean): string {
  const count = (number: number) => number.toLocaleString('en-US');
  return [
    `${count(found.rowsRead)} lines read.`,
    `  ${count(found.made)} ${dry ? 'would go in' : 'went in'}, ${count(found.same)} here already`,
    `  ${count(found.alike)} left out as likely the same, ${count(found.faults)} with something wrong`,
    ...(dry ? ['Nothing was kept.'] : [`Take it back with: frontdesk import undo ${found.importId}`]),
    '',
  ].join('\n');
}

async function writeErrors(open: Open, importId: string, file: string): Promise<void> {
  writeFileSync(file, '', { mode: 0o600 });
  for (let after: number | null = 0; after !== null; ) {
    const from: number = after;
    const part = await open((tx) => {
      tx.audit({ action: 'import.faults-read', subjectKind: 'import', subjectIds: [importId] });
      return readFaults(tx.db, importId, { after: from, most: 5000 });
    });
    writeFileSync(file, part?.csv ?? '', { flag: 'a' });
    after = part?.next ?? null;
  }
  process.stdout.write(`These lines, each with what is wrong, are in ${file}.\n`);
}

/** Take back an import. Answers 0, or 1 when something stays because it was changed or used. */
export async function undoCsv(store: Store, practiceId: string, importId: string): Promise<number> {
  if (!/^[0-9a-f-]{36}$/.test(importId))
    throw new Error('Give the id that the import said when it was done.');
  const open = opener(store, practiceId);
  await open((tx) => beginUndo(tx, importId));
  await playSteps(open, importId);
  const found = await open((tx) => findImport(tx.db, importId));
  const kept = await open((tx) => listKept(tx.db, importId));
  const contacts = await open((tx) => listKeptContacts(tx.db, importId));
  process.stdout.write(`${(found?.removed ?? 0).toLocaleString('en-US')} records are taken back.\n`);
  if (kept.length > 0) process.stdout.write(`Changed or used since, and kept: MRN ${kept.join(', ')}\n`);
  if (contacts.length > 0) process.stdout.write(`Changed or named since, and kept: ${contacts.join('; ')}\n`);
  return kept.length + contacts.length === 0 ? 0 : 1;
}
