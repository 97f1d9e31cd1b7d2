import { expect, test } from 'vitest';
import { countSegments } from '../segments/rules.ts';
import { checkWords, plainFindings } from './checks/rules.ts';
import { compose, exampleFields, fieldPattern, fill, sayDay, sayTime } from './rules.ts';
import { usualTemplates } from './usual/rules.ts';

test.each([
  ['A field is put in.', 'Hi {name}', { name: 'Jo' }, 'Hi Jo'],
  ['A field may stand twice.', '{name}, {name}', { name: 'Jo' }, 'Jo, Jo'],
  ['A field that nobody said is empty.', 'Hi {name}, call', {}, 'Hi , call'],
  ['A field that does not exist is empty, not shown.', 'Hi {nme}', { name: 'Jo' }, 'Hi'],
  ['What stands in [ ] stays where its field is said.', 'Hi.[ Call {phone}.]', { phone: '1' }, 'Hi. Call 1.'],
  [
    'What stands in [ ] falls away where its field is empty.',
    'Hi.[ Call {phone}.] Bye',
    { phone: '' },
    'Hi. Bye',
  ],
  [
    'What stands in [ ] falls away where one of its fields is missing.',
    'Hi[ {day} {time}]',
    { day: 'Mon' },
    'Hi',
  ],
  ['Two parts in [ ] fall away each on its own.', 'Hi[ {link}][ {phone}]', { phone: '1' }, 'Hi 1'],
  [
    'What someone is called puts in no field of its own.',
    'Hi {name}',
    { name: '{phone}', phone: '1' },
    'Hi {phone}',
  ],
  ['A sentence that ends in a.m. has one dot.', 'a las {time}.', { time: '10:30 a.m.' }, 'a las 10:30 a.m.'],
  ['No blanks stand where something fell away.', 'Hi  {name}  there', { name: '' }, 'Hi there'],
])('%s', (_, words, fields, expected) => {
  expect(fill(words, fields)).toBe(expected);
});

const at = (iso: string) => Date.parse(iso);
test.each([
  ['A day is said in English.', '2026-03-04T15:30:00Z', 'America/New_York', 'en', 'Wed, Mar 4 10:30 am'],
  [
    'A day is said in Spanish.',
    '2026-03-04T15:30:00Z',
    'America/New_York',
    'es',
    'miércoles 4 de marzo 10:30 a.m.',
  ],
  [
    'It is the day at the place of the visit.',
    '2026-03-05T02:30:00Z',
    'America/Los_Angeles',
    'en',
    'Wed, Mar 4 6:30 pm',
  ],
  ['Noon is 12:00 pm.', '2026-03-04T17:00:00Z', 'America/New_York', 'en', 'Wed, Mar 4 12:00 pm'],
  ['Midnight is 12:00 am.', '2026-03-04T05:00:00Z', 'America/New_York', 'en', 'Wed, Mar 4 12:00 am'],
  [
    'The morning after the clock went forward is an hour less behind.',
    '2026-03-08T14:30:00Z',
    'America/New_York',
    'en',
    'Sun, Mar 8 10:30 am',
  ],
  [
    'The morning after the clock went back is an hour more behind.',
    '2026-11-01T15:30:00Z',
    'America/New_York',
    'en',
    'Sun, Nov 1 10:30 am',
  ],
] as const)('%s', (_, iso, zone, language, expected) => {
  expect(`${sayDay(at(iso), zone, language)} ${sayTime(at(iso), zone, language)}`).toBe(expected);
});

test('As an e-mail it has a subject and says nothing of STOP; as a text it has letters that make it short.', () => {
  const words = { ...usualTemplates.reminder.words.es, language: 'es' as const };
  const fields = { name: 'Núria', practice: 'Elm', day: 'lunes', time: '8:00 a.m.', phone: '1' };
  const mail = compose(words, fields, 'email');
  expect(mail.subject).toBe('Su cita el lunes');
  expect(mail.body).toContain('Núria');
  expect(mail.body).not.toContain('STOP');
  const text = compose(words, fields, 'text');
  expect(text).toMatchObject({ subject: '', body: expect.stringContaining('Nuria') });
  expect(text.body).toContain('STOP');
});

