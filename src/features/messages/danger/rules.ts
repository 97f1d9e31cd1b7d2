import { foldWords } from '../../patients/rules.ts';

/**
 * Words of danger, one concept a line, as the nurse-triage literature groups them: heart, breath, stroke, sight, harm,
 * overdose, bleeding, allergy, consciousness, fever with risk, belly, pregnancy, back with weakness, leg clot, trauma,
 * and people's own "911". They only lift a call to the top; people judge.
 */
export const usualFlags: readonly string[] = [
  ...['chest pain', 'chest pressure', 'chest tight*', 'pressure in chest', 'heart attack', 'pain left arm'],
  ...['trouble breathing', 'short of breath', 'shortness of breath', 'cant breathe', 'difficulty breathing'],
  ...['gasping', 'choking', 'turning blue', 'stroke', 'face droop*', 'slurred speech', 'cant speak'],
  ...['one side weak', 'weak on one side', 'numb on one side', 'worst headache', 'sudden headache'],
  ...['vision loss', 'cant see', 'lost vision', 'suicid*', 'kill myself', 'kill himself', 'kill herself'],
  ...['hurt myself', 'want to die', 'overdose*', 'took too many', 'poison*', 'bleeding wont stop'],
  ...[
    'heavy bleeding',
    'coughing blood',
    'vomiting blood',
    'blood in vomit',
    'black stool',
    'throat swelling',
  ],
  ...[
    'tongue swelling',
    'anaphyla*',
    'allergic reaction',
    'unconscious',
    'passed out',
    'fainted',
    'wont wake',
  ],
  ...['seizure*', 'convulsion*', 'confused suddenly', 'suddenly confused', 'stiff neck', 'newborn fever'],
  ...['baby fever', 'severe abdominal pain', 'severe stomach pain', 'worst pain', 'pregnant bleeding'],
  ...['water broke', 'baby not moving', 'cant feel legs', 'leg swollen', 'calf pain', 'head injury'],
  ...['car accident', 'fell and hit', 'stabbed', 'gunshot', 'out of insulin', '911', 'dying', 'emergency'],
];

/** Between two words of a flag so many others may stand: "pain in her chest", "chest really hurts pain". */
const widestGap = 2;

/**
 * The flags that a text meets: their words in this order, near each other, however they are written; `*` ends a word
 * that may go on. A word of five letters or more may have one slip. "No chest pain" meets it too: whoever takes the
 * call hears the difference, a list of words does not.
 */
export function findRedFlags(text: string, flags: readonly string[]): string[] {
  const said = foldWords(text);
  return flags.filter((flag) => {
    const wanted = flag
      .split(/\s+/)
      .map((word) => ({ word: foldWords(word)[0] ?? '', open: word.endsWith('*') }));
    return said.some((_, at) => meets(said, at, wanted));
  });
}

type Wanted = { word: string; open: boolean };

function meets(said: readonly string[], from: number, wanted: readonly Wanted[]): boolean {
  let at = from;
  for (const [index, one] of wanted.entries()) {
    const last = index === 0 ? from : Math.min(said.length - 1, at + widestGap);
    let found = -1;
    for (let next = at; next <= last; next++) {
      if (isWord(said[next] ?? '', one)) {
        found = next;
        break;
      }
    }
    if (found < 0) return false;
    at = found + 1;
  }
  return true;
}

function isWord(said: string, { word, open }: Wanted): boolean {
  if (word === '') return false;
  if (said === word || (open && said.startsWith(word))) return true;
  return word.length >= 5 && isOneSlip(said, word);
}

/** One letter wrong, missing or too many, or two neighbors swapped; the first letter stands. */
export function isOneSlip(said: string, word: string): boolean {
  if (said[0] !== word[0] || Math.abs(said.length - word.length) > 1) return false;
  let at = 0;
  while (at < said.length && said[at] === word[at]) at += 1;
  const [rest, other] = [said.slice(at), word.slice(at)];
  if (said.length !== word.length)
    return said.length < word.length ? rest === other.slice(1) : rest.slice(1) === other;
  return (
    rest.slice(1) === other.slice(1) ||
    (rest[1] === other[0] && rest[0] === other[1] && rest.slice(2) === other.slice(2))
  );
}

/** The same in Spanish, for what patients write themselves: it is added to the practice's own words. */
export const spanishFlags: readonly string[] = [
  ...['dolor pecho', 'presion pecho', 'ataque corazon', 'infarto', 'no puedo respirar', 'falta aire'],
  ...[
    'dificultad respirar',
    'me ahogo',
    'derrame cerebral',
    'cara caida',
    'no puede hablar',
    'peor dolor cabeza',
  ],
  ...['no puedo ver', 'perdi vista', 'suicid*', 'matarme', 'quiero morir', 'hacerme dano', 'sobredosis'],
  ...['tome demasiad*', 'envenen*', 'no para sangrar', 'sangrado fuerte', 'vomita sangre', 'tos sangre'],
  ...[
    'hinchazon garganta',
    'hinchazon lengua',
    'reaccion alergica',
    'inconsciente',
    'se desmayo',
    'me desmaye',
  ],
  ...[
    'convulsion*',
    'bebe fiebre',
    'sangrado embarazada',
    'rompi fuente',
    'bebe no mueve',
    'emergencia',
    'se muere',
  ],
];
