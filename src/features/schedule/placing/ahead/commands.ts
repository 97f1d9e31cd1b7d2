import { localDate } from '../../../../platform/calendar/zones.ts';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { Refusal } from '../../../../platform/refusal.ts';
import { readHoursFacts } from '../../hours/queries.ts';
import { orRefusal, type PlaceAsked, readWanted } from '../commands.ts';
import { lockPlaces } from '../queries.ts';
import { listCandidates } from '../rules.ts';

/**
 * Lock at once all that these visits of one person might take. Who places several in one transaction calls this
 * first: one lock after another would wait in a ring with a booking that goes the other way.
 */
export async function lockAhead(tx: Tx, patientId: string, asked: readonly PlaceAsked[]): Promise<void> {
  const dates = asked.map((one) => localDate(Date.parse(one.startsAt), 'UTC')).sort();
  const first = dates[0];
  const last = dates.at(-1);
  if (!first || !last) return;
  const facts = await readHoursFacts(tx.db, first, last);
  const ids = new Set<string>();
  for (const one of asked) {
    const read = orRefusal(() => readWanted(facts, one));
    if (read instanceof Refusal) continue;
    for (const id of listCandidates(read.wanted, facts.resources)) ids.add(id);
  }
  await lockPlaces(tx.db, patientId, [...ids]);
}
