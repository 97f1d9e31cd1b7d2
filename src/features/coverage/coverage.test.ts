import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../test/office.ts';
import { addPeople } from '../../../test/practice.ts';
import { readSynthea, syntheaFiles } from '../../../test/synthea.ts';
import { FhirFault } from '../../fhir/resources.ts';
import type { FhirRecord } from '../../platform/contributions.ts';
import { openPatient } from '../patients/api.ts';
import { mergePatients, takeApart } from '../patients/merging/api.ts';
import { listCoverages } from './api.ts';
import { coverageImporter } from './fhir.ts';

type Resource = Record<string, unknown>;

let office: TestOffice;
let practice: TestPractice;
let ana: Desk;
let ids: string[];
let known: Map<string, FhirRecord>;
let remarks: string[];

const take = (resource: Resource) =>
  practice.tx((tx) =>
    coverageImporter.take(tx, resource, {
      file: 'test.json',
      path: 'Bundle.entry[0].resource',
      remark: (what) => void remarks.push(what),
      find: async (reference) => known.get(reference) ?? null,
      isRecord: (record) => void known.set('taken', record),
    }),
  );
const faultOf = (resource: Resource) =>
  take(resource).then(
    () => 'taken',
    (error) => (error instanceof FhirFault ? `${error.path} ${error.message}` : Promise.reject(error)),
  );
const listed = async (id = ids[0] ?? '') =>
  (await ana.do(listCoverages, { params: { id } })).coverages.map(({ payerName, since }) => [
    payerName,
    since,
  ]);
const contained = (payer: string, more: Resource = {}): Resource => ({
  resourceType: 'Coverage',
  id: 'coverage',
  status: 'active',
  type: { text: payer },
  beneficiary: { reference: 'urn:uuid:one' },
  payor: [{ display: payer }],
  ...more,
});
const bill = (start: string, ...coverages: Resource[]): Resource => ({
  resourceType: 'ExplanationOfBenefit',
  id: start,
  billablePeriod: { start },
  contained: [{ resourceType: 'ServiceRequest', id: 'referral' }, ...coverages],
});
const plan: Resource = {
  resourceType: 'Coverage',
  id: 'c1',
  status: 'active',
  type: { coding: [{ code: 'PPO' }] },
  subscriberId: 'AM123456789',
  beneficiary: { reference: 'urn:uuid:one' },
  relationship: { coding: [{ code: 'child' }] },
  period: { start: '2025-01-01', end: '2026-12-31' },
  payor: [{ display: 'Alder Mutual Health', identifier: { system: 'urn:payer-id', value: '60054' } }],
  class: [{ type: { coding: [{ code: 'group' }] }, value: 'G-100' }],
  order: 1,
};

