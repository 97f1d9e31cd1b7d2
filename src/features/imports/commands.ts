import { sql } from 'kysely';
import { localDate } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/id.ts';
import { enqueueJob } from '../../platform/jobs/outbox.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { findPractice } from '../practice/queries.ts';
import { takeBookings } from './bookings/commands.ts';
import { takeContacts } from './contacts/commands.ts';
import { cellsOf, headedBy, type ImportWork, type Judged, type ReadLine } from './lines/rules.ts';
import { takePeople } from './people/commands.ts';
import { readHead, readRecords } from './reading/queries.ts';
import { guessColumns, ImportOptions, type ImportPlan, planFault } from './schema.ts';
import { takeBack } from './undo/commands.ts';

export const stepJob = 'imports.step';
export const forgetJob = 'imports.forget-file';
/** Lines per step: booking a visit costs more than keeping a record. */
const linesPerStep = { patients: 500, visits: 50, contacts: 500 };
const takers = { patients: takePeople, visits: takeBookings, contacts: takeContacts };
const dayMs = 86_400_000;

type Kept = {
  importId: string;
  kind: ImportPlan['kind'];
  state: string;
  filePath: string | null;
  delimiter: string;
  headings: string[];
  columns: string[];
  options: unknown;
  nextOffset: string;
  nextLine: number;
};

/** Note a file that has come, with its headings and the fields that they seem to mean. */
export async function noteFile(tx: Tx, file: { path: string; name: string; bytes: number }): Promise<string> {
  const head = await readHead(file.path);
  if (!head || head.headings.every((heading) => heading === '')) {
    throw new Refusal(
      'bad-input',
      'The first line must name the columns. Look at the file and choose it again.',
    );
  }
  if (head.headings.length > 200) throw new Refusal('bad-input', 'This table has more than 200 columns.');
  const importId = newId(tx.now.getTime());
  const options = JSON.stringify(ImportOptions.parse({}));
  await sql`
    insert into imports (practice_id, import_id, file_name, file_path, file_bytes, delimiter, headings, columns, options,
      next_offset, next_line, created_at, created_by)
    values (${tx.practiceId}, ${importId}, ${file.name.slice(0, 200)}, ${file.path}, ${file.bytes}, ${head.delimiter},
      ${head.headings}::text[], ${guessColumns('patients', head.headings)}::text[], ${options}::jsonb,
      ${head.next.offset}, ${head.next.line}, ${tx.now}, ${tx.actor.staffId})`.execute(tx.db);
  tx.audit({ action: 'import.file-came', subjectKind: 'import', subjectIds: [importId] });
  const runAt = new Date(tx.now.getTime() + dayMs);
  await enqueueJob(tx, { kind: forgetJob, payload: { importId, path: file.path }, runAt });
  return importId;
}

async function lockImport(tx: Tx, importId: string): Promise<Kept> {
  const { rows } = await sql<Kept>`
    select import_id, kind, state, file_path, delimiter, headings, columns, options, next_offset, next_line
    from imports where import_id = ${importId} for update`.execute(tx.db);
  if (!rows[0]) throw notFound('import');
  return rows[0];
}

/** Begin to check a file (`dry`) or to take it in, with this plan. The steps follow. */
export async function beginImport(tx: Tx, importId: string, plan: ImportPlan, dry: boolean): Promise<void> {
  const kept = await lockImport(tx, importId);
  if (kept.state !== 'ready' && kept.state !== 'checked') {
    throw new Refusal('conflict', 'This file is being read or was taken in already. Choose the file again.');
  }
  if (!kept.filePath) throw new Refusal('conflict', 'The file is kept for a day only. Choose it again.');
  const why =
    plan.columns.length === kept.headings.length
      ? planFault(plan.kind, plan.columns)
      : 'The plan must say something of every column.';
  if (why) throw new Refusal('bad-input', why);
  const head = await readHead(kept.filePath);
  if (!head) throw new Refusal('conflict', 'The file cannot be read any more. Choose it again.');
  await sql`delete from import_rows where import_id = ${importId}`.execute(tx.db);
  await sql`
    update imports set state = ${dry ? 'checking' : 'taking'}, kind = ${plan.kind}, columns = ${plan.columns}::text[],
      options = ${JSON.stringify(plan.options)}::jsonb, next_offset = ${head.next.offset},
      next_line = ${head.next.line}, rows_read = 0, made = 0, same = 0, alike = 0, faults = 0, version = version + 1
    where import_id = ${importId}`.execute(tx.db);
  tx.audit({
    action: dry ? 'import.check-begun' : 'import.begun',
    subjectKind: 'import',
    subjectIds: [importId],
    after: { kind: plan.kind, options: plan.options },
  });
  tx.touch('imports', importId);
}

