import { sql } from 'kysely';
import type { ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';

/** Rows in memory at a time. */
export const rowsOfPage = 500;

export const sectionsFor = (exporters: readonly Exporter[], whose: 'person' | 'practice') =>
  exporters
    .flatMap((one) => one.sections)
    .filter((section) => section.only === undefined || section.only === whose);

/** The file's columns: those of the table as it is today, and what the section adds. */
export async function listColumns(db: Db, section: ExportSection): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select a.attname::text as name from pg_attribute a
    where a.attrelid = to_regclass(${`public.${section.table ?? 'none'}`}) and a.attnum > 0 and not a.attisdropped
    order by a.attnum limit 500`.execute(db);
  const ofTable = rows.map((row) => row.name).filter((name) => !Object.hasOwn(section.without ?? {}, name));
  return [...new Set([...ofTable, ...(section.columns ?? [])])];
}

/** All rows of a section, a page at a time, each after the key of the one before. */
export async function* readPages(
  db: Db,
  section: ExportSection,
  patientIds: readonly string[] | null,
  most = rowsOfPage,
): AsyncGenerator<ExportedRow[]> {
  for (let after: readonly string[] | null = null; ; ) {
    const { rows }: { rows: ExportedRow[] } = await section.page({ after, most, patientIds }).execute(db);
    const { unpack } = section;
    if (rows.length > 0) yield unpack ? rows.map(({ key, row }) => ({ key, row: unpack(row) })) : rows;
    const last = rows.at(-1);
    if (!last || rows.length < most) return;
    after = last.key;
  }
}

/** This record and all that became part of it. */
export async function listRecordIds(db: Db, patientId: string): Promise<string[]> {
  const { rows } = await sql<{ patientId: string }>`
    with recursive parts as (
      select patient_id from patients where patient_id = ${patientId}
      union
      select p.patient_id from parts join patients p on p.merged_into = parts.patient_id
    ) select patient_id from parts order by patient_id limit 1000`.execute(db);
  return rows.map((row) => row.patientId);
}