const link = 'https://v.example/my?k=v1';
test.each([
  ['reminder', 'en', / at 10:30 am\. Answer or change it here: https:\S+ Call/],
  ['reminder', 'es', / a las 10:30 a\.m\. Responda o cámbiela aquí: https:\S+ Tel/],
  ['booked', 'en', / is booked\. Answer or change it here: https:/],
  ['offer', 'en', / is open\. Answer by 9:30 am\. https:/],
  ['offer', 'es', / a las 10:30 a\.m\. Hasta las 9:30 a\.m\. https:/],
] as const)(
  'An e-mail of %s in %s asks for no letter, which nobody would hear',
  (key, language, expected) => {
    const words = { ...usualTemplates[key].words[language], language };
    const fields = exampleFields('Elm', '(518) 555-0100', language);
    const { body } = compose(words, { ...fields, link }, 'email');
    expect(body).toMatch(expected);
    expect(body).not.toMatch(/\b[CRYN]\b|STOP|[[\]{}]/);
    expect(compose(words, fields, 'email').body).not.toMatch(/\b[CRYN]\b|here:|aquí:|[[\]{}]/);
  },
);

test.each([
  ['Plain words are fine.', '{practice}: Hi {name}, you have a visit on {day}. STOP to end texts.', []],
  [
    'A field that does not exist is wrong.',
    '{practice}: {nme}. STOP to end texts.',
    [/^wrong There is no field {nme}/],
  ],
  [
    'To ask for CANCEL is wrong.',
    '{practice}: Reply CANCEL to cancel. STOP to end texts.',
    [/^wrong Never ask for CANCEL/],
  ],
  [
    'To ask for “CANCEL” in Spanish is wrong.',
    '{practice}: Responda "CANCEL". STOP',
    [/^wrong Never ask for CANCEL/],
  ],
  ['To say that a visit was canceled is fine.', '{practice}: Your visit is canceled. STOP', []],
  ['A specialty tells too much.', '{practice}: your oncology visit. STOP', [/oncology.*may tell/]],
  ['A result tells too much.', '{practice}: your results are here. STOP', [/results.*may tell/]],
  ['What someone has, in Spanish, tells too much.', '{practice}: su embarazo. STOP', [/embarazo.*may tell/]],
  ['“Labor” is no lab.', '{practice}: closed on Labor Day. STOP', []],
  ['Who writes has to be said.', 'Please call. STOP', [/Say who writes/]],
  ['How to end texts has to be said.', '{practice}: please call.', [/Say how to end/]],
] as const)('%s', (_, body, expected) => {
  const found = checkWords(body, { isText: true, isAutomatic: true }).map(
    (one) => `${one.tone} ${one.words}`,
  );
  expect(found).toEqual(expected.map((one) => expect.stringMatching(one)));
});

test('What someone types need not say who writes nor how to end texts, an e-mail never the latter.', () => {
  expect(checkWords('Please call.', { isText: true, isAutomatic: false })).toEqual([]);
  expect(checkWords('{practice}: please call.', { isText: false, isAutomatic: true })).toEqual([]);
});

test.each([
  ['Twenty words are a sentence.', `${'one '.repeat(20)}.`, 0],
  ['Twenty-one are two.', `${'one '.repeat(21)}.`, 1],
  ['A break of the line ends a sentence.', `${'one '.repeat(15)}\n${'two '.repeat(15)}`, 0],
  ['A word of thirteen letters is fine.', 'Please bring your documentation.', 0],
  ['A longer one reads hard.', 'Please bring your authorizations form and prequalification.', 2],
  ['A link is no long word.', 'See https://averyveryverylongname.example/ofaveryverylongpage', 0],
  ['Two words in capitals shout.', 'PLEASE CALL us', 1],
  ['STOP and START do not.', 'STOP or START', 0],
] as const)('%s', (_, body, count) => {
  expect(plainFindings(body).length > 0).toBe(count > 0);
});

const usual = Object.entries(usualTemplates).flatMap(([key, one]) =>
  (['en', 'es'] as const).map((language) => [key, language, one] as const),
);
test.each(usual)(
  'The usual words of %s in %s stand up to every check, and to their own fields.',
  (_, language, one) => {
    const { body, subject } = one.words[language];
    // Who wrote a moment ago and whoever said STOP know how to end texts
    const found = checkWords(body, { isText: true, isAutomatic: one.isAutomatic });
    expect(found.filter((finding) => !finding.words.startsWith('Say how to end'))).toEqual([]);
    const fields = exampleFields('Elm Street Family Practice', '(518) 555-0100', language);
    const text = compose({ subject, body, language }, fields, 'text');
    expect(text.body).not.toMatch(/[{}[\]]| {2}/);
    // The least: with nothing known but who writes, no hole is left in it that a reader stumbles on
    const bare = fill(body, { ...fields, phone: '', link: '' });
    expect(bare).not.toMatch(/ [.,]|\(\)|call \.|at \./);
    expect([...`${subject}${body}`.matchAll(fieldPattern)].map((match) => match[1])).not.toContain('place');
    expect(countSegments(text.body)).toMatchObject({ encoding: 'GSM-7' });
    expect(countSegments(text.body).segments).toBeLessThanOrEqual(2);
  },
);
