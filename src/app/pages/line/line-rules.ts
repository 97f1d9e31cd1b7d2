import { callWords } from '../../../features/calls/line/rules.ts';
import { saysFirst, withoutVerb } from '../../../features/follow-ups/line/rules.ts';
import { readMessageLine } from '../../../features/messages/line/rules.ts';
import { readRescueLine } from '../../../features/rescue/line/rules.ts';
import { type LineVocabulary, type ParsedLine, parseLine } from '../../../features/schedule/line/rules.ts';
import type { FindOpenings } from '../../../features/schedule/openings/schema.ts';
import { taskVerbs } from '../../../features/tasks/verbs.ts';
import { readTeamLine } from '../../../features/team/line/rules.ts';
import { addDays } from '../../../platform/calendar/dates.ts';
import { localDate, localMinutes, toInstant } from '../../../platform/calendar/zones.ts';

export type LineMode =
  | 'nothing'
  | 'find'
  | 'book'
  | 'series'
  | 'move'
  | 'cancel'
  | 'arrive'
  | 'walkin'
  | 'group'
  | 'wait'
  | 'task'
  | 'merge'
  | 'print'
  | 'call'
  | 'text'
  | 'handoff'
  | 'covers'
  | 'follow-up'
  | 'rescue';

/** What follows these is what is to be done, whatever its words. */
export const taskWords: readonly string[] = taskVerbs.flatMap((one) => one.words);

export type ReadLine = {
  parsed: ParsedLine;
  mode: LineMode;
  /** The words name no one: the person in view is meant. */
  meansPersonInView: boolean;
};

function modeOf(parsed: ParsedLine, text: string): LineMode {
  if (text.trim() === '') return 'nothing';
  if (parsed.verb === 'open') return 'find';
  if (parsed.repeat && (!parsed.verb || parsed.verb === 'book')) return 'series';
  if (parsed.verb) return parsed.verb;
  return parsed.visitTypeId || parsed.when || parsed.partOfDay ? 'book' : 'find';
}

/**
 * What a typed line means at this desk. With a person in view, a line that begins with what to do (`move tue`,
 * `fu 3m lee am`) is about that person; one that begins with a name is about whom it names.
 */
export function readLine(
  text: string,
  vocabulary: Omit<LineVocabulary, 'hasPerson'>,
  hasPersonInView: boolean,
): ReadLine {
  // Its words are the caller's and the message's: the call mode reads them itself.
  if (callWords.includes(text.trim().split(/\s+/)[0]?.toLowerCase() ?? ''))
    return { parsed: parseLine('', vocabulary), mode: 'call', meansPersonInView: false };
  const team = readTeamLine(text);
  if (team) return { parsed: parseLine('', vocabulary), mode: team.mode, meansPersonInView: false };
  if (readRescueLine(text, vocabulary.physicians))
    return { parsed: parseLine('', vocabulary), mode: 'rescue', meansPersonInView: false };
  const message = readMessageLine(text, taskWords);
  if (message) {
    const { personWords } = message;
    const parsed = { ...parseLine('', vocabulary), personWords };
    return { parsed, mode: 'text', meansPersonInView: personWords === '' && hasPersonInView };
  }
  const order = withoutVerb(text);
  const read = readAbout(order ?? text, vocabulary, hasPersonInView);
  // "rtc 6w", or something first: it is ordered, and booked when that may be
  const orders = order !== null || (read.mode === 'book' && saysFirst(read.parsed.rest));
  return orders ? { ...read, mode: 'follow-up' } : read;
}

function readAbout(
  text: string,
  vocabulary: Omit<LineVocabulary, 'hasPerson'>,
  hasPersonInView: boolean,
): ReadLine {
  const named = parseLine(text, vocabulary);
  const namedMode = modeOf(named, text);
  const first = text.trim().split(/[\s,]+/)[0] ?? '';
  const beginsWithName = named.personWords !== '' && named.personWords.startsWith(first);
  if (!hasPersonInView || beginsWithName || ['find', 'nothing', 'task'].includes(namedMode)) {
    return { parsed: named, mode: namedMode, meansPersonInView: namedMode === 'task' && hasPersonInView };
  }
  const aboutView = parseLine(text, { ...vocabulary, hasPerson: true });
  // "book jones": a word that means nothing else is somebody after all.
  if (aboutView.rest !== '' && named.personWords !== '' && !namesThing(aboutView)) {
    return { parsed: named, mode: namedMode, meansPersonInView: false };
  }
  return { parsed: aboutView, mode: modeOf(aboutView, text), meansPersonInView: true };
}

/** Words that are no one's: a visit type, or the name of a group. */
function namesThing({ visitTypeId, verb }: ParsedLine): boolean {
  return visitTypeId !== undefined || verb === 'group';
}

const halves = { am: { from: '00:00', to: '12:00' }, pm: { from: '12:00', to: '24:00' } } as const;

export type Wish = Pick<FindOpenings, 'visitTypeId' | 'physicianIds' | 'weekdays' | 'times' | 'limit'> &
  Partial<Pick<FindOpenings, 'siteId' | 'from' | 'to' | 'aroundDate' | 'patientId' | 'ignoreVisitId'>>;

/** The search for openings that the words ask for. */
export function wishOf(parsed: ParsedLine, visitTypeId: string, more: Partial<Wish> = {}): Wish {
  const { partOfDay, when } = parsed;
  return {
    visitTypeId,
    physicianIds: parsed.physicianIds ?? [],
    weekdays: parsed.weekdays ?? [],
    times: partOfDay ? [typeof partOfDay === 'string' ? halves[partOfDay] : partOfDay] : [],
    limit: 5,
    ...(parsed.siteId ? { siteId: parsed.siteId } : {}),
    ...when,
    ...more,
  };
}

const usualTime = '17:00';

/** When a task of the line is due: as typed; without a day today, or tomorrow once that time has passed. */
export function taskDueAt(task: NonNullable<ParsedLine['task']>, now: Date, timeZone: string): string {
  const time = task.dueLocalTime ?? usualTime;
  const today = localDate(now.getTime(), timeZone);
  const isPast = toInstant(today, time, timeZone) <= now.getTime();
  const date = task.dueOn ?? (isPast ? addDays(today, 1) : today);
  const atMs = toInstant(date, time, timeZone);
  // Typed "today" after five: due at the end of the day, not in the past.
  const late =
    task.dueLocalTime === null && atMs <= now.getTime() && localMinutes(now.getTime(), timeZone) < 1439;
  return new Date(late ? toInstant(date, '23:59', timeZone) : atMs).toISOString();
}

type Named = { staffId: string; displayName: string };

/** Colleagues whose name has a word that begins so: `@ana`. */
export function findOwners<T extends Named>(word: string | null, colleagues: readonly T[]): T[] {
  if (!word) return [];
  return colleagues.filter((one) =>
    one.displayName
      .toLowerCase()
      .split(/[\s.]+/)
      .some((part) => part.startsWith(word)),
  );
}

/** `nurse`, `nurses`, `secretaries`, or the beginning of it. */
export function isRoleWord(role: string, word: string): boolean {
  const many = role.endsWith('y') ? `${role.slice(0, -1)}ies` : `${role}s`;
  return role.startsWith(word) || many.startsWith(word);
}

/** Pages whose name begins with the words, `open` before them or not. */
export function findPages<T extends { title: string }>(text: string, pages: readonly T[]): T[] {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/^(open|show|go)\s+/, '');
  if (words.length < 2) return [];
  return pages.filter((page) => page.title.toLowerCase().startsWith(words));
}
