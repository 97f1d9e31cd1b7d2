import { sql } from 'kysely';
import { addDays } from '../../../platform/calendar/dates.ts';
import { localDate, localMinutes } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { findPractice } from '../../practice/queries.ts';
import { readRisk, tally } from './queries.ts';
import { heldOutDays, isDueToLearn, learn, learnedDays, standingOf } from './rules.ts';
import type { RiskModel } from './schema.ts';

/** Learn from the last two years and try it on the last ninety days. The figures are kept, no visit is marked by it. */
export async function learnRisk(tx: Tx): Promise<RiskModel> {
  const { timeZone } = await findPractice(tx.db);
  const today = localDate(tx.now.getTime(), timeZone);
  const days = {
    learnedFrom: addDays(today, -learnedDays),
    dayBeforeHeldOut: addDays(today, -heldOutDays - 1),
    heldOutFrom: addDays(today, -heldOutDays),
    yesterday: addDays(today, -1),
  };
  const asked = { from: days.learnedFrom, heldOutFrom: days.heldOutFrom, to: days.yesterday };
  const model = learn(await tally(tx.db, asked), days);
  await sql`
    insert into visit_risks (practice_id, learned_at, model)
    values (${tx.practiceId}, ${tx.now}, ${JSON.stringify(model)}::jsonb)
    on conflict (practice_id) do update set learned_at = excluded.learned_at, model = excluded.model`.execute(
    tx.db,
  );
  const { visits, missed, marked } = model.heldOut;
  tx.audit({
    action: 'visit-risk.learned',
    ...{ subjectKind: 'practice', subjectIds: [tx.practiceId] },
    after: { standing: standingOf(model), learned: model.learned.visits, visits, missed, marked },
  });
  tx.touch('visit-risk');
  return model;
}

/** At night; while there is too little to learn from, at any hour, since that is soon done. */
export async function learnWhenDue(tx: Tx): Promise<void> {
  const found = await readRisk(tx.db);
  const { timeZone } = await findPractice(tx.db);
  const hours = found ? (tx.now.getTime() - Date.parse(found.learnedAt)) / 3_600_000 : null;
  const minutes = localMinutes(tx.now.getTime(), timeZone);
  if (isDueToLearn({ hours, minutes, standing: standingOf(found?.model ?? null) })) await learnRisk(tx);
}
