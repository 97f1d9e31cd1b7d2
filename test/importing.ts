import { sql } from 'kysely';
import * as api from '../src/features/imports/api.ts';
import { parseText } from '../src/features/imports/reading/queries.ts';
import { guessColumns, type ImportKind } from '../src/features/imports/schema.ts';
import type { Desk, TestOffice, TestPractice } from './office.ts';

/** What a manager does with a table of another system, and what it leaves behind. */
export function importsAt(office: TestOffice, practice: TestPractice) {
  const { manager } = practice;
  const upload = async (content: string | Uint8Array<ArrayBuffer>, who: Desk = manager) => {
    const response = await fetch(office.url + api.uploadPath, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${who.token}`,
        'content-type': 'text/csv',
        'x-file-name': 'old%20people.csv',
      },
      body: content,
    });
    return {
      status: response.status,
      body: (await response.json()) as { importId: string; message?: string },
    };
  };
  const read = (id: string) => manager.do(api.readImport, { params: { id } });
  const planFor = async (id: string, kind: ImportKind, options = {}) => {
    const { import: one } = await read(id);
    return { kind, columns: guessColumns(kind, one.headings), options };
  };
  /** Plays the jobs and answers how the import stands. */
  const settle = async (id: string) => {
    await office.runner.drain();
    return read(id);
  };
  const check = async (id: string, kind: ImportKind = 'patients', options = {}) => {
    await manager.do(api.checkImport, { params: { id }, body: await planFor(id, kind, options) });
    return settle(id);
  };
  const take = async (id: string, kind: ImportKind = 'patients', options = {}) => {
    await manager.do(api.takeImport, { params: { id }, body: await planFor(id, kind, options) });
    return settle(id);
  };
  const undo = async (id: string) => {
    await manager.do(api.undoImport, { params: { id } });
    return settle(id);
  };
  const faultFile = async (id: string) => {
    let csv = '';
    for (let after: number | null = 0; after !== null; ) {
      const part: { csv: string; next: number | null } = await manager.do(api.readFaultFile, {
        params: { id },
        body: { after },
      });
      csv += part.csv;
      after = part.next;
    }
    return csv;
  };
  /** All that an import of people may leave behind. */
  const traces = () =>
    practice.tx(async (tx) => {
      const { rows } = await sql<Record<string, unknown>>`
        select (select jsonb_agg(patient_id order by patient_id) from patients) as people,
          (select jsonb_agg(value order by value) from patient_identifiers) as numbers,
          (select jsonb_agg(word order by word) from patient_words) as words,
          (select count(*) from import_rows) as lines, (select count(*) from visits) as visits,
          (select count(*) from visit_steps) as steps, (select count(*) from visit_resources) as places`.execute(
        tx.db,
      );
      return rows[0] ?? {};
    });
  /** The table of errors: its headings, and by line what is said. */
  const errorLines = async (id: string) => {
    const [head = [], ...rows] = parseText((await faultFile(id)).replaceAll('\r\n', '\n'), ',') ?? [];
    const lines = rows.map((row) => ({ line: Number(row.at(-2)), what: row.at(-1) ?? '' }));
    return { head, lines };
  };
  return { upload, read, check, take, undo, faultFile, errorLines, traces };
}
