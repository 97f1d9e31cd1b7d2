import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eitherStorage, openTestOffice, type TestOffice, type TestPractice } from '../../test/office.ts';
import { openPatient, searchPatients } from '../features/patients/api.ts';
import { NothingToImport } from './fhir-files.ts';
import { describeImport, showProgress } from './import-command.ts';
import { importFhir } from './import-fhir.ts';

// Beside the repository; above a worktree of it.
const beside = ['../../../shared', '../../../../shared'].map((up) => path.resolve(import.meta.dirname, up));
const synthea = path.join(beside.find((one) => existsSync(one)) ?? '', 'data/synthea');

let office: TestOffice;
let practice: TestPractice;
let folder: string;
beforeEach(async () => {
  practice = await office.practice();
  folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-fhir-'));
  return () => rmSync(folder, { recursive: true, force: true });
});

const put = (file: string, content: unknown) =>
  writeFileSync(path.join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
const bundle = (...resources: unknown[]) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({ resource })),
});
const ada = {
  resourceType: 'Patient',
  id: 'ada',
  identifier: [
    { system: 'urn:test', value: '1' },
    { system: 'http://hl7.org/fhir/sid/us-ssn', value: '999-11-2222' },
  ],
  name: [
    { use: 'official', family: 'Lovelace', given: ['Ada', 'Byron'] },
    { use: 'maiden', family: 'Byron', given: ['Ada'] },
    { use: 'usual', given: ['Addie'] },
  ],
  gender: 'female',
  birthDate: '1985-12-10',
  telecom: [
    { system: 'phone', value: '(518) 555-0177', use: 'mobile', rank: 1 },
    { system: 'phone', value: 'ask the neighbor' },
    { system: 'email', value: 'ada@test.example' },
  ],
  address: [
    { use: 'home', line: ['1 Elm St'], city: 'Albany', state: 'New York', postalCode: '12207' },
    { use: 'billing', line: ['PO Box 2'], city: 'Albany', state: 'NY' },
  ],
  communication: [{ language: { coding: [{ code: 'es' }] }, preferred: true }],
  maritalStatus: { coding: [{ code: 'M' }] },
};

async function findOne(text: string) {
  const { hits } = await practice.manager.do(searchPatients, { body: { text } });
  const id = hits[0]?.patientId ?? '';
  return (await practice.manager.do(openPatient, { params: { id } })).patient;
}

