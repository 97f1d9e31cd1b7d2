import { describe, expect, it } from 'vitest';
import { readBooking } from './bookings/rules.ts';
import { readPerson, readZip } from './people/rules.ts';
import { csvCell, plainCell, readDate, readTime, readWholeName } from './rules.ts';
import { guessColumns, ImportOptions, planFault } from './schema.ts';

const today = '2026-03-04';
const reading = { headed: (field: string) => field, today, dates: 'mdy' as const };

describe('what a cell says', () => {
  it.each([
    ['1/2/1980', '1980-01-02'],
    ['1980-01-02', '1980-01-02'],
    ['1980-01-02 00:00:00', '1980-01-02'],
    ['02-Jan-1980', '1980-01-02'],
    ['Jan 2, 1980', '1980-01-02'],
    ['2 January 1980', '1980-01-02'],
    ['19800102', '1980-01-02'],
    ['1/2/80', '1980-01-02'],
    ['1/2/26', '2026-01-02'],
    ['1/2/27', '1927-01-02'],
    ['2/30/1980', null],
    ['13/1/1980', null],
    ['soon', null],
  ])('the date %s is %s', (text, date) => expect(readDate(text, 'mdy', today)).toBe(date));

  it('day before month where the file says so', () => {
    expect(readDate('13/1/1980', 'dmy', today)).toBe('1980-01-13');
  });

  it.each([
    ['9:05 am', '09:05'],
    ['9a', '09:00'],
    ['12:30 PM', '12:30'],
    ['12 am', '00:00'],
    ['1430', '14:30'],
    ['14:30:00', '14:30'],
    ['25:00', null],
    ['9', null],
    ['noonish', null],
  ])('the time %s is %s', (text, time) => expect(readTime(text)).toBe(time));

  it.each([
    ['Smith, Joanna M', ['Smith', 'Joanna', 'M', '']],
    ['Joanna M Smith', ['Smith', 'Joanna', 'M', '']],
    ['Smith, Joanna, Jr.', ['Smith', 'Joanna', '', 'Jr.']],
    ['van der Berg, Jo', ['van der Berg', 'Jo', '', '']],
    ['Smith', ['Smith', '', '', '']],
  ])('the name %s', (text, parts) => expect(Object.values(readWholeName(text))).toEqual(parts));

  it.each([
    ['12207', '12207'],
    ['2138', '02138'],
    ['501', '00501'],
    ['12207-1234', '12207-1234'],
    ['122071234', '12207-1234'],
    ['21381234', '02138-1234'],
    ['1220a', null],
  ])('the ZIP %s is %s', (text, zip) => expect(readZip(text)).toBe(zip));

  it.each(['=1+1', '+15185550123', '-x', '@cmd', "'=x", 'a,b', 'say "hi"', 'two\nlines', ' plain'])(
    'the cell %j runs in no spreadsheet and comes back as it was',
    (text) => {
      const cell = csvCell(text);
      expect(cell.replace(/^"/, '')).not.toMatch(/^[=+\-@]/);
      const inside = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
      expect(plainCell(inside)).toBe(text);
    },
  );
});

describe('a line', () => {
  it('becomes a person', () => {
    const read = readPerson(
      {
        fullName: 'Smith, Joanna M',
        bornOn: '3/14/61',
        sex: 'F',
        mobilePhone: '(518) 555-0123 x12',
        zip: '2138',
      },
      reading,
    );
    expect(read).toMatchObject({
      patient: {
        familyName: 'Smith',
        givenName: 'Joanna',
        middleName: 'M',
        bornOn: '1961-03-14',
        sex: 'female',
        phones: [{ kind: 'mobile', number: '+15185550123', note: 'ext. 12' }],
        addresses: [{ zip: '02138' }],
      },
    });
  });

  it('names every fault by its column and repeats nothing of it', () => {
    const cells = {
      familyName: '',
      bornOn: '1/1/2099',
      sex: 'Q',
      mobilePhone: '12',
      state: 'ZZ',
      email: 'x',
      zip: 'y',
    };
    expect(readPerson({ ...cells, familyName: 'x'.repeat(101) }, reading)).toEqual([
      { column: 'bornOn', what: 'lies ahead' },
      { column: 'sex', what: 'is no sex: F, M, other or unknown' },
      { column: 'familyName', what: 'is too long' },
      { column: 'email', what: 'is no e-mail address' },
      { column: 'mobilePhone', what: 'is no phone number' },
      { column: 'state', what: 'is no state' },
      { column: 'zip', what: 'is no ZIP code' },
    ]);
  });

  it('asks for a visit in one column or two', () => {
    const cells = { mrn: '100001', physician: 'Dr. Lee', visitType: 'fu' };
    const asked = { date: '2026-03-05', time: '09:30' };
    expect(readBooking({ ...cells, dateTime: '3/5/2026 9:30 AM' }, reading)).toMatchObject(asked);
    expect(readBooking({ ...cells, dateTime: '2026-03-05T09:30' }, reading)).toMatchObject(asked);
    expect(readBooking({ ...cells, date: '5-Mar-2026', time: '9:30a' }, reading)).toMatchObject(asked);
    expect(readBooking({ ...cells, date: '3/3/2026', time: '9:30' }, reading)).toEqual([
      { column: 'date', what: 'lies in the past' },
    ]);
  });
});

describe('the old system', () => {
  it.each([
    ['Old Ledger', 'old-ledger'],
    ['  my_emr 2 ', 'my-emr-2'],
  ])('may be written as people write: %s', (typed, kept) => {
    expect(ImportOptions.parse({ source: typed }).source).toBe(kept);
  });
});

describe('headings', () => {
  it('say what their columns hold', () => {
    const headings = ['Last', 'First Name', 'DOB', 'Patient Phone', 'Favorite color', 'Zip Code', 'Line'];
    expect(guessColumns('patients', headings)).toEqual([
      'familyName',
      'givenName',
      'bornOn',
      'mobilePhone',
      '',
      'zip',
      '',
    ]);
    expect(guessColumns('visits', ['MRN', 'Provider', 'Appt Type', 'Appt Date', 'Appt Time'])).toEqual([
      'mrn',
      'physician',
      'visitType',
      'date',
      'time',
    ]);
  });

  it('are refused where what is needed is missing or doubled', () => {
    expect(planFault('patients', ['givenName'])).toContain('last name');
    expect(planFault('patients', ['familyName', 'familyName'])).toContain('Two columns');
    expect(planFault('visits', ['mrn', 'physician', 'visitType', 'date'])).toContain('date and time');
    expect(planFault('patients', ['familyName', 'shoeSize'])).toContain('no field');
  });
});
