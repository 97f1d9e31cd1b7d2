import { describe, expect, test } from 'vitest';
import { findOwners, findPages, readLine, taskDueAt, wishOf } from './line-rules.ts';

const zone = 'America/New_York';
const vocabulary = {
  visitTypes: [{ id: 'fu', code: 'fu', name: 'Follow-up' }],
  physicians: [{ id: 'lee', name: 'Dr. Lee' }],
  sites: [],
  today: '2026-03-04',
};
const read = (text: string, hasPerson = false) => {
  const { mode, parsed, meansPersonInView } = readLine(text, vocabulary, hasPerson);
  return [mode, parsed.personWords, meansPersonInView];
};

describe('who is meant', () => {
  test.each([
    ['', false, ['nothing', '', false]],
    ['smi', false, ['find', 'smi', false]],
    ['smith jo fu 3m lee am', false, ['book', 'smith jo', false]],
    ['smith jo fu 3m lee am', true, ['book', 'smith jo', false]],
    ['fu 3m lee am', true, ['book', '', true]],
    ['move tue pm', true, ['move', '', true]],
    ['cancel', true, ['cancel', '', true]],
    ['arrive', false, ['arrive', '', false]],
    ['cancel jones', true, ['cancel', 'jones', false]],
    ['jones cancel', true, ['cancel', 'jones', false]],
    ['merge', true, ['merge', '', true]],
    ['merge jones', true, ['merge', 'jones', false]],
    ['group diabetes', true, ['group', '', true]],
    ['jones group diabetes', true, ['group', 'jones', false]],
    ['open smith', true, ['find', 'smith', false]],
    ['task call back', true, ['task', '', true]],
    ['task text the lab', true, ['task', '', true]],
    ['jones text your form is here', true, ['text', 'jones', false]],
    ['text your form is here', true, ['text', '', true]],
    ['text your form is here', false, ['text', '', false]],
  ] as const)('%s (someone in view: %s)', (text, hasPerson, expected) => {
    expect(read(text, hasPerson)).toEqual(expected);
  });
});

test('the words become a search for openings', () => {
  const { parsed } = readLine('smith jo fu 3m lee am', vocabulary, false);
  expect(wishOf(parsed, 'fu', { patientId: 'p' })).toEqual({
    visitTypeId: 'fu',
    physicianIds: ['lee'],
    weekdays: [],
    times: [{ from: '00:00', to: '12:00' }],
    limit: 5,
    aroundDate: '2026-06-04',
    patientId: 'p',
  });
});

describe('when a task of the line is due', () => {
  const at = (now: string, dueOn: string | null, dueLocalTime: string | null) =>
    taskDueAt({ text: 'x', dueOn, dueLocalTime, ownerWord: null }, new Date(now), zone);
  const morning = '2026-03-04T15:00:00.000Z';
  const evening = '2026-03-04T23:00:00.000Z';
  test.each([
    ['no day, in the morning: today at five', morning, null, null, '2026-03-04T22:00:00.000Z'],
    ['no day, in the evening: tomorrow at five', evening, null, null, '2026-03-05T22:00:00.000Z'],
    ['a time that has passed: tomorrow', morning, null, '09:00', '2026-03-05T14:00:00.000Z'],
    ['a day: at five', morning, '2026-03-06', null, '2026-03-06T22:00:00.000Z'],
    ['today, in the evening: by midnight', evening, '2026-03-04', null, '2026-03-05T04:59:00.000Z'],
    ['day and time', morning, '2026-03-05', '15:00', '2026-03-05T20:00:00.000Z'],
  ] as const)('%s', (_, now, dueOn, time, expected) => {
    expect(at(now, dueOn, time)).toBe(expected);
  });
});

test('a colleague is found by the beginning of any name', () => {
  const staff = ['Ana Ruiz', 'Dr. Lee', 'Max Okafor'].map((displayName) => ({
    staffId: displayName,
    displayName,
  }));
  const found = (word: string | null) => findOwners(word, staff).map((one) => one.displayName);
  expect([found('ana'), found('ru'), found('lee'), found('zoe'), found(null)]).toEqual([
    ['Ana Ruiz'],
    ['Ana Ruiz'],
    ['Dr. Lee'],
    [],
    [],
  ]);
});

test('a page is found by the beginning of its name, with open before it or not', () => {
  const pages = [{ title: 'Today' }, { title: 'Schedule' }];
  expect([findPages('sch', pages), findPages('open to', pages), findPages('s', pages)]).toEqual([
    [{ title: 'Schedule' }],
    [{ title: 'Today' }],
    [],
  ]);
});
