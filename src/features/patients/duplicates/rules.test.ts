import { describe, expect, it } from 'vitest';
import { type Described, judgeDuplicate, type Known, likelyFrom, slipsBetween, soundOf } from './rules.ts';

const known: Known = {
  familyName: 'Smith',
  givenName: 'Joanna',
  preferredName: 'Jo',
  formerNames: ['Diaz'],
  bornOn: '1961-03-14',
  phones: [{ number: '+15550102233' }],
  email: 'jo@test.example',
};
const draft = (change: Partial<Described>): Described => ({
  familyName: 'Smith',
  givenName: 'Joanna',
  bornOn: '1961-03-14',
  phones: [],
  email: '',
  ...change,
});

describe('likely duplicates', () => {
  it.each<[string, Partial<Described>, string[]]>([
    ['the same name and birth date', {}, ['same name', 'same birth date']],
    ['a misspelled name', { familyName: 'Smiht', givenName: 'Johanna' }, ['similar name', 'same birth date']],
    ['a name that sounds the same', { familyName: 'Smyth' }, ['similar name', 'same birth date']],
    [
      'names the wrong way around',
      { familyName: 'Joanna', givenName: 'Smith' },
      ['same names, swapped', 'same birth date'],
    ],
    ['the name as she is called', { givenName: 'Jo' }, ['same name', 'same birth date']],
    ['her former name', { familyName: 'Diaz' }, ['same name', 'same birth date']],
    ['a new last name', { familyName: 'Okafor' }, ['same first name', 'same birth date']],
    ['month and day swapped', { bornOn: '1961-12-03', givenName: 'Joanna' }, []],
    [
      'one digit of the birth date off',
      { bornOn: '1961-03-15' },
      ['same name', 'birth date nearly the same'],
    ],
    ['no birth date, but the phone', { bornOn: null, phones: ['555-010-2233'] }, ['same name', 'same phone']],
    [
      'no birth date, but the e-mail',
      { bornOn: null, email: 'JO@test.example' },
      ['same name', 'same e-mail'],
    ],
  ])('sees %s', (_, change, why) => {
    const judged = judgeDuplicate(draft(change), known);
    if (why.length === 0) return expect(judged.score).toBeLessThan(likelyFrom);
    expect(judged.score).toBeGreaterThanOrEqual(likelyFrom);
    expect(judged.why).toEqual(why);
  });

  it.each<[string, Partial<Described>]>([
    ['a name shared by someone born on another day', { bornOn: '1988-10-02' }],
    ['a child who shares name and phone', { bornOn: '1990-07-21', phones: ['5550102233'] }],
    ['a household that shares a phone', { givenName: 'Peter', bornOn: '1959-01-30', phones: ['5550102233'] }],
    ['a stranger born the same day', { familyName: 'Okafor', givenName: 'Ben' }],
  ])('lets by %s', (_, change) => {
    expect(judgeDuplicate(draft(change), known).score).toBeLessThan(likelyFrom);
  });

  it.each([
    ['smith', 'smith', 0],
    ['smith', 'smiht', 1],
    ['smith', 'smth', 1],
    ['gonzalez', 'gonsales', 2],
  ])('counts the slips between %s and %s', (one, other, slips) => {
    expect(slipsBetween(one, other)).toBe(slips);
  });

  it.each([
    ['Smith', 'S530'],
    ['Smyth', 'S530'],
    ['Ashcraft', 'A261'],
    ['Tymczak', 'T522'],
    ['Pfister', 'P236'],
    ['Lee', 'L000'],
  ])('hears %s as %s', (word, code) => {
    expect(soundOf(word)).toBe(code);
  });
});
