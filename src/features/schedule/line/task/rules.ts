import { addDays, daysBetween, isoWeekday } from '../../../../platform/calendar/dates.ts';
import { readDay, readTime } from '../when/rules.ts';

export type TaskLine = {
  text: string;
  dueOn: string | null;
  dueLocalTime: string | null;
  /** The word after @, for the caller to find the colleague or role. */
  ownerWord: string | null;
};

const tails = new Set(['in', 'on', 'by', 'at']);

/** `call Jo back tomorrow 3pm @ana`: what, by when, whose. The text keeps its letters as typed. */
export function parseTask(words: string, today: string): TaskLine {
  const typed = words.split(/\s+/).filter((word) => word !== '');
  const lower = typed.map((word) => word.toLowerCase().replace(/[,.]$/, ''));
  const task: TaskLine = { text: '', dueOn: null, dueLocalTime: null, ownerWord: null };
  const text: string[] = [];
  for (let at = 0; at < typed.length; ) {
    const taken = readOwner(task, typed[at] ?? '') || readDue(task, lower, at, today);
    // "in 3 months", "by friday": the small word goes with the date
    if (taken > 0 && tails.has(text.at(-1)?.toLowerCase() ?? '') && !typed[at]?.startsWith('@')) text.pop();
    if (taken === 0) text.push(typed[at] ?? '');
    at += Math.max(taken, 1);
  }
  task.text = text.join(' ');
  return task;
}

function readOwner(task: TaskLine, word: string): number {
  if (task.ownerWord || !/^@\p{L}/u.test(word)) return 0;
  task.ownerWord = word.slice(1).toLowerCase();
  return 1;
}

function readDue(task: TaskLine, words: string[], at: number, today: string): number {
  const day = task.dueOn === null && words[at] !== 'tom' ? readDay(words, at, today) : null;
  if (day) {
    task.dueOn = dueOn(day, today);
    return day.words;
  }
  // A bare 930 in a task is more often a number than a time
  const isClear = /^(at|by|noon)$|[:apm]/.test(words[at] ?? '');
  const time = task.dueLocalTime === null && isClear ? readTime(words, at) : null;
  if (!time?.at) return 0;
  task.dueLocalTime = time.at;
  return time.words;
}

function dueOn(day: NonNullable<ReturnType<typeof readDay>>, today: string): string {
  if (day.kind === 'around') return day.date;
  if (day.kind === 'weekday') return comingWeekday(day.weekday, today);
  // Work for "next week" is due when the week begins, and for "this week" when its working days end
  const friday = addDays(day.from, Math.max(0, 5 - isoWeekday(day.from)));
  return day.from === today && daysBetween(day.from, day.to) > 0 ? friday : day.from;
}

/** The first such weekday after today. */
export function comingWeekday(weekday: number, today: string): string {
  return addDays(today, ((weekday - isoWeekday(today) + 6) % 7) + 1);
}
