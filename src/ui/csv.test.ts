import { expect, it } from 'vitest';
import { csvField, csvText } from './csv.ts';

it('no field of a CSV file is run by a spreadsheet', () => {
  expect([csvField('=1+1'), csvField('a,"b"'), csvField(-3)]).toEqual(["'=1+1", '"a,""b"""', '-3']);
});

it('a table is told as UTF-8, a line each', () => {
  expect(
    csvText([
      ['Łódź', 'All'],
      ['x', 2],
    ]),
  ).toBe('\uFEFFŁódź,All\r\nx,2\r\n');
});
