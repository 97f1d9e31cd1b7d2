import { expect, test } from 'vitest';
import { isMinor, languageOf, type PersonFacts, phoneToText, recipientOf, wayTo, zonesOf } from './rules.ts';

const today = '2026-03-04';
const own = '+15185550123';
const parents = '+15185550188';
const mobile = { kind: 'mobile', number: own, preferred: false, mayText: false } as const;
const said = (
  channel: 'text' | 'email',
  state: 'given' | 'refused',
  purpose: 'appointments' | 'billing',
) => ({
  ...{ channel, state, purpose },
});
const yes = said('text', 'given', 'appointments');
const mother = {
  ...{ name: 'Kim Test', phone: parents, mayHear: ['appointments' as const] },
  ...{ since: null, until: null, revokedAt: null },
};
const adult: PersonFacts = {
  ...{ state: 'alive', callName: 'Jo Test', firstName: 'Jo', bornOn: '1970-05-01', language: 'en' },
  ...{ email: 'Jo@Home.example', phones: [mobile], addresses: [], answers: [yes] },
  ...{ relations: [], mustNotTell: [] },
};
const child: PersonFacts = { ...adult, bornOn: '2018-01-01', relations: [mother] };
const eighteenToday = '2008-03-04';
const eighteenTomorrow = '2008-03-05';

/** To whom a text about a visit goes, and whether it may: `-` nobody. */
function textTo(person: PersonFacts): string {
  const found = recipientOf(person, { channel: 'text', purpose: 'reminder', today });
  if (!found) return '-';
  const who = found.proxyName || (found.address === own ? 'self' : found.address);
  return `${who} ${found.may}`;
}

test.each<[string, PersonFacts, string]>([
  ['An adult who agreed is written to.', adult, 'self yes'],
  ['An adult whom nobody asked is to be asked first.', { ...adult, answers: [] }, 'self ask'],
  [
    'An adult who refused is not written to.',
    { ...adult, answers: [said('text', 'refused', 'appointments')] },
    'self no',
  ],
  [
    'What was agreed to about bills says nothing of visits.',
    { ...adult, answers: [said('text', 'given', 'billing')] },
    'self ask',
  ],
  [
    'A number noted as good for texts is enough for visits where nobody asked.',
    { ...adult, answers: [], phones: [{ ...mobile, mayText: true }] },
    'self yes',
  ],
  [
    'A refusal holds also where the number is noted as good for texts.',
    {
      ...adult,
      answers: [said('text', 'refused', 'appointments')],
      phones: [{ ...mobile, mayText: true }],
    },
    'self no',
  ],
  ['Nobody is texted at a number of the home.', { ...adult, phones: [{ ...mobile, kind: 'home' }] }, '-'],
  ['Who has no number gets no text.', { ...adult, phones: [] }, '-'],
  ['Who is eighteen today is written to.', { ...adult, bornOn: eighteenToday }, 'self yes'],
  ['Who is eighteen tomorrow is not.', { ...adult, bornOn: eighteenTomorrow }, '-'],
  ['Whose birthday nobody knows counts as grown up.', { ...adult, bornOn: null }, 'self yes'],
  ['For a child the authorized person is written to.', child, 'Kim Test yes'],
  ['A child without an authorized person is written to by nobody.', { ...child, relations: [] }, '-'],
  [
    'Who may hear of bills alone hears of no visit.',
    { ...child, relations: [{ ...mother, mayHear: ['billing'] }] },
    '-',
  ],
  [
    'Who may hear all hears of visits.',
    { ...child, relations: [{ ...mother, mayHear: ['all'] }] },
    'Kim Test yes',
  ],
  [
    'Who was authorized until yesterday hears nothing.',
    { ...child, relations: [{ ...mother, until: '2026-03-03' }] },
    '-',
  ],
  [
    'Whose authorization begins tomorrow hears nothing yet.',
    { ...child, relations: [{ ...mother, since: '2026-03-05' }] },
    '-',
  ],
  [
    'Who was revoked hears nothing.',
    { ...child, relations: [{ ...mother, revokedAt: '2026-01-01T00:00:00Z' }] },
    '-',
  ],
  ['Whom a custody note names hears nothing.', { ...child, mustNotTell: ['Kim Test'] }, '-'],
  [
    'Beside one who must not be told the next is written to.',
    { ...child, mustNotTell: ['Ray Test'], relations: [{ ...mother, name: 'Ray Test' }, mother] },
    'Kim Test yes',
  ],
  [
    'What was refused for the child holds for the parent.',
    { ...child, answers: [said('text', 'refused', 'appointments')] },
    'Kim Test no',
  ],
  ['What nobody asked for the child is to be asked.', { ...child, answers: [] }, 'Kim Test ask'],
])('%s', (_, person, expected) => {
  expect(textTo(person)).toBe(expected);
});

