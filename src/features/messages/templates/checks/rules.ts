import { foldWords } from '../../../patients/rules.ts';
import { fieldNames, fieldPattern } from '../rules.ts';

export type Finding = { tone: 'wrong' | 'wait'; words: string };

/** Words that tell what someone has or whom they see; the beginnings of them. */
const telling = [
  ...[
    'cancer',
    'oncolog',
    'tumor',
    'biops',
    'chemo',
    'radiation',
    'hiv',
    'aids',
    'std',
    'hepatitis',
    'diabet',
    'dialysis',
  ],
  ...[
    'psych',
    'mental',
    'depress',
    'anxi',
    'therap',
    'addict',
    'rehab',
    'methadone',
    'suboxone',
    'alcohol',
    'pregnan',
  ],
  ...[
    'obgyn',
    'gynecolog',
    'abortion',
    'contracept',
    'fertil',
    'cardiolog',
    'neurolog',
    'urolog',
    'dermatolog',
  ],
  ...[
    'diagnos',
    'result',
    'lab',
    'pap',
    'mammogram',
    'colonoscop',
    'surgery',
    'operation',
    'prescription',
    'medicat',
  ],
  ...[
    'cancerolog',
    'embaraz',
    'diagnost',
    'resultado',
    'cirugia',
    'operacion',
    'receta',
    'psiqu',
    'sida',
    'vih',
  ],
];
const whole = new Set(['lab', 'std', 'hiv', 'aids', 'pap', 'result', 'sida', 'vih']);

/** What a template or a typed message had better not be. The office may know better, except about CANCEL. */
export function checkWords(
  body: string,
  { isText, isAutomatic }: { isText: boolean; isAutomatic: boolean },
): Finding[] {
  const findings: Finding[] = [];
  const add = (tone: Finding['tone'], words: string) => findings.push({ tone, words });
  const unknown = [...body.matchAll(fieldPattern)]
    .map((one) => one[1] ?? '')
    .filter((name) => !fieldNames.some((known) => known === name));
  if (unknown.length > 0)
    add(
      'wrong',
      `There is no field {${unknown[0]}}. Fields: ${fieldNames.map((one) => `{${one}}`).join(' ')}`,
    );
  if (/\b(reply|answer|text|send|responda|conteste|env[ií]e)\W+["“]?cancel/i.test(body))
    add('wrong', 'Never ask for CANCEL: carriers take it as a wish for no more texts. Ask for R.');
  const words = foldWords(body.replace(fieldPattern, ' '));
  const tells = words.find((word) =>
    telling.some((start) =>
      whole.has(start) ? word === start || word === `${start}s` : word.startsWith(start),
    ),
  );
  if (tells)
    add('wait', `“${tells}” may tell others what this is about. Say only who, when and a number to call.`);
  if (isText && isAutomatic && !/\bSTOP\b/.test(body))
    add('wait', 'Say how to end texts: “STOP to end texts.”');
  if (isAutomatic && !body.includes('{practice}')) add('wait', 'Say who writes: {practice}.');
  for (const words of plainFindings(body)) add('wait', words);
  return findings;
}

/** What reads hard: long sentences and long words (CDC Clear Communication Index, plain-language guidelines). */
export function plainFindings(body: string): string[] {
  const plain = body.replace(fieldPattern, 'x').replace(/https?:\S+/g, 'x');
  const found: string[] = [];
  const long = plain.split(/[.!?\n]+\s*/).find((sentence) => sentence.trim().split(/\s+/).length > 20);
  if (long) found.push('A sentence has more than twenty words. Make two of it.');
  const words = plain.match(/\p{L}+/gu) ?? [];
  const hard = words.filter((word) => word.length > 13);
  if (hard[0]) found.push(`“${hard[0]}” is a long word. Is there a shorter one?`);
  const shout = words.filter(
    (word) => word.length > 3 && word === word.toUpperCase() && !['STOP', 'START'].includes(word),
  );
  if (shout.length > 1) found.push('Capitals shout. Write as you speak.');
  return found;
}
