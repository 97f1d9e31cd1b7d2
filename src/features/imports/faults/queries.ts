import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { listOriginals } from '../queries.ts';
import { parseText } from '../reading/queries.ts';
import { csvCell, errorHeadings } from '../rules.ts';

/** A part of the table of lines that did not go in: as they stand, with the line and what is wrong. */
export async function readFaults(
  db: Db,
  importId: string,
  { after, most }: { after: number; most: number },
): Promise<{ csv: string; next: number | null } | undefined> {
  const { rows } = await sql<{ delimiter: string; headings: string[] }>`
    select delimiter, headings from imports where import_id = ${importId}`.execute(db);
  const [table] = rows;
  if (!table) return undefined;
  const found = await listOriginals(db, importId, { after, most });
  const lines = found.map(({ line, what, original }) => {
    const [cells] = parseText(original, table.delimiter) ?? [];
    // A line whose quotes do not fit is divided as it can be.
    const plain = cells ?? original.split(table.delimiter).map((cell) => cell.replaceAll('"', ''));
    const even = Array.from(
      { length: Math.max(plain.length, table.headings.length) },
      (_, at) => plain[at] ?? '',
    );
    return [...even, String(line), what].map(csvCell).join(',');
  });
  const head = [...table.headings, ...errorHeadings].map(csvCell).join(',');
  const csv = (after === 0 ? [head, ...lines] : lines).map((line) => `${line}\r\n`).join('');
  return { csv, next: found.length === most ? (found.at(-1)?.line ?? null) : null };
}
