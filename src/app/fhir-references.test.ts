import { describe, expect, it } from 'vitest';
import { namesOf, References } from './fhir-references.ts';

const patient = (id: string) => ({
  resourceType: 'Patient',
  id,
  identifier: [{ system: 'urn:s', value: id }],
});
const record = (recordId: string) => ({ resourceType: 'Patient', recordId, name: recordId });

describe('references', () => {
  it('has the names of a resource, without social security numbers', () => {
    const identifier = [
      { system: 'urn:s', value: '1' },
      { system: 'http://hl7.org/fhir/sid/us-ssn', value: '999-11-2222' },
    ];
    const url = 'https://one.example/fhir/Patient/7';
    expect(namesOf({ resourceType: 'Patient', id: '7', identifier }, url)).toEqual({
      server: 'https://one.example/fhir',
      keys: [url, 'Patient/7', 'Patient?identifier=urn:s|1'],
    });
    expect(namesOf({ resourceType: 'Patient', id: 7, identifier: 'x' }, '')).toEqual({
      server: '',
      keys: [],
    });
  });

  it('finds each of very many, and only those', () => {
    const references = new References();
    for (let at = 0; at < 5000; at += 1) {
      references.add(namesOf(patient(`p${at}`), `urn:uuid:${at}`), record(`r${at}`));
    }
    for (let at = 0; at < 5000; at += 1) {
      expect(references.find(`Patient/p${at}`, '')?.recordId).toBe(`r${at}`);
      expect(references.find(`urn:uuid:${at}`, 'https://x.example')?.recordId).toBe(`r${at}`);
      expect(references.find(`Patient?identifier=urn:s|p${at}`, '')?.recordId).toBe(`r${at}`);
    }
    expect(references.find('Patient/p5000', '')).toBeUndefined();
    expect(references.find('', '')).toBeUndefined();
  });

  it('says that there are two, and keeps one that is told twice', () => {
    const references = new References();
    references.add(namesOf(patient('a'), ''), record('r1'));
    references.add(namesOf(patient('a'), ''), record('r1'));
    expect(references.find('Patient/a', '')?.recordId).toBe('r1');
    references.add(namesOf(patient('a'), ''), record('r2'));
    references.add(namesOf(patient('a'), ''), record('r1'));
    expect(references.find('Patient/a', '')).toBeNull();
  });

  it('says when it is full, and keeps what it has', () => {
    const references = new References(4);
    for (const id of ['a', 'b', 'c']) references.add(namesOf(patient(id), ''), record(id));
    expect(references.isFull).toBe(true);
    expect(references.find('Patient/a', '')?.recordId).toBe('a');
    expect(references.find('Patient/c', '')).toBeUndefined();
  });
});
