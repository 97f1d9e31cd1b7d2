import { describe, expect, it } from 'vitest';
import { cutsOf, fileName, foldJoined, foldWords, searchDigits, searchName } from './rules.ts';
import { Address, toE164 } from './schema.ts';
import { readZipTable } from './zips/rules.ts';

describe('names', () => {
  it.each([
    ['Łódź', ['lodz']],
    ['Nguyễn', ['nguyen']],
    ['Muñoz', ['munoz']],
    ['O’Brien', ['obrien']],
    ["D'Angelo", ['dangelo']],
    ['García-López', ['garcia', 'lopez']],
    ['van der Berg', ['van', 'der', 'berg']],
    ['Strauß', ['strauss']],
    ['Smith123', ['smith123']],
    ['李', ['李']],
  ])('folds %s', (name, words) => {
    expect(foldWords(name)).toEqual(words);
  });

  it('keeps a name of several words also as one', () => {
    const names = { givenName: 'Jo', middleName: '', preferredName: '', formerNames: ['Jo Diaz'] };
    expect(searchName({ ...names, familyName: 'van der Berg' })).toBe(' vanderberg jo van der berg diaz ');
    expect(foldJoined('van der Berg')).toBe('vanderberg');
  });

  it('finds two words one slip apart by a cut that they share', () => {
    const share = (one: string, other: string) => cutsOf(one).some((cut) => cutsOf(other).includes(cut));
    expect(share('john', 'jhon')).toBe(true);
    expect(share('smith', 'smih')).toBe(true);
    expect(share('smith', 'smyth')).toBe(true);
    expect(share('smith', 'jones')).toBe(false);
    expect(cutsOf('jo')).toEqual([]);
  });

  it('files a person as an office does', () => {
    const person = {
      familyName: 'Smith',
      givenName: 'Joanna',
      middleName: 'Marie',
      suffix: 'Jr.',
      preferredName: '',
    };
    expect(fileName(person)).toBe('Smith, Joanna M., Jr.');
  });
});

describe('numbers', () => {
  it.each([
    ['(212) 555-2233', '+12125552233'],
    ['212.555.2233', '+12125552233'],
    ['+49 30 901820', '+4930901820'],
    ['555-22', null],
    ['', null],
  ])('reads %s', (typed, number) => {
    expect(toE164(typed)).toBe(number);
  });

  it('keeps MRN and national digits apart', () => {
    expect(searchDigits('100001', [{ number: '+12125552233' }, { number: '+4930901820' }])).toBe(
      ' 100001 2125552233 4930901820 ',
    );
  });
});

describe('addresses', () => {
  it('takes a state by its name and ZIP+4', () => {
    const address = { line1: '1 Elm St', city: 'Albany', state: 'new york', zip: '12207-1234' };
    expect(Address.parse(address)).toMatchObject({ state: 'NY', zip: '12207-1234', country: 'US' });
  });

  it('reads a table of ZIP codes with its columns in any order', () => {
    const csv = 'State,ZIP,City\r\nNY,12207,"Albany, West"\nMassachusetts,1002,Amherst\nXX,1,Nowhere\n';
    expect(readZipTable(csv)).toEqual([
      { zip: '12207', city: 'Albany, West', state: 'NY' },
      { zip: '01002', city: 'Amherst', state: 'MA' },
    ]);
    expect(readZipTable('a,b\n1,2')).toBeNull();
  });
});
