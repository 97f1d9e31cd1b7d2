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
import { listOutsideEncounters } from './api.ts';
import { encounterImporter } from './fhir.ts';

type Resource = Record<string, unknown>;

let office: TestOffice;
let practice: TestPractice;
let ana: Desk;
let ids: string[];
let known: Map<string, FhirRecord>;
let remarks: string[];

const take = (resource: Resource) =>
  practice.tx((tx) =>
    encounterImporter.take(tx, resource, {
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
const list = async (id = ids[0] ?? '', query: { before?: string; limit?: number } = {}) =>
  ana.do(listOutsideEncounters, { params: { id }, query });
const kinds = async (id?: string) => (await list(id)).encounters.map((one) => one.kind);

const visit: Resource = {
  resourceType: 'Encounter',
  id: 'e1',
  status: 'finished',
  class: { code: 'AMB' },
  type: [{ text: 'Encounter for symptom' }],
  subject: { reference: 'urn:uuid:one' },
  participant: [{ individual: { reference: 'urn:uuid:doctor' } }],
  period: { start: '2011-11-21T07:00:48+00:00', end: '2011-11-21T07:30:48+00:00' },
  reasonCode: [{ coding: [{ display: 'Viral sinusitis (disorder)' }] }],
  serviceProvider: { reference: 'urn:uuid:hospital' },
};
const at = (start: string, more: Resource = {}): Resource => ({
  ...visit,
  ...{ id: start, type: [{ text: start }], period: { start } },
  ...more,
});

describe.each(eitherStorage)('the history of other places on %s', (storage) => {
  beforeAll(async () => {
    office = await openTestOffice({ storage });
  });
  afterAll(() => office.close());
  beforeEach(async () => {
    practice = await office.practice();
    ana = await practice.as('nurse');
    ids = await practice.tx((tx) => addPeople(tx, 2));
    remarks = [];
    const [one = '', two = ''] = ids;
    known = new Map([
      ['urn:uuid:one', { resourceType: 'Patient', recordId: one, name: '' }],
      ['urn:uuid:two', { resourceType: 'Patient', recordId: two, name: '' }],
      ['urn:uuid:doctor', { resourceType: 'Practitioner', recordId: 'd', name: 'Dr. Vela' }],
      ['urn:uuid:hospital', { resourceType: 'Organization', recordId: 'h', name: 'Cedar General Hospital' }],
    ]);
  });

  it('is taken from FHIR once: when, what, with whom, where and why', async () => {
    expect(await take(visit)).toBe('made');
    expect(known.get('taken')?.resourceType).toBe('Encounter');
    expect(await take({ ...visit, status: 'cancelled' })).toBe('same');
    expect((await list()).encounters).toMatchObject([
      {
        ...{ startsAt: '2011-11-21T07:00:48.000Z', startsPrecision: 'time', status: 'finished' },
        ...{ endsAt: '2011-11-21T07:30:48.000Z', endsPrecision: 'time', kind: 'Encounter for symptom' },
        ...{ practitioner: 'Dr. Vela', organization: 'Cedar General Hospital', reason: 'Viral sinusitis' },
      },
    ]);
    expect(remarks).toEqual([]);
  });

  it('keeps a date as precise as it was told', async () => {
    await take(at('2009'));
    await take(at('2010-04', { period: { start: '2010-04', end: '2010-05' } }));
    expect((await list()).encounters).toMatchObject([
      { startsPrecision: 'month', endsPrecision: 'month', endsAt: '2010-05-01T00:00:00.000Z' },
      { startsPrecision: 'year', endsPrecision: null },
    ]);
  });

  it('is listed newest first, a page at a time, also where several began at once', async () => {
    for (const start of ['2011', '2013-02-03', '2013-02-03T00:00:00Z', '2012-05']) await take(at(start));
    const seen: string[] = [];
    let before: string | undefined;
    for (let page = 0; page < 4; page++) {
      const { encounters, more } = await list(ids[0], { limit: 1, ...(before ? { before } : {}) });
      seen.push(...encounters.map((one) => one.kind));
      expect(more).toBe(page < 3);
      before = encounters[0]?.encounterId;
    }
    expect(seen.slice(0, 2).sort()).toEqual(['2013-02-03', '2013-02-03T00:00:00Z']);
    expect(seen.slice(2)).toEqual(['2012-05', '2011']);
    expect((await list(ids[1])).encounters).toEqual([]);
  });

  it('shows by display, or leaves out and says so, who is not among the files', async () => {
    const participant = [
      { individual: { reference: 'urn:uuid:gone', display: 'Dr. Mills' } },
      { individual: { reference: 'urn:uuid:gone' } },
      {},
    ];
    await take({ ...visit, participant, serviceProvider: { reference: 'urn:uuid:gone' } });
    const [one] = (await list()).encounters;
    expect(one).toMatchObject({ practitioner: 'Dr. Mills', organization: '' });
    expect(remarks).toEqual([
      'participant[1].individual leads nowhere and was left out',
      'serviceProvider leads nowhere and was left out',
    ]);
  });

  it('names at its path what leads nowhere or cannot be read', async () => {
    expect(await faultOf({ ...visit, subject: { reference: 'urn:uuid:gone' } })).toBe(
      '.subject.reference leads to nobody here: bring the Patient in first, then this once more',
    );
    expect(await faultOf({ ...visit, subject: { reference: 'urn:uuid:doctor' } })).toMatch(
      /^\.subject\.reference leads to nobody/,
    );
    expect(await faultOf({ ...visit, period: undefined })).toBe('.period is not an object');
    expect(await faultOf({ ...visit, period: {} })).toMatch(/^\.period\.start is missing/);
    expect(await faultOf(at('2011-02-30'))).toMatch(/^\.period\.start is no date/);
    expect(await faultOf({ ...visit, period: { start: '2011', end: '2011-11-21T07:00' } })).toMatch(
      /^\.period\.end is no date/,
    );
    expect(await faultOf({ ...visit, id: undefined })).toMatch(/^\.identifier has neither/);
    await take(visit);
    expect(await faultOf({ ...visit, subject: { reference: 'urn:uuid:two' } })).toMatch(
      /^\.subject is another person/,
    );
  });

  it('leaves out what was entered in error, and an end before its start', async () => {
    expect(await take({ ...visit, status: 'entered-in-error' })).toBe('skipped');
    const period = { start: '2011-11-21T07:00:48Z', end: '2011-11-20T07:00:48Z' };
    expect(await take({ ...visit, period })).toBe('made');
    expect((await list()).encounters).toMatchObject([{ endsAt: null }]);
    expect(remarks).toHaveLength(2);
  });

  it('goes along when two records become one, and back', async () => {
    const [patientId = '', otherId = ''] = ids;
    await take(at('2011'));
    await take(at('2012', { subject: { reference: 'urn:uuid:two' } }));
    const desk = await practice.as('secretary');
    const version = async (id: string) => (await desk.do(openPatient, { params: { id } })).patient.version;
    const body = { version: await version(patientId), otherId, otherVersion: await version(otherId) };
    const { mergeId } = await desk.do(mergePatients, { params: { id: patientId }, body });
    expect(await kinds()).toEqual(['2012', '2011']);
    await desk.do(takeApart, { params: { id: mergeId }, body: { version: await version(patientId) } });
    expect(await kinds()).toEqual(['2011']);
    expect(await kinds(otherId)).toEqual(['2012']);
  });

  it.runIf(syntheaFiles.length > 0)(
    'takes the encounters of a Synthea bundle, and nothing twice',
    async () => {
      const [file = ''] = syntheaFiles;
      for (const { fullUrl, resource } of readSynthea(file)) {
        const resourceType = String(resource.resourceType);
        if (resourceType === 'Patient')
          known.set(fullUrl, { resourceType, recordId: ids[0] ?? '', name: '' });
        if (resourceType === 'Organization' || resourceType === 'Practitioner') {
          known.set(fullUrl, { resourceType, recordId: '', name: 'A name' });
        }
      }
      const encounters = readSynthea(file, 'Encounter');
      const takeAll = async () => {
        const states: string[] = [];
        for (const { resource } of encounters) states.push(await take(resource));
        return [...new Set(states)];
      };
      expect(await takeAll()).toEqual(['made']);
      expect(await takeAll()).toEqual(['same']);
      expect(remarks).toEqual([]);
      expect((await list(ids[0], { limit: 100 })).encounters).toHaveLength(Math.min(encounters.length, 100));
    },
  );
});
