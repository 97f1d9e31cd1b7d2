import { sql } from 'kysely';
import { localDate } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/id.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { findPractice } from '../practice/queries.ts';
import { releaseMany } from '../schedule/holds/many/commands.ts';
import { lockVisits, vacate } from '../schedule/recording/vacating/commands.ts';
import { addException } from '../schedule/setup/hours/commands.ts';
import { cancelVisit } from '../schedule/steps/commands.ts';
import { moveVisit } from '../schedule/visits/commands.ts';
import { lockVisit } from '../schedule/visits/queries.ts';
import type { Visit } from '../schedule/visits/schema.ts';
import { closingsOf } from '../team/hours/rules.ts';
import { readPlanFacts } from './plan/facts/queries.ts';
import { expectedMs } from './rules.ts';
import type { Affected, Chosen, NewRescue } from './schema.ts';

/** So long a desk may look at the list before someone who was expected then is not any more. */
const lookMs = 60 * 60_000;

/**
 * Close the time and move, cancel or leave everyone as chosen: all of it in this transaction, through the schedule's
 * own commands, or nothing with who collided.
 */
export async function commitRescue(tx: Tx, input: NewRescue): Promise<string> {
  const { lines, physicianId } = input;
  await lockVisits(tx, {
    visitIds: lines.map((one) => one.visitId),
    resourceIds: [
      physicianId,
      ...lines.flatMap((one) => [one.physicianId ?? physicianId, ...one.resourceIds]),
    ],
  });
  const people = await affectedNow(tx, input);
  refuseForgotten(tx, input, people);
  const given = new Set(lines.filter((one) => one.choice !== 'call').map((one) => one.visitId));
  await vacate(tx, [...given]);
  const stepNos = await takeSteps(tx, lines);
  const closingIds = await closeTime(tx, input);
  const rescueId = newId();
  await insertRescue(tx, rescueId, { input, closingIds });
  await insertLines(tx, rescueId, { lines, people, stepNos });
  await releaseMany(tx);
  tx.audit({
    action: 'rescue.committed',
    subjectKind: 'rescue',
    subjectIds: [rescueId],
    after: { ...input, lines: lines.map(({ visitId, choice, startsAt }) => ({ visitId, choice, startsAt })) },
  });
  tx.touch('rescues', rescueId);
  return rescueId;
}

/** Who is affected as of now: somebody may have been booked since the plan was made. */
async function affectedNow(tx: Tx, input: NewRescue): Promise<Map<string, Affected>> {
  const [fromMs, nowMs] = [Date.parse(input.fromAt), tx.now.getTime()];
  // Who waits here already is one of them, though the delay counts from a later visit
  const since = input.kind === 'late' ? Math.min(fromMs, nowMs) : fromMs;
  const window = { fromMs: since, toMs: Date.parse(input.toAt), slackMs: lookMs };
  const asked = {
    ...{
      physicianId: input.physicianId,
      when: input.kind === 'late' ? ('late' as const) : ('today' as const),
    },
    ...{ minutes: 30, searchDays: 1 },
  };
  const { people } = await readPlanFacts(tx.db, asked, { now: tx.now, accountId: null, window });
  return new Map(people.map((one) => [one.visitId, one]));
}

/** Nobody is left behind in the closed time without a word. A delay spares those whom a gap spares. */
function refuseForgotten(
  tx: Tx,
  { lines, kind, physicianId }: NewRescue,
  people: ReadonlyMap<string, Affected>,
): void {
  const named = new Set(lines.map((one) => one.visitId));
  if (named.size < lines.length)
    throw new Refusal('bad-input', 'One visit is named twice. Load the list again.');
  const unknown = lines.filter((one) => people.get(one.visitId)?.physicianId !== physicianId);
  const sinceMs = tx.now.getTime() - expectedMs;
  const isDue = (one: Affected) => one.state !== 'booked' || Date.parse(one.startsAt) >= sinceMs;
  const others = [...people.values()].filter((one) => !named.has(one.visitId) && isDue(one));
  const missing = kind === 'late' ? [] : others.map((one) => one.visitId);
  if (unknown.length === 0 && missing.length === 0) return;
  const count = unknown.length + missing.length;
  throw new Refusal(
    'conflict',
    `Nothing was changed: ${count === 1 ? 'one visit was' : `${count} visits were`} booked, moved or held meanwhile. The list is made anew.`,
    {
      offers: {
        collided: unknown.map((one) => ({ visitId: one.visitId, why: 'changed meanwhile' })),
        missing,
      },
    },
  );
}

type Collision = { visitId: string; why: string };

