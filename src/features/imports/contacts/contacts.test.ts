import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactTable } from '../../../../test/import-contact-tables.ts';
import { tableOf } from '../../../../test/import-tables.ts';
import {
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { addPeople } from '../../../../test/practice.ts';
import { rounds } from '../../../../test/rounds.ts';
import { changeContact, searchContacts } from '../../contacts/api.ts';
import { addPatientContact } from '../../contacts/people/api.ts';
import * as api from '../api.ts';
import { problemText } from '../rules.ts';
import { guessColumns } from '../schema.ts';

let office: TestOffice;
let practice: TestPractice;

async function upload(content: string): Promise<string> {
  const headers = { authorization: `Bearer ${practice.manager.token}`, 'content-type': 'text/csv' };
  const response = await fetch(office.url + api.uploadPath, {
    method: 'POST',
    headers: { ...headers, 'x-file-name': 'doctors.csv' },
    body: content,
  });
  const { importId } = (await response.json()) as { importId: string };
  return importId;
}
const read = (id: string) => practice.manager.do(api.readImport, { params: { id } });
const run = async (
  endpoint: typeof api.checkImport | typeof api.takeImport,
  id: string,
  options: { alsoAlike?: boolean } = {},
) => {
  const { headings } = (await read(id)).import;
  const body = { kind: 'contacts' as const, columns: guessColumns('contacts', headings), options };
  await practice.manager.do(endpoint, { params: { id }, body });
  await office.runner.drain();
  return read(id);
};
const check = (id: string, options = {}) => run(api.checkImport, id, options);
const take = (id: string, options = {}) => run(api.takeImport, id, options);
const undo = async (id: string) => {
  await practice.manager.do(api.undoImport, { params: { id } });
  await office.runner.drain();
  return read(id);
};
const wordsOf = ({ problems }: Awaited<ReturnType<typeof read>>) =>
  problems.map(({ line, problems: what }) => ({ line, what: problemText(what) }));
const find = async (text: string) => (await practice.manager.do(searchContacts, { body: { text } })).contacts;
/** All that an import of contacts may leave behind. */
const traces = () =>
  practice.tx(async (tx) => {
    const { rows } = await sql<Record<string, unknown>>`
      select (select jsonb_agg(contact_id order by contact_id) from contacts) as contacts,
        (select jsonb_agg(value order by value) from contact_identifiers) as numbers,
        (select count(*) from import_rows) as lines`.execute(tx.db);
    return rows[0] ?? {};
  });

const head = ['ID', 'Last', 'First', 'NPI', 'Practice', 'Phone', 'City'];

describe.each(eitherStorage)('a table of doctors on %s', (storage) => {
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    practice = await office.practice();
  });
  afterAll(() => office.close());

  it('the good go in, each fault is named by line, and undo leaves no trace', async () => {
    const table = contactTable(storage === 'embedded' ? 700 : rounds(1200, 20_000));
    const before = await traces();
    const importId = await upload(table.csv);
    const checked = await check(importId);
    expect(wordsOf(checked)).toEqual(table.planted.slice(0, 200));
    expect(checked.import).toMatchObject({
      state: 'checked',
      made: table.good,
      alike: 0,
      faults: table.planted.length,
    });
    expect(await traces()).toMatchObject({ contacts: null, numbers: null });
    const taken = await take(importId);
    expect(taken.import).toMatchObject({ state: 'done', made: table.good, hasFile: false, percent: 100 });
    expect(taken.problems).toEqual(checked.problems);
    const again = await take(await upload(table.csv));
    expect(again.import).toMatchObject({ made: 0, same: table.good, faults: table.planted.length });
    await undo(again.import.importId);
    const undone = await undo(importId);
    expect(undone.import).toMatchObject({ state: 'undone', removed: table.good, kept: 0 });
    expect(await traces()).toEqual(before);
  }, 600_000);
});

