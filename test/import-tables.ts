import { csvCell } from '../src/features/imports/rules.ts';
import { seeded } from '../src/platform/random.ts';

/** A fault that is planted in a table of people, and what must be said of it. */
type Planted = { what: string; plant(cells: string[]): string[] | string };

const at = (index: number, text: string) => (cells: string[]) => cells.with(index, text);

export const headings = [
  'Chart No',
  'Last',
  'First',
  'DOB',
  'Gender',
  'Patient Phone',
  'Address',
  'City',
  'State',
  'Zip',
  'Email',
  'Notes',
];

const faults: readonly Planted[] = [
  { what: 'DOB is no date', plant: at(3, '13/45/1980') },
  { what: 'DOB lies ahead', plant: at(3, '1/1/2099') },
  { what: 'Last is missing', plant: at(1, '') },
  { what: 'Last is too long', plant: at(1, 'x'.repeat(120)) },
  { what: 'Patient Phone is no phone number', plant: at(5, '12') },
  { what: 'Chart No stands in line 2 already', plant: at(0, 'C0') },
  { what: 'State is no state', plant: at(8, 'ZZ') },
  { what: 'Zip is no ZIP code', plant: at(9, '1') },
  { what: 'Gender is no sex: F, M, other or unknown', plant: at(4, 'Q') },
  { what: 'Email is no e-mail address', plant: at(10, 'nobody') },
  { what: 'First holds characters that are no text', plant: at(2, 'A\u0007b') },
  { what: 'First looks like a formula', plant: at(2, '=1+1') },
  { what: 'has 13 columns where the first line has 12', plant: (cells) => [...cells, 'extra'] },
  { what: 'has 3 columns where the first line has 12', plant: (cells) => cells.slice(0, 3) },
  {
    what: 'has a quotation mark that is not closed or stands in the wrong place',
    plant: (cells) => `"${cells.join(',')}`,
  },
  {
    what: 'has a quotation mark that is not closed or stands in the wrong place',
    plant: (cells) => cells.with(6, `12" pipe road`).join(','),
  },
];

/** One in `everyFault` lines is wrong in one way after the other; others span lines, or lost a zero. */
export function patientTable(people: number, seed = 7, everyFault = 50) {
  const random = seeded('import table', seed);
  const lines = [headings.join(',')];
  const planted: { line: number; what: string }[] = [];
  let line = 2;
  for (let index = 0; index < people; index++) {
    const cells = [
      `C${index}`,
      `${random.pick(['Ash', 'Birch', 'Cedar', "O'Elm", 'Fir-Oak'])}${letters(index)}`,
      random.pick(['Ana', 'Ben', 'Zoë', 'Dina', 'Eli']),
      random.pick(['3/14/1961', '1961-03-14', '14-Mar-1961', '3/14/61']),
      random.pick(['F', 'm', 'Female', '']),
      `(518) 555-${String(index % 10_000).padStart(4, '0')}`,
      `${index} Elm Street`,
      'Boston',
      random.pick(['MA', 'Massachusetts']),
      '2138',
      '',
      index % 40 === 39 ? `=SUM(A1), "quoted"\nand a second line` : '',
    ];
    const fault =
      index % everyFault === everyFault - 1
        ? faults[Math.floor(index / everyFault) % faults.length]
        : undefined;
    const made = fault ? fault.plant(cells.with(11, '')) : cells;
    const text = typeof made === 'string' ? made : made.map((cell) => rawCell(cell)).join(',');
    if (fault) planted.push({ line, what: fault.what });
    lines.push(text);
    line += text.split('\n').length;
  }
  return { csv: `${lines.join('\r\n')}\r\n`, planted, good: people - planted.length };
}

// As another system writes it: nothing neutralized.
const rawCell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** 0, 1, 2 … as letters, so that every name differs. */
function letters(index: number): string {
  return [...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}

export const tableOf = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => row.map(csvCell).join(',')).join('\n');
