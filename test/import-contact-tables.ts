import { seeded } from '../src/platform/random.ts';
import { tableOf } from './import-tables.ts';

export const contactHeadings = [
  'Provider ID',
  'Last',
  'First',
  'Degree',
  'Specialty',
  'NPI',
  'Practice Name',
  'Phone',
  'Fax',
  'Address',
  'City',
  'State',
  'Zip',
  'Email',
];

type Planted = { what: string; plant(cells: string[]): string[] };
const at = (index: number, text: string) => (cells: string[]) => cells.with(index, text);

/** Each fault, and what must be said of it. */
const faults: readonly Planted[] = [
  { what: 'NPI is no NPI: ten digits, the last one checks them', plant: at(5, '1234567890') },
  { what: 'NPI stands in line 2 already', plant: at(5, npiOf(0)) },
  { what: 'Provider ID stands in line 2 already', plant: at(0, 'D0') },
  { what: 'Practice Name is missing', plant: (cells) => cells.with(1, '').with(6, '') },
  { what: 'Last is too long', plant: at(1, 'x'.repeat(120)) },
  { what: 'Phone is no phone number', plant: at(7, '12') },
  { what: 'Fax is no fax number', plant: at(8, 'none') },
  { what: 'State is no state', plant: at(11, 'ZZ') },
  { what: 'Zip is no ZIP code', plant: at(12, '1') },
  { what: 'Email is no e-mail address', plant: at(13, 'nobody') },
  { what: 'Last looks like a formula', plant: at(1, '=1+1') },
  { what: 'First holds characters that are no text', plant: at(2, 'A\u0007b') },
  { what: 'has 3 columns where the first line has 14', plant: (cells) => cells.slice(0, 3) },
];

/** A made-up NPI with its check digit (Luhn over the prefix 80840, 45 CFR 162.406). */
export function npiOf(index: number): string {
  const nine = `1${String(index).padStart(8, '0')}`;
  const digits = [...`80840${nine}`].reverse().map(Number);
  const sum = digits.reduce((total, digit, place) => {
    const doubled = place % 2 === 0 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${nine}${(10 - (sum % 10)) % 10}`;
}

/** Groups and who works there; one in `everyFault` lines is wrong in one way after the other. */
export function contactTable(contacts: number, seed = 7, everyFault = 20) {
  const random = seeded('contact table', seed);
  const rows: string[][] = [];
  const planted: { line: number; what: string }[] = [];
  for (let index = 0; index < contacts; index++) {
    const group = `Group ${letters(Math.floor(index / 10))}`;
    const isPlace = index % 10 === 1;
    const cells = [
      `D${index}`,
      isPlace ? '' : `${random.pick(['Ash', 'Birch', "O'Elm"])}${letters(index)}`,
      isPlace ? '' : random.pick(['Ana', 'Ben', 'Zoë']),
      isPlace ? '' : random.pick(['MD', 'D.O.', 'NP', '']),
      random.pick(['Cardiology', 'Dermatology', '']),
      index % 3 === 0 ? npiOf(index) : '',
      group,
      `(518) 555-${String(index % 10_000).padStart(4, '0')}`,
      '5185550100',
      `${index} Elm Street`,
      'Boston',
      random.pick(['MA', 'Massachusetts']),
      '2138',
      '',
    ];
    const isFault = index % everyFault === everyFault - 1;
    const fault = isFault ? faults[Math.floor(index / everyFault) % faults.length] : undefined;
    if (fault) planted.push({ line: index + 2, what: fault.what });
    rows.push(fault ? fault.plant(cells) : cells);
  }
  return { csv: tableOf([contactHeadings, ...rows]), good: contacts - planted.length, planted };
}

const letters = (index: number) => [...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
