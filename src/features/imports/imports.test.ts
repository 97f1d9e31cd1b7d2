import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patientTable, tableOf } from '../../../test/import-tables.ts';
import {
  type Desk,
  openTestOffice,
  storages,
  type TestOffice,
  type TestPractice,
} from '../../../test/office.ts';
import { setUpSchedule } from '../../../test/practice.ts';
import { rounds } from '../../../test/rounds.ts';
import { changePatient, openPatient } from '../patients/api.ts';
import { bookVisit, cancelVisit } from '../schedule/visits/api.ts';
import * as api from './api.ts';
import { problemText } from './rules.ts';
import { guessColumns, type ImportKind } from './schema.ts';

let office: TestOffice;
let practice: TestPractice;
let manager: Desk;

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
  return { status: response.status, body: (await response.json()) as { importId: string; message?: string } };
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

describe.each(storages)('tables of other systems on %s', (storage) => {
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    practice = await office.practice();
    ({ manager } = practice);
  });
  afterAll(() => office.close());

  it('the good go in, each fault is named by line, and undo leaves no trace', async () => {
    const table = patientTable(storage === 'embedded' ? 800 : rounds(1500, 50_000));
    const before = await traces();
    const { body } = await upload(table.csv);
    const checked = await check(body.importId);
    expect(checked.import).toMatchObject({
      state: 'checked',
      made: table.good,
      faults: table.planted.length,
    });
    expect(await traces()).toMatchObject({ people: null, numbers: null, words: null });
    const taken = await take(body.importId);
    expect(taken.import).toMatchObject({ state: 'done', made: table.good, hasFile: false, percent: 100 });
    const named = taken.problems.map(({ line, problems }) => ({ line, what: problemText(problems) }));
    expect(named).toEqual(table.planted.slice(0, 200));
    expect(taken.problems).toEqual(checked.problems);
    const again = await take((await upload(table.csv)).body.importId);
    expect(again.import).toMatchObject({ made: 0, same: table.good, faults: table.planted.length });
    await undo(again.import.importId);
    expect((await undo(body.importId)).import).toMatchObject({
      state: 'undone',
      removed: table.good,
      kept: 0,
    });
    expect(await traces()).toEqual(before);
  }, 600_000);

  it('the lines that stay out come back as a table that can be mended and taken in', async () => {
    const { csv } = patientTable(200, 8, 10);
    const { importId } = (await upload(csv)).body;
    const first = await take(importId);
    const errors = await faultFile(importId);
    expect(
      errors
        .split('\r\n')
        .slice(1)
        .filter((line) => /^[=+@-]|,[=+@-]/.test(line)),
    ).toEqual([]);
    expect(errors).toContain('Line,What is wrong');
    const second = await take(
      (await upload(errors.replaceAll('13/45/1980', '3/14/1961').replaceAll(',ZZ,', ',NY,'))).body.importId,
    );
    expect(second.import.made).toBeGreaterThan(1);
    // The number that stood twice is known by now.
    expect(second.import).toMatchObject({ same: 1, rowsRead: first.import.faults });
    await undo(second.import.importId);
    await undo(importId);
  });
});

