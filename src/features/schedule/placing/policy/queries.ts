import { dayBounds, localDate } from '../../../../platform/calendar/zones.ts';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { factsToAsk, type RuledAsked, type RuledFacts, rulingOf } from '../../booking-rules/queries.ts';
import { rulesOfType } from '../../booking-rules/rules.ts';
import type { SetupFacts } from '../../hours/queries.ts';
import type { CodedInterval } from '../../hours/rules.ts';
import { listKept } from '../../slot-codes/rules.ts';
import type { PlaceAsked } from '../commands.ts';
import type { PlacingInput, Wanted } from '../rules.ts';

/** What slot codes and the rules of booking have to say of a place; read and counted under the locks of it. */

/** Who put the visit there decided about them then: undoing a step, or another room, does not ask again. */
function isDecided({ exactly, stands }: PlaceAsked): boolean {
  return Boolean(exactly || stands);
}

/** An opening is held before it is known for whom. */
function whoComes({ holds, patientId }: PlaceAsked): string | null {
  return holds ? null : patientId;
}

type Ruled = { asked: PlaceAsked; facts: SetupFacts; ruled: RuledFacts; coded: CodedInterval[] };

export function policyOf(
  tx: Tx,
  { asked, facts, ruled, coded }: Ruled,
): Pick<PlacingInput, 'kept' | 'ruling'> {
  if (isDecided(asked)) return {};
  const { visitTypeId } = asked;
  const codes = facts.slotCodes;
  const intervals = listKept(coded, codes, { visitTypeId, nowMs: tx.now.getTime() });
  const rules = rulesOfType(facts.bookingRules, visitTypeId);
  return { kept: { intervals, codes }, ruling: rulingOf(rules, whoComes(asked), ruled) };
}

type OfDay = Pick<Wanted, 'site' | 'startMs' | 'physicianId'> & { facts: SetupFacts };

/** What the rules count on the day of the visit; null where none of them does. */
export function ruledToAsk(tx: Tx, asked: PlaceAsked, of: OfDay): RuledAsked | null {
  if (isDecided(asked)) return null;
  const { site, startMs, physicianId, facts } = of;
  const day = dayBounds(localDate(startMs, site.timeZone), site.timeZone);
  return factsToAsk(rulesOfType(facts.bookingRules, asked.visitTypeId), {
    patientId: whoComes(asked),
    physicianIds: [physicianId],
    nowMs: tx.now.getTime(),
    fromMs: day.startMs,
    toMs: day.endMs,
  });
}
