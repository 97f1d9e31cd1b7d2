import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../test/office.ts';
import * as api from './api.ts';
import { registerPatients } from './commands.ts';
import type { NewPatient } from './schema.ts';

const joanna: NewPatient = {
  familyName: 'Smith',
  givenName: 'Joanna',
  middleName: 'Marie',
  preferredName: 'Jo',
  formerNames: ['Joanna Diaz'],
  bornOn: '1961-03-14',
  sex: 'female',
  phones: [{ number: '(212) 555-2233', kind: 'mobile', mayText: true }],
  email: 'jo.smith@test.example',
  addresses: [{ line1: '12 Elm St', city: 'Albany', state: 'ny', zip: '12207' }],
};
const people: NewPatient[] = [
  joanna,
  { familyName: 'Smith', givenName: 'John', bornOn: '1961-03-02', phones: [{ number: '518 555 0144' }] },
  { familyName: 'Nguyễn', givenName: 'Thị', bornOn: '1984-11-02' },
  { familyName: 'van der Berg', givenName: 'Łukasz', bornOn: '1914-03-09' },
  { familyName: 'O’Brien', givenName: 'Zoë', bornOn: '2001-12-31', phones: [{ number: '2125550199' }] },
  { familyName: 'García-López', givenName: 'María', bornOn: '1975-06-05' },
  { familyName: 'James', givenName: 'Smitty', bornOn: '1950-01-01' },
  { familyName: 'Gonzalez', givenName: 'Peter', preferredName: 'Pete', bornOn: null },
];

describe.each(eitherStorage)('patients on %s storage', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let desk: Desk;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    practice = await office.practice();
    await practice.tx((tx) => registerPatients(tx, people));
    desk = await practice.as('secretary');
  });
  afterAll(() => office.close());

  const find = async (text: string) => {
    const { hits } = await desk.do(api.searchPatients, { body: { text } });
    return hits.map((hit) => hit.fileName);
  };

  it.each([
    ['a whole last name', 'smith', ['Smith, Joanna M.', 'Smith, John', 'James, Smitty']],
    ['scraps of both names', 'smi jo', ['Smith, Joanna M.', 'Smith, John']],
    ['scraps, swapped', 'jo smi', ['Smith, Joanna M.', 'Smith, John']],
    ['a birth month', 'smi jo 3/61', ['Smith, Joanna M.', 'Smith, John']],
    ['a birth date', '3-14-61', ['Smith, Joanna M.']],
    ['a birth date without separators', '03141961', ['Smith, Joanna M.']],
    ['a birth year', '1984', ['Nguyễn, Thị']],
    ['the last digits of a phone', '2233', ['Smith, Joanna M.']],
    ['a whole phone', '(518) 555-0144', ['Smith, John']],
    ['a former name', 'diaz', ['Smith, Joanna M.']],
    ['a preferred name', 'pete', ['Gonzalez, Peter']],
    ['the middle of a name', 'nzal', ['Gonzalez, Peter']],
    ['letters without their marks', 'nguyen thi', ['Nguyễn, Thị']],
    ['a crossed letter', 'lukasz', ['van der Berg, Łukasz']],
    ['a name of three words', 'van der berg', ['van der Berg, Łukasz']],
    ['a name of three words in one', 'vanderberg', ['van der Berg, Łukasz']],
    ['an apostrophe left out', 'obrien zoe', ['O’Brien, Zoë']],
    ['an apostrophe typed', "o'brien", ['O’Brien, Zoë']],
    ['the second half of a double name', 'lopez', ['García-López, María']],
    ['two swapped letters', 'gonzaelz', ['Gonzalez, Peter']],
    ['a letter too few', 'gonzlez', ['Gonzalez, Peter']],
    ['slips in both names', 'smiht jhon', ['Smith, John']],
    ['a birth date of someone very old', '3/9/14', ['van der Berg, Łukasz']],
    ['nothing that fits', 'xyzzy', []],
  ])('finds by %s', async (_, text, expected) => {
    const found = await find(text);
    expect(found.slice(0, expected.length)).toEqual(expected);
    if (expected.length === 0) expect(found).toEqual([]);
  });

  it('finds by MRN, whole and in part, and says so', async () => {
    const { hits } = await desk.do(api.searchPatients, { body: { text: 'joanna' } });
    const mrn = hits[0]?.mrn ?? '';
    const { hits: byMrn } = await desk.do(api.searchPatients, { body: { text: mrn } });
    expect(byMrn[0]).toMatchObject({
      callName: 'Jo Smith',
      matched: ['MRN'],
      age: 64,
      phone: '+12125552233',
    });
  });

  it('costs one statement for a search, three when words are mended', async () => {
    const other = await practice.as('secretary');
    const count = async (text: string) => {
      const before = office.statements();
      await other.do(api.searchPatients, { body: { text, limit: 2 } });
      return office.statements() - before;
    };
    // The session is looked up once in a while.
    await count('lee');
    // begin, commit; the reads' audit is begin, head, append, commit
    const around = 2 + 4;
    expect(await count('smith')).toBe(around + 1);
    expect(await count('smiht')).toBe(around + 3);
  });

  it('shows nobody of another practice', async () => {
    const elsewhere = await office.practice();
    const { hits } = await elsewhere.manager.do(api.searchPatients, { body: { text: 'smith' } });
    expect(hits).toEqual([]);
    const mended = await elsewhere.manager.do(api.searchPatients, { body: { text: 'smiht' } });
    expect(mended.hits).toEqual([]);
  });
});

