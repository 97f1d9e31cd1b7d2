import { dateLabel, weekdayName } from '../../../platform/calendar/dates.ts';
import { minutesLabel, minutesOf } from '../../../platform/calendar/zones.ts';
import { speaksOfSeries, takeRepeat } from '../series/words/rules.ts';
import { comingWeekday, parseTask, type TaskLine } from './task/rules.ts';
import { isBirthScrap, readBareHour, readDay, readTime, type TimeRead } from './when/rules.ts';

export type LineVerb = keyof typeof verbs;

export type LineVocabulary = {
  visitTypes: { id: string; code: string; name: string }[];
  physicians: { id: string; name: string }[];
  sites: { id: string; name: string }[];
  /** Today at the site, for "3m" and "tomorrow". */
  today: string;
  /** The person is chosen already (their card is open): no word is needed for them. */
  hasPerson?: boolean;
};

export type LineChip = { kind: 'who' | 'what' | 'when' | 'with' | 'where'; text: string };

export type ParsedLine = {
  /** Scraps for the search: name, birth date, phone, number; "" when there are none. */
  personWords: string;
  /** null when none was typed; with a visit type, booking is meant. */
  verb: LineVerb | null;
  visitTypeId?: string;
  physicianIds?: string[];
  siteId?: string;
  when?: { aroundDate: string } | { from: string; to: string };
  partOfDay?: TimeRead['part'];
  /** The exact time typed ('15:00'); partOfDay is then the hour that begins with it. */
  atLocal?: string;
  weekdays?: number[];
  /** How often, in the words typed: a series is meant. */
  repeat?: string;
  /** Words that meant nothing. */
  rest: string;
  task?: TaskLine;
  chips: LineChip[];
};

const verbs = {
  book: ['book', 'schedule', 'sched'],
  move: ['move', 'reschedule', 'resched'],
  cancel: ['cancel', 'cx', 'canc'],
  walkin: ['walkin', 'walk-in'],
  arrive: ['arrive', 'arrived', 'checkin', 'check-in'],
  task: ['task', 'todo', 'remind'],
  merge: ['merge'],
  print: ['print', 'label', 'labels', 'daysheet'],
  wait: ['wait', 'waitlist'],
  open: ['open', 'show', 'card'],
};
const verbOf = new Map(Object.entries(verbs).flatMap(([verb, words]) => words.map((word) => [word, verb])));
const isVerb = (word: string): word is LineVerb => word in verbs;
const fillers = new Set(['for', 'on', 'at', 'with', 'in', 'w/', 'the', 'any', 'anyone']);
// Also given and family names: alone before another word they are the person
const nameLike = new Set(['tom', 'sun', 'mon', 'wed', 'sat', 'may', 'jan', 'fri']);

type State = {
  line: ParsedLine;
  /** As typed, without commas. */
  typed: string[];
  words: string[];
  vocabulary: LineVocabulary;
  person: string[];
  rest: string[];
  weekdays: number[];
  /** After the first word that is not the person's, loose words are no longer the person's. */
  pastPerson: boolean;
};

/** A reader takes words from a place and says how many; 0 when they mean something else. */
type Reader = (state: State, at: number) => number;

/** What a typed line means: `smith jo fu 3m lee am`. Pure; what is unclear is left to the person's eyes. */
export function parseLine(text: string, vocabulary: LineVocabulary): ParsedLine {
  const typed = text.split(/[\s,]+/).filter((word) => word !== '');
  const line: ParsedLine = { personWords: '', verb: null, rest: '', chips: [] };
  const words = typed.map((word) => word.toLowerCase());
  if (verbOf.get(words[0] ?? '') === 'task') return taskLine(text, vocabulary.today);
  const state: State = {
    line,
    typed,
    words,
    vocabulary,
    person: [],
    rest: [],
    weekdays: [],
    pastPerson: false,
  };
  for (let at = 0; at < words.length; ) at += readWord(state, at);
  line.personWords = state.person.join(' ');
  line.rest = state.rest.join(' ');
  settleWeekdays(state);
  line.chips = listChips(line, vocabulary);
  return line;
}

