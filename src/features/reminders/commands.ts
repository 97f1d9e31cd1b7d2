import { sql } from 'kysely';
import { localDate } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/id.ts';
import { notFound, Refusal, stale } from '../../platform/refusal.ts';
import { reopenMessage } from '../messages/commands.ts';
import { readPerson } from '../messages/people/queries.ts';
import { zonesOf } from '../messages/people/rules.ts';
import { findMessage } from '../messages/queries.ts';
import { queueNotice, queueReply, withdrawNotices } from '../messages/queueing/commands.ts';
import type { MessageLanguage } from '../messages/schema.ts';
import { openFrom } from '../messages/sending/rules.ts';
import { readSending, type Sending } from '../messages/settings/queries.ts';
import { type Fields, sayDay, sayTime } from '../messages/templates/rules.ts';
import { confirmVisit } from '../schedule/steps/commands.ts';
import { makeLink } from '../self-service/links/commands.ts';
import * as queries from './queries.ts';
import { furthestDays, sayTimes, stepNow, stepsFor } from './rules.ts';
import type { ReminderRule, ReminderRuleDraft } from './schema.ts';

const dayMs = 86_400_000;

type Due = queries.Ahead & { step: number };

/** So many visits are read in one statement. */
const usuallyAtOnce = 5000;

/** What is due now of all visits ahead, put in the outbox or on the call list; each step of a visit's time once. */
export async function deriveReminders(tx: Tx, atOnce = usuallyAtOnce): Promise<number> {
  for (const { visitId } of await queries.listNeedless(tx.db)) await withdrawReminders(tx, visitId);
  for (const { offerId } of await queries.listNeedlessOffers(tx.db)) await withdrawNotices(tx, offerId);
  const rules = await queries.listRules(tx.db);
  const to = new Date(tx.now.getTime() + (furthestDays(rules) + 2) * dayMs);
  const ahead = await listAllAhead(tx, to, atOnce);
  const due = ahead.flatMap((visit): Due[] => {
    const facts = {
      ...visit,
      startsAtMs: Date.parse(visit.startsAt),
      placedAtMs: Date.parse(visit.placedAt),
    };
    const step = stepNow(facts, stepsFor(visit.visitTypeId, rules), tx.now.getTime());
    return step ? [{ ...visit, step: step.daysBefore }] : [];
  });
  const sending = await readSending(tx.db);
  let count = 0;
  for (const group of groupByDay(due)) if (await remind(tx, group, sending)) count += 1;
  if (count > 0) tx.touch('reminders');
  return count;
}

/** All of them: a large practice with reminders weeks before has more than one statement may read. */
async function listAllAhead(tx: Tx, to: Date, most: number): Promise<queries.Ahead[]> {
  const all: queries.Ahead[] = [];
  for (;;) {
    const page = await queries.listAhead(tx.db, { from: tx.now, to, after: all.at(-1), most });
    all.push(...page);
    if (page.length < most) return all;
  }
}

