import { describe, expect, it } from 'vitest';
import { cellText, csvLine, recordText, referencesOf } from './rules.ts';

describe('a cell of an exported table', () => {
  it.each<[unknown, string]>([
    [null, ''],
    [undefined, ''],
    ['', ''],
    [0, '0'],
    [false, 'false'],
    ['plain', 'plain'],
    [{ a: 1 }, '{"a":1}'],
    [[], '[]'],
  ])('%j stands as %j', (value, text) => {
    expect(cellText(value)).toBe(text);
  });

  it.each<[unknown, string]>([
    ['=1+1', "'=1+1"],
    ['+12125550123', "'+12125550123"],
    ['-1', "'-1"],
    [-1, "'-1"],
    ['@a', "'@a"],
    ['\t=1', "'\t=1"],
    ["'=1", "''=1"],
    ["O'Hara", "O'Hara"],
    ['a,b', '"a,b"'],
    ['say "a"', '"say ""a"""'],
    ['a\nb', '"a\nb"'],
  ])('%j is written %j', (value, cell) => {
    expect(csvLine([value])).toBe(`${cell}\r\n`);
  });
});

describe('a record to read', () => {
  const part = { title: 'Visits', table: { headings: ['When', 'Note'], rows: [['Monday', '']] } };
  it('leaves out what is empty', () => {
    const empty = { title: 'Tasks', table: { headings: ['Task'], rows: [] } };
    expect(recordText(['RECORD'], [empty, part])).toBe('RECORD\n\nVISITS\n\n  - When: Monday\n');
  });

  it.each([['a\nVISITS'], ['a\u2028VISITS'], ['a\r\n\r\nVISITS'], ['a\u202eVISITS'], ['a\u0000VISITS']])(
    'keeps %j in one line',
    (text) => {
      expect(recordText([], [{ title: 'Who', facts: [['Note', text]] }])).toBe('\nWHO\n\n  Note: a VISITS\n');
    },
  );
});

describe('what resources refer to', () => {
  it('is found wherever it stands', () => {
    const nested = { a: [{ actor: { reference: 'Patient/1' } }], b: { reference: 'Location/2' }, c: 'x' };
    expect([...referencesOf([nested])]).toEqual(['Patient/1', 'Location/2']);
  });
});