describe.each(eitherStorage)('coverage on %s', (storage) => {
  beforeAll(async () => {
    office = await openTestOffice({ storage });
  });
  afterAll(() => office.close());
  beforeEach(async () => {
    practice = await office.practice();
    ana = await practice.as('secretary');
    ids = await practice.tx((tx) => addPeople(tx, 2));
    remarks = [];
    known = new Map(
      ['one', 'two'].map((name, index) => [
        `urn:uuid:${name}`,
        { resourceType: 'Patient', recordId: ids[index] ?? '', name: '' },
      ]),
    );
  });

  it('is taken from FHIR once, with numbers, period and who pays first', async () => {
    expect(await take(plan)).toBe('made');
    expect(known.get('taken')).toMatchObject({ resourceType: 'Coverage', name: 'Alder Mutual Health' });
    expect(await take({ ...plan, subscriberId: 'changed' })).toBe('same');
    const { coverages } = await ana.do(listCoverages, { params: { id: ids[0] ?? '' } });
    expect(coverages).toMatchObject([
      {
        ...{ payerName: 'Alder Mutual Health', planKind: 'commercial', memberId: 'AM123456789', rank: 1 },
        ...{ groupNumber: 'G-100', relationship: 'child', since: '2025-01-01', until: '2026-12-31' },
      },
    ]);
  });

  it('knows a payer again by its number, and by its name however it is spelled', async () => {
    await take(plan);
    const payor = [{ display: 'AMH', identifier: { system: 'urn:payer-id', value: '60054' } }];
    await take({ ...plan, id: 'c2', payor });
    await take({ ...plan, id: 'c3', payor: [{ display: 'ALDER MUTUAL HEALTH' }] });
    const { coverages } = await ana.do(listCoverages, { params: { id: ids[0] ?? '' } });
    expect(coverages).toHaveLength(3);
    expect(new Set(coverages.map((one) => one.payerId)).size).toBe(1);
  });

  it('is one for a person and payer out of many bills, since the earliest of them', async () => {
    expect(await take(bill('2012-05-01T07:30:48+00:00', contained('private')))).toBe('made');
    expect(await take(bill('2013-05-01T07:30:48+00:00', contained('private')))).toBe('same');
    expect(await take(bill('2011-11-21T07:30:48+00:00', contained('private')))).toBe('changed');
    expect(await take(bill('2014-02-02', contained('medicare')))).toBe('made');
    expect(await listed()).toEqual([
      ['Medicare', '2014-02-02'],
      ['Private insurance', '2011-11-21'],
    ]);
  });

  it('is none where nobody pays but the patient, where a bill names none, and where it is in error', async () => {
    expect(await take(bill('2012-05-01', contained('no_insurance')))).toBe('skipped');
    expect(await take({ resourceType: 'Claim', insurance: [{ coverage: { display: 'private' } }] })).toBe(
      'skipped',
    );
    expect(await take({ ...plan, status: 'entered-in-error' })).toBe('skipped');
    expect(remarks).toEqual(['is marked as entered in error and was left out']);
    expect(await listed()).toEqual([]);
  });

  it('names at its path what leads nowhere or cannot be read', async () => {
    const beneficiary = { reference: 'urn:uuid:nobody' };
    expect(await faultOf({ ...plan, beneficiary })).toBe(
      '.beneficiary.reference leads to nobody here: bring the Patient in first, then this once more',
    );
    expect(await faultOf(bill('2012-05-01', contained('private', { beneficiary })))).toMatch(
      /^\.contained\[1\]\.beneficiary\.reference leads to nobody here/,
    );
    const payor = [{ reference: 'urn:uuid:gone' }];
    expect(await faultOf({ ...plan, type: undefined, payor })).toBe(
      '.payor[0] leads to no payer here and names none: add its name as display',
    );
    expect(await faultOf({ ...plan, period: { start: '2026-01-01', end: '2025-01-01' } })).toBe(
      '.period ends before it begins',
    );
    expect(await faultOf({ ...plan, status: 'old' })).toMatch(/^\.status is not one of/);
    expect(await faultOf({ ...plan, id: undefined })).toMatch(/^\.identifier has neither/);
  });

  it('takes a payer by the record that it leads to, or out of the resource itself', async () => {
    known.set('urn:uuid:payer', {
      resourceType: 'Organization',
      recordId: 'x',
      name: 'Northway Health Plan',
    });
    await take({ ...plan, payor: [{ reference: 'urn:uuid:payer' }] });
    const inside = [{ resourceType: 'Organization', id: 'ins', name: 'Hudson Trades Fund' }];
    await take({ ...plan, id: 'c2', order: 2, payor: [{ reference: '#ins' }], contained: inside });
    expect((await listed()).map(([name]) => name)).toEqual(['Northway Health Plan', 'Hudson Trades Fund']);
  });

  it('goes along when two records become one, stands there once, and goes back', async () => {
    const [patientId = '', otherId = ''] = ids;
    await take(bill('2012-05-01', contained('private')));
    const two = { beneficiary: { reference: 'urn:uuid:two' } };
    await take(bill('2010-05-01', contained('private', two), contained('medicare', two)));
    const version = async (id: string) => (await ana.do(openPatient, { params: { id } })).patient.version;
    const body = { version: await version(patientId), otherId, otherVersion: await version(otherId) };
    const { mergeId } = await ana.do(mergePatients, { params: { id: patientId }, body });
    expect(await listed()).toEqual([
      ['Private insurance', '2012-05-01'],
      ['Medicare', '2010-05-01'],
    ]);
    known.set('urn:uuid:two', { resourceType: 'Patient', recordId: patientId, name: '' });
    expect(await take(bill('2012-06-01', contained('private', two)))).toBe('same');
    await ana.do(takeApart, { params: { id: mergeId }, body: { version: await version(patientId) } });
    expect(await listed()).toEqual([['Private insurance', '2012-05-01']]);
    expect(await listed(otherId)).toHaveLength(2);
  });

  it.runIf(syntheaFiles.length > 0)('takes the bills of a Synthea bundle, and nothing twice', async () => {
    const [file = ''] = syntheaFiles;
    const [patient] = readSynthea(file, 'Patient');
    known.set(patient?.fullUrl ?? '', { resourceType: 'Patient', recordId: ids[0] ?? '', name: '' });
    const bills = readSynthea(file, 'ExplanationOfBenefit');
    const takeAll = async () => {
      const states = new Map<string, number>();
      for (const { resource } of bills) {
        const state = await take(resource);
        states.set(state, (states.get(state) ?? 0) + 1);
      }
      return states;
    };
    expect((await takeAll()).get('made')).toBeGreaterThan(0);
    expect([...(await takeAll()).keys()].filter((state) => state !== 'skipped')).toEqual(['same']);
    expect((await listed()).length).toBeGreaterThan(0);
  });
});