type Asked = Parameters<typeof wayTo>[1];
const all: Asked = { purpose: 'reminder', today, has: () => true };
const mailYes = said('email', 'given', 'appointments');

test.each<[string, PersonFacts, Partial<Asked>, string]>([
  ['Text comes before e-mail.', { ...adult, answers: [yes, mailYes] }, {}, `text ${own}`],
  ['Who agreed to e-mail alone gets e-mail.', { ...adult, answers: [mailYes] }, {}, 'email jo@home.example'],
  [
    'Where only e-mail is set up, it goes by e-mail.',
    { ...adult, answers: [yes, mailYes] },
    { has: (channel) => channel === 'email' },
    'email jo@home.example',
  ],
  ['Whom nobody asked is called.', { ...adult, answers: [] }, {}, '-'],
  [
    'Who opted out of both is called.',
    { ...adult, answers: [said('text', 'refused', 'appointments')] },
    {},
    '-',
  ],
  ['Who died gets nothing, whatever they agreed to.', { ...adult, state: 'deceased' }, {}, '-'],
  ['A record that is no longer in use gets nothing.', { ...adult, state: 'gone' }, {}, '-'],
  ['A dead child’s parent gets nothing.', { ...child, state: 'deceased' }, {}, '-'],
  ['Where nothing is set up, nothing goes.', adult, { has: () => false }, '-'],
  ['A child is not mailed.', { ...child, answers: [mailYes] }, {}, '-'],
  ['An address that is none is no way.', { ...adult, answers: [mailYes], email: 'jo@' }, {}, '-'],
])('%s', (_, person, more, expected) => {
  const way = wayTo(person, { ...all, ...more });
  expect(way ? `${way.channel} ${way.recipient.address}` : '-').toBe(expected);
});

test.each<[string, PersonFacts['phones'], string | undefined]>([
  ['the mobile, not the home line', [{ ...mobile, kind: 'home', number: '+15185550100' }, mobile], own],
  [
    'the number noted as good for texts before the preferred',
    [
      { ...mobile, preferred: true, number: '+15185550100' },
      { ...mobile, mayText: true },
    ],
    own,
  ],
  [
    'of two mobiles the preferred',
    [
      { ...mobile, number: '+15185550100' },
      { ...mobile, preferred: true },
    ],
    own,
  ],
  ['no number that is none', [{ ...mobile, number: '555' }], undefined],
])('A text goes to %s.', (_, phones, expected) => {
  expect(phoneToText(phones)?.number).toBe(expected);
});

test('Who is a minor is told by the day, and a birthday that nobody knows makes none.', () => {
  expect([eighteenToday, eighteenTomorrow, null].map((bornOn) => isMinor({ bornOn }, today))).toEqual([
    false,
    true,
    false,
  ]);
});

test.each([
  ['es', 'es'],
  ['es-MX', 'es'],
  ['ES', 'es'],
  ['en', 'en'],
  ['', 'en'],
  ['vi', 'en'],
  // Estonian
  ['est', 'en'],
])('Who speaks “%s” is written to in %s.', (language, expected) => {
  expect(languageOf({ language })).toBe(expected);
});

const home = (state: string, country = 'US') => [{ state, country }];
test.each([
  ['Who lives in California has its clock.', home('CA'), ['America/Los_Angeles']],
  ['In a state of two zones both count.', home('TN'), ['America/New_York', 'America/Chicago']],
  [
    'Arizona keeps a clock of its own, and the Navajo Nation in it another.',
    home('AZ'),
    ['America/Denver', 'America/Phoenix'],
  ],
  ['Who gave no address has the clock of the practice.', [], ['America/New_York']],
  ['Who lives abroad has the clock of the practice.', home('CA', 'CL'), ['America/New_York']],
  ['The first address in the country counts.', [...home('', 'MX'), ...home('HI')], ['Pacific/Honolulu']],
])('%s', (_, addresses, expected) => {
  expect(zonesOf({ addresses }, 'America/New_York')).toEqual(expected);
});
