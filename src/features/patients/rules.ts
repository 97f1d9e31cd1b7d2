/** What letters become that Unicode does not take apart into a letter and a mark. */
const undivided: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
};

/**
 * The words of a name as search compares them: lower case without marks; an apostrophe joins (O'Brien is obrien),
 * everything else that is no letter or digit divides (Garcia-Lopez is garcia, lopez).
 */
export function foldWords(name: string): readonly string[] {
  const known = folded.get(name);
  if (known) return known;
  const words = fold(name);
  if (folded.size >= 20_000) folded.clear();
  folded.set(name, words);
  return words;
}

/** Names come again and again: ranking twenty people folds a hundred of them. */
const folded = new Map<string, readonly string[]>();

function fold(name: string): string[] {
  const plain = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’‘`ʼʻ]/g, '')
    .replace(/[łøđðþßæœıħ]/g, (letter) => undivided[letter] ?? letter);
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** One word of a whole name: "van der Berg" is vanderberg. */
export function foldJoined(name: string): string {
  return foldWords(name).join('');
}

type Names = {
  familyName: string;
  givenName: string;
  middleName: string;
  preferredName: string;
  formerNames: readonly string[];
};

/** Every word by which a person's names are found; the joined family name is one of them. */
export function nameWords(names: Names): string[] {
  const all = [
    names.familyName,
    names.givenName,
    names.middleName,
    names.preferredName,
    ...names.formerNames,
  ];
  const joined = [names.familyName, names.givenName].map(foldJoined);
  return [...new Set([...joined, ...all.flatMap(foldWords)])].filter((word) => word !== '');
}

/** `patients.search_name`: each word between blanks. */
export function searchName(names: Names): string {
  return ` ${nameWords(names).join(' ')} `;
}

/** `+15550102233` → `5550102233`: the digits that people say; those of other countries whole. */
export function nationalDigits(number: string): string {
  return number.replace(/^\+1(?=\d{10}$)/, '').replace(/\D/g, '');
}

/**
 * `patients.search_digits`: MRN, phones and the MRNs of records that became part of this one, each between blanks.
 * The first phone stands right behind the MRN (patients_phone in 0012_search.sql).
 */
export function searchDigits(
  mrn: string,
  phones: readonly { number: string }[],
  formerMrns: readonly string[] = [],
): string {
  const plain = (number: string) => number.replace(/\D/g, '');
  const numbers = [
    plain(mrn),
    ...phones.map((phone) => nationalDigits(phone.number)),
    ...formerMrns.map(plain),
  ];
  return ` ${[...new Set(numbers)].filter((digits) => digits !== '').join(' ')} `;
}

/**
 * The word and what is left of it without one of its letters. Two words that share one are a slip apart: a letter
 * too many, too few, wrong, or two swapped. None for words under three letters, where everything is near everything.
 */
export function cutsOf(word: string): string[] {
  const letters = [...word].slice(0, 24);
  if (letters.length < 3) return [];
  const cuts = letters.map((_, index) => letters.toSpliced(index, 1).join(''));
  return [...new Set([letters.join(''), ...cuts])];
}

/** The words by which a misspelled one is mended: those of letters only, since slips happen in letters. */
export function mendingWords(names: Names): string[] {
  const words = nameWords(names).map((word) => word.replace(/\p{N}+/gu, ''));
  return [...new Set(words)].filter((word) => word.length > 2);
}

type Called = {
  familyName: string;
  givenName: string;
  middleName: string;
  suffix: string;
  preferredName: string;
};

/** "Smith, Joanna M., Jr.": as the office files it. */
export function fileName(person: Called): string {
  const middle = person.middleName.length > 1 ? `${person.middleName.charAt(0)}.` : person.middleName;
  const first = [person.givenName, middle].filter(Boolean).join(' ');
  return [person.familyName, first, person.suffix].filter(Boolean).join(', ');
}

/** "Jo Smith": as the person is called. */
export function callName(person: Called): string {
  return [person.preferredName || person.givenName, person.familyName].filter(Boolean).join(' ');
}

/** The phone to call: the preferred one, else the first; '' when there is none. */
export function phoneToCall(phones: readonly { number: string; preferred?: boolean }[]): string {
  return (phones.find((phone) => phone.preferred) ?? phones[0])?.number ?? '';
}
