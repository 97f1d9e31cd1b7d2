import { addDays, dateLabel, weekdayName } from '../../platform/calendar/dates.ts';
import { minutesLabel, minutesOf } from '../../platform/calendar/zones.ts';
import type { Entry, EntryState, Priority, TimeWindow } from './schema.ts';

/** Without a date someone waits so long. */
export const usualWaitDays = 60;

export const priorityWords: Record<Priority, string> = {
  urgent: 'Urgent',
  soon: 'Soon',
  routine: 'Routine',
};

export const stateWords: Record<EntryState, string> = {
  waiting: 'waiting',
  offered: 'offered',
  filled: 'filled',
  expired: 'expired',
  withdrawn: 'withdrawn',
};

/** Until when someone waits who said nothing about it: never beyond the visit that they have. */
export function usualExpiry(today: string, visitOn: string | null): string {
  const usual = addDays(today, usualWaitDays);
  return visitOn && visitOn < usual ? visitOn : usual;
}

/** Why an entry cannot be changed any more, and what to do instead; null when it can. */
export function whyNotChange(state: EntryState): string | null {
  if (state === 'waiting' || state === 'offered') return null;
  if (state === 'filled') return 'Their wish is fulfilled. Put them on the waitlist again if they want more.';
  if (state === 'withdrawn') return 'They were taken off the waitlist. Put them back first.';
  return 'Their time on the waitlist is over. Put them on it again.';
}

type Names = { physicians: ReadonlyMap<string, string>; sites: ReadonlyMap<string, string> };
type Wishes = Pick<
  Entry,
  'physicianIds' | 'siteIds' | 'weekdays' | 'times' | 'earliestOn' | 'latestOn' | 'noticeHours'
>;

/** What someone wishes, as one says it: "Dr. Lee or Dr. Okoye · Mondays · mornings · 24 hours’ notice". */
export function wishWords(entry: Wishes, { physicians, sites }: Names): string {
  const named = (ids: readonly string[], names: ReadonlyMap<string, string>) =>
    ids.map((id) => names.get(id) ?? 'someone').join(' or ');
  const days = entry.weekdays.map((one) => `${weekdayName(one)}s`).join(', ');
  const { earliestOn, latestOn, noticeHours } = entry;
  return [
    named(entry.physicianIds, physicians) || 'anyone',
    named(entry.siteIds, sites) && `at ${named(entry.siteIds, sites)}`,
    days,
    entry.times.map(windowWords).join(' or '),
    earliestOn && `from ${dateLabel(earliestOn)}`,
    latestOn && `until ${dateLabel(latestOn)}`,
    noticeHours > 0 && `${noticeHours === 1 ? '1 hour’s' : `${noticeHours} hours’`} notice`,
  ]
    .filter(Boolean)
    .join(' · ');
}

export function windowWords({ from, to }: TimeWindow): string {
  if (from === '00:00' && to === '12:00') return 'mornings';
  if (from === '12:00' && to === '24:00') return 'afternoons';
  if (to === '24:00') return `after ${minutesLabel(minutesOf(from))}`;
  if (from === '00:00') return `before ${minutesLabel(minutesOf(to))}`;
  return `${minutesLabel(minutesOf(from))} to ${minutesLabel(minutesOf(to))}`;
}
