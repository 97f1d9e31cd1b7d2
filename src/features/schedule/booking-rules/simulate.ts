import type { Tx } from '../../../platform/db/transaction.ts';
import { addBookingRule } from './commands.ts';

/** What everyone in the simulated group knows. @param types ids of visit types by their code */
export async function addBookingRules(tx: Tx, types: ReadonlyMap<string, string>): Promise<void> {
  const idsOf = (...codes: string[]) => codes.flatMap((code) => types.get(code) ?? []);
  await addBookingRule(tx, {
    words: 'No physicals on Friday afternoons',
    visitTypeIds: idsOf('an', 'wc'),
    ...{ weekdays: [5], startsLocal: '12:00', endsLocal: '24:00' },
  });
  await addBookingRule(tx, {
    words: 'At most two new patients per half day',
    visitTypeIds: idsOf('np'),
    ...{ limitCount: 2, limitPer: 'half-day' },
  });
  await addBookingRule(tx, {
    words: 'Procedures rather not first thing on Mondays',
    ...{ effect: 'warn', visitTypeIds: idsOf('px'), weekdays: [1], startsLocal: '07:00', endsLocal: '09:00' },
  });
}