describe('a table of doctors', () => {
  beforeAll(async () => {
    office = await openTestOffice();
  });
  afterAll(() => office.close());

  it('who works at an organization of the directory, or of a line above, is found there', async () => {
    practice = await office.practice();
    const rows = [
      head,
      ['1', 'Above', 'Al', '', 'Alder Heart', '', ''],
      ['2', '', '', '', 'Alder Heart', '6075550100', 'Alderton'],
      ['3', 'Below', 'Bo', '', 'ALDER HEART', '', ''],
      ['4', 'Alone', 'Cy', '', 'Nowhere Clinic', '', ''],
    ];
    const importId = await upload(tableOf(rows));
    expect((await take(importId)).import).toMatchObject({ made: 4 });
    const [below] = await find('below');
    expect(below).toMatchObject({ organization: { phone: '+16075550100' }, organizationName: '' });
    expect((await find('above'))[0]).toMatchObject({ organization: null, organizationName: 'Alder Heart' });
    expect((await find('alone'))[0]).toMatchObject({ organizationName: 'Nowhere Clinic' });
    const more = await take(await upload(tableOf([head, ['5', 'Later', 'Di', '', 'Alder Heart', '', '']])));
    expect((await find('later'))[0]?.organization?.name).toBe('Alder Heart');
    // someone of another import works there now
    const first = await undo(importId);
    expect(first.import).toMatchObject({ removed: 3, kept: 1 });
    expect(first.keptContacts).toEqual(['Alder Heart']);
    expect((await undo(more.import.importId)).import).toMatchObject({ removed: 1, kept: 0 });
  });

  it('one likely the same is left out unless asked for, and one of the same NPI is the same', async () => {
    practice = await office.practice();
    await take(await upload(tableOf([head, ['', 'Stone', 'Ida', '1234567893', '', '6075550100', '']])));
    const rows = [
      head,
      ['a', 'Stone', 'Ida', '', '', '607 555 0100', ''],
      ['b', 'Stone-Berg', 'Ida', '1234567893', '', '', ''],
      ['c', 'Oak', 'Jo', '', 'Elm Clinic', '', ''],
      ['d', 'OAK', 'Jo', '', 'Elm clinic', '', ''],
      ['e', 'Oak', 'Jo', '', 'Ash Clinic', '', ''],
    ];
    const importId = await upload(tableOf(rows));
    const checked = await check(importId);
    expect(checked.import).toMatchObject({ made: 2, same: 1, alike: 2, faults: 0 });
    expect(wordsOf(checked)).toEqual([
      { line: 2, what: 'Last is likely Stone, Ida of the directory: same name, same number' },
      { line: 5, what: 'Last is likely that of line 4' },
    ]);
    const taken = await take(importId, { alsoAlike: true });
    expect(taken.import).toMatchObject({ made: 4, same: 1, alike: 0 });
  });

  it('undo keeps who was changed or treats a patient here, and names them', async () => {
    practice = await office.practice();
    const names = ['Changed', 'Named', 'Untouched'];
    const rows = [head, ...names.map((name, at) => [`${at}`, name, 'Pat', '', '', '', ''])];
    const importId = await upload(tableOf(rows));
    await take(importId);
    const [changed] = await find('changed');
    const [named] = await find('named');
    const body = { version: 1, change: { note: 'x' } };
    await practice.manager.do(changeContact, { params: { id: changed?.contactId ?? '' }, body });
    const [patientId = ''] = await practice.tx((tx) => addPeople(tx, 1));
    const link = { contactId: named?.contactId ?? '', role: 'referring' as const };
    await practice.manager.do(addPatientContact, { params: { id: patientId }, body: link });
    const undone = await undo(importId);
    expect(undone.import).toMatchObject({ removed: 1, kept: 2 });
    expect(undone.keptContacts).toEqual(['Changed, Pat', 'Named, Pat']);
    expect(await find('untouched')).toEqual([]);
    expect(await find('named')).toHaveLength(1);
  });
});
