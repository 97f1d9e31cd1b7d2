import { describe, expect, it } from 'vitest';
import { draftFromSearch } from '../search/rules.ts';
import { factText } from './fact-text.ts';
import { changeForm, emptyAddress, emptyPerson, emptyPhone, RegisterForm } from './person-values.ts';

const jo = { ...emptyPerson, familyName: 'Smith' };

describe('the registration form', () => {
  it('needs no more than a last name, and sends no empty rows', () => {
    expect(RegisterForm.parse(jo)).toMatchObject({
      ...{ familyName: 'Smith', sex: 'unknown', bornOn: null, guarantor: null },
      ...{ phones: [], addresses: [], contacts: [] },
    });
  });

  it('names the field of a row that needs a hand', () => {
    const phones = [{ ...emptyPhone, number: '555-22' }];
    const addresses = [{ ...emptyAddress, line1: '1 Elm St', zip: '1220' }];
    const paths = RegisterForm.safeParse({ ...jo, phones, addresses }).error?.issues.map((one) =>
      one.path.join('.'),
    );
    expect(paths).toEqual(expect.arrayContaining(['phones.0.number', 'addresses.0.city']));
  });

  it('takes who pays as the form asks for it', () => {
    const guarantor = { ...emptyPerson.guarantor, who: 'person' as const, name: 'Pat', phone: '5185550177' };
    expect(RegisterForm.parse({ ...jo, guarantor }).guarantor).toMatchObject({
      name: 'Pat',
      phone: '+15185550177',
    });
    const nobody = { ...emptyPerson.guarantor, who: 'patient' as const };
    expect(RegisterForm.safeParse({ ...jo, guarantor: nobody }).success).toBe(false);
  });

  it('begins with what a search that found nobody says', () => {
    expect(draftFromSearch('smyth joana 3/14/61 (518) 555-0177', '2026-03-04')).toEqual({
      familyName: 'Smyth',
      givenName: 'Joana',
      bornOn: '1961-03-14',
      phone: '5185550177',
    });
    expect(draftFromSearch('McNeil', '2026-03-04')).toMatchObject({ familyName: 'McNeil', phone: '' });
  });
});

describe('an edit', () => {
  it('looks at and sends only its own fields', () => {
    const loose = { ...jo, addresses: [{ ...emptyAddress, city: 'Albany' }], preferredName: 'Jo' };
    expect(changeForm(['preferredName', 'familyName']).parse(loose)).toEqual({
      preferredName: 'Jo',
      familyName: 'Smith',
    });
    expect(changeForm(['addresses']).safeParse(loose).success).toBe(false);
  });
});

describe('facts in words', () => {
  it.each([
    ['a date', '1961-03-14', '03/14/1961'],
    [
      'a phone of a list',
      [{ kind: 'mobile', number: '+15185550177', mayText: true, preferred: false }],
      'mobile, (518) 555-0177, may text',
    ],
    ['nothing', null, ''],
  ])('writes %s', (_, value, words) => {
    expect(factText(value)).toBe(words);
  });
});
