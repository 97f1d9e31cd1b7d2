import { sql } from 'kysely';
import type { Actor, Tx } from '../../platform/db/transaction.ts';
import { type Random, seeded } from '../../platform/random.ts';
import { commitRescue } from './commands.ts';
import { planRescue } from './plan/commands.ts';
import { listLines } from './queries.ts';
import { RescueAsked, type RescueLine, type RescuePlan } from './schema.ts';
import { sayTold, toRebook } from './telling/commands.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export type RescueDay = {
  /** a day that has visits and lies ahead */
  date: string;
  startMs: number;
  noonMs: number;
  /** the moment up to which the practice is played */
  untilMs: number;
  secretary: Actor;
};

export async function hasRescue(tx: Tx): Promise<boolean> {
  const { rows } = await sql`select from rescues limit 1`.execute(tx.db);
  return rows.length > 0;
}

/**
 * A physician said some days ago that this day is lost: everyone has another time, most have agreed to it, one is to
 * be booked again, and two are still to be reached.
 */
export async function playRescue(tx: Tx, seed: string, day: RescueDay): Promise<void> {
  const { now, actor } = tx;
  const out = await pickPhysician(tx, day);
  if (!out) return;
  tx.actor = day.secretary;
  // After whatever was done to these visits, as they were made before it
  const madeMs = Math.min(out.quietMs + 35 * minuteMs, day.untilMs - 2 * hourMs);
  tx.now = new Date(madeMs);
  const asked = RescueAsked.parse({ physicianId: out.physicianId, when: out.when, date: day.date });
  const plan = await planRescue(tx, asked);
  const rescueId = await commitRescue(tx, { ...taken(plan, day.untilMs), reason: 'Called in: family' });
  await playAnswers(tx, { seed, day, madeMs, lines: await listLines(tx.db, rescueId) });
  tx.now = now;
  tx.actor = actor;
}

type Out = { physicianId: string; when: 'today' | 'afternoon'; quietMs: number };

/** Who has enough visits that day or afternoon, no absence, and nothing done to them lately; the fullest of them. */
async function pickPhysician(tx: Tx, { startMs, noonMs, untilMs }: RescueDay): Promise<Out | undefined> {
  const to = new Date(startMs + dayMs);
  const { rows } = await sql<Out>`
    select x.physician_id, x."when", x.quiet_ms from (
      select v.physician_id, d.name, w."when", count(*) as visits,
        extract(epoch from max(greatest(v.created_at, s.at)))::float8 * 1000 as quiet_ms
      from (values ('today', ${new Date(startMs)}::timestamptz), ('afternoon', ${new Date(noonMs)}::timestamptz))
        as w ("when", from_at)
      join visits v on v.ends_at > w.from_at and v.starts_at >= ${new Date(startMs)} and v.starts_at < ${to}
      join resources d on d.practice_id = v.practice_id and d.resource_id = v.physician_id
      left join lateral (select max(x.at) as at from visit_steps x
        where x.practice_id = v.practice_id and x.visit_id = v.visit_id) s on true
      where v.state = 'booked' and v.session_id is null
        and not exists (select from absences a where a.practice_id = v.practice_id and a.staff_id = d.staff_id
          and a.removed_at is null and a.ends_at > ${new Date(untilMs)})
      group by v.physician_id, d.name, w."when" having count(*) between 3 and 16) x
    order by x.quiet_ms <= ${untilMs - 20 * hourMs} desc, x.quiet_ms <= ${untilMs - 3 * hourMs} desc, x.visits desc, x.name, x."when" limit 1`.execute(
    tx.db,
  );
  return rows[0];
}

/** As it is proposed; who would have come before the moment that is played is called instead. */
function taken(plan: RescuePlan, untilMs: number) {
  const versions = new Map(plan.people.map((one) => [one.visitId, one.version]));
  const { physicianId, kind, fromAt, toAt } = plan;
  const lines = plan.proposals.map((one) => {
    const isAhead = one.startsAt !== null && Date.parse(one.startsAt) > untilMs + dayMs;
    return {
      ...{ visitId: one.visitId, version: versions.get(one.visitId) ?? 0, resourceIds: one.resourceIds },
      ...{ choice: isAhead ? one.choice : ('call' as const), startsAt: one.startsAt ?? undefined },
      ...{ siteId: one.siteId ?? undefined, physicianId: one.physicianId ?? undefined, holdId: one.holdId },
    };
  });
  return { physicianId, kind, fromAt, toAt, lines };
}

type Calls = { seed: string; day: RescueDay; madeMs: number; lines: readonly RescueLine[] };

async function playAnswers(tx: Tx, { seed, day, madeMs, lines }: Calls): Promise<void> {
  const random = seeded(seed, 'rescue', day.date);
  for (const [index, line] of lines.entries()) {
    const atMs = madeMs + (index + 1) * random.between(4, 9) * minuteMs;
    tx.now = new Date(Math.min(atMs, day.untilMs - minuteMs));
    await answer(tx, random, { line, left: lines.length - index, index, dueMs: day.untilMs + 2 * hourMs });
  }
}

type Call = { line: RescueLine; index: number; left: number; dueMs: number };

async function answer(tx: Tx, random: Random, { line, index, left, dueMs }: Call): Promise<void> {
  const { lineId, version } = line;
  const say = (kind: 'agreed' | 'no-answer' | 'left-message', at = version) =>
    sayTold(tx, lineId, { version: at, kind, note: '' });
  if (left <= 2 || line.choice === 'call') {
    await say(left === 1 ? 'no-answer' : 'left-message');
    return;
  }
  if (index === 1) {
    const note = 'Is traveling, wants the week after.';
    const dueAt = new Date(dueMs).toISOString();
    await toRebook(tx, lineId, { version, note, dueAt, ownerStaffId: null, ownerRole: 'secretary' });
    return;
  }
  const missed = random.chance(0.25) ? await say('no-answer') : undefined;
  await say('agreed', missed?.version ?? version);
}
