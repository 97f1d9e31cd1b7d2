import type { ElementDefinition } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { readDefinitions } from '../../test/fhir/program.ts';
import { inOrder } from './order.ts';
import { fitsToken, Search, type Searchable, tokenOf } from './search.ts';
import { isPart, partsOf, showPart } from './shown.ts';

const definitions = readDefinitions();
const searchable: Searchable = {
  parameters: { name: ['exact', 'missing'], date: [] },
  sorts: ['name', 'date'],
  includes: ['Visit:patient'],
};
const read = (given: [string, string][], strict = false) => new Search(given, searchable, strict);

describe('a search', () => {
  it.each<[string, [string, string][], [string, string][]]>([
    ['what is known', [['name', 'a']], [['name', 'a']]],
    ['a modifier that is known', [['name:exact', 'a']], [['name:exact', 'a']]],
    ['nothing of what is not known', [['shoe', '9']], []],
    ['nothing of what every object has', [['constructor', '9']], []],
    ['the sorts that are known', [['_sort', '-name,shoe,date']], [['_sort', '-name,date']]],
    ['no sort where none is known', [['_sort', 'shoe']], []],
    ['an include that is known', [['_include', 'Visit:patient']], [['_include', 'Visit:patient']]],
    ['no other', [['_include', 'Visit:shoe']], []],
    ['not the form', [['_format', 'json']], []],
  ])('uses %s', (_, given, used) => {
    expect(read(given).used).toEqual(used);
  });

  it.each<[string, [string, string]]>([
    ['a parameter', ['shoe', '9']],
    ['a parameter with a modifier', ['shoe:exact', '9']],
    ['a sort', ['_sort', 'name,shoe']],
    ['an include', ['_include', 'Visit:shoe']],
    ['what every object has', ['toString', '1']],
  ])('is refused by name for %s that is not known, strictly', (_, given) => {
    expect(() => read([given], true)).toThrow(/^This server does not know “.+” here\./);
  });

  it.each<[string, string]>([
    ['name:contains', 'a'],
    ['name:toString', 'a'],
    ['date:missing', 'true'],
    ['name:missing', 'maybe'],
    ['_count', '-1'],
    ['_total', 'some'],
    ['_summary', 'short'],
  ])('is refused always for %s', (name, value) => {
    const ask = () => {
      const search = read([[name, value]]);
      search.missing('name');
    };
    expect(ask).toThrow();
  });

  it('knows how much is wanted', () => {
    expect([read([]).count, read([['_count', '999']]).count]).toEqual([50, 200]);
    expect(read([['_summary', 'count']]).count).toBe(0);
    expect(read([['_elements', 'a,b']]).elements).toEqual(['a', 'b']);
    expect(read([['_sort', '-name']]).sorts).toEqual([{ name: 'name', descending: true }]);
    expect(read([['name:missing', 'true']]).missing('name')).toBe(true);
    expect(read([]).missing('name')).toBeNull();
  });
});

describe('a token', () => {
  it.each([
    ['v', { system: null, value: 'v' }],
    ['s|v', { system: 's', value: 'v' }],
    ['s|', { system: 's', value: '' }],
    ['|v', { system: '', value: 'v' }],
    ['s|v|w', { system: 's', value: 'v|w' }],
    ['s\\|t|v\\,w', { system: 's|t', value: 'v,w' }],
  ])('%s is read', (text, token) => {
    expect(tokenOf(text)).toEqual(token);
  });

  it.each([
    ['v', true],
    ['s|v', true],
    ['s|', true],
    ['t|v', false],
    ['|v', false],
    ['|', false],
    ['S|v', false],
    ['s|V', false],
  ])('%s fits s|v: %s', (text, fits) => {
    expect(fitsToken(tokenOf(text), { system: 's', value: 'v' })).toBe(fits);
  });
});

describe('an order', () => {
  const all = ['b2', 'a2', 'a1', 'b1'].map((id) => ({ id }));
  const order = (after: string[] | null, descending = false) =>
    inOrder(all, {
      sorts: [{ name: 'first', descending }],
      keyOf: (one) => one.id.charAt(0),
      idOf: (one) => one.id,
      after,
    });
  it('goes on after the last one shown, in either direction', () => {
    for (const descending of [false, true]) {
      const sorted = order(null, descending).map(({ one }) => one.id);
      expect(sorted).toEqual(descending ? ['b1', 'b2', 'a1', 'a2'] : ['a1', 'a2', 'b1', 'b2']);
      for (const [index, { keys }] of order(null, descending).entries())
        expect(order([...keys], descending).map(({ one }) => one.id)).toEqual(sorted.slice(index + 1));
    }
  });
});

describe('a part', () => {
  it.each(Object.keys(partsOf))('of a %s is as FHIR R4 has it', (type) => {
    const own = definitions.find((one) => one.name === type)?.snapshot?.element ?? [];
    const names = (wanted: (one: ElementDefinition) => boolean | undefined) =>
      own
        .filter((one) => one.path?.split('.').length === 2 && wanted(one))
        .map((one) => one.path?.split('.')[1]?.replace('[x]', '') ?? '')
        .filter((name) => !['id', 'meta', 'implicitRules', 'modifierExtension'].includes(name))
        .sort();
    expect([...(partsOf[type]?.summary ?? [])].sort()).toEqual(names((one) => one.isSummary));
    const needed = names((one) => (one.min ?? 0) > 0 || one.isModifier);
    expect([...(partsOf[type]?.always ?? [])].sort()).toEqual(needed);
  });

  it('is marked, and known again', () => {
    const whole = { resourceType: 'Patient', id: '1', active: true, language: 'en' } as const;
    const part = showPart({ ...whole }, { summary: 'true', elements: null });
    expect(part).toMatchObject({ resourceType: 'Patient', id: '1', active: true });
    expect(part).not.toHaveProperty('language');
    expect([isPart({ ...part }), isPart({ ...whole })]).toEqual([true, false]);
    expect(showPart({ ...whole }, { summary: 'false', elements: null })).toEqual(whole);
  });
});
