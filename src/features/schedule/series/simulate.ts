import { addDays, isoWeekday } from '../../../platform/calendar/dates.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import type { SetupFacts } from '../hours/queries.ts';
import { bookSeries } from './commands.ts';
import { BookSeries, SeriesPattern } from './schema.ts';

type Invented = {
  code: string;
  reason: string;
  every: number;
  weekdays: number[];
  count: number;
  /** Left open when it was booked: the office owes it, and Today says so. */
  owed?: number;
};

/** What an office books in series: shots week by week, wound care, checks of a new medicine. */
const invented: readonly Invented[] = [
  { code: 'im', reason: 'Allergy shots', every: 1, weekdays: [2], count: 8 },
  { code: 'fu', reason: 'Blood pressure checks', every: 2, weekdays: [4], count: 6, owed: 5 },
  { code: 'po', reason: 'Wound care', every: 1, weekdays: [1, 3], count: 6 },
];

export type SeriesToBook = { patientIds: readonly string[]; facts: SetupFacts; today: string };

/** Series for people who have nothing else ahead; they begin after the next days, which are full. */
export async function addSeries(tx: Tx, { patientIds, facts, today }: SeriesToBook): Promise<string[]> {
  const made: string[] = [];
  for (const [at, plan] of invented.entries()) {
    const patientId = patientIds[at];
    const wish = patientId && wishOf(plan, { patientId, facts, today });
    if (!wish) continue;
    made.push((await bookSeries(tx, wish)).seriesId);
  }
  return made;
}

type About = { patientId: string; facts: SetupFacts; today: string };

function wishOf(plan: Invented, { patientId, facts, today }: About): BookSeries | null {
  const type = facts.visitTypes.find((one) => one.code === plan.code);
  const physicians = facts.resources.filter((one) => one.kind === 'physician' && one.active);
  const works = (id: string, weekday: number) =>
    facts.weekly.find((one) => one.resourceId === id && one.weekday === weekday);
  const [first = 1] = plan.weekdays;
  const does = physicians.filter(
    (one) => !type?.physicianIds.length || type.physicianIds.includes(one.resourceId),
  );
  const physician = does.find((one) => plan.weekdays.every((day) => works(one.resourceId, day)));
  const hours = physician && works(physician.resourceId, first);
  if (!type || !physician || !hours) return null;
  const begins = addDays(today, 7 + ((first - isoWeekday(today) + 7) % 7));
  const { every, weekdays, count } = plan;
  // With the first hour of the day: inside of hours, whatever these are
  const time = hours.startsLocal;
  return BookSeries.parse({
    ...{ patientId, visitTypeId: type.visitTypeId, siteId: hours.siteId, physicianId: physician.resourceId },
    reason: plan.reason,
    pattern: SeriesPattern.parse({ startsOn: begins, time, every, weekdays, count }),
    choices: plan.owed ? [{ placeNo: plan.owed, choice: { kind: 'owe' } }] : [],
  });
}
