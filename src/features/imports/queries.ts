import { sql } from 'kysely';
import type { Db } from '../../platform/db/database.ts';
import { problemText } from './rules.ts';
import type { ImportRow, LineProblem, Problem } from './schema.ts';

const importColumns = sql`i.import_id, i.kind, i.state, i.file_name, i.file_bytes::float8 as file_bytes,
  i.file_path is not null as has_file, i.headings, i.columns, i.options, i.rows_read, i.made, i.same, i.alike,
  i.faults, i.removed, i.kept, i.created_at, i.finished_at, i.version,
  least(100, floor(100 * i.next_offset / greatest(i.file_bytes, 1)))::int as percent,
  coalesce(s.display_name, '') as by_name`;

export async function listImports(db: Db): Promise<ImportRow[]> {
  const { rows } = await sql<ImportRow>`
    select ${importColumns} from imports i left join staff s on s.staff_id = i.created_by
    where i.state <> 'ready' order by i.created_at desc limit 100`.execute(db);
  return rows;
}

export async function findImport(db: Db, importId: string): Promise<ImportRow | undefined> {
  const { rows } = await sql<ImportRow>`
    select ${importColumns} from imports i left join staff s on s.staff_id = i.created_by
    where i.import_id = ${importId}`.execute(db);
  return rows[0];
}

export async function findFile(db: Db, importId: string): Promise<string | null> {
  const { rows } = await sql<{ filePath: string | null }>`
    select file_path from imports where import_id = ${importId}`.execute(db);
  return rows[0]?.filePath ?? null;
}

/** Lines that did not go in, by line, after one. */
export async function listProblems(
  db: Db,
  importId: string,
  { after, most }: { after: number; most: number },
): Promise<LineProblem[]> {
  const { rows } = await sql<LineProblem>`
    select line, outcome, coalesce(problems, '[]') as problems from import_rows
    where import_id = ${importId} and outcome in ('fault', 'alike') and line > ${after}
    order by line limit ${most}`.execute(db);
  return rows;
}

/** As listProblems, with the lines as they stood. */
export async function listOriginals(
  db: Db,
  importId: string,
  { after, most }: { after: number; most: number },
): Promise<{ line: number; what: string; original: string }[]> {
  const { rows } = await sql<{ line: number; problems: Problem[]; original: string }>`
    select line, coalesce(problems, '[]') as problems, coalesce(original, '') as original from import_rows
    where import_id = ${importId} and outcome in ('fault', 'alike') and line > ${after}
    order by line limit ${most}`.execute(db);
  return rows.map(({ line, problems, original }) => ({ line, original, what: problemText(problems) }));
}

/** The MRNs of what an undo left, because it was changed or used since. */
export async function listKept(db: Db, importId: string): Promise<string[]> {
  const { rows } = await sql<{ mrn: string }>`
    select distinct p.mrn from import_rows r
    left join visits v on v.practice_id = r.practice_id and v.visit_id = r.record_id
    join patients p on p.practice_id = r.practice_id and p.patient_id = coalesce(v.patient_id, r.record_id)
    where r.import_id = ${importId} and r.outcome = 'kept' order by p.mrn limit 1000`.execute(db);
  return rows.map((row) => row.mrn);
}
