import { sql } from 'kysely';
import { addDays } from '../../../platform/calendar/dates.ts';
import { dayBounds, localDate, localMinutes } from '../../../platform/calendar/zones.ts';
import type { PresentReason } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import { reasonLabels } from '../schema.ts';
import { findSettings } from '../settings/queries.ts';
import * as queries from './queries.ts';
import * as rules from './rules.ts';

type Ask = { onDate: string; timeZone: string; reasons: readonly PresentReason[] };

/**
 * Look through one day of the audit: what it finds is kept once, also where the day is looked through again; what
 * explains a look meanwhile takes a finding back that nobody reviewed.
 */
export async function lookThrough(tx: Tx, { onDate, timeZone, reasons }: Ask): Promise<rules.Finding[]> {
  const { daysBefore, daysAfter } = await findSettings(tx.db);
  const { startMs, endMs } = dayBounds(onDate, timeZone);
  const span = { from: new Date(startMs), to: new Date(endMs), onDate };
  const looks = await queries.listDayLooks(tx.db, span, { reasons, daysBefore, daysAfter });
  const known = await queries.listKnownDays(tx.db, onDate);
  const minuteOf = (at: string) => localMinutes(Date.parse(at), timeZone);
  await keepDays(tx, onDate, looks, minuteOf);
  const found = [
    ...(await judgeLooks(tx, looks, { known, minuteOf })),
    ...(await judgeCounts(tx, onDate, looks, known)),
  ];
  await keepFindings(tx, onDate, found);
  return found;
}

type Minute = (at: string) => number;

async function keepDays(
  tx: Tx,
  onDate: string,
  looks: readonly queries.DayLook[],
  minuteOf: Minute,
): Promise<void> {
  const { practiceId } = tx;
  await sql`delete from look_days where on_date = ${onDate}::date`.execute(tx.db);
  await sql`delete from unexplained_looks where on_date = ${onDate}::date`.execute(tx.db);
  if (looks.length === 0) return;
  const facts = looks.map((look) => ({
    ...look,
    firstMinute: minuteOf(look.firstAt),
    lastMinute: minuteOf(look.lastAt),
  }));
  await sql`
    with l as (
      select * from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as r("accountId" uuid, "patientId" uuid,
        "firstAt" timestamptz, explained boolean, "firstMinute" int, "lastMinute" int)
    ), kept as (
      insert into unexplained_looks (practice_id, account_id, on_date, patient_id, first_at)
      select ${practiceId}, l."accountId", ${onDate}::date, l."patientId", l."firstAt" from l where not l.explained
    )
    insert into look_days (practice_id, account_id, on_date, people, unexplained, first_minute, last_minute)
    select ${practiceId}, l."accountId", ${onDate}::date, count(*), count(*) filter (where not l.explained),
      min(l."firstMinute"), max(l."lastMinute")
    from l group by l."accountId"`.execute(tx.db);
}

async function judgeLooks(
  tx: Tx,
  looks: readonly queries.DayLook[],
  { known, minuteOf }: { known: readonly queries.KnownDay[]; minuteOf: Minute },
): Promise<rules.Finding[]> {
  const open = looks.filter((look) => !look.explained);
  if (open.length === 0) return [];
  const people = await queries.listPersons(tx.db, [...new Set(open.map((look) => look.patientId))]);
  const colleagues = await queries.listColleagues(tx.db);
  const families = [...new Set(colleagues.map((one) => one.family))];
  const around = {
    ...(await queries.countSurnames(tx.db, families)),
    colleagues,
    hours: rules.usualHours(known),
  };
  return open.flatMap((look) => {
    const patient = people.get(look.patientId);
    if (!patient) return [];
    const minute = minuteOf(look.firstAt);
    const { accountId, staffId, days, restricted, firstAt: at } = look;
    const judged = { accountId, staffId, patient, at, minute, said: saidOf(look.said), days, restricted };
    return rules.judgeLook(judged, around) ?? [];
  });
}

function saidOf(said: string | null): string | null {
  return said === null ? null : ((reasonLabels as Record<string, string>)[said] ?? said);
}

