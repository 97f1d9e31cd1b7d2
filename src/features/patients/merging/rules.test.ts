import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds, seed } from '../../../../test/rounds.ts';
import { PatientDraft } from '../schema.ts';
import {
  changesOfMerge,
  chosenFields,
  differingFields,
  type FieldValues,
  findObstacle,
  type Mergeable,
  mergedFields,
  type Standing,
  suggestSurvivor,
  takeApartFields,
} from './rules.ts';

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

  it('takes the fuller record’s name and not the one of a double registered in haste', () => {
    const hasty = record('c', { familyName: 'Tset', givenName: 'Ana' });
    expect(mergedFields(b, { ...hasty, createdAt: '2026-03-01', updatedAt: '2026-03-01' }, {})).toMatchObject(
      {
        ...{ familyName: 'Test', givenName: 'Anne' },
      },
    );
  });

  it('takes what someone mended last, also of the emptier record', () => {
    const mended = { ...a, updatedAt: '2026-04-01' };
    expect(mergedFields(mended, b, {}).givenName).toBe('Ann');
    expect(mergedFields(mended, { ...b, updatedAt: '2026-05-01' }, {}).givenName).toBe('Anne');
  });

  it('takes what is known, then what the fuller record says, unless someone chose', () => {
    expect(mergedFields(a, b, {})).toMatchObject({
      ...{ givenName: 'Anne', bornOn: '1961-03-14', email: 'ann@test.example', note: 'Side door.' },
    });
    expect(mergedFields(a, b, { givenName: 'a' }).givenName).toBe('Ann');
    expect(differingFields(a, b)).toEqual(['givenName', 'bornOn', 'email']);
  });

  it('keeps a language and the need of an interpreter that only one of them notes', () => {
    const speaks = { ...a, language: 'es', interpreterNeeded: true };
    expect(mergedFields(speaks, b, {})).toMatchObject({ language: 'es', interpreterNeeded: true });
    expect(mergedFields(b, speaks, {})).toMatchObject({ language: 'es', interpreterNeeded: true });
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

describe('what stands in the way', () => {
  const standing = (patientId: string, more: Partial<Standing> = {}): Standing => ({
    ...{ patientId, deceased: false, enteredInErrorAt: null, mergedInto: null },
    ...more,
  });
  const hidden = '2026-01-01T00:00:00Z';
  it.each([
    ['nothing', standing('a'), standing('b'), null],
    ['one and the same record', standing('a'), standing('a'), 'same-record'],
    ['a merge of these two', standing('a'), standing('b', { mergedInto: 'a' }), 'one-already'],
    [
      'a merge of both into a third',
      standing('a', { mergedInto: 'c' }),
      standing('b', { mergedInto: 'c' }),
      'one-already',
    ],
    ['a merge into another', standing('a'), standing('b', { mergedInto: 'c' }), 'part-of-another'],
    ['an error', standing('a'), standing('b', { enteredInErrorAt: hidden }), 'in-error'],
    ['a death on one record', standing('a', { deceased: true }), standing('b'), 'one-deceased'],
  ] as const)('%s', (_, one, other, obstacle) => {
    expect(findObstacle(one, other)).toBe(obstacle);
    expect(findObstacle(other, one)).toBe(obstacle);
  });
});

describe('merge and take apart', () => {
  const word = fc.constantFrom('', 'Ann', 'Anne', 'Bo', 'Smith');
  const phone = fc.record({
    number: fc.constantFrom('2125550101', '2125550102', '2125550103'),
    preferred: fc.boolean(),
  });
  const address = fc.record({
    line1: fc.constantFrom('1 Elm St', '2 Oak St'),
    city: fc.constant('Albany'),
    state: fc.constant('NY'),
    zip: fc.constantFrom('12207', '12208'),
  });
  const anyRecord = (patientId: string, mrn: string) =>
    fc
      .record({
        ...{ givenName: word, middleName: word, preferredName: word, note: word },
        familyName: fc.constantFrom('Smith', 'Smyth', 'Diaz'),
        formerNames: fc.array(fc.constantFrom('Old', 'Older', 'Diaz'), { maxLength: 3 }),
        bornOn: fc.constantFrom(null, '1961-03-14', '1961-03-15'),
        sex: fc.constantFrom('unknown', 'female', 'male'),
        email: fc.constantFrom('', 'ann@test.example', 'bo@test.example'),
        interpreterNeeded: fc.boolean(),
        phones: fc.array(phone, { maxLength: 3 }),
        addresses: fc.array(address, { maxLength: 2 }),
      })
      .map((draft) => ({ ...record(patientId, draft), mrn, formerMrns: [] as string[] }));
  const anyChoices = fc.dictionary(fc.constantFrom(...chosenFields), fc.constantFrom('a', 'b'));
  const played = { seed: seed(), numRuns: rounds(300, 5000) };
  // As the database gives them back: keys in an order of its own.
  const kept = (values: FieldValues): FieldValues =>
    JSON.parse(JSON.stringify(values), (_, value: unknown) =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    );

  it('restores the survivor exactly when nothing changed since', () => {
    fc.assert(
      fc.property(anyRecord('a', '1'), anyRecord('b', '2'), anyChoices, (survivor, other, choices) => {
        const before = JSON.stringify([survivor, other]);
        const changes = changesOfMerge(survivor, other, choices);
        const now = { ...survivor, ...kept(changes.after) };
        const apart = takeApartFields(now, kept(changes.before), kept(changes.after));
        expect({ ...now, ...apart.fields }).toEqual(survivor);
        expect(apart.kept).toEqual([]);
        expect(JSON.stringify([survivor, other])).toBe(before);
      }),
      played,
    );
  });

  it('keeps exactly what was said since', () => {
    fc.assert(
      fc.property(anyRecord('a', '1'), anyRecord('b', '2'), anyChoices, (survivor, other, choices) => {
        const changes = changesOfMerge(survivor, other, choices);
        const since = {
          familyName: 'Since',
          formerNames: [...mergedFields(survivor, other, choices).formerNames, 'Since'],
        };
        const now = { ...survivor, ...kept(changes.after), ...since };
        const apart = takeApartFields(now, kept(changes.before), kept(changes.after));
        const restored = { ...now, ...apart.fields };
        expect(restored).toEqual({
          ...survivor,
          familyName: 'Since',
          formerNames: [...survivor.formerNames, 'Since'],
        });
      }),
      played,
    );
  });
});
