import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { touchVersion } from '../../../platform/db/versions.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { listResources, listVisitTypes } from '../setup/queries.ts';
import { ruleFaults } from './faults/rules.ts';
import { lockBookingRule } from './queries.ts';
import { type BookingRuleChange, NewBookingRule } from './schema.ts';

type Rule = ReturnType<typeof NewBookingRule.parse>;

/** Add a rule of booking. It holds from now on; what is booked stays. */
export async function addBookingRule(tx: Tx, input: NewBookingRule): Promise<string> {
  const rule = NewBookingRule.parse(input);
  await refuseFaulty(tx, rule);
  const ruleId = newId();
  await sql`
    insert into booking_rules (practice_id, rule_id, words, effect, visit_type_ids, weekdays, physician_ids,
      starts_local, ends_local, from_date, to_date, patients, limit_count, limit_per, position)
    values (${tx.practiceId}, ${ruleId}, ${rule.words}, ${rule.effect}, ${rule.visitTypeIds}::uuid[],
      ${rule.weekdays}::int[], ${rule.physicianIds}::uuid[], ${rule.startsLocal}, ${rule.endsLocal},
      ${rule.fromDate}::date, ${rule.toDate}::date, ${rule.patients}, ${rule.limitCount}, ${rule.limitPer},
      (select coalesce(max(position) + 1, 0) from booking_rules where practice_id = ${tx.practiceId}))`.execute(
    tx.db,
  );
  const subjectIds = [ruleId];
  tx.audit({ action: 'booking-rule.added', subjectKind: 'booking-rule', subjectIds, after: rule });
  await touchVersion(tx, 'setup', ruleId);
  return ruleId;
}

async function refuseFaulty(tx: Tx, rule: Rule): Promise<void> {
  const faults = ruleFaults(rule);
  const [first] = Object.values(faults);
  if (first) throw new Refusal('bad-input', first, { fields: faults });
  const types = new Set((await listVisitTypes(tx.db)).map((type) => type.visitTypeId));
  if (!rule.visitTypeIds.every((id) => types.has(id))) throw notFound('visit type');
  const physicians = (await listResources(tx.db)).filter((one) => one.kind === 'physician');
  const known = new Set(physicians.map((one) => one.resourceId));
  if (!rule.physicianIds.every((id) => known.has(id))) throw notFound('physician');
}

/** Change a rule or take it out of use. */
export async function changeBookingRule(
  tx: Tx,
  ruleId: string,
  { version, ...change }: BookingRuleChange,
): Promise<number> {
  const before = await lockBookingRule(tx.db, ruleId);
  if (!before) throw notFound('rule');
  if (before.version !== version) throw stale('rule', before);
  const after = { ...before, ...change };
  await refuseFaulty(tx, after);
  await sql`
    update booking_rules set words = ${after.words}, effect = ${after.effect},
      visit_type_ids = ${after.visitTypeIds}::uuid[], weekdays = ${after.weekdays}::int[],
      physician_ids = ${after.physicianIds}::uuid[], starts_local = ${after.startsLocal},
      ends_local = ${after.endsLocal}, from_date = ${after.fromDate}::date, to_date = ${after.toDate}::date,
      patients = ${after.patients}, limit_count = ${after.limitCount}, limit_per = ${after.limitPer},
      active = ${after.active}, version = version + 1
    where practice_id = ${tx.practiceId} and rule_id = ${ruleId}`.execute(tx.db);
  const subjectIds = [ruleId];
  tx.audit({ action: 'booking-rule.changed', subjectKind: 'booking-rule', subjectIds, before, after });
  await touchVersion(tx, 'setup', ruleId);
  return version + 1;
}
