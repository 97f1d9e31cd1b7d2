import { describe, expect, it } from 'vitest';
import { npiFault, proposeDisplayName } from './rules.ts';

describe('an NPI', () => {
  it.each<[string, string | null, string]>([
    ['1234567893', null, 'the example of CMS'],
    ['1245319599', null, 'another right one'],
    ['1234567890', 'check digit', 'a wrong last digit'],
    ['1243567893', 'check digit', 'two digits swapped'],
    ['123456789', '10 digits; this has 9', 'one digit short'],
    ['12345678933', '10 digits; this has 11', 'one digit too many'],
    ['1234-56789', 'digits only', 'a dash'],
    ['', '10 digits', 'nothing'],
  ])('%s: %s (%s)', (npi, fault) => {
    if (fault === null) expect(npiFault(npi)).toBeNull();
    else expect(npiFault(npi) ?? '').toMatch(fault === '10 digits' ? /digits/ : new RegExp(fault));
  });
});

describe('the name proposed', () => {
  it('calls a physician by title and last name', () => {
    expect(proposeDisplayName('physician', 'Mira', ' Lee ')).toBe('Dr. Lee');
  });
  it('calls others by both names', () => {
    expect(proposeDisplayName('nurse', 'Ana', 'Ruiz')).toBe('Ana Ruiz');
  });
});
