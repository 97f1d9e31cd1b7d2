import { describe, expect, it } from 'vitest';
import { holdingText, leftText, listText } from './merge-words.ts';

describe('what a merge says', () => {
  it('counts what moves', () => {
    expect([holdingText('visits', 1), holdingText('tasks', 2), holdingText('forms', 3)]).toEqual([
      '1 visit',
      '2 tasks',
      '3 forms',
    ]);
    expect(listText(['1 visit', '2 tasks', '1 alert'])).toBe('1 visit, 2 tasks and 1 alert');
  });

  it('says what stays behind when records are taken apart, and nothing when all went back', () => {
    expect(leftText({ kept: [], stayed: [] })).toEqual([]);
    expect(leftText({ kept: ['note', 'formerMrns'], stayed: [{ name: 'visits', count: 1 }] })).toEqual([
      'Changed since the merge, so it stays as it is: note and former mrns.',
      'Did not go back: 1 visit.',
    ]);
  });
});
