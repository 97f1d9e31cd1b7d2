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

/** `=`, `+`, `-` and `@` at the start would be a formula in a spreadsheet. */
const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** The report as a spreadsheet reads it: the numbers that stand on the page. */
export function yieldCsv(rows: readonly YieldRow[]): string {
  const lines = rows.map((row) => [cell(row.name), row.due, row.contacted, row.booked, row.kept].join(','));
  return `${['Recall,Due,Contacted,Booked,Kept', ...lines].join('\r\n')}\r\n`;
}
