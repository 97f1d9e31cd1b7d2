import { sql } from 'kysely';
import { localDate } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, stale } from '../../../platform/refusal.ts';
import { listVisitTypes } from '../../schedule/setup/queries.ts';
import { link } from '../commands.ts';
import { practiceTimeZone } from '../queries.ts';
import { addStep, note, openUnended, readBack } from '../recording/commands.ts';
import { actOnOf, windowAround } from '../rules.ts';
import { type Candidate, listCandidates, listFitting, listRules, lockRule } from './queries.ts';
import { afterWords } from './rules.ts';
import { type NewRecallRule, type RecallRule, RecallRuleDraft } from './schema.ts';

/** So many are made or taken in one transaction; the next run goes on. */
const mostAtOnce = 200;

async function refuseMissing(tx: Tx, rule: RecallRuleDraft): Promise<void> {
  const known = new Set((await listVisitTypes(tx.db)).map((type) => type.visitTypeId));
  if (![...rule.afterTypeIds, rule.visitTypeId].every((id) => known.has(id))) throw notFound('visit type');
}

export async function addRecallRule(tx: Tx, input: NewRecallRule): Promise<RecallRule> {
  const rule = RecallRuleDraft.parse(input);
  await refuseMissing(tx, rule);
  const ruleId = newId();
  await sql`
    insert into recall_rules (practice_id, recall_rule_id, name, after_type_ids, visit_type_id, months, days,
      same_physician, least_age, most_age, until_on, active)
    values (${tx.practiceId}, ${ruleId}, ${rule.name}, ${rule.afterTypeIds}::uuid[], ${rule.visitTypeId},
      ${rule.months}, ${rule.days}, ${rule.samePhysician}, ${rule.leastAge}, ${rule.mostAge}, ${rule.untilOn},
      ${rule.active})`.execute(tx.db);
  tx.audit({ action: 'recall-rule.added', subjectKind: 'recall-rule', subjectIds: [ruleId], after: rule });
  tx.touch('recall-rules', ruleId);
  return { ...rule, recallRuleId: ruleId, version: 1 };
}

type Change = { version: number; rule: RecallRuleDraft };

/** What the rule made stays as it is: people were told of it. */
export async function changeRecallRule(
  tx: Tx,
  ruleId: string,
  { version, rule }: Change,
): Promise<RecallRule> {
  const before = await lockRule(tx.db, ruleId);
  if (!before) throw notFound('rule');
  if (before.version !== version) throw stale('rule', before);
  await refuseMissing(tx, rule);
  await sql`
    update recall_rules set name = ${rule.name}, after_type_ids = ${rule.afterTypeIds}::uuid[],
      visit_type_id = ${rule.visitTypeId}, months = ${rule.months}, days = ${rule.days},
      same_physician = ${rule.samePhysician}, least_age = ${rule.leastAge}, most_age = ${rule.mostAge},
      until_on = ${rule.untilOn}, active = ${rule.active}, version = version + 1
    where recall_rule_id = ${ruleId}`.execute(tx.db);
  const subjectIds = [ruleId];
  tx.audit({ action: 'recall-rule.changed', subjectKind: 'recall-rule', subjectIds, before, after: rule });
  tx.touch('recall-rules', ruleId);
  return { ...rule, recallRuleId: ruleId, version: version + 1 };
}

type Making = { today: string; rule: RecallRule; found: Candidate };

async function makeRecall(tx: Tx, { today, rule, found }: Making): Promise<void> {
  const { targetOn, patientId, baseVisitId } = found;
  const window = windowAround(today, targetOn);
  const followUpId = newId();
  const acting = { orderedOn: today, earliestOn: window.earliestOn, nextTryOn: null };
  const { rows } = await sql`
    insert into follow_ups (practice_id, follow_up_id, patient_id, origin, recall_rule_id, base_visit_id,
      visit_type_id, physician_id, target_on, earliest_on, latest_on, said, ordered_at, ordered_by, act_on)
    values (${tx.practiceId}, ${followUpId}, ${patientId}, 'rule', ${rule.recallRuleId}, ${baseVisitId},
      ${rule.visitTypeId}, ${rule.samePhysician ? found.physicianId : null}, ${targetOn},
      ${window.earliestOn}, ${window.latestOn}, ${afterWords(rule)}, ${tx.now}, ${tx.actor.staffId},
      ${actOnOf({ ...acting, priority: 'routine' })})
    on conflict do nothing returning follow_up_id`.execute(tx.db);
  if (rows.length === 0) return;
  await addStep(tx, followUpId, 'ordered', { text: rule.name });
  note(tx, 'follow-up.recalled', { after: { ...found, ...window } }, await readBack(tx, followUpId));
}

/** Every rule in use calls whom it has not called yet. @returns how many were made */
export async function makeRecalls(tx: Tx): Promise<number> {
  const timeZone = await practiceTimeZone(tx.db);
  const today = localDate(tx.now.getTime(), timeZone);
  let made = 0;
  for (const rule of (await listRules(tx.db)).filter((one) => one.active)) {
    const left = mostAtOnce - made;
    if (left <= 0) break;
    const found = await listCandidates(tx.db, rule, { today, timeZone, most: left });
    for (const one of found) await makeRecall(tx, { today, rule, found: one });
    made += found.length;
  }
  return made;
}

/** A visit that was booked past a follow-up, and fits it, is taken for it. @returns how many were taken */
export async function takeFitting(tx: Tx): Promise<number> {
  const fitting = await listFitting(tx.db, mostAtOnce);
  for (const { followUpId, version, visitId } of fitting) {
    const before = await openUnended(tx, followUpId, version);
    if (before.state === 'open') await link(tx, before, visitId, 'linked');
  }
  return fitting.length;
}
