import { minutesLabel, minutesOf } from '../../../../platform/calendar/zones.ts';
import type { BookingRule } from '../rules.ts';

type Typed = Omit<BookingRule, 'ruleId' | 'active'>;

/** What is wrong with a rule, by field. A rule that would forbid every visit at all is a slip. */
export function ruleFaults(rule: Typed): Record<string, string> {
  const faults: Record<string, string> = {};
  const { startsLocal, endsLocal, fromDate, toDate, limitCount, limitPer } = rule;
  if ((startsLocal === null) !== (endsLocal === null)) faults.endsLocal = 'Give both times, or neither.';
  else if (startsLocal !== null && endsLocal !== null && endsLocal <= startsLocal)
    faults.endsLocal = `Choose a time after ${minutesLabel(minutesOf(startsLocal))}.`;
  if (fromDate !== null && toDate !== null && toDate < fromDate)
    faults.toDate = 'The last day comes before the first.';
  if ((limitCount === null) !== (limitPer === null))
    faults.limitCount = 'Give the number and whether it is per day or half day.';
  if (speaksOfAll(rule) && limitCount === null)
    faults.words = 'This would forbid every visit. Say which visits, when, for whom or with whom.';
  return faults;
}

function speaksOfAll(rule: Typed): boolean {
  const lists = [rule.visitTypeIds, rule.weekdays, rule.physicianIds];
  return (
    lists.every((list) => list.length === 0) &&
    rule.patients === 'any' &&
    [rule.startsLocal, rule.fromDate, rule.toDate].every((part) => part === null)
  );
}