describe('a table of people', () => {
  beforeAll(async () => {
    office = await openTestOffice();
    practice = await office.practice();
    ({ manager } = practice);
  });
  afterAll(() => office.close());

  it('is read in any encoding, with any delimiter', async () => {
    const text = 'Last;First;DOB\r\nMüller;Zoë;1/2/1980\r\n';
    const latin = Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)));
    const wide = new Uint8Array(
      new Uint16Array([0xfeff, ...[...text].map((letter) => letter.charCodeAt(0))]).buffer,
    );
    for (const content of [
      text,
      `\ufeff${text.replaceAll(';', '\t')}`,
      latin,
      wide,
      text.replaceAll(';', '|'),
    ]) {
      const { importId } = (await upload(content)).body;
      const { import: one, samples } = await check(importId);
      expect(one).toMatchObject({ headings: ['Last', 'First', 'DOB'], made: 1, faults: 0 });
      expect(samples[0]?.slice(0, 2)).toEqual(['Müller', 'Zoë']);
    }
  });

  it('someone of the same name and birth date is left out unless asked for', async () => {
    const rows = [
      ['Last', 'First', 'DOB', 'ID'],
      ['Stone', 'Ida', '1/2/1980', 'a'],
      ['STONE', 'Ida', '1980-01-02', 'b'],
    ];
    const first = (await upload(tableOf(rows.slice(0, 2)))).body.importId;
    expect((await take(first)).import.made).toBe(1);
    const second = (await upload(tableOf(rows))).body.importId;
    const checked = await check(second);
    expect(checked.import).toMatchObject({ made: 0, same: 1, alike: 1 });
    expect(problemText(checked.problems[0]?.problems ?? [])).toBe('Last and birth date are those of line 2');
    expect((await take(second, 'patients', { alsoAlike: true })).import).toMatchObject({ made: 1, same: 1 });
  });

  it('undo keeps who was changed or has a visit, and names them', async () => {
    const plan = await setUpSchedule(practice);
    const rows = [
      ['Last', 'First', 'DOB'],
      ...['Changed', 'Booked', 'Untouched'].map((name) => [name, 'Pat', '1/2/1980']),
    ];
    const { importId } = (await upload(tableOf(rows))).body;
    await take(importId);
    const made = await practice.tx((tx) =>
      sql<{ patientId: string; mrn: string }>`
        select patient_id, mrn from patients where family_name in ('Changed', 'Booked') order by mrn`.execute(
        tx.db,
      ),
    );
    const [changed, booked] = made.rows;
    await manager.do(changePatient, {
      params: { id: changed!.patientId },
      body: { version: 1, change: { note: 'x' } },
    });
    const wish = { visitTypeId: plan.followUp, siteId: plan.main, physicianId: plan.lee };
    await manager.do(bookVisit, {
      body: { ...wish, patientId: booked!.patientId, startsAt: '2026-03-05T15:00:00Z' },
    });
    const { import: one, keptMrns } = await undo(importId);
    expect(one).toMatchObject({ removed: 1, kept: 2 });
    expect(keptMrns).toEqual(made.rows.map((row) => row.mrn));
    expect((await manager.ask(openPatient, { params: { id: changed!.patientId } })).status).toBe(200);
  });

  it('is the manager’s to bring in, and has its limits', async () => {
    const secretary = await practice.as('secretary');
    expect((await upload('Last\nx', secretary)).status).toBe(403);
    expect((await secretary.ask(api.listImports)).status).toBe(403);
    expect((await upload('')).status).toBe(400);
    const json = await fetch(office.url + api.uploadPath, {
      method: 'POST',
      headers: { authorization: `Bearer ${manager.token}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(json.status).toBe(400);
    const { importId } = (await upload('Last,First\nx,y')).body;
    const refused = await manager.ask(api.takeImport, {
      params: { id: importId },
      body: { kind: 'patients', columns: ['', 'givenName'] },
    });
    expect(refused.body.message).toContain('last name');
    expect((await manager.ask(api.undoImport, { params: { id: importId } })).status).toBe(409);
  });
});

describe('a table of visits', () => {
  const head = ['MRN', 'Provider', 'Appt Type', 'Appt Date', 'Appt Time', 'Reason'];
  beforeAll(async () => {
    office = await openTestOffice();
    practice = await office.practice();
    ({ manager } = practice);
  });
  afterAll(() => office.close());

  it('is booked as at the desk: what is taken is refused with its line, and undo gives the time back', async () => {
    await setUpSchedule(practice);
    const people = await practice.tx((tx) =>
      sql<{ mrn: string }>`select mrn from patients order by mrn`.execute(tx.db),
    );
    const [one = '', two = ''] = people.rows.map((row) => row.mrn);
    const before = await traces();
    const rows = [
      head,
      [one, 'Lee', 'fu', '3/5/2026', '10:00 am', 'follow-up'],
      [two, 'Dr. Lee', 'Follow-up', '2026-03-05', '10:05', 'in the way'],
      [two, 'Dr. Okoye', 'np', '3/5/2026', '10:00', ''],
      ['999', 'Dr. Who', 'xx', '3/5/2026', '10:00', ''],
      [one, 'Lee', 'fu', '3/5/2020', '10:00', ''],
      [one, 'Lee', 'fu', '3/5/2026', '10:00', 'again'],
      [two, 'Lee', 'fu', '3/7/2026', '10:00', 'a Saturday'],
    ];
    const { importId } = (await upload(tableOf(rows))).body;
    const checked = await check(importId, 'visits');
    expect({ ...(await traces()), lines: 0 }).toEqual({ ...before, lines: 0 });
    const taken = await take(importId, 'visits');
    expect(taken.import).toMatchObject({ made: 2, faults: 5 });
    expect(taken.problems).toEqual(checked.problems);
    expect(taken.problems.map(({ line, problems }) => `${line} ${problemText(problems)}`)).toEqual([
      '3 Appt Time is refused: Dr. Lee is booked until 10:15 am.',
      '5 MRN is the number of nobody here; Provider is nobody, or more than one, of the physicians here; Appt Type is no code or name of a visit type here',
      '6 Appt Date lies in the past',
      '7 is the same visit as line 2',
      expect.stringContaining('8 Appt Time is refused: '),
    ]);
    const again = await take((await upload(tableOf(rows.slice(0, 2)))).body.importId, 'visits');
    expect(again.import).toMatchObject({ made: 0, same: 1 });
    const { rows: booked } = await practice.tx((tx) =>
      sql<{ visitId: string }>`select visit_id from visits order by created_at, visit_id limit 1`.execute(
        tx.db,
      ),
    );
    await manager.do(cancelVisit, {
      params: { id: booked[0]!.visitId },
      body: { version: 1, reason: 'other' },
    });
    const undone = await undo(importId);
    expect(undone.import).toMatchObject({ removed: 1, kept: 1 });
    expect(undone.keptMrns).toHaveLength(1);
  });
});
