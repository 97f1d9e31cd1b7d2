import { describe, expect, test } from 'vitest';
import { type ParsedLine, parseLine } from './rules.ts';

// A Sunday
const today = '2026-11-22';
const vocabulary = {
  visitTypes: [
    { id: 'fu', code: 'fu', name: 'Follow-up' },
    { id: 'np', code: 'np', name: 'New patient' },
    { id: 'px', code: 'px', name: 'Procedure' },
  ],
  physicians: [
    { id: 'lee', name: 'Dr. Lee' },
    { id: 'okoye', name: 'Dr. Ada Okoye' },
    { id: 'fox', name: 'Dr. Fox' },
  ],
  sites: [
    { id: 'main', name: 'Main Street' },
    { id: 'west', name: 'Westside' },
  ],
  today,
};
const around = (aroundDate: string) => ({ when: { aroundDate } });
const on = (date: string, to = date) => ({ when: { from: date, to } });
const hour = (from: string, to: string) => ({ partOfDay: { from, to }, atLocal: from });

function read(text: string, more = {}): Partial<ParsedLine> {
  const { chips: _, rest, verb, ...line } = parseLine(text, { ...vocabulary, ...more });
  return { ...line, ...(rest ? { rest } : {}), ...(verb ? { verb } : {}) };
}

