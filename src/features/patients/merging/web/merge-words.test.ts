import { describe, expect, it } from 'vitest';
import { holdingText, leftText, listText } from './merge-words.ts';

const visits = { one: 'visit', many: 'visits' };

describe('what a merge says', () => {
  it('counts what moves', () => {
    expect([1, 2].map((count) => holdingText({ words: visits, count }))).toEqual(['1 visit', '2 visits']);
    expect(listText(['1 visit', '2 tasks', '1 alert'])).toBe('1 visit, 2 tasks and 1 alert');
  });

  it('says what stays behind when records are taken apart, and nothing when all went back', () => {
    expect(leftText({ kept: [], stayed: [] })).toEqual([]);
    expect(leftText({ kept: ['note', 'formerMrns'], stayed: [{ words: visits, count: 1 }] })).toEqual([
      'Changed since the merge, so it stays as it is: note and former mrns.',
      'Did not go back: 1 visit.',
    ]);
  });
});
