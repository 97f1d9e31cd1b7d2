import { addMonthsClamped } from '../../../platform/calendar/dates.ts';

/** From this age on a person decides, hears and usually pays alone; the states' age of majority, 19 in AL and NE. */
export const adultAge = 18;

/** The day on which someone comes of age; of those born on February 29 the day before in other years. */
export function comesOfAgeOn(bornOn: string): string {
  return addMonthsClamped(bornOn, adultAge * 12);
}

/** Minors need someone who pays: a hint while nobody is named. */
export function needsGuarantor(age: number | null, guarantor: unknown): boolean {
  return age !== null && age < adultAge && guarantor === null;
}

/** Asked for from a week before the birthday until three months after it. */
export const reviewWindow = { daysBefore: 7, daysAfter: 90 };
