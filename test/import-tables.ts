import { csvCell } from '../src/features/imports/rules.ts';
import { type Random, seeded } from '../src/platform/random.ts';

/** A fault that is planted in a table of people, and what must be said of it. */
type Fault = {
  what: string;
  /** someone likely the same is here: left out, though nothing is wrong */
  outcome?: 'alike';
  /** the cells or the line as it stands in the file; `first` are the cells of the first person */
  plant(cells: string[], first: string[]): string[] | string;
};
export type Planted = {
  line: number;
  what: string;
  outcome: 'fault' | 'alike';
  /** as the line should have been */
  mended: string[];
};

/** Stands for a byte that is no UTF-8. */
const badByte = '\ufffd';

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
  'Language',
  'Emergency Contact',
  'Emergency Phone',
];

const brokenQuote = 'has a quotation mark that is not closed or stands in the wrong place';

const faults: readonly Fault[] = [
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
  { what: 'has 16 columns where the first line has 15', plant: (cells) => [...cells, 'extra'] },
  { what: 'has 3 columns where the first line has 15', plant: (cells) => cells.slice(0, 3) },
  { what: brokenQuote, plant: (cells) => `"${cells.join(',')}` },
  { what: brokenQuote, plant: (cells) => cells.with(6, `12" pipe road`).join(',') },
  { what: brokenQuote, plant: (cells) => cells.with(7, '"Boston"x').join(',') },
  { what: 'Chart No stands in line 2 already', plant: (_, first) => first },
  {
    what: 'Last and birth date are those of line 2',
    outcome: 'alike',
    plant: ([number = ''], first) => first.with(0, number),
  },
  { what: 'Last holds characters that are no text', plant: (cells) => cells.with(1, `M${badByte}ller`) },
  { what: 'Notes holds characters that are no text', plant: at(11, 'a\0b') },
  { what: 'Address holds characters that are no text', plant: at(6, '1 \u001b[31mElm') },
  { what: 'DOB is no date', plant: at(3, '2/30/1980') },
  { what: 'DOB is no date', plant: at(3, 'spring of 1980') },
  { what: 'DOB lies too far back', plant: at(3, '1/1/1801') },
  { what: 'Chart No is longer than 100 letters', plant: at(0, '9'.repeat(101)) },
  { what: 'First is too long', plant: at(2, 'x'.repeat(101)) },
  { what: 'Address is too long', plant: at(6, 'x'.repeat(121)) },
  { what: 'City is too long', plant: at(7, 'x'.repeat(81)) },
  { what: 'Notes is too long', plant: at(11, 'x'.repeat(2001)) },
  { what: 'Patient Phone is no phone number', plant: at(5, 'call her daughter') },
  { what: 'State is no state', plant: at(8, 'Quebec') },
  { what: 'Zip is no ZIP code', plant: at(9, '1234567') },
  { what: 'Email is no e-mail address', plant: at(10, 'ann@home') },
  { what: 'Language is no language code, such as en or es', plant: at(12, 'Klingon!') },
  { what: 'Emergency Phone is no phone number', plant: (cells) => [...cells.slice(0, 13), 'Kim Ash', '9'] },
  {
    what: 'Emergency Contact is missing beside its phone',
    plant: (cells) => [...cells.slice(0, 13), '', '(518) 555-0123'],
  },
  {
    what: 'DOB is no date; Gender is no sex: F, M, other or unknown; Zip is no ZIP code',
    plant: (cells) => cells.with(3, '0/0/1980').with(4, '?').with(9, 'none'),
  },
];
export const faultKinds = faults.length;

/** One of every `everyFault` lines is wrong, in one way after the other; others span lines, or lost a zero. */
export function patientTable(people: number, seed = 7, everyFault = 20) {
  const random = seeded('import table', seed);
  const lines = [headings.join(',')];
  const planted: Planted[] = [];
  const names: string[] = [];
  const first = personCells(0, random);
  let line = 2;
  let wrongAt = random.between(1, everyFault - 1);
  for (let index = 0; index < people; index++) {
    const cells = index === 0 ? first : personCells(index, random);
    const kind = Math.floor(index / everyFault);
    const fault = index === wrongAt ? faults[kind % faults.length] : undefined;
    if (index === wrongAt) wrongAt = (kind + 1) * everyFault + random.below(everyFault);
    const text = textOf(fault ? fault.plant(cells.with(11, ''), first) : cells);
    if (fault) planted.push({ line, what: fault.what, outcome: fault.outcome ?? 'fault', mended: cells });
    else names.push(`${cells[1]} ${cells[2]}`);
    lines.push(text);
    line += text.split('\n').length;
  }
  const csv = `${lines.join('\r\n')}\r\n`;
  return { csv, file: bytesOf(csv), planted, names, good: people - planted.length };
}

function personCells(index: number, random: Random): string[] {
  return [
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
    random.pick(['', 'en', 'es']),
    ...random.pick([
      ['', ''],
      ['Kim Ash', '518-555-0123'],
    ]),
  ];
}

const textOf = (made: string[] | string) => (typeof made === 'string' ? made : made.map(rawCell).join(','));

/** The file as it comes: UTF-8, and where a bad byte was planted, that byte. */
function bytesOf(csv: string): Uint8Array<ArrayBuffer> {
  const parts = csv.split(badByte).flatMap((part) => [Buffer.from(part), Buffer.from([0xff])]);
  return new Uint8Array(Buffer.concat(parts.slice(0, -1)));
}

// As another system writes it: nothing neutralized.
const rawCell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** 0, 1, 2 … as letters, so that every name differs. */
function letters(index: number): string {
  return [...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}

export const tableOf = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => row.map(csvCell).join(',')).join('\n');
