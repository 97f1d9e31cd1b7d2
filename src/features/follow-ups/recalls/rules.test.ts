import { describe, expect, it } from 'vitest';
import { csvText } from '../../../ui/csv.ts';
import { afterWords, ageWords, dueWords, yieldLines } from './rules.ts';

describe('a rule in words', () => {
  it.each([
    [12, 0, '12 months'],
    [0, 14, '2 weeks'],
    [0, 10, '10 days'],
    [1, 7, '1 month and 1 week'],
  ])('%i months and %i days', (months, days, words) => expect(afterWords({ months, days })).toBe(words));

  it('says for which ages it holds, and nothing where it holds for all', () => {
    expect(ageWords({ leastAge: 18, mostAge: null })).toBe('18 and older');
    expect(ageWords({ leastAge: 5, mostAge: 12 })).toBe('5 to 12');
    expect(ageWords({ leastAge: null, mostAge: null })).toBe('');
  });

  it('leaves as a spreadsheet reads it, and is no formula in it', () => {
    const row = { recallRuleId: '', due: 4, contacted: 3, booked: 2, kept: 1 };
    expect(csvText(yieldLines([{ ...row, name: '=A "1"' }]))).toBe(
      '\uFEFFRecall,Due,Contacted,Booked,Kept\r\n"\'=A ""1""",4,3,2,1\r\n',
    );
  });

  it.each([
    [0, 0, false, 'Nobody is due now.'],
    [1, 0, false, '1 person is due now.'],
    [12, 3, true, '12 more people are due now, 3 of them past their day.'],
  ])('counts %i people, %i late', (due, late, isKept, words) => {
    expect(dueWords({ due, late }, isKept)).toBe(words);
  });
});