async function judgeCounts(
  tx: Tx,
  onDate: string,
  looks: readonly queries.DayLook[],
  known: readonly queries.KnownDay[],
): Promise<rules.Finding[]> {
  const roles = await queries.listRolesOf(tx.db);
  const accounts = [...new Set(looks.map((look) => look.accountId))];
  return accounts.flatMap((accountId) => {
    const own = looks.filter((look) => look.accountId === accountId);
    const [first] = own;
    if (!first) return [];
    const unexplained = own.filter((look) => !look.explained).length;
    const counted = {
      today: { accountId, onDate, people: own.length, unexplained },
      own: known.filter((day) => day.accountId === accountId),
      peers: peersOf(accountId, known, roles),
    };
    return rules.judgeNumbers(counted, first.firstAt, first.staffId) ?? [];
  });
}

/** The days of those who share a role; of everyone, where these are too few to say what is usual. */
function peersOf(
  accountId: string,
  known: readonly queries.KnownDay[],
  roles: ReadonlyMap<string, string[]>,
): readonly queries.KnownDay[] {
  const others = known.filter((day) => day.accountId !== accountId);
  const own = roles.get(accountId) ?? [];
  const same = others.filter((day) => day.roles.some((role) => own.includes(role)));
  return same.length < rules.enoughDays ? others : same;
}

async function keepFindings(tx: Tx, onDate: string, found: readonly rules.Finding[]): Promise<void> {
  const ids = found.map((one) => one.patientId ?? '').filter(Boolean);
  await sql`
    update snoop_findings set reviewed_at = ${tx.now}, review_note = 'Explained since'
    where on_date = ${onDate}::date and reviewed_at is null and patient_id is not null
      and not patient_id = any (${ids}::uuid[])`.execute(tx.db);
  for (const { accountId, staffId, patientId, at, points, evidence } of found)
    await sql`
      insert into snoop_findings (practice_id, finding_id, account_id, staff_id, patient_id, on_date, at, points,
        evidence, made_at)
      values (${tx.practiceId}, ${newId(tx.now.getTime())}, ${accountId}, ${staffId}, ${patientId},
        ${onDate}::date, ${at}::timestamptz, ${points}, ${evidence}::text[], ${tx.now})
      on conflict (practice_id, account_id, on_date, patient_id) do update set points = excluded.points,
        evidence = excluded.evidence where snoop_findings.reviewed_at is null`.execute(tx.db);
  if (found.length > 0) tx.touch('snoops');
}

const mostDays = 35;

/** The days since the last time, up to yesterday; at first those of the last weeks. @returns how many days */
export async function lookThroughNewDays(
  tx: Tx,
  { timeZone, reasons }: Omit<Ask, 'onDate'>,
): Promise<number> {
  const yesterday = addDays(localDate(tx.now.getTime(), timeZone), -1);
  const { last, first } = await queries.findProgress(tx.db);
  if (!first) return 0;
  const earliest = addDays(yesterday, 1 - mostDays);
  const begun = localDate(Date.parse(first), timeZone);
  const from = [last === null ? begun : addDays(last, 1), earliest].sort().at(-1) ?? earliest;
  let days = 0;
  for (let onDate = from; onDate <= yesterday; onDate = addDays(onDate, 1)) {
    await lookThrough(tx, { onDate, timeZone, reasons });
    days += 1;
  }
  return days;
}

/** What someone else made of a finding; it stays on record. */
export async function reviewFinding(tx: Tx, findingId: string, note: string): Promise<void> {
  const { rows } = await sql<{ accountId: string; patientId: string | null; reviewedAt: string | null }>`
    select account_id, patient_id, reviewed_at from snoop_findings where finding_id = ${findingId}
    for update`.execute(tx.db);
  const [finding] = rows;
  if (!finding) throw notFound('finding');
  if (finding.reviewedAt) throw new Refusal('conflict', 'Someone reviewed this already.');
  if (finding.accountId === tx.actor.accountId)
    throw new Refusal('not-permitted', 'What is found of yourself is reviewed by someone else.');
  await sql`
    update snoop_findings set reviewed_at = ${tx.now}, reviewed_by = ${tx.actor.staffId}, review_note = ${note}
    where finding_id = ${findingId}`.execute(tx.db);
  tx.audit({
    action: 'snoop.reviewed',
    subjectKind: finding.patientId ? 'patient' : 'account',
    subjectIds: [finding.patientId ?? finding.accountId],
    reason: note,
  });
  tx.touch('snoops');
}