/** Every step is tried, so that the refusal names all that collide and not the first alone. */
async function takeSteps(tx: Tx, lines: readonly Chosen[]): Promise<Map<string, number>> {
  const stepNos = new Map<string, number>();
  const collided: Collision[] = [];
  for (const line of lines) {
    if (line.choice === 'call') continue;
    try {
      const done = await takeStep(tx, line);
      const locked = await lockVisit(tx.db, done.visitId);
      stepNos.set(line.visitId, locked?.lastStepNo ?? 0);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      collided.push({ visitId: line.visitId, why: error.message });
    }
  }
  if (collided.length === 0) return stepNos;
  const [first] = collided;
  const more = collided.length === 1 ? '' : ` The same for ${collided.length - 1} more.`;
  throw new Refusal(
    'conflict',
    `Nothing was changed: a place was taken meanwhile. ${first?.why ?? ''}${more} The list is made anew.`,
    { offers: { collided, missing: [] } },
  );
}

function takeStep(tx: Tx, line: Chosen): Promise<Visit> {
  const { visitId, version, startsAt, siteId, physicianId, resourceIds, holdId } = line;
  if (line.choice === 'cancel')
    return cancelVisit(tx, visitId, { version, reason: 'physician-away', text: '', askedBy: 'practice' });
  if (!startsAt || !physicianId) throw new Refusal('bad-input', 'Choose a time for each that is moved.');
  return moveVisit(tx, visitId, {
    ...{ version, startsAt, siteId, physicianId, resourceIds, askedBy: 'practice' },
    holdId: holdId ?? undefined,
  });
}

/** The physician is not there: nothing is offered then. An absence that closes hours has done it. */
async function closeTime(tx: Tx, input: NewRescue): Promise<string[]> {
  const { absenceId, physicianId, kind, reason } = input;
  if (absenceId && (await isClosedBy(tx, absenceId))) return [];
  const { timeZone } = await findPractice(tx.db);
  const today = localDate(tx.now.getTime(), timeZone);
  const closings = closingsOf(Date.parse(input.fromAt), Date.parse(input.toAt), { timeZone, today });
  const note = reason || (kind === 'late' ? 'late' : 'out');
  const ids: string[] = [];
  for (const closing of closings) {
    const added = await addException(tx, physicianId, { kind: 'closing', note, ...closing });
    ids.push(...added.exceptionIds);
  }
  return ids;
}

async function isClosedBy(tx: Tx, absenceId: string): Promise<boolean> {
  const { rows } = await sql<{ closed: boolean }>`
    select cardinality(closing_ids) > 0 as closed from absences
    where absence_id = ${absenceId} and removed_at is null`.execute(tx.db);
  if (!rows[0]) throw notFound('absence');
  return rows[0].closed;
}

type Made = { input: NewRescue; closingIds: string[] };

async function insertRescue(tx: Tx, rescueId: string, { input, closingIds }: Made): Promise<void> {
  const { physicianId, kind, fromAt, toAt, reason } = input;
  await sql`
    insert into rescues (practice_id, rescue_id, physician_id, kind, from_at, to_at, reason, closing_ids, made_at,
      made_by)
    values (${tx.practiceId}, ${rescueId}, ${physicianId}, ${kind}, ${fromAt}, ${toAt}, ${reason},
      ${closingIds}::uuid[], ${tx.now}, ${tx.actor.staffId})`.execute(tx.db);
}

type Written = {
  lines: readonly Chosen[];
  people: ReadonlyMap<string, Affected>;
  stepNos: ReadonlyMap<string, number>;
};

async function insertLines(tx: Tx, rescueId: string, { lines, people, stepNos }: Written): Promise<void> {
  const rows = lines.flatMap((line, position) => {
    const person = people.get(line.visitId);
    if (!person) return [];
    const moves = line.choice === 'move';
    return {
      ...{ lineId: newId(), visitId: line.visitId, patientId: person.patientId, position },
      ...{ score: person.score, reasons: person.reasons.map((one) => one.text), choice: line.choice },
      ...{ fromStartsAt: person.startsAt, fromPhysicianId: person.physicianId },
      ...{ toStartsAt: moves ? line.startsAt : null, toPhysicianId: moves ? line.physicianId : null },
      stepNo: stepNos.get(line.visitId) ?? null,
    };
  });
  await sql`
    insert into rescue_lines (practice_id, line_id, rescue_id, visit_id, patient_id, position, score, reasons, choice,
      from_starts_at, from_physician_id, to_starts_at, to_physician_id, step_no)
    select ${tx.practiceId}, r."lineId", ${rescueId}, r."visitId", r."patientId", r.position, r.score, r.reasons,
      r.choice, r."fromStartsAt", r."fromPhysicianId", r."toStartsAt", r."toPhysicianId", r."stepNo"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("lineId" uuid, "visitId" uuid, "patientId" uuid,
      position int, score int, reasons text[], choice text, "fromStartsAt" timestamptz, "fromPhysicianId" uuid,
      "toStartsAt" timestamptz, "toPhysicianId" uuid, "stepNo" int)`.execute(tx.db);
}
