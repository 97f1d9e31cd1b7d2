import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableOf } from '../../../test/import-tables.ts';
import { importsAt } from '../../../test/importing.ts';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { setUpSchedule } from '../../../test/practice.ts';
import { changePatient, openPatient } from '../patients/api.ts';
import { bookVisit, cancelVisit } from '../schedule/visits/api.ts';
import * as api from './api.ts';
import { problemText } from './rules.ts';

let office: TestOffice;
let practice: TestPractice;
let manager: Desk;
let imports: ReturnType<typeof importsAt>;

describe('a table of people', () => {
  beforeAll(async () => {
    office = await openTestOffice();
    practice = await office.practice();
    ({ manager } = practice);
    imports = importsAt(office, practice);
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
      const { importId } = (await imports.upload(content)).body;
      const { import: one, samples } = await imports.check(importId);
      expect(one).toMatchObject({ headings: ['Last', 'First', 'DOB'], made: 1, faults: 0 });
      expect(samples[0]?.slice(0, 2)).toEqual(['Müller', 'Zoë']);
    }
  });

  it('a few broken bytes cost their own lines, and nobody else’s letters', async () => {
    const bytes = (text: string) => [...Buffer.from(text)];
    const lines = ['Last,First,DOB\n', 'Müller,Zoë,1/2/1980\n'].flatMap(bytes);
    const broken = [...bytes('Gr'), 0xfc, ...bytes('n,Ida,1/3/1980\n')];
    const cut = Uint8Array.from([...lines, ...broken, ...bytes('Ström,Åsa,1/4/1980\n')]);
    const { import: one, problems } = await imports.check((await imports.upload(cut)).body.importId);
    expect(one).toMatchObject({ made: 2, faults: 1 });
    expect(problems.map(({ line, problems: [first] }) => [line, first])).toEqual([
      [3, { column: 'Last', what: 'holds characters that are no text' }],
    ]);
  });

  it('someone of the same name and birth date is left out unless asked for', async () => {
    const rows = [
      ['Last', 'First', 'DOB', 'ID'],
      ['Stone', 'Ida', '1/2/1980', 'a'],
      ['STONE', 'Ida', '1980-01-02', 'b'],
    ];
    const first = (await imports.upload(tableOf(rows.slice(0, 2)))).body.importId;
    expect((await imports.take(first)).import.made).toBe(1);
    const second = (await imports.upload(tableOf(rows))).body.importId;
    const checked = await imports.check(second);
    expect(checked.import).toMatchObject({ made: 0, same: 1, alike: 1 });
    expect(problemText(checked.problems[0]?.problems ?? [])).toBe('Last and birth date are those of line 2');
    expect((await imports.take(second, 'patients', { alsoAlike: true })).import).toMatchObject({
      made: 1,
      same: 1,
    });
  });

  it('undo keeps who was changed or has a visit, and names them', async () => {
    const plan = await setUpSchedule(practice);
    const rows = [
      ['Last', 'First', 'DOB'],
      ...['Changed', 'Booked', 'Untouched'].map((name) => [name, 'Pat', '1/2/1980']),
    ];
    const { importId } = (await imports.upload(tableOf(rows))).body;
    await imports.take(importId);
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
    const { import: one, keptMrns } = await imports.undo(importId);
    expect(one).toMatchObject({ removed: 1, kept: 2 });
    expect(keptMrns).toEqual(made.rows.map((row) => row.mrn));
    expect((await manager.ask(openPatient, { params: { id: changed!.patientId } })).status).toBe(200);
  });

  it('is the manager’s to bring in, and has its limits', async () => {
    const secretary = await practice.as('secretary');
    expect((await imports.upload('Last\nx', secretary)).status).toBe(403);
    expect((await secretary.ask(api.listImports)).status).toBe(403);
    expect((await imports.upload('')).status).toBe(400);
    const json = await fetch(office.url + api.uploadPath, {
      method: 'POST',
      headers: { authorization: `Bearer ${manager.token}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(json.status).toBe(400);
    const { importId } = (await imports.upload('Last,First\nx,y')).body;
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
    imports = importsAt(office, practice);
  });
  afterAll(() => office.close());

  it('is booked as at the desk: what is taken is refused with its line, and undo gives the time back', async () => {
    await setUpSchedule(practice);
    const people = await practice.tx((tx) =>
      sql<{ mrn: string }>`select mrn from patients order by mrn`.execute(tx.db),
    );
    const [one = '', two = ''] = people.rows.map((row) => row.mrn);
    const before = await imports.traces();
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
    const { importId } = (await imports.upload(tableOf(rows))).body;
    const checked = await imports.check(importId, 'visits');
    expect({ ...(await imports.traces()), lines: 0 }).toEqual({ ...before, lines: 0 });
    const taken = await imports.take(importId, 'visits');
    expect(taken.import).toMatchObject({ made: 2, faults: 5 });
    expect(taken.problems).toEqual(checked.problems);
    expect(taken.problems.map(({ line, problems }) => `${line} ${problemText(problems)}`)).toEqual([
      '3 Appt Time is refused: Dr. Lee is booked until 10:15 am.',
      '5 MRN is the number of nobody here; Provider is nobody, or more than one, of the physicians here; Appt Type is no code or name of a visit type here',
      '6 Appt Date lies in the past',
      '7 is the same visit as line 2',
      expect.stringContaining('8 Appt Time is refused: '),
    ]);
    const again = await imports.take(
      (await imports.upload(tableOf(rows.slice(0, 2)))).body.importId,
      'visits',
    );
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
    const undone = await imports.undo(importId);
    expect(undone.import).toMatchObject({ removed: 1, kept: 1 });
    expect(undone.keptMrns).toHaveLength(1);
  });
});
