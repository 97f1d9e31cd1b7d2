import { type RawBuilder, sql } from 'kysely';
import { addDays, dateOfDay, listDates } from '../../../platform/calendar/dates.ts';
import type { Db } from '../../../platform/db/database.ts';
import { type BookingRule, type CountedVisit, newAfterYears, type Ruling, rulesOfPatient } from './rules.ts';
import type { BookingRuleRow } from './schema.ts';

const dayMs = 86_400_000;
const yearMs = 365.25 * dayMs;

/** What the rules of a visit type ask besides the place; null: nothing. */
export type RuledAsked = {
  patientId: string | null;
  physicianIds: string[];
  /** Types that count towards limits; none: every type. */
  visitTypeIds: string[];
  nowMs: number;
  fromMs: number;
  toMs: number;
};

const asksWhoComes = (rule: BookingRule) => rule.patients !== 'any';
const asksHowMany = (rule: BookingRule) => rule.limitCount !== null;

/** What must be read for these rules to speak; null when they need nothing. */
export function factsToAsk(
  rules: readonly BookingRule[],
  { patientId, physicianIds, ...when }: Omit<RuledAsked, 'visitTypeIds'>,
): RuledAsked | null {
  const limits = rules.filter(asksHowMany);
  const asked = rules.some(asksWhoComes) ? patientId : null;
  if (limits.length === 0 && asked === null) return null;
  const any = limits.some((rule) => rule.visitTypeIds.length === 0);
  const visitTypeIds = any ? [] : [...new Set(limits.flatMap((rule) => rule.visitTypeIds))];
  return { ...when, patientId: asked, physicianIds: limits.length > 0 ? physicianIds : [], visitTypeIds };
}

/** As a lateral join behind open_place, whose version it takes so that it is asked after the locks. */
export function ruledColumns(asked: RuledAsked, ignored: string | null, after: RawBuilder<unknown>) {
  const seenFrom = new Date(asked.nowMs - newAfterYears * yearMs);
  return sql`frontdesk.ruled_facts(${asked.patientId}, ${asked.physicianIds}::uuid[],
    ${asked.visitTypeIds}::uuid[], ${seenFrom}, ${new Date(asked.nowMs)}, ${new Date(asked.fromMs)},
    ${new Date(asked.toMs)}, ${ignored}, ${after})`;
}

export type RuledFacts = { seen: boolean; counted: CountedVisit[] };

async function readRuled(db: Db, asked: RuledAsked, ignored: string | null): Promise<RuledFacts> {
  const { rows } = await sql<RuledFacts>`
    select seen, counted from ${ruledColumns(asked, ignored, sql`null`)}`.execute(db);
  return rows[0] ?? { seen: false, counted: [] };
}

/** For a search: what counts is remembered until a visit of those days changes; who books asks under its locks. */
export async function rememberedRuled(
  db: Db,
  asked: RuledAsked,
  ignored: string | undefined,
): Promise<RuledFacts> {
  if (ignored) return readRuled(db, asked, ignored);
  const { patientId, physicianIds, visitTypeIds, fromMs, toMs } = asked;
  const counts = { ...asked, patientId: null };
  const key = `counted ${fromMs} ${toMs} ${physicianIds.join(' ')} ${visitTypeIds.join(' ')}`;
  const days = listDates(
    addDays(dateOfDay(Math.floor(fromMs / dayMs)), -1),
    addDays(dateOfDay(Math.floor(toMs / dayMs)), 1),
  );
  const { counted } =
    physicianIds.length === 0
      ? { counted: [] }
      : await db.remember(key, { topics: ['visits'], days }, () => readRuled(db, counts, null));
  const seen = patientId !== null && (await readRuled(db, { ...asked, physicianIds: [] }, null)).seen;
  return { seen, counted };
}

/** The rules that speak of a visit, once it is known who comes. */
export function rulingOf(
  rules: readonly BookingRule[],
  patientId: string | null | undefined,
  { seen, counted }: RuledFacts,
): Ruling {
  if (patientId) return { rules: rulesOfPatient(rules, !seen), counted };
  return { rules: rulesOfPatient(rules, null), counted, unsaid: rules.filter(asksWhoComes) };
}

const columns = sql`
  rule_id, words, effect, visit_type_ids, weekdays, physician_ids, starts_local, ends_local, from_date, to_date,
  patients, limit_count, limit_per, active, position, version`;

export async function listBookingRules(db: Db): Promise<BookingRuleRow[]> {
  const { rows } = await sql<BookingRuleRow>`
    select ${columns} from booking_rules order by position, words, rule_id limit 500`.execute(db);
  return rows;
}

export async function lockBookingRule(db: Db, ruleId: string): Promise<BookingRuleRow | undefined> {
  const { rows } = await sql<BookingRuleRow>`
    select ${columns} from booking_rules where rule_id = ${ruleId} for update`.execute(db);
  return rows[0];
}
