import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultKinds, type Planted, patientTable, tableOf } from '../../../test/import-tables.ts';
import { importsAt } from '../../../test/importing.ts';
import { eitherStorage, openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { rounds, seed } from '../../../test/rounds.ts';
import { keepTidy } from '../../platform/db/tidy.ts';

let office: TestOffice;
let practice: TestPractice;
let imports: ReturnType<typeof importsAt>;

const keptByUndo = ['audit_heads', 'audit_records', 'counters', 'idempotency_keys', 'imports', 'jobs'];
/** How many rows each table of the practice holds. */
const tableCounts = () =>
  practice.tx(async ({ db }) => {
    const tables = await sql<{ name: string }>`
      select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'practice_id' order by 1`.execute(db);
    const counts: Record<string, number> = {};
    for (const { name } of tables.rows) {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from ${sql.table(name)}`.execute(db);
      counts[name] = rows[0]?.count ?? 0;
    }
    return counts;
  });

const outcomesOf = (planted: readonly Planted[]) => ({
  faults: planted.filter((one) => one.outcome === 'fault').length,
  alike: planted.filter((one) => one.outcome === 'alike').length,
});
const saidOf = (planted: readonly Planted[]) => planted.map(({ line, what }) => ({ line, what }));
const namesHere = () =>
  practice.tx(async ({ db }) => {
    const { rows } = await sql<{ name: string }>`
      select family_name || ' ' || given_name as name from patients`.execute(db);
    return rows.map((row) => row.name).sort();
  });

describe.each(eitherStorage)('tables of other systems on %s', (storage) => {
  const people = rounds(storage === 'embedded' ? 800 : 1500, 50_000);
  let began = 0;
  let stopTidying = () => {};
  const faults: string[] = [];
  /** In `npm run prove`: how long it took, for who reads the proof. */
  const tell = (what: string) => {
    if (process.env.FRONTDESK_PROVE !== '1') return;
    const seconds = Math.round((performance.now() - began) / 1000);
    process.stdout.write(`  ${storage}, ${people} lines, seed ${seed()}: ${what} after ${seconds} s\n`);
  };
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    practice = await office.practice();
    imports = importsAt(office, practice);
    // As in a real office: the embedded store is told when its tables have grown.
    stopTidying = keepTidy(office.store.source, (error) => faults.push(String(error)));
    began = performance.now();
  });
  afterAll(async () => {
    stopTidying();
    await office.close();
    expect(faults).toEqual([]);
  });

  it('the good go in, each fault is named by line, what was mended goes in whole, undo leaves no trace', async () => {
    const table = patientTable(people, seed());
    const { planted, good } = table;
    expect(new Set(planted.map((one) => one.what)).size).toBeGreaterThan(25);
    expect(planted.length).toBeGreaterThanOrEqual(faultKinds);
    const [before, rowsBefore] = [await imports.traces(), await tableCounts()];

    const { importId } = (await imports.upload(table.file)).body;
    const checked = await imports.check(importId);
    tell('checked');
    const counts = { made: good, ...outcomesOf(planted) };
    expect(checked.import).toMatchObject({ state: 'checked', rowsRead: people, ...counts });
    expect(await imports.traces()).toMatchObject({ people: null, numbers: null, words: null });
    const taken = await imports.take(importId);
    tell('taken in');
    expect(taken.import).toMatchObject({ state: 'done', ...counts, hasFile: false, percent: 100 });
    expect(taken.problems).toEqual(checked.problems);
    const errors = await imports.errorLines(importId);
    expect(errors.lines).toEqual(saidOf(planted));
    expect(await namesHere()).toEqual(table.names.toSorted());

    const again = await imports.take((await imports.upload(table.file)).body.importId);
    tell('taken in again');
    expect(again.import).toMatchObject({ ...counts, made: 0, same: good });
    expect((await imports.errorLines(again.import.importId)).lines).toEqual(saidOf(planted));

    const rows = planted.map(({ mended, line, what }) => [...mended, String(line), what]);
    const mended = await imports.take((await imports.upload(tableOf([errors.head, ...rows]))).body.importId);
    tell('the mended lines taken in');
    expect(mended.import).toMatchObject({ made: planted.length, same: 0, alike: 0, faults: 0 });
    expect(await namesHere()).toHaveLength(people);

    for (const [{ import: one }, removed] of [
      [mended, planted.length],
      [again, 0],
      [taken, good],
    ] as const) {
      expect((await imports.undo(one.importId)).import).toMatchObject({ state: 'undone', removed, kept: 0 });
    }
    tell('taken back');
    expect(await imports.traces()).toEqual(before);
    const rowsAfter = await tableCounts();
    const grown = Object.keys(rowsAfter).filter((name) => rowsAfter[name] !== rowsBefore[name]);
    // The history of imports, what was asked and done, and the number from which record numbers go on.
    expect(grown.filter((name) => !keptByUndo.includes(name))).toEqual([]);
  }, 1_800_000);

  it('the lines that stay out come back as a table that a spreadsheet may open', async () => {
    const { file } = patientTable(400, 8, 10);
    const { importId } = (await imports.upload(file)).body;
    await imports.take(importId);
    const errors = await imports.faultFile(importId);
    const runnable = errors.split('\r\n').filter((line) => /^[=+@-]|,[=+@-]/.test(line));
    expect(runnable).toEqual([]);
    expect(errors).toContain('Line,What is wrong');
    await imports.undo(importId);
  });
});
