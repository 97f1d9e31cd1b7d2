import { describe, expect, it, test } from 'vitest';
import { templateFaults } from './faults/rules.ts';
import { applicationPlan, hoursAfter, hoursOf, isUntouched, mondayOf, type StandingHours } from './rules.ts';
import { copyToFriday, readTemplateLines, templateValues, withWeeks } from './web/template-form.ts';

const standing = (hoursId: string, effectiveFrom: string, effectiveTo: string | null): StandingHours => ({
  ...{ hoursId, resourceId: 'lee', siteId: 'main', weekday: 1, startsLocal: '08:00', endsLocal: '12:00' },
  ...{ effectiveFrom, effectiveTo },
});
const short = (row: { effectiveFrom: string; effectiveTo: string | null }) =>
  `${row.effectiveFrom} ${row.effectiveTo ?? 'on'}`;

describe('a range of new hours', () => {
  const range = { from: '2026-03-09', to: '2026-03-15' };
  test.each<[string, StandingHours, string[]]>([
    [
      'what holds all along ends and goes on',
      standing('a', '2026-01-01', null),
      ['2026-01-01 2026-03-08', '2026-03-16 on'],
    ],
    ['what ends in it ends before it', standing('a', '2026-01-01', '2026-03-10'), ['2026-01-01 2026-03-08']],
    ['what lies in it is gone', standing('a', '2026-03-10', '2026-03-12'), []],
    [
      'what begins in it begins after it',
      standing('a', '2026-03-10', '2026-04-01'),
      ['2026-03-16 2026-04-01'],
    ],
    ['what was over stays', standing('a', '2026-01-01', '2026-03-08'), ['2026-01-01 2026-03-08']],
    ['what comes later stays', standing('a', '2026-03-16', null), ['2026-03-16 on']],
  ])('%s', (_, row, left) => {
    expect(hoursAfter([row], applicationPlan([row], range), []).map(short)).toEqual(left);
  });
  it('until further notice takes all that comes', () => {
    const rows = [standing('a', '2026-01-01', null), standing('b', '2026-05-01', null)];
    const plan = applicationPlan(rows, { from: '2026-03-09', to: null });
    expect(hoursAfter(rows, plan, []).map(short)).toEqual(['2026-01-01 2026-03-08']);
  });
});

test('weeks A and B count from the Monday of a week A', () => {
  const row = {
    week: 2,
    weekday: 3,
    siteId: 'main',
    startsLocal: '09:00',
    endsLocal: '12:00',
    slotCodeId: null,
  };
  const [made] = hoursOf({ weeks: 2, rows: [row] }, 'lee', {
    ...{ from: '2026-03-04', to: null, weekOf: mondayOf('2026-03-04') },
  });
  expect([made?.everyWeeks, made?.weekOf]).toEqual([2, '2026-03-09']);
  const [plain] = hoursOf({ weeks: 1, rows: [{ ...row, week: 1 }] }, 'lee', {
    ...{ from: '2026-03-04', to: null, weekOf: '2026-03-02' },
  });
  expect([plain?.everyWeeks, plain?.weekOf]).toEqual([1, null]);
});

describe('taking back', () => {
  const changes = {
    ended: [{ hoursId: 'old', effectiveTo: null }],
    removed: ['gone'],
    inserted: [
      { hoursId: 'new', effectiveTo: '2026-03-15' },
      { hoursId: 'rest', effectiveTo: null },
    ],
  };
  const found = (hoursId: string, effectiveFrom: string, effectiveTo: string | null, removed = false) => ({
    ...{ hoursId, effectiveFrom, effectiveTo, removed },
  });
  const left = [
    found('old', '2026-01-01', '2026-03-08'),
    found('gone', '2026-03-10', '2026-03-12', true),
    found('new', '2026-03-09', '2026-03-15'),
    found('rest', '2026-03-16', null),
  ];
  const range = { from: '2026-03-09', to: '2026-03-15' };
  const replaced = (id: string, row: (typeof left)[number]) =>
    left.map((one) => (one.hoursId === id ? row : one));
  test.each<[string, typeof left, boolean]>([
    ['as it was left', left, true],
    ['what it ended was lengthened', replaced('old', found('old', '2026-01-01', '2026-03-10')), false],
    ['what it took back is there again', replaced('gone', found('gone', '2026-03-10', '2026-03-12')), false],
    ['what it wrote was cut', replaced('rest', found('rest', '2026-03-16', '2026-04-01')), false],
    ['something else holds in the range', [...left, found('other', '2026-03-11', null)], false],
    ['something begins after it', [...left, found('other', '2026-03-20', null)], true],
  ])('%s', (_, rows, may) => {
    expect(isUntouched(changes, rows, range)).toBe(may);
  });
});

describe('the lines of a template', () => {
  const code = {
    ...{ slotCodeId: 'np', code: 'NP', name: 'New', color: '#7a4a9e', visitTypeIds: [], releaseHours: null },
    ...{ active: true, position: 0, version: 1 },
  };
  const empty = templateValues(null, { siteId: 'main', codes: [code] }).lines;
  const typed = (text: string) => [{ ...empty[0]!, text }, ...empty.slice(1)];
  it('read hours with codes, and say what cannot be read at its line', () => {
    const { rows, faults } = readTemplateLines(typed('8-9 np, 9-12'), [code], 1);
    expect(faults).toEqual({});
    expect(rows.map((row) => [row.startsLocal, row.endsLocal, row.slotCodeId])).toEqual([
      ['08:00', '09:00', 'np'],
      ['09:00', '12:00', null],
    ]);
    expect(readTemplateLines(typed('8-9 XX'), [code], 1).faults[0]).toMatch(/^There is no slot code XX/);
    expect(readTemplateLines(typed('eight'), [code], 1).faults[0]).toMatch(/^Type hours/);
    expect(readTemplateLines(typed('8-10, 9-11'), [code], 1).faults[0]).toMatch(/overlaps/);
  });
  it('go to the workdays after, and to more weeks', () => {
    const copied = copyToFriday(typed('8-12'), typed('8-12')[0]!);
    expect(copied.map((line) => line.text)).toEqual(['8-12', '8-12', '8-12', '8-12', '8-12', '', '']);
    const two = withWeeks(copied, 2, 'main');
    expect([two.length, withWeeks(two, 1, 'main')]).toEqual([14, copied]);
  });
  it('of different weeks never meet', () => {
    const row = { weekday: 1, siteId: 'main', startsLocal: '08:00', endsLocal: '12:00', slotCodeId: null };
    const rows = [
      { ...row, week: 1 },
      { ...row, week: 2 },
    ];
    expect(templateFaults({ weeks: 2, rows })).toEqual({});
    expect(Object.keys(templateFaults({ weeks: 1, rows }))).toEqual(['1']);
  });
});