describe('registering', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let desk: Desk;
  beforeAll(async () => {
    office = await openTestOffice();
  });
  afterAll(() => office.close());
  const fresh = async () => {
    practice = await office.practice();
    desk = await practice.as('secretary');
  };
  const register = (patient: NewPatient, notDuplicateOf: string[] = []) =>
    desk.ask(api.registerPatient, { body: { patient, notDuplicateOf } });

  it('keeps what was typed, with numbers and states in one form, under a new MRN', async () => {
    await fresh();
    const { status, body } = await register(joanna);
    expect(status).toBe(200);
    expect(body.patient).toMatchObject({ familyName: 'Smith', mrn: '100001', version: 1, age: 64 });
    expect(body.patient.phones[0]?.number).toBe('+12125552233');
    expect(body.patient.addresses[0]).toMatchObject({ state: 'NY', country: 'US' });
    const { places } = await desk.do(api.lookUpZip, { body: { zip: '12207-1234' } });
    expect(places).toEqual([{ city: 'Albany', state: 'NY' }]);
  });

  it('shows who is likely the same first, and registers when told that this is another person', async () => {
    await fresh();
    const first = await register(joanna);
    const typo = { familyName: 'Smyth', givenName: 'Joana', bornOn: '1961-03-14' };
    const refused = await register(typo);
    expect(refused).toMatchObject({ status: 409, body: { error: 'conflict' } });
    expect(refused.body.offers).toMatchObject([
      { hit: { patientId: first.body.patient.patientId }, why: ['similar name', 'same birth date'] },
    ]);
    const again = await register(typo, [first.body.patient.patientId]);
    expect(again).toMatchObject({ status: 200, body: { patient: { mrn: '100002' } } });
  });

  it('registers one person once when two desks do it at the same moment', async () => {
    await fresh();
    const other = await practice.as('secretary');
    const both = await Promise.all(
      [desk, other].map((one) => one.ask(api.registerPatient, { body: { patient: joanna } })),
    );
    expect(both.map((one) => one.status).sort()).toEqual([200, 409]);
  });

  it.each([
    ['a phone with too few digits', { phones: [{ number: '555-22' }] }, 'patient.phones.0.number'],
    [
      'a state that is none',
      { addresses: [{ line1: '1', city: 'X', state: 'ZZ', zip: '12207' }] },
      'patient.addresses.0.state',
    ],
    ['a birth date that is none', { bornOn: '1961-02-30' }, 'patient.bornOn'],
    ['a birth date ahead', { bornOn: '2031-01-01' }, 'patient.bornOn'],
  ])('refuses %s at its field', async (_, wrong, field) => {
    await fresh();
    const { status, body } = await register({ ...joanna, ...wrong });
    expect(status).toBe(400);
    expect(Object.keys(body.fields ?? {})).toContain(field);
  });

  it('changes only what changed, and refuses a stale version showing both', async () => {
    await fresh();
    const { body } = await register(joanna);
    const id = body.patient.patientId;
    const change = { preferredName: 'Joey', phones: body.patient.phones as never };
    const changed = await desk.do(api.changePatient, { params: { id }, body: { version: 1, change } });
    expect(changed.patient).toMatchObject({ preferredName: 'Joey', givenName: 'Joanna', version: 2 });
    const late = await desk.ask(api.changePatient, { params: { id }, body: { version: 1, change } });
    expect(late).toMatchObject({ status: 409, body: { error: 'stale', current: { version: 2 } } });
    // Looking at what other features show of a person is no change.
    await practice.tx(async (tx) =>
      tx.audit({ action: 'patient.tasks-listed', subjectKind: 'patient', subjectIds: [id] }),
    );
    const { changes } = await practice.manager.do(api.listPatientHistory, { params: { id } });
    expect(changes.map((one) => one.action)).toEqual(['patient.changed', 'patient.registered']);
    expect(changes[0]).toMatchObject({ before: { preferredName: 'Jo' }, after: { preferredName: 'Joey' } });
    expect(Object.keys(changes[0]?.after ?? {})).toEqual(['preferredName']);
    const again = await desk.do(api.searchPatients, { body: { text: 'joey' } });
    expect(again.hits).toHaveLength(1);
  });

  it('shows alerts on the card until they are taken off', async () => {
    await fresh();
    const { body } = await register(joanna);
    const id = body.patient.patientId;
    const { alert } = await desk.do(api.addAlert, {
      params: { id },
      body: { text: 'Latex allergy', tone: 'wrong' },
    });
    const { card } = await desk.do(api.openPatientCard, { params: { id } });
    expect(card).toMatchObject({ alertCount: 1, alerts: [{ text: 'Latex allergy' }], guarantor: null });
    const removal = { version: alert.version, reason: 'Wrong chart' };
    await desk.do(api.removeAlert, { params: { id, alertId: alert.alertId }, body: removal });
    expect((await desk.do(api.openPatientCard, { params: { id } })).card.alerts).toEqual([]);
  });

  it('names another patient who pays', async () => {
    await fresh();
    const parent = (await register(joanna)).body.patient;
    const child = {
      familyName: 'Smith',
      givenName: 'Kim',
      bornOn: '2019-05-05',
      guarantor: { patientId: parent.patientId, relationship: 'mother' },
    };
    const { patient } = (await register(child)).body;
    const { card } = await desk.do(api.openPatientCard, { params: { id: patient.patientId } });
    expect(card.guarantor).toMatchObject({ name: 'Jo Smith', relationship: 'mother', phone: '+12125552233' });
  });

  it('marks a person deceased, and tells the features to the right', async () => {
    await fresh();
    const id = (await register(joanna)).body.patient.patientId;
    const death = { version: 1, deceasedOn: '2026-02-01' };
    const { patient } = await desk.do(api.markDeceased, { params: { id }, body: death });
    expect(patient).toMatchObject({ deceased: true, deceasedOn: '2026-02-01', age: 64 });
    const early = await desk.ask(api.markDeceased, {
      params: { id },
      body: { version: 2, deceasedOn: '1960-01-01' },
    });
    expect(early.status).toBe(400);
  });

  it('finds a record entered in error no more; only a manager marks one', async () => {
    await fresh();
    const id = (await register(joanna)).body.patient.patientId;
    const body = { version: 1, reason: 'A test entry' };
    expect((await desk.ask(api.removePatient, { params: { id }, body })).status).toBe(403);
    await practice.manager.do(api.removePatient, { params: { id }, body });
    expect((await desk.do(api.searchPatients, { body: { text: 'smith' } })).hits).toEqual([]);
    expect((await desk.ask(api.openPatientCard, { params: { id } })).status).toBe(404);
  });

  it('lists whom this account opened last', async () => {
    await fresh();
    const one = (await register(joanna)).body.patient.patientId;
    const two = (await register({ familyName: 'Okafor', givenName: 'Ben' })).body.patient.patientId;
    await desk.do(api.openPatient, { params: { id: one } });
    const { hits } = await desk.do(api.listRecentPatients);
    expect(hits.map((hit) => hit.patientId)).toEqual([one, two]);
    expect((await practice.manager.do(api.listRecentPatients)).hits).toEqual([]);
  });
});
