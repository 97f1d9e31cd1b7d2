import { isDate } from '../../../platform/calendar/dates.ts';
import { foldJoined, nationalDigits } from '../rules.ts';

/** What is known of the one who is being registered. */
export type Described = {
  familyName: string;
  givenName: string;
  bornOn: string | null;
  phones: readonly string[];
  email: string;
};

export type Known = {
  familyName: string;
  givenName: string;
  preferredName: string;
  formerNames: readonly string[];
  bornOn: string | null;
  phones: readonly { number: string }[];
  email: string;
};

/** From this score on, registering shows the person and asks. */
export const likelyFrom = 60;

/** Letters between two words, where two swapped neighbors count one (optimal string alignment). */
export function slipsBetween(one: string, other: string): number {
  const [a, b] = [[...one], [...other]];
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

const sounds: Record<string, string> = {
  ...Object.fromEntries([...'bfpv'].map((letter) => [letter, '1'])),
  ...Object.fromEntries([...'cgjkqsxz'].map((letter) => [letter, '2'])),
  ...Object.fromEntries([...'dt'].map((letter) => [letter, '3'])),
  l: '4',
  m: '5',
  n: '5',
  r: '6',
};

/** American Soundex, National Archives rules: Smith and Smyth are both S530. */
export function soundOf(word: string): string {
  const letters = foldJoined(word).replace(/[^a-z]/g, '');
  let code = '';
  let previous = sounds[letters.charAt(0)] ?? '';
  for (const letter of letters.slice(1)) {
    const sound = sounds[letter] ?? '';
    if (sound !== '' && sound !== previous) code += sound;
    // h and w do not part two letters of one sound; vowels do
    if (letter !== 'h' && letter !== 'w') previous = sound;
  }
  return letters === '' ? '' : `${letters.charAt(0).toUpperCase()}${code}000`.slice(0, 4);
}

/** 0 to 1: how alike two names are; an initial or the start of a longer one counts much. */
function likeName(one: string, other: string): number {
  const [a, b] = [foldJoined(one), foldJoined(other)];
  if (a === '' || b === '') return 0;
  if (a === b) return 1;
  const slips = slipsBetween(a, b);
  const longest = Math.max(a.length, b.length);
  if (slips === 1 && longest > 3) return 0.92;
  if (Math.min(a.length, b.length) > 1 && (a.startsWith(b) || b.startsWith(a))) return 0.85;
  if (soundOf(a) === soundOf(b) && slips <= longest / 2) return 0.85;
  return Math.max(0, 1 - (2 * slips) / longest);
}

type Judged = { part: number; why: string };

function judgeNames(draft: Described, person: Known): Judged {
  const givens = [person.givenName, person.preferredName];
  const families = [person.familyName, ...person.formerNames];
  const given = Math.max(...givens.map((name) => likeName(draft.givenName, name)));
  const family = Math.max(...families.map((name) => likeName(draft.familyName, name)));
  const swapped =
    (likeName(draft.givenName, person.familyName) + likeName(draft.familyName, person.givenName)) / 2;
  const straight = (given + family) / 2;
  if (swapped > straight && swapped > 0.8) return { part: swapped, why: 'same names, swapped' };
  if (straight > 0.99) return { part: straight, why: 'same name' };
  if (straight > 0.8) return { part: straight, why: 'similar name' };
  if (given > 0.9) return { part: straight, why: 'same first name' };
  return { part: straight, why: family > 0.9 ? 'same last name' : '' };
}

/** Month and day swapped, or one digit off. */
function isNearDate(one: string, other: string): boolean {
  if (
    one.slice(0, 4) === other.slice(0, 4) &&
    one.slice(5, 7) === other.slice(8) &&
    one.slice(8) === other.slice(5, 7)
  )
    return true;
  return [...one].filter((digit, index) => digit !== other[index]).length === 1;
}

function judgeBirth(one: string | null, other: string | null): Judged {
  if (!one || !other || !isDate(one)) return { part: 0.4, why: '' };
  if (one === other) return { part: 1, why: 'same birth date' };
  return isNearDate(one, other) ? { part: 0.7, why: 'birth date nearly the same' } : { part: 0, why: '' };
}

/** How likely two are one person, 0 to 100, and why, in words. */
export function judgeDuplicate(draft: Described, person: Known): { score: number; why: string[] } {
  const names = judgeNames(draft, person);
  const birth = judgeBirth(draft.bornOn, person.bornOn);
  const numbers = new Set(person.phones.map((phone) => nationalDigits(phone.number)));
  const phone = draft.phones.some((number) => number !== '' && numbers.has(nationalDigits(number)));
  const email = draft.email !== '' && draft.email.toLowerCase() === person.email.toLowerCase();
  const points = names.part * 50 + birth.part * 35 + (phone ? 20 : 0) + (email ? 20 : 0);
  // Two who were born on different days are not one because they share a name and a phone: a father and his son.
  const score = birth.part === 0 ? Math.min(points, likelyFrom - 1) : Math.min(points, 100);
  const why = [names.why, birth.why, phone ? 'same phone' : '', email ? 'same e-mail' : ''];
  return { score: Math.round(score), why: why.filter(Boolean) };
}