describe.each(eitherStorage)('importing FHIR (%s)', (storage) => {
  beforeAll(async () => {
    office = await openTestOffice({ storage });
  });
  afterAll(() => office.close());

  it('takes names, phones, addresses and language of a person', async () => {
    put('one.json', ada);
    const result = await importFhir(office.store, practice.practiceId, folder);
    expect(result.counts).toEqual({ Patient: { made: 1, changed: 0, same: 0, skipped: 0 } });
    const patient = await findOne('lovelace');
    expect(patient).toMatchObject({
      ...{ familyName: 'Lovelace', givenName: 'Ada', middleName: 'Byron', preferredName: 'Addie' },
      ...{ formerNames: ['Ada Byron'], sex: 'female', bornOn: '1985-12-10', language: 'es' },
      ...{ maritalStatus: 'Married', email: 'ada@test.example' },
    });
    expect(patient.phones).toMatchObject([{ number: '+15185550177', preferred: true, kind: 'mobile' }]);
    expect(patient.note).toContain('ask the neighbor');
    expect(patient.addresses).toMatchObject([
      { kind: 'home', state: 'NY', zip: '12207' },
      { kind: 'mailing', state: 'NY', zip: '' },
    ]);
    expect(result.remarks).toEqual([
      { file: 'one.json', path: 'Patient', what: 'telecom[1] is no phone number and stands in the note' },
    ]);
  });

  it('names what cannot be read by file and path, and takes the rest', async () => {
    put('a-broken.json', '{"resourceType": "Bundle", "entry": [');
    put('b-no-resource.json', { hello: 'there' });
    put(
      'c-mixed.json',
      bundle(
        { ...ada, birthDate: '12/10/1985' },
        { ...ada, name: [] },
        { ...ada, name: [{ given: 'Ada' }] },
        { ...ada, birthDate: '1985-02-30' },
        { ...ada, birthDate: '2085-02-03' },
        { ...ada, identifier: undefined, id: undefined },
        { ...ada, name: [{ family: 'Null\u0000byte' }] },
        { ...ada, gender: 'F' },
        { resourceType: 'Observation' },
        ada,
      ),
    );
    put('d-lines.ndjson', `${JSON.stringify({ ...ada, identifier: undefined, id: 'twin' })}\nnot json\n`);
    const { counts, leftOut, faults } = await importFhir(office.store, practice.practiceId, folder);
    expect(counts.Patient).toEqual({ made: 2, changed: 0, same: 0, skipped: 0 });
    expect(leftOut).toEqual({ Observation: 1 });
    expect(faults.map(({ file, path: at, what }) => `${file} ${at} ${what}`)).toEqual([
      'a-broken.json Bundle.entry[0] is cut off: the file ends here',
      'b-no-resource.json  holds no FHIR resource',
      'c-mixed.json Bundle.entry[6].resource.name[0].family holds a NUL character',
      'c-mixed.json Bundle.entry[0].resource.birthDate is not a date',
      'c-mixed.json Bundle.entry[1].resource.name has no name',
      'c-mixed.json Bundle.entry[2].resource.name[0].given is not a list',
      'c-mixed.json Bundle.entry[3].resource.birthDate is no date of the calendar',
      'c-mixed.json Bundle.entry[4].resource.birthDate lies ahead',
      'c-mixed.json Bundle.entry[5].resource.identifier has neither an identifier nor an id',
      'c-mixed.json Bundle.entry[7].resource.gender is not one of male, female, other, unknown',
      'd-lines.ndjson line 2 is not JSON',
    ]);
  });

  it('keeps a number that is no NPI as an identifier, and says so', async () => {
    const name = [{ family: 'Lee', given: ['Sam'], prefix: ['Dr.'] }];
    const npi = (value: string) => [{ system: 'http://hl7.org/fhir/sid/us-npi', value }];
    const good = { resourceType: 'Practitioner', id: 'g', name, identifier: npi('1234567893') };
    put('a.json', bundle(good, { resourceType: 'Practitioner', id: 'b', name, identifier: npi('60') }));
    const first = await importFhir(office.store, practice.practiceId, folder);
    expect(first.counts).toEqual({ Practitioner: { made: 2, changed: 0, same: 0, skipped: 0 } });
    expect(first.remarks).toMatchObject([{ path: 'Bundle.entry[1].resource' }]);
    const second = await importFhir(office.store, practice.practiceId, folder);
    expect(second.counts).toEqual({ Practitioner: { made: 0, changed: 0, same: 2, skipped: 0 } });
    expect(describeImport(second)).toContain('Practitioner: 0 new, 2 here already');
  });

  it('says what to do about a folder that is missing or empty', async () => {
    const missing = importFhir(office.store, practice.practiceId, path.join(folder, 'none'));
    await expect(missing).rejects.toThrow(NothingToImport);
    await expect(importFhir(office.store, practice.practiceId, folder)).rejects.toThrow('holds no .json');
  });

  it('counts bytes on its way', () => {
    const written: string[] = [];
    const show = showProgress({ write: (text) => written.push(text) });
    for (let done = 0; done <= 57; done++) show({ done: done * 1e6, total: 57e6, file: '' });
    expect(written).toHaveLength(11);
    expect(written.at(1)).toBe('6 of 57 MB\n');
    expect(written.at(-1)).toBe('57 of 57 MB\n');
  });

  it.skipIf(!existsSync(synthea))(
    'takes 57 real-world bundles, and a second import changes nothing',
    async () => {
      const first = await importFhir(office.store, practice.practiceId, synthea);
      expect(first).toMatchObject({ files: 57, faults: [] });
      expect(first.counts).toMatchObject({
        Patient: { made: 56, same: 0 },
        Organization: { made: 48, same: 33 },
        Practitioner: { made: 102, same: 81 },
      });
      const count = () =>
        practice.tx(async (tx) => (await sql`select count(*) from audit_records`.execute(tx.db)).rows);
      const before = await count();
      const second = await importFhir(office.store, practice.practiceId, synthea);
      expect(second.counts).toMatchObject({
        Patient: { made: 0, same: 56 },
        Organization: { made: 0, same: 81 },
        Practitioner: { made: 0, same: 183 },
      });
      expect(await count()).toEqual(before);
      expect(await findOne('runolfson antonio')).toMatchObject({
        familyName: 'Runolfsson',
        bornOn: '1997-08-13',
      });
    },
    60_000,
  );
});
