import { describe, expect, it } from 'vitest';
import { PatientDraft } from '../schema.ts';
import { differingFields, type Mergeable, mergedFields, suggestSurvivor, takeApartFields } from './rules.ts';

const record = (patientId: string, draft: Record<string, unknown>): Mergeable => ({
  ...PatientDraft.parse({ familyName: 'Test', ...draft }),
  patientId,
  createdAt: patientId === 'a' ? '2026-01-01' : '2026-02-01',
  updatedAt: patientId === 'a' ? '2026-01-01' : '2026-02-01',
});
const a = record('a', {
  givenName: 'Ann',
  bornOn: '1961-03-14',
  phones: [{ number: '2125550101', preferred: true }],
});
const b = record('b', {
  givenName: 'Anne',
  email: 'ann@test.example',
  phones: [{ number: '(212) 555-0101' }, { number: '2125550102', preferred: true }],
  note: 'Side door.',
});

describe('two records made one', () => {
  it('keeps the fuller as the survivor, the older of two as full', () => {
    expect(suggestSurvivor(a, b)).toBe(b);
    expect(suggestSurvivor({ ...b, patientId: 'c', createdAt: '2025-01-01' }, b).patientId).toBe('c');
  });

  it('takes what is known, then what was changed last, unless someone chose', () => {
    expect(mergedFields(a, b, {})).toMatchObject({
      ...{ givenName: 'Anne', bornOn: '1961-03-14', email: 'ann@test.example', note: 'Side door.' },
    });
    expect(mergedFields(a, b, { givenName: 'a' }).givenName).toBe('Ann');
    expect(differingFields(a, b)).toEqual(['givenName', 'bornOn', 'email']);
  });

  it('unites lists without doubles and keeps one preferred phone', () => {
    const { phones } = mergedFields(a, b, {});
    expect(phones.map((phone) => [phone.number, phone.preferred])).toEqual([
      ['+12125550101', true],
      ['+12125550102', false],
    ]);
  });

  it('lets nobody pay for themselves', () => {
    const other = record('b', { guarantor: { patientId: '00000000-0000-4000-8000-000000000001' } });
    const self = { ...a, patientId: '00000000-0000-4000-8000-000000000001' };
    expect(mergedFields(self, other, {}).guarantor).toBeNull();
  });
});

describe('records taken apart', () => {
  it('takes back what the merge brought and keeps what was said since', () => {
    const before = { email: '', givenName: 'Ann', formerNames: ['Old'] };
    const after = { email: 'ann@test.example', givenName: 'Anne', formerNames: ['Old', 'Brought'] };
    const now = { email: 'ann@test.example', givenName: 'Annie', formerNames: ['Old', 'Brought', 'Since'] };
    expect(takeApartFields(now, before, after)).toEqual({
      fields: { email: '', formerNames: ['Old', 'Since'] },
      kept: ['givenName', 'formerNames'],
    });
  });
});
