import { describe, expect, it } from 'vitest';
import { guessColumns, planFault } from '../schema.ts';
import { readContact, readDoctorName } from './rules.ts';

const headed = (field: string) => field;

describe('a doctor’s whole name', () => {
  it.each([
    ['Okafor, Ben A., MD', ['Okafor', 'Ben', 'A.', '', 'MD']],
    ['Dr. Ben Okafor', ['Okafor', 'Ben', '', '', '']],
    ['Ben Okafor MD FACS', ['Okafor', 'Ben', '', '', 'MD, FACS']],
    ['Ben Okafor, M.D.', ['Okafor', 'Ben', '', '', 'M.D.']],
    ['Okafor, Ben Jr., D.O.', ['Okafor', 'Ben', 'Jr.', '', 'D.O.']],
    ['van der Berg, Jo, NP', ['van der Berg', 'Jo', '', '', 'NP']],
    ['Do, Kim', ['Do', 'Kim', '', '', '']],
  ])('%s', (text, [familyName, givenName, middleName, suffix, credentials]) =>
    expect(readDoctorName(text)).toEqual({ familyName, givenName, middleName, suffix, credentials }),
  );
});

describe('a line of the directory', () => {
  it('becomes a person with numbers and a place', () => {
    const read = readContact(
      {
        ...{ fullName: 'Okafor, Ben, MD', specialty: 'Cardiology', npi: '1234567893', externalId: 'D1' },
        ...{ organizationName: 'Alder Heart', phone: '607-555-0123 x5', fax: '6075550109', zip: '2138' },
      },
      headed,
    );
    expect(read).toMatchObject({
      contact: {
        ...{ kind: 'physician', familyName: 'Okafor', givenName: 'Ben', credentials: 'MD' },
        ...{ npi: '1234567893', organizationName: 'Alder Heart', fax: '+16075550109' },
        phones: [{ kind: 'office', number: '+16075550123', note: 'ext. 5' }],
        address: { zip: '02138' },
      },
      externalId: 'D1',
    });
  });

  it.each([
    [{ familyName: 'Okafor' }, 'physician'],
    [{ familyName: 'Okafor', credentials: 'D.O.' }, 'physician'],
    [{ familyName: 'Okafor', credentials: 'PT, DPT' }, 'clinician'],
    [{ fullName: 'Jo Berg NP' }, 'clinician'],
    [{ organizationName: 'Alder Heart' }, 'organization'],
    [{ fullName: 'Alder Heart', kind: 'Facility' }, 'organization'],
    [{ familyName: 'Okafor', kind: 'Clinician', credentials: 'MD' }, 'clinician'],
  ])('%j is a %s', (cells, kind) => expect(readContact(cells, headed)).toMatchObject({ contact: { kind } }));

  it('names every fault by its column and repeats nothing of it', () => {
    const cells = { familyName: '', npi: '12', phone: 'x', fax: 'y', state: 'ZZ', zip: 'z', kind: 'alien' };
    expect(readContact({ ...cells, email: 'q' }, headed)).toEqual([
      { column: 'kind', what: 'is no kind: physician, clinician or organization' },
      { column: 'familyName', what: 'is missing' },
      { column: 'npi', what: 'is no NPI: ten digits, the last one checks them' },
      { column: 'phone', what: 'is no phone number' },
      { column: 'fax', what: 'is no fax number' },
      { column: 'state', what: 'is no state' },
      { column: 'zip', what: 'is no ZIP code' },
      { column: 'email', what: 'is no e-mail address' },
    ]);
  });
});

describe('headings of a directory', () => {
  it('say what their columns hold', () => {
    const headings = [
      'Provider Name',
      'Degree',
      'NPI Number',
      'Practice Name',
      'Office Phone',
      'Fax',
      'Shoe',
    ];
    expect(guessColumns('contacts', headings)).toEqual([
      ...['fullName', 'credentials', 'npi', 'organizationName', 'phone', 'fax', ''],
    ]);
  });

  it('must name someone', () => {
    expect(planFault('contacts', ['npi', 'phone'])).toContain('last name');
    expect(planFault('contacts', ['organizationName'])).toBeNull();
  });
});
