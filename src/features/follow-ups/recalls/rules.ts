import type { RecallRule, YieldRow } from './schema.ts';

/** So many days ahead of its day a recall is made: there is time to write and to book. */
export const madeAheadDays = 60;
/** Who has not come for longer is a new patient, whom a rule does not call. */
export const forgottenDays = 400;

/** `12 months`, `2 weeks` */
export function afterWords({ months, days }: Pick<RecallRule, 'months' | 'days'>): string {
  const one = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
  const parts = [
    months > 0 ? one(months, 'month') : '',
    days > 0 ? (days % 7 === 0 ? one(days / 7, 'week') : one(days, 'day')) : '',
  ];
  return parts.filter(Boolean).join(' and ');
}

/** `18 and older`, `5 to 12`, '' for everyone */
export function ageWords({ leastAge, mostAge }: Pick<RecallRule, 'leastAge' | 'mostAge'>): string {
  if (leastAge !== null && mostAge !== null) return `${leastAge} to ${mostAge}`;
  if (leastAge !== null) return `${leastAge} and older`;
  return mostAge !== null ? `up to ${mostAge}` : '';
}

/** `12 people are due now, 3 of them past their day.` */
export function dueWords({ due, late }: { due: number; late: number }, isKept: boolean): string {
  const more = isKept ? ' more' : '';
  if (due === 0) return isKept ? 'Nobody more is due now than it has called.' : 'Nobody is due now.';
  const people = due === 1 ? `1${more} person is` : `${due}${more} people are`;
  return `${people} due now${late > 0 ? `, ${late} of them past their day` : ''}.`;
}

/** The report as a spreadsheet reads it: the numbers that stand on the page. */
export function yieldLines(rows: readonly YieldRow[]): (string | number)[][] {
  return [
    ['Recall', 'Due', 'Contacted', 'Booked', 'Kept'],
    ...rows.map((row) => [row.name, row.due, row.contacted, row.booked, row.kept]),
  ];
}
