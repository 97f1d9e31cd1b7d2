import { formatClock, formatDay, formatDuration, localDate, localMinutes } from '../../../ui/format.ts';
import type { Tone } from '../../../ui/tag.tsx';
import type { TodayDuty, TodaySection, Who } from './today-api.ts';
import { nowMinutes, sectionOf } from './today-rules.ts';

export const sectionTitles: Record<TodaySection, string> = {
  now: 'Now',
  'before-noon': 'Before noon',
  today: 'Today',
  tomorrow: 'Tomorrow',
  later: 'Later',
};

export const whoWords: Record<Who, string> = {
  mine: 'Mine',
  role: 'My role’s',
  covered: 'Covered',
  everyone: 'Everyone',
};

export type DueWords = { words: string; tone?: 'wrong' | 'wait' };

/** When it is owed, as one says it at the desk: "12 min late", "in 3 min", "10:30 am", "noon", "Fri Mar 6". */
export function dueWords(dueAt: string, now: Date, timeZone: string): DueWords {
  const minutes = Math.floor((Date.parse(dueAt) - now.getTime()) / 60_000);
  if (minutes < 0) return { words: `${coarse(-minutes)} late`, tone: 'wrong' };
  if (minutes <= nowMinutes) return { words: minutes === 0 ? 'now' : `in ${minutes} min`, tone: 'wait' };
  const clock = localMinutes(dueAt, timeZone);
  if (sectionOf(dueAt, now, timeZone) === 'later') return { words: formatDay(localDate(dueAt, timeZone)) };
  return { words: clock === 720 ? 'noon' : formatClock(clock) };
}

function coarse(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h` : formatDuration(minutes);
}

export function toneOf(duty: TodayDuty): Tone {
  return duty.severity === 'danger' ? 'wrong' : duty.severity;
}

/** What is said after a button was pressed. */
export function saidOf(label: string, title: string): string {
  return label === 'Done' ? `Done: ${title}` : `${label}: ${title}`;
}