describe('who, what, when and with whom', () => {
  test.each<[string, Partial<ParsedLine>]>([
    [
      'smith jo fu 3m lee am',
      {
        personWords: 'smith jo',
        visitTypeId: 'fu',
        ...around('2027-02-22'),
        physicianIds: ['lee'],
        partOfDay: 'am',
      },
    ],
    [
      'book smith jo np tomorrow',
      { personWords: 'smith jo', verb: 'book', visitTypeId: 'np', ...on('2026-11-23') },
    ],
    [
      'smith jo move next tue 3pm',
      { personWords: 'smith jo', verb: 'move', ...on('2026-11-24'), ...hour('15:00', '16:00') },
    ],
    ['smith jo group diabetes', { personWords: 'smith jo', verb: 'group', rest: 'diabetes' }],
    [
      'smith group living new lee fri',
      {
        personWords: 'smith',
        verb: 'group',
        rest: 'living new',
        physicianIds: ['lee'],
        ...on('2026-11-27'),
      },
    ],
    [
      'lopez fu weekly x6 tue 9',
      {
        personWords: 'lopez',
        visitTypeId: 'fu',
        repeat: 'weekly x6',
        ...on('2026-11-24'),
        ...hour('09:00', '10:00'),
      },
    ],
    [
      'lopez fu tue thu 9 lee x12',
      {
        personWords: 'lopez',
        visitTypeId: 'fu',
        repeat: 'x12',
        weekdays: [2, 4],
        physicianIds: ['lee'],
        ...hour('09:00', '10:00'),
      },
    ],
    [
      'lopez fu weekly for 6 weeks 2w',
      { personWords: 'lopez', visitTypeId: 'fu', repeat: 'weekly for 6 weeks', ...around('2026-12-06') },
    ],
    ['smith cancel', { personWords: 'smith', verb: 'cancel' }],
    ['smith jo merge', { personWords: 'smith jo', verb: 'merge' }],
    ['reschedule smith', { personWords: 'smith', verb: 'move' }],
    ['smi jo 3/61 arrive', { personWords: 'smi jo 3/61', verb: 'arrive' }],
    ['Smith, Jo', { personWords: 'Smith Jo' }],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test('an empty line asks for nobody', () => {
    expect(read('')).toEqual({ personWords: '' });
  });
});

describe('days', () => {
  test.each<[string, Partial<ParsedLine>]>([
    ['3m', around('2027-02-22')],
    ['6mo', around('2027-05-22')],
    ['2w', around('2026-12-06')],
    ['10d', around('2026-12-02')],
    ['1y', around('2027-11-22')],
    ['in 3 months', around('2027-02-22')],
    ['2 weeks', around('2026-12-06')],
    ['today', on('2026-11-22')],
    ['tom', on('2026-11-23')],
    ['tue', on('2026-11-24')],
    ['sunday', on('2026-11-29')],
    ['next week', on('2026-11-23', '2026-11-29')],
    ['this week', on('2026-11-22', '2026-11-22')],
    ['next month', on('2026-12-01', '2026-12-31')],
    ['12/4', on('2026-12-04')],
    ['1/5', on('2027-01-05')],
    ['12/4/2026', on('2026-12-04')],
    ['12/4/27', on('2027-12-04')],
    ['2026-12-04', on('2026-12-04')],
    ['dec 4', on('2026-12-04')],
    ['December 4th', on('2026-12-04')],
    ['mar 3 2028', on('2028-03-03')],
    ['3m tue', { ...around('2027-02-22'), weekdays: [2] }],
    ['tue thu', { weekdays: [2, 4] }],
  ])('smith %s', (text, expected) => {
    expect(read(`smith ${text}`)).toEqual({ personWords: 'smith', ...expected });
  });
});

describe('times of day', () => {
  test.each<[string, Partial<ParsedLine>]>([
    ['am', { partOfDay: 'am' }],
    ['afternoon', { partOfDay: 'pm' }],
    ['3pm', hour('15:00', '16:00')],
    ['3 pm', hour('15:00', '16:00')],
    ['12am', hour('00:00', '01:00')],
    ['930', hour('09:30', '10:30')],
    ['230', hour('14:30', '15:30')],
    ['10:45', hour('10:45', '11:45')],
    ['at 4', hour('16:00', '17:00')],
    ['after 2', { partOfDay: { from: '14:00', to: '24:00' } }],
    ['before 11', { partOfDay: { from: '00:00', to: '11:00' } }],
    ['evening', { partOfDay: { from: '17:00', to: '24:00' } }],
  ])('smith fu %s', (text, expected) => {
    expect(read(`smith fu ${text}`)).toEqual({ personWords: 'smith', visitTypeId: 'fu', ...expected });
  });
});

describe('whose words they are', () => {
  test.each<[string, string, Partial<ParsedLine>]>([
    [
      'a patient called like the physician',
      'lee fu lee',
      { personWords: 'lee', visitTypeId: 'fu', physicianIds: ['lee'] },
    ],
    [
      'a physician after one word of the person',
      'smith lee',
      { personWords: 'smith', physicianIds: ['lee'] },
    ],
    ['a title', 'smith dr. fox', { personWords: 'smith', physicianIds: ['fox'] }],
    [
      'the beginning of a physician is enough later on',
      'smith fu oko',
      { personWords: 'smith', visitTypeId: 'fu', physicianIds: ['okoye'] },
    ],
    [
      'two physicians',
      'smith fu lee fox',
      { personWords: 'smith', visitTypeId: 'fu', physicianIds: ['lee', 'fox'] },
    ],
    ['a whole birth date', 'smith 3/14/1961 fu', { personWords: 'smith 3/14/1961', visitTypeId: 'fu' }],
    ['a short birth date', 'smith 3/14/61 fu', { personWords: 'smith 3/14/61', visitTypeId: 'fu' }],
    ['a birth year', 'smith 1945 930', { personWords: 'smith 1945', ...hour('09:30', '10:30') }],
    ['a phone number', '555-0134 fu', { personWords: '555-0134', visitTypeId: 'fu' }],
    ['a birth date after the verb', 'smith fu 3/61', { personWords: 'smith 3/61', visitTypeId: 'fu' }],
    [
      'Tom, not tomorrow',
      'tom smith fu 3m',
      { personWords: 'tom smith', visitTypeId: 'fu', ...around('2027-02-22') },
    ],
    [
      'Tom after his family name',
      'smith tom fu 3m',
      { personWords: 'smith tom', visitTypeId: 'fu', ...around('2027-02-22') },
    ],
    ['Mr. Fu', 'fu li fu', { personWords: 'fu li', visitTypeId: 'fu' }],
    [
      'the type first after a verb',
      'book fu smith lee',
      { personWords: 'smith', verb: 'book', visitTypeId: 'fu', physicianIds: ['lee'] },
    ],
    ['May is a name unless a day follows', 'may smith', { personWords: 'may smith' }],
    ['a type by its name', 'smith follow-up', { personWords: 'smith', visitTypeId: 'fu' }],
    ['a site', 'smith fu at west', { personWords: 'smith', visitTypeId: 'fu', siteId: 'west' }],
    [
      'what means nothing is kept',
      'smith fu purple',
      { personWords: 'smith', visitTypeId: 'fu', rest: 'purple' },
    ],
  ])('%s: %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test('on the card of a person no word is theirs', () => {
    expect(read('fu lee 3m', { hasPerson: true })).toEqual({
      personWords: '',
      visitTypeId: 'fu',
      physicianIds: ['lee'],
      ...around('2027-02-22'),
    });
  });
});

describe('chips', () => {
  test.each([
    [
      'smith jo fu 3m lee am',
      'who: smith jo | what: Follow-up | when: around Mon, Feb 22, 2027, morning | with: Dr. Lee',
    ],
    ['smith dec 4 3:15pm west', 'who: smith | when: Fri, Dec 4, 3:15 pm | where: Westside'],
    ['smith tue thu after 2', 'who: smith | when: Tuesdays or Thursdays, after 2:00 pm'],
    ['task call Jo back tomorrow 3pm @ana', 'what: call Jo back | when: Mon, Nov 23, 3:00 pm | with: @ana'],
  ])('%s', (text, expected) => {
    const { chips } = parseLine(text, vocabulary);
    expect(chips.map((chip) => `${chip.kind}: ${chip.text}`).join(' | ')).toBe(expected);
  });
});

describe('tasks', () => {
  test.each([
    ['task call Jo back tomorrow 3pm @ana', 'call Jo back', '2026-11-23', '15:00', 'ana'],
    ['task order gloves', 'order gloves', null, null, null],
    ['todo send the records by friday', 'send the records', '2026-11-27', null, null],
    ['task recheck BP in 3 months', 'recheck BP', '2027-02-22', null, null],
    ['task fax 930 pages at 4', 'fax 930 pages', null, '16:00', null],
    ['task next week ask Tom about room 2', 'ask Tom about room 2', '2026-11-23', null, null],
    ['task call at noon 12/4', 'call', '2026-12-04', '12:00', null],
  ])('%s', (text, task, dueOn, dueLocalTime, ownerWord) => {
    expect(parseLine(text, vocabulary).task).toEqual({ text: task, dueOn, dueLocalTime, ownerWord });
  });
});