/** The visits of one person on one day are one message. */
function groupByDay(due: readonly Due[]): Due[][] {
  const groups = new Map<string, Due[]>();
  for (const one of due) {
    const key = `${one.patientId} ${localDate(Date.parse(one.startsAt), one.timeZone)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

async function remind(tx: Tx, group: readonly Due[], sending: Sending): Promise<boolean> {
  const [first] = group;
  const person = first && (await readPerson(tx.db, first.patientId));
  if (!first || !person) return false;
  const nowMs = tx.now.getTime();
  // Asked again when the quiet hours there are over: what changed until then is heard
  if (openFrom(nowMs, zonesOf(person, sending.timeZone), sending.rules) > nowMs) return false;
  const { messageId, why } = await queueReminder(tx, group);
  for (const one of group) await insertStep(tx, one, messageId, why);
  return true;
}

type Reminding = Pick<Due, 'visitId' | 'patientId' | 'startsAt' | 'timeZone' | 'siteName' | 'step'>;

/** @param insteadOf a message that stays in, since it told of other times */
async function queueReminder(
  tx: Tx,
  group: readonly Reminding[],
  insteadOf = '',
): Promise<{ messageId: string | null; why: string }> {
  const [first] = group;
  if (!first) return { messageId: null, why: '' };
  const { patientId, visitId } = first;
  const startsAt = new Date(first.startsAt);
  const link = () => makeLink(tx, { purpose: 'visit', subjectId: visitId, patientId, expiresAt: startsAt });
  const key = `reminder ${visitId} ${first.step} ${startsAt.toISOString()}`;
  const queued = await queueNotice(tx, {
    ...{ patientId, template: 'reminder', aboutKind: 'visit', aboutId: visitId },
    fields: async (language) => ({ ...whenOf(group, language), link: (await link()) ?? '' }),
    uniqueKey: insteadOf === '' ? key : `${key} instead of ${insteadOf}`,
    expiresAt: startsAt,
  });
  return queued.kind === 'none'
    ? { messageId: null, why: queued.why }
    : { messageId: queued.message.messageId, why: '' };
}

/**
 * A visit was changed: what is not out yet of it stays in. Where the message told of other visits of that day too,
 * one that tells of those alone goes in its place.
 */
export async function withdrawReminders(tx: Tx, visitId: string): Promise<void> {
  for (const { messageId, aboutId } of await queries.listWaitingOf(tx.db, visitId)) {
    await withdrawNotices(tx, aboutId, (message) => message.messageId === messageId);
    const told = await queries.listRemindedOf(tx.db, messageId);
    const rest = told.filter(
      (one) => one.stands && one.isOpen && Date.parse(one.startsAt) > tx.now.getTime(),
    );
    if (rest.length === 0) continue;
    const instead = await queueReminder(tx, rest, messageId);
    for (const one of rest) await replaceStep(tx, one, instead);
    tx.touch('reminders');
  }
}

async function replaceStep(
  tx: Tx,
  { visitId, patientId, step, startsAt }: Reminding,
  { messageId, why }: { messageId: string | null; why: string },
): Promise<void> {
  await sql`
    update reminder_steps set message_id = ${messageId}, why = ${why}, version = version + 1
    where visit_id = ${visitId} and step = ${step} and starts_at = ${startsAt}`.execute(tx.db);
  tx.audit({
    action: messageId ? 'reminder.queued' : 'reminder.to-call',
    subjectKind: 'visit',
    subjectIds: [visitId, patientId],
    after: { daysBefore: step, rewritten: true, ...(why ? { why } : {}) },
  });
}

function whenOf(
  visits: readonly { startsAt: string; timeZone: string; siteName: string }[],
  language: MessageLanguage,
): Fields {
  const [first] = visits;
  if (!first) return {};
  const times = visits.map((one) => sayTime(Date.parse(one.startsAt), one.timeZone, language));
  const places = new Set(visits.map((one) => one.siteName));
  return {
    place: [...places].join(', '),
    day: sayDay(Date.parse(first.startsAt), first.timeZone, language),
    time: sayTimes(times, language === 'es' ? 'y' : 'and'),
  };
}

async function insertStep(tx: Tx, one: Due, messageId: string | null, why: string): Promise<void> {
  await sql`
    insert into reminder_steps (practice_id, visit_id, step, starts_at, at, message_id, why)
    values (${tx.practiceId}, ${one.visitId}, ${one.step}, ${one.startsAt}, ${tx.now}, ${messageId}, ${why})
    on conflict do nothing`.execute(tx.db);
  tx.audit({
    action: messageId ? 'reminder.queued' : 'reminder.to-call',
    subjectKind: 'visit',
    subjectIds: [one.visitId, one.patientId],
    after: { daysBefore: one.step, ...(why ? { why } : {}) },
  });
}

/** They answered C: each visit of the message that stands as it stood is confirmed; else a human reads the answer. */
export async function hearConfirm(tx: Tx, askedId: string, answerId: string): Promise<void> {
  const visits = await queries.listRemindedOf(tx.db, askedId);
  const standing = visits.filter((one) => one.stands);
  if (standing.length === 0 || standing.length < visits.length) {
    await reopenMessage(tx, answerId, 'they confirmed, but the visit was changed meanwhile: tell them');
    if (standing.length === 0) return;
  }
  for (const one of standing.filter((visit) => visit.isOpen))
    await confirmVisit(tx, one.visitId, { version: one.version, confirmed: true });
  const answer = await findMessage(tx.db, answerId);
  if (!answer || standing.length < visits.length) return;
  await queueReply(tx, {
    ...{
      template: 'confirmed',
      address: answer.address,
      patientId: answer.patientId,
      uniqueKey: `confirmed ${answerId}`,
    },
    fields: (language) => whenOf(standing, language),
  });
}

type Tried = {
  visitId: string;
  step: number;
  startsAt: string;
  version: number;
  tried: 'no-answer' | 'left-message' | 'reached';
};

/** Someone called instead. */
export async function recordTry(tx: Tx, input: Tried): Promise<void> {
  const { rows } = await sql<{ version: number }>`
    update reminder_steps set tried = ${input.tried}, tried_at = ${tx.now}, tried_by = ${tx.actor.staffId},
      version = version + 1
    where visit_id = ${input.visitId} and step = ${input.step} and starts_at = ${input.startsAt}
      and version = ${input.version}
    returning version`.execute(tx.db);
  if (!rows[0]) throw stale('reminder', null);
  tx.audit({
    action: `reminder.${input.tried}`,
    subjectKind: 'visit',
    subjectIds: [input.visitId],
    after: { daysBefore: input.step },
  });
  tx.touch('reminders', input.visitId);
}

/** Write a rule; one without an id is new. */
export async function saveRule(
  tx: Tx,
  { ruleId, version, rule }: { ruleId: string | null; version: number; rule: ReminderRuleDraft },
): Promise<ReminderRule> {
  const rules = await queries.listRules(tx.db);
  const before = rules.find((one) => one.ruleId === ruleId);
  if (ruleId && !before) throw notFound('reminder rule');
  if (before && before.version !== version) throw stale('reminder rule', before);
  refuseTwice(rules, rule, ruleId);
  const id = ruleId ?? newId();
  await sql`
    insert into reminder_rules (practice_id, rule_id, name, visit_type_ids, steps, active)
    values (${tx.practiceId}, ${id}, ${rule.name}, ${rule.visitTypeIds}::uuid[], ${JSON.stringify(rule.steps)}::jsonb,
      ${rule.active})
    on conflict (practice_id, rule_id) do update set name = excluded.name, visit_type_ids = excluded.visit_type_ids,
      steps = excluded.steps, active = excluded.active, version = reminder_rules.version + 1`.execute(tx.db);
  tx.audit({
    action: 'reminder-rule.saved',
    subjectKind: 'practice',
    subjectIds: [tx.practiceId],
    before,
    after: { ruleId: id, ...rule },
  });
  tx.touch('reminders');
  const saved = (await queries.listRules(tx.db)).find((one) => one.ruleId === id);
  if (!saved) throw notFound('reminder rule');
  return saved;
}

/** Of two rules for one type nobody would know which holds. */
function refuseTwice(rules: readonly ReminderRule[], rule: ReminderRuleDraft, ruleId: string | null): void {
  if (!rule.active) return;
  const others = rules.filter((one) => one.active && one.ruleId !== ruleId);
  const isTwice =
    rule.visitTypeIds.length === 0
      ? others.some((one) => one.visitTypeIds.length === 0)
      : others.some((one) => one.visitTypeIds.some((id) => rule.visitTypeIds.includes(id)));
  if (!isTwice) return;
  const message = 'Another rule is for these visits already. Change that one, or turn it off.';
  throw new Refusal('conflict', message, { fields: { visitTypeIds: message } });
}
