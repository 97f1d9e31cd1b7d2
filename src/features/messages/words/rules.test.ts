import { expect, test } from 'vitest';
import { readReply } from './rules.ts';

const asked = ['C', 'R'];

test.each([
  ...[
    'STOP',
    'stop',
    ' Stop. ',
    'QUIT',
    'REVOKE',
    'OPT OUT',
    'opt-out',
    'optout',
    'UNSUBSCRIBE',
    'END',
    'STOPALL',
    'please stop',
  ],
  ...[
    'Stop please',
    'stop thank you',
    'STOP STOP',
    'stop texting me',
    'Stop texting',
    'stop sending me texts',
    'stop sending these messages',
  ],
  ...[
    'do not text me',
    "don't text me anymore",
    'dont text me',
    'no more texts',
    'stop messaging me',
    'please stop texting me',
  ],
  ...[
    'take me off',
    'take me off your list',
    'remove me',
    'remove my number',
    'remove me from your list',
    'remove me from this list',
  ],
  ...[
    'I want to opt out',
    'opt me out',
    'unsubscribe me',
    'I want to unsubscribe',
    'revoke my consent',
    'I do not want texts',
  ],
  ...[
    "I don't want to receive texts",
    'ALTO',
    'parar',
    'BAJA',
    'no me envien mensajes',
    'no más mensajes',
    'Ya no quiero mensajes',
    'no quiero recibir más',
    'No me manden más mensajes, por favor',
    'FIN',
  ],
  ...[
    'stop these texts',
    'Stop all texts',
    'end the messages please',
    'cancel all reminders',
    'no more text messages',
    'stop with the texts',
    'do not text me any more',
    'I do not want any more texts',
    'I do not want to be texted',
  ],
  ...['darme de baja', 'dejen de enviarme mensajes', 'Stop!!!', 'stop it', 'end all'],
])('%j ends all texts', (text) => {
  expect(readReply(text, asked)).toMatchObject({ meaning: 'opt-out' });
});

test.each(['CANCEL', 'cancel', 'Cancel please', 'cancelar'])(
  '%j ends all texts and asks about the visit',
  (text) => {
    expect(readReply(text, asked)).toEqual({ meaning: 'opt-out', asksAboutVisit: true });
  },
);

test.each([
  'wrong number',
  'Wrong number!',
  'sorry, wrong number',
  'This is the wrong person',
  'You have the wrong number, I am not Jo',
  'numero equivocado',
])('%j shuts the number and is looked at', (text) => {
  expect(readReply(text, asked)).toEqual({ meaning: 'opt-out', isWrongNumber: true });
});

test.each(['START', 'start', 'UNSTOP', 'opt in', 'Start please', 'ALTA'])('%j brings texts back', (text) => {
  expect(readReply(text, asked).meaning).toBe('opt-in');
});

test.each([
  ['C', 'confirm'],
  ['c', 'confirm'],
  ['C.', 'confirm'],
  ['Confirm', 'confirm'],
  ['confirmed, thanks', 'confirm'],
  ['yes', 'confirm'],
  ['sí', 'confirm'],
  ['Confirmo gracias', 'confirm'],
  ['R', 'call-back'],
  ['reschedule', 'call-back'],
  ['r please', 'call-back'],
])('%j is %s where C and R were asked', (text, meaning) => {
  expect(readReply(text, asked).meaning).toBe(meaning);
});

test.each([
  ['Y', 'yes'],
  ['yes please', 'yes'],
  ['N', 'no'],
  ['no thanks', 'no'],
  ['C', ''],
])('%j is %j where Y and N were asked', (text, meaning) => {
  expect(readReply(text, ['Y', 'N']).meaning).toBe(meaning);
});

test.each([
  ...[
    'please cancel my appointment',
    'cancel my appointment on Friday',
    'I need to cancel',
    'can you cancel my visit?',
  ],
  ...[
    'should I stop taking metformin before the test?',
    'stop taking metformin',
    'I will stop by the pharmacy',
    'stop by at 3?',
  ],
  ...[
    'when does the visit end',
    'the end of the month is better',
    'I quit smoking!',
    'C but can I bring my dog?',
    'C and what about parking',
  ],
  ...[
    'yes but later',
    'R you open on Friday?',
    'ok',
    'thanks',
    '',
    '👍',
    'c u tomorrow',
    'my number changed',
    'remove the stitches?',
  ],
  ...[
    'take me off the metformin',
    'no',
    'start the new pills today?',
    'can I start',
    'opt for the morning',
    'I do not want the surgery',
  ],
  ...[
    'No quiero',
    'no quiero ir',
    'cancel the',
    'do not text my mother, call her',
    'please end the prescription',
    'who is this',
    'the wrong medicine came',
  ],
])('%j is for a human', (text) => {
  expect(readReply(text, asked).meaning).toBe('');
});

test('an answer that nobody asked for is for a human', () => {
  for (const text of ['C', 'R', 'Y', 'N', 'yes']) expect(readReply(text, []).meaning).toBe('');
});

test.each(['stop sending', 'i do not want', 'do not text me', 'no me envien', 'no quiero'])(
  'a text that begins with %j and goes on and on is read at once',
  (beginning) => {
    for (const more of [' any more', ' any', ' mas', ' more']) {
      // Doubling with each repeat, it ran out of the time of a test, and nobody else was served meanwhile
      expect(readReply(`${beginning}${more.repeat(28)} x`, asked).meaning).toBe('');
    }
  },
);

test.each([
  ['HELP', true],
  ['help please', true],
  ['Ayuda', true],
  ['INFO', true],
  ['help me, I fell', false],
  ['can you help', false],
])('%j asks what this number is: %s; a human reads it in any case', (text, expected) => {
  const { meaning, asksWhatThisIs = false } = readReply(text, asked);
  expect([meaning, asksWhatThisIs]).toEqual(['', expected]);
});