/** Begin to take back what an import made. */
export async function beginUndo(tx: Tx, importId: string): Promise<void> {
  const kept = await lockImport(tx, importId);
  if (kept.state !== 'done') {
    throw new Refusal('conflict', 'Only an import that went in and was not taken back can be taken back.');
  }
  await sql`update imports set state = 'undoing', version = version + 1 where import_id = ${importId}`.execute(
    tx.db,
  );
  tx.audit({ action: 'import.undo-begun', subjectKind: 'import', subjectIds: [importId] });
  tx.touch('imports', importId);
}

/**
 * The next lines of an import that is under way, in one transaction with how far it came: after a fault it goes on
 * where it was. @returns whether there is more to do
 */
export async function takeStep(tx: Tx, importId: string): Promise<boolean> {
  const kept = await lockImport(tx, importId);
  if (kept.state === 'undoing') return takeBack(tx, importId, kept.kind);
  if ((kept.state !== 'checking' && kept.state !== 'taking') || !kept.filePath) return false;
  const { timeZone } = await findPractice(tx.db);
  const work: ImportWork = {
    importId,
    kind: kept.kind,
    dry: kept.state === 'checking',
    options: ImportOptions.parse(kept.options),
    today: localDate(tx.now.getTime(), timeZone),
    headed: headedBy(kept),
  };
  const from = { offset: Number(kept.nextOffset), line: kept.nextLine };
  const shape = { delimiter: kept.delimiter, width: kept.headings.length };
  const most = linesPerStep[kept.kind];
  const { records, next, ended } = await readRecords(kept.filePath, from, { ...shape, most });
  const judged: Judged[] = [];
  const lines: ReadLine[] = [];
  for (const { line, text, cells } of records) {
    const read = cellsOf(cells, kept);
    if (Array.isArray(read)) judged.push({ line, original: text, outcome: 'fault', problems: read });
    else lines.push({ line, original: text, cells: read });
  }
  judged.push(...(await takers[work.kind](tx, work, lines)));
  await keepRows(tx, importId, judged);
  await noteProgress(tx, work, judged, { next, ended });
  if (ended && !work.dry)
    await enqueueJob(tx, { kind: forgetJob, payload: { importId, path: kept.filePath } });
  return !ended;
}

async function keepRows(tx: Tx, importId: string, judged: readonly Judged[]): Promise<void> {
  const isOpen = ({ outcome }: Judged) => outcome === 'fault' || outcome === 'alike';
  // What the database cannot hold (the zero character) is in no text.
  const rows = judged.map((one) => ({
    ...one,
    original: isOpen(one) ? one.original.replaceAll('\0', '\ufffd') : null,
  }));
  await sql`
    insert into import_rows (practice_id, import_id, line, outcome, record_key, person_key, other_key, record_id, on_date, booking,
      problems, original)
    select ${tx.practiceId}, ${importId}, r.line, r.outcome, r."recordKey", r."personKey", r."otherKey", r."recordId", r."onDate",
      r.booking, r.problems, r.original
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r (line int, outcome text, "recordKey" text,
      "personKey" text, "otherKey" text, "recordId" uuid, "onDate" date, booking jsonb, problems jsonb, original text)`.execute(
    tx.db,
  );
}

async function noteProgress(
  tx: Tx,
  work: ImportWork,
  judged: readonly Judged[],
  { next, ended }: { next: { offset: number; line: number }; ended: boolean },
): Promise<void> {
  const count = (outcome: Judged['outcome']) => judged.filter((one) => one.outcome === outcome).length;
  const after = work.dry ? 'checked' : 'done';
  await sql`
    update imports set next_offset = ${next.offset}, next_line = ${next.line}, rows_read = rows_read + ${judged.length},
      made = made + ${count('made')}, same = same + ${count('same')}, alike = alike + ${count('alike')},
      faults = faults + ${count('fault')}, version = version + 1,
      state = case when ${ended} then ${after} else state end,
      finished_at = case when ${ended} then ${tx.now}::timestamptz end,
      file_path = case when ${ended && !work.dry} then null else file_path end
    where import_id = ${work.importId}`.execute(tx.db);
  tx.touch('imports', work.importId);
  if (ended) tx.audit({ action: `import.${after}`, subjectKind: 'import', subjectIds: [work.importId] });
}

/** A day later: the file that nobody took in goes, and what was noted of its lines with it. */
export async function forgetImportFile(tx: Tx, importId: string): Promise<void> {
  await sql`update imports set file_path = null where import_id = ${importId}`.execute(tx.db);
  await sql`delete from imports where import_id = ${importId} and state in ('ready', 'checking', 'checked')`.execute(
    tx.db,
  );
  tx.touch('imports', importId);
}