function taskLine(text: string, today: string): ParsedLine {
  const task = parseTask(text.trim().replace(/^\S+\s*/, ''), today);
  const when = [task.dueOn && dateLabel(task.dueOn, Number(today.slice(0, 4)))];
  if (task.dueLocalTime) when.push(minutesLabel(minutesOf(task.dueLocalTime)));
  const chips: LineChip[] = [{ kind: 'what', text: task.text }];
  if (when.some(Boolean)) chips.push({ kind: 'when', text: when.filter(Boolean).join(', ') });
  if (task.ownerWord) chips.push({ kind: 'with', text: `@${task.ownerWord}` });
  return { personWords: '', verb: 'task', rest: '', task, chips };
}

const hasPerson = ({ person, vocabulary }: State) => person.length > 0 || vocabulary.hasPerson === true;

function readWord(state: State, at: number): number {
  const word = state.words[at] ?? '';
  if (readVerb(state, at)) return 1;
  // Digits that can only be a birth date, a phone or a record number are the person's wherever they stand
  if (
    isBirthScrap(word, state.vocabulary.today) ||
    (/^[+(]?[\d().-]{5,}$/.test(word) && !/^\d{4}-/.test(word))
  ) {
    return takePerson(state, at);
  }
  if (!isRatherName(state, at)) {
    for (const read of readers) {
      const taken = read(state, at);
      if (taken === 0) continue;
      state.pastPerson = hasPerson(state);
      return taken;
    }
  }
  if (hasPerson(state) && fillers.has(word)) return 1;
  if (!state.pastPerson && !state.vocabulary.hasPerson) return takePerson(state, at);
  state.rest.push(state.typed[at] ?? '');
  return 1;
}

function takePerson(state: State, at: number): number {
  state.person.push(state.typed[at] ?? '');
  return 1;
}

function readVerb({ line, words }: State, at: number): boolean {
  const verb = verbOf.get(words[at] ?? '');
  if (!verb || line.verb) return false;
  line.verb = isVerb(verb) ? verb : null;
  return true;
}

/** "tom smith", "fu li", "smith tom fu 3m": words that could be read otherwise, where a name is likelier. */
function isRatherName(state: State, at: number): boolean {
  const { words, vocabulary, line } = state;
  const word = words[at] ?? '';
  const isCode = vocabulary.visitTypes.some((type) => type.code === word);
  if (state.pastPerson || vocabulary.hasPerson || !(isCode || nameLike.has(word))) return false;
  const after = words[at + 1] ?? '';
  if (state.person.length === 0)
    return line.verb === null && /^[\p{L}'-]{2,}$/u.test(after) && !isKnown(state, at + 1);
  const hasOtherDay = words.some(
    (_, other) => other > at && readDay(words, other, vocabulary.today) !== null,
  );
  return word === 'tom' && hasOtherDay;
}

function isKnown({ words, vocabulary }: State, at: number): boolean {
  const word = words[at] ?? '';
  const isCode = vocabulary.visitTypes.some((type) => type.code === word);
  return (
    isCode ||
    verbOf.has(word) ||
    readDay(words, at, vocabulary.today) !== null ||
    readTime(words, at) !== null
  );
}

const readVisitType: Reader = ({ line, words, vocabulary, person }, at) => {
  if (line.visitTypeId) return 0;
  const word = words[at] ?? '';
  const letters = word.replace(/\W/g, '');
  const byName = (name: string) => name.toLowerCase().replace(/\W/g, '').startsWith(letters);
  const isLong = letters.length >= 4 && (person.length > 0 || vocabulary.hasPerson === true);
  const type =
    vocabulary.visitTypes.find((one) => one.code === word) ??
    (isLong ? vocabulary.visitTypes.find((one) => byName(one.name)) : undefined);
  if (!type) return 0;
  line.visitTypeId = type.id;
  return 1;
};

const readDayWords: Reader = ({ line, words, vocabulary, weekdays }, at) => {
  const day = readDay(words, at, vocabulary.today);
  if (!day) return 0;
  if (day.kind === 'weekday') weekdays.push(day.weekday);
  else if (line.when) return 0;
  else line.when = day.kind === 'around' ? { aroundDate: day.date } : { from: day.from, to: day.to };
  return day.words;
};

const readTimeWords: Reader = ({ line, words }, at) => {
  const bare = () => (speaksOfSeries(words) ? readBareHour(words, at) : null);
  const time = line.partOfDay ? null : (readTime(words, at) ?? bare());
  if (!time) return 0;
  line.partOfDay = time.part;
  if (time.at) line.atLocal = time.at;
  return time.words;
};

const readPhysician: Reader = (state, at) => {
  const { line, words, vocabulary } = state;
  const isTitled = /^(dr\.?|doctor|with|w\/)$/.test(words[at] ?? '');
  const word = words[isTitled ? at + 1 : at] ?? '';
  if (!hasPerson(state) || word.length < 2) return 0;
  const names = (name: string) =>
    name
      .toLowerCase()
      .split(/[\s,]+/)
      .filter((part) => !/^(dr\.?|md|do)$/.test(part));
  const exact = vocabulary.physicians.filter((one) => names(one.name).includes(word));
  const mayBegin = (isTitled || state.pastPerson) && word.length >= 3;
  const begun = mayBegin
    ? vocabulary.physicians.filter((one) => names(one.name).some((name) => name.startsWith(word)))
    : [];
  const found = exact.length > 0 ? exact : begun;
  if (found.length === 0) return 0;
  line.physicianIds = [...new Set([...(line.physicianIds ?? []), ...found.map((one) => one.id)])];
  return isTitled ? 2 : 1;
};

const readSite: Reader = (state, at) => {
  const { line, words, vocabulary } = state;
  const isTitled = words[at] === 'at';
  const word = words[isTitled ? at + 1 : at] ?? '';
  if (line.siteId || !hasPerson(state) || !(isTitled || state.pastPerson) || word.length < 3) return 0;
  const site = vocabulary.sites.find((one) => one.name.toLowerCase().startsWith(word));
  if (!site) return 0;
  line.siteId = site.id;
  return isTitled ? 2 : 1;
};

const readRepeatWords: Reader = (state, at) => {
  const { line, words } = state;
  const taken = hasPerson(state) ? takeRepeat(words, at, line.repeat !== undefined) : 0;
  if (taken > 0) line.repeat = [line.repeat, ...words.slice(at, at + taken)].filter(Boolean).join(' ');
  return taken;
};

const readers: Reader[] = [
  readRepeatWords,
  readVisitType,
  readDayWords,
  readTimeWords,
  readPhysician,
  readSite,
];

/** One weekday alone is the coming day; beside a date, or several, they say which days suit. */
function settleWeekdays({ line, weekdays, vocabulary }: State): void {
  const [first] = weekdays;
  if (first === undefined) return;
  if (line.when || weekdays.length > 1) {
    line.weekdays = [...new Set(weekdays)].sort();
    return;
  }
  const date = comingWeekday(first, vocabulary.today);
  line.when = { from: date, to: date };
}

function listChips(line: ParsedLine, vocabulary: LineVocabulary): LineChip[] {
  const chips: LineChip[] = [];
  const add = (kind: LineChip['kind'], text: string | undefined) => {
    if (text) chips.push({ kind, text });
  };
  add('who', line.personWords);
  add('what', vocabulary.visitTypes.find((type) => type.id === line.visitTypeId)?.name);
  add('when', whenLabel(line, vocabulary.today));
  add('when', line.repeat);
  const physicians = vocabulary.physicians.filter((one) => line.physicianIds?.includes(one.id));
  add('with', physicians.map((one) => one.name).join(' or '));
  add('where', vocabulary.sites.find((site) => site.id === line.siteId)?.name);
  return chips;
}

function whenLabel({ when, weekdays, partOfDay, atLocal }: ParsedLine, today: string): string {
  const label = (date: string) => dateLabel(date, Number(today.slice(0, 4)));
  const texts: string[] = [];
  if (when && 'aroundDate' in when) texts.push(`around ${label(when.aroundDate)}`);
  else if (when)
    texts.push(when.from === when.to ? label(when.from) : `${label(when.from)} to ${label(when.to)}`);
  if (weekdays) texts.push(weekdays.map((weekday) => `${weekdayName(weekday)}s`).join(' or '));
  if (atLocal) texts.push(minutesLabel(minutesOf(atLocal)));
  else if (partOfDay) texts.push(partLabel(partOfDay));
  return texts.join(', ');
}

function partLabel(part: TimeRead['part']): string {
  if (part === 'am') return 'morning';
  if (part === 'pm') return 'afternoon';
  if (part.to === '24:00') return `after ${minutesLabel(minutesOf(part.from))}`;
  return part.from === '00:00'
    ? `before ${minutesLabel(minutesOf(part.to))}`
    : minutesLabel(minutesOf(part.from));
}
