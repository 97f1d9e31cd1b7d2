import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { FhirFault } from '../../fhir/resources.ts';
import * as api from './api.ts';
import { organizationImporter } from './fhir.ts';

const clinic = {
  resourceType: 'Organization',
  id: 'clinic',
  identifier: [
    { system: 'urn:test', value: '7' },
    { system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' },
  ],
  type: [{ coding: [{ code: 'prov', display: 'Healthcare Provider' }] }],
  name: 'Alder Heart Group',
  telecom: [
    { system: 'phone', value: '607-555-0100' },
    { system: 'fax', value: '6075550109' },
    { system: 'email', value: 'desk@alder.example' },
    { system: 'phone', value: 'ask the operator' },
    { system: 'phone', value: '6075550111', use: 'old' },
  ],
  address: [
    { line: ['1 Main St', 'Suite 2'], city: 'Worcester', state: 'Massachusetts', postalCode: '1610' },
  ],
};

let office: TestOffice;
let practice: TestPractice;
let remarks: string[];
const take = (resource: Record<string, unknown>) => {
  const source = {
    ...{ file: 'a.json', path: 'Organization', remark: (what: string) => void remarks.push(what) },
    ...{ find: async () => null, isRecord: () => undefined },
  };
  return practice.tx((tx) => organizationImporter.take(tx, resource, source));
};
const list = async () =>
  (await practice.manager.do(api.searchContacts, { body: { inactive: true } })).contacts;

beforeAll(async () => {
  office = await openTestOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  practice = await office.practice();
  remarks = [];
});

describe('an organization of FHIR', () => {
  it('comes with numbers, address and type, and a second import is the same', async () => {
    expect(await take(clinic)).toBe('made');
    const [one] = await list();
    expect(one).toMatchObject({
      ...{ kind: 'organization', organizationName: 'Alder Heart Group', specialty: 'Healthcare Provider' },
      ...{ npi: '1234567893', fax: '+16075550109', email: 'desk@alder.example' },
      phones: [{ kind: 'office', number: '+16075550100' }],
      address: { line1: '1 Main St', line2: 'Suite 2', city: 'Worcester', state: 'MA', zip: '01610' },
      note: 'As imported: phone ask the operator',
    });
    expect(remarks).toEqual(['telecom[3] has no place of its own and stands in the note']);
    expect(await take({ ...clinic, name: 'Another name' })).toBe('same');
    expect((await list()).map((contact) => contact.organizationName)).toEqual(['Alder Heart Group']);
  });

  it('is the one of the same NPI, by whatever number it comes next', async () => {
    await take(clinic);
    const [, npi] = clinic.identifier;
    const other = { system: 'urn:other', value: '1' };
    expect(await take({ ...clinic, identifier: [other, npi] })).toBe('same');
    expect(await take({ ...clinic, identifier: [other] })).toBe('same');
    expect(await list()).toHaveLength(1);
  });

  it('keeps a number that is no NPI as an identifier, and says so', async () => {
    const wrong = [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '60' }];
    expect(await take({ ...clinic, identifier: wrong })).toBe('made');
    expect(await take({ ...clinic, identifier: wrong })).toBe('same');
    expect((await list())[0]?.npi).toBeNull();
    expect(remarks).toContain(
      'identifier[0] is no NPI (its check digit does not fit) and is kept as an identifier only',
    );
  });

  it('is left out when inactive or an insurer, and refused without a name', async () => {
    expect(await take({ ...clinic, active: false })).toBe('skipped');
    expect(await take({ ...clinic, type: [{ coding: [{ code: 'pay' }] }] })).toBe('skipped');
    expect(remarks).toEqual(['is marked inactive and was left out', 'is an insurer and was left out']);
    await expect(take({ ...clinic, name: ' ' })).rejects.toThrow(FhirFault);
    expect(await list()).toEqual([]);
  });
});
