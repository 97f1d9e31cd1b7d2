import { foldWords } from '../../patients/rules.ts';
import type { Meaning } from '../schema.ts';

/**
 * What a patient's text means where a machine may know. Words to stop must be honored in any reasonable wording
 * (47 CFR 64.1200(a)(10)), so those count even with a please or a name around them; but a sentence that only holds
 * such a word ("stop taking metformin", "please cancel my appointment") is a message, and a human reads it.
 */
export type Read = {
  meaning: Meaning;
  /** Bare CANCEL stops the texts, and may have meant the visit: someone asks. */
  asksAboutVisit?: boolean;
  /** Bare HELP: what this number is, is told at once (carriers ask for that), and a human reads it as well. */
  asksWhatThisIs?: boolean;
  /** They say that they are someone else: nothing more goes there, and someone looks. */
  isWrongNumber?: boolean;
};

const stopWords = new Set([
  ...[
    'stop',
    'quit',
    'revoke',
    'cancel',
    'unsubscribe',
    'end',
    'stopall',
    'optout',
    'unsub',
    'remove',
    'stopp',
  ],
  // Spanish
  ...['alto', 'parar', 'para', 'pare', 'paren', 'cancelar', 'baja', 'detener', 'terminar', 'fin'],
]);
const startWords = new Set([
  'start',
  'unstop',
  'optin',
  'subscribe',
  'resume',
  'empezar',
  'iniciar',
  'comenzar',
  'alta',
]);

const helpWords = new Set(['help', 'info', 'ayuda']);

/** Words around a bare one that change nothing: "please stop", "stop thanks", "stop it now". */
const politeWords = new Set([
  ...[
    'please',
    'pls',
    'plz',
    'thanks',
    'thank',
    'you',
    'thx',
    'now',
    'it',
    'all',
    'ok',
    'okay',
    'hi',
    'hello',
    'just',
  ],
  ...['por', 'favor', 'gracias', 'ya', 'hola'],
]);

/**
 * Whole wordings that stop texts: no other words may stand beside them but polite ones. Anyone can text anything, so
 * no two ways through a repeated group may take the same words: the time to try them all doubles with each repeat.
 */
const stopPhrases: readonly RegExp[] = [
  /^(stop|quit|end|no more|cancel|cease|do not|dont|never) (sending|send|texting|text|messaging|message|contacting|contact)( me)?( (any|more|these|those|the|your|all|of|future))*( (texts?|text messages?|messages?|reminders?|sms|notifications?|alerts?))?( (again|anymore|any more|ever|to this number|to me|here))*$/,
  /^(stop|quit|end|no more|cancel|cease)( (with|any|more|these|those|the|your|my|all|of|future))* (texts?|text messages?|messages?|reminders?|sms|texting|messaging|notifications?|alerts?)( (again|anymore|any more|ever|to this number|to me|here))*$/,
  /^(opt|opting|opt me|i opt|i want to opt|i would like to opt|id like to opt|i wish to opt) ?(me )?out( of)?( these| your| the| all)?( texts?| messages?| reminders?| text messages?)?$/,
  /^(take|remove|delete|get) (me|my number|this number|number)( off| from| out)?( of)?( your| the| this)?( text| texting| messaging| message| mailing)?( list| lists| system)?$/,
  /^(i )?(want to |would like to |wish to )?(unsubscribe|revoke|revoke consent|revoke my consent|withdraw my consent|withdraw consent)( me)?( from)?( these| your| the| all)?( texts?| messages?| reminders?| list)?$/,
  /^(i )?(do not|dont) (want|wish|like)( (to get|to receive|to be sent|to be|any|more|these|your|the))* (texts?|messages?|reminders?|text messages?|texted)( any ?more| from you)?$/,
  /^(ya )?no (me )?(envie|envien|mande|manden|escriba|escriban|textee|texteen)( (mas|estos|esos|los|sus))*( (mensajes|textos|recordatorios|avisos))?( mas)?$/,
  // "No quiero" alone answers an offer
  /^(ya )?no (quiero|deseo) recibir( mas)?$/,
  /^(ya )?no (quiero|deseo)( (recibir|mas|estos|esos|los|sus))* (mensajes|textos|recordatorios|avisos)( mas)?$/,
  /^(ya )?no mas (mensajes|textos|recordatorios|avisos)$/,
  /^(quiten?me|borren?me|saquen?me)( de| de la| de su)?( lista)?$/,
  /^(dar|darme) de baja$/,
  /^(deje|dejen|deja|dejar|pare|paren) de (enviar|enviarme|mandar|mandarme|escribir|escribirme)( mas)?( mensajes| textos)?$/,
];

const wrongPhrases: readonly RegExp[] = [
  /^(this is |you have |youve got |you got |its |sorry )*(the )?wrong (number|person)( sorry)?$/,
  /^numero equivocado$/,
  /\b(you have|youve got|this is|got) the wrong (number|person)\b/,
  /\b(es )?numero equivocado\b/,
];

const yesWords = new Set(['y', 'yes', 'yep', 'yeah', 'si', 'sure', 's']);
const noWords = new Set(['n', 'no', 'nope', 'nah']);
const confirmWords = new Set([
  'c',
  'confirm',
  'confirmed',
  'confirmo',
  'confirmado',
  'confirmar',
  'confirming',
]);
const callWords = new Set(['r', 'reschedule', 'recall', 'llamar', 'cambiar', 'reprogramar']);

/** @param expected the answers that the last message to this number asked for: C, R, Y, N */
export function readReply(text: string, expected: readonly string[]): Read {
  const all = foldWords(text);
  const words = all.filter((word) => !politeWords.has(word));
  const phrase = all.join(' ');
  const trimmed = phrase
    .replace(/^(please|pls|plz|por favor|hi|hello|hola) /, '')
    .replace(/ (please|pls|plz|thanks|thank you|por favor|gracias|now)$/, '');
  if (wrongPhrases.some((one) => one.test(phrase))) return { meaning: 'opt-out', isWrongNumber: true };
  const [only = ''] = words;
  const isBare = words.length === 1 || new Set(words).size === 1;
  if (isBare && (only === 'cancel' || only === 'cancelar'))
    return { meaning: 'opt-out', asksAboutVisit: true };
  if (isBare && stopWords.has(only)) return { meaning: 'opt-out' };
  if (isBare && startWords.has(only)) return { meaning: 'opt-in' };
  if (isBare && helpWords.has(only)) return { meaning: '', asksWhatThisIs: true };
  if (words.length > 0 && isStopPhrase(trimmed)) return { meaning: 'opt-out' };
  if (isOptWords(words)) return { meaning: words[1] === 'out' ? 'opt-out' : 'opt-in' };
  return { meaning: answerOf(words, expected) };
}

const isOptWords = (words: readonly string[]) =>
  words.length === 2 && words[0] === 'opt' && (words[1] === 'out' || words[1] === 'in');

function isStopPhrase(phrase: string): boolean {
  return phrase.includes(' ') && stopPhrases.some((one) => one.test(phrase));
}

/** One letter or word, and nothing besides: "C, but can I bring my dog?" is for a human. */
function answerOf(words: readonly string[], expected: readonly string[]): Meaning {
  const [only = ''] = words;
  if (words.length !== 1) return '';
  const asked = new Set(expected);
  if (asked.has('C') && (confirmWords.has(only) || (!asked.has('Y') && yesWords.has(only)))) return 'confirm';
  if (asked.has('R') && callWords.has(only)) return 'call-back';
  if (asked.has('Y') && yesWords.has(only)) return 'yes';
  if (asked.has('N') && noWords.has(only)) return 'no';
  return '';
}
