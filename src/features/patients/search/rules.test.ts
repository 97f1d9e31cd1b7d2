import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, mendReading, rankCandidate, readSearch } from './rules.ts';

const today = '2026-03-04';
const short = (text: string) =>
  readSearch(text, today).map(({ words, bornFrom, bornTo, digits }) =>
    [
      ...words,
      ...(bornFrom ? [bornFrom === bornTo ? bornFrom : `${bornFrom}..${bornTo}`] : []),
      ...digits,
    ].join(' '),
  );

describe('reading what was typed', () => {
  it.each([
    ['scraps of a name', 'Smi  jo', ['smi jo']],
    ['a name as it is filed', 'Smith, Joanna', ['smith joanna']],
    ['an apostrophe', 'O’Brien', ['obrien']],
    ['a hyphen', 'García-López', ['garcia lopez']],
    ['a name with digits', 'Smith123', ['smith123']],
    ['a birth date with slashes', '3/14/1961', ['1961-03-14']],
    ['a birth date with dashes and two digits', '3-14-61', ['1961-03-14']],
    ['a birth date as computers write it', '1961-03-14', ['1961-03-14']],
    ['a birth date without separators, or a number', '03141961', ['1961-03-14', '03141961']],
    ['six digits: a birth date, or an MRN', '031461', ['1961-03-14', '031461']],
    ['a month and year beside a name', 'smi jo 3/61', ['smi jo 1961-03-01..1961-03-31']],
    [
      'two digits that may be this century or the last',
      '3/14',
      ['2014-03-01..2014-03-31', '1914-03-01..1914-03-31'],
    ],
    ['December', '12/1999', ['1999-12-01..1999-12-31']],
    ['a year, or the end of a phone', '1961', ['1961-01-01..1961-12-31', '1961']],
    ['four digits that are no year', '2233', ['2233']],
    ['a phone as it is written', '(555) 010-2233', ['5550102233']],
    ['a phone with the country', '+1 555 010 2233', ['5550102233']],
    ['a phone with dashes', '555-010-2233', ['5550102233']],
    ['a local number', '010-2233', ['0102233']],
    ['a name and the last digits', 'smith 2233', ['smith 2233']],
    ['a day that does not exist', '2/30/1961', ['2301961']],
    ['nothing', '  , ', []],
    ['marks only', '()-', []],
  ])('takes %s', (_, text, expected) => {
    expect(short(text)).toEqual(expected);
  });

  it('never throws, and never gives more than six readings of four words', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const readings = readSearch(text, today);
        expect(readings.length).toBeLessThanOrEqual(6);
        for (const one of readings) expect(one.words.length).toBeLessThanOrEqual(4);
      }),
    );
  });
});

const person = (change: Partial<Candidate>): Candidate => ({
  familyName: 'Smith',
  givenName: 'Joanna',
  middleName: '',
  preferredName: '',
  formerNames: [],
  bornOn: '1961-03-14',
  mrn: '100234',
  phones: [{ number: '+15550102233' }],
  deceased: false,
  ...change,
});
const points = (text: string, change: Partial<Candidate>) => {
  const ranks = readSearch(text, today).map((reading) => rankCandidate(reading, person(change))?.points ?? 0);
  return Math.max(0, ...ranks);
};

describe('ranking', () => {
  it.each([
    ['the whole last name before one that begins so', 'smith', {}, { familyName: 'Smithers' }],
    ['the beginning of a last name before the middle of one', 'mit', { familyName: 'Mitchell' }, {}],
    ['a current name before a former one', 'diaz', { familyName: 'Diaz' }, { formerNames: ['Joanna Diaz'] }],
    ['the end of a phone before its middle', '2233', {}, { phones: [{ number: '+12233010000' }] }],
    ['an MRN before a part of one', '100234', {}, { mrn: '1002345' }],
    [
      'a whole first word before one that begins so',
      'smith jo',
      { givenName: 'Jo Ann' },
      { givenName: 'John' },
    ],
    ['the living before the dead', 'smith', {}, { deceased: true }],
  ])('puts %s', (_, text, better, worse) => {
    expect(points(text, better)).toBeGreaterThan(points(text, worse));
  });

  it('wants everything that was typed', () => {
    expect(points('smith 4/61', {})).toBe(0);
    expect(points('smith jo 3/61 2233', {})).toBeGreaterThan(50);
  });
});

describe('mending', () => {
  it('tries the nearest mix of typed and known words first', () => {
    const [reading] = readSearch('smiht jo', today);
    if (!reading) throw new Error('a reading');
    const near = { word: 'smith', oneSlip: true, alike: 0.5 };
    const mixes = mendReading(reading, [[near], [{ word: 'joe', oneSlip: true, alike: 0.6 }]]);
    expect(mixes[0]?.reading.words).toEqual(['smiht', 'joe']);
    expect(mixes.map((mix) => mix.reading.words.join(' '))).toContain('smith jo');
    expect(mixes.every((mix) => mix.cost > 0)).toBe(true);
  });
});
