import { sql } from 'kysely';
import { z } from 'zod';
import type { JobHandler } from '../../platform/contributions.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { Id } from '../../platform/id.ts';
import { visitEvents } from '../schedule/events.ts';
import { reopenFilled } from './commands.ts';
import { closeReinstated, type Freed, openFreed } from './offers/opening/commands.ts';
import { runWave, waveJob } from './offers/waves/commands.ts';

const Told = z.object({ eventKind: z.string(), eventId: Id });
const Wave = z.object({ openingId: Id });

const causes: Record<string, Freed['cause']> = {
  'visit.cancelled.v1': 'cancelled',
  'visit.entered-in-error.v1': 'cancelled',
  'visit.no-show.v1': 'no-show',
};

async function lastStepAt(tx: Tx, visitId: string): Promise<string> {
  const { rows } = await sql<{ at: string | null }>`
    select max(at) as at from visit_steps where visit_id = ${visitId}`.execute(tx.db);
  return rows[0]?.at ?? tx.now.toISOString();
}

/** A visit is off: who got it from the waitlist waits again where the practice wanted it, and its time is offered. */
async function hearOff(tx: Tx, payload: Record<string, unknown>): Promise<void> {
  const { eventKind, eventId } = Told.parse(payload);
  const visit = visitEvents['visit.cancelled.v1'].partial({ reason: true }).parse(payload);
  await reopenFilled(
    tx,
    visit.visitId,
    eventKind === 'visit.entered-in-error.v1' ? 'in-error' : visit.reason,
  );
  const freedAt = await lastStepAt(tx, visit.visitId);
  await openFreed(tx, { ...visit, eventId, freedAt, cause: causes[eventKind] ?? 'cancelled' });
}

type Was = { siteId: string; minutes: number };

/** Where the visit stood before it was moved, as the step of its history says; as it stands where none does. */
async function readWas(tx: Tx, visitId: string, fromStartsAt: string): Promise<Was | undefined> {
  const { rows } = await sql<Was>`
    select coalesce((x.before ->> 'siteId')::uuid, v.site_id) as site_id,
      (extract(epoch from coalesce((x.before ->> 'endsAt')::timestamptz - (x.before ->> 'startsAt')::timestamptz,
        v.ends_at - v.starts_at)) / 60)::int as minutes
    from visits v
    left join lateral (
      select s.before from visit_steps s
      where s.practice_id = v.practice_id and s.visit_id = v.visit_id and s.step = 'moved'
        and (s.before ->> 'startsAt')::timestamptz = ${fromStartsAt}::timestamptz
      order by s.step_no desc limit 1) x on true
    where v.visit_id = ${visitId}`.execute(tx.db);
  return rows[0];
}

async function hearMoved(tx: Tx, payload: Record<string, unknown>): Promise<void> {
  const { eventId } = Told.parse(payload);
  const { fromStartsAt, fromPhysicianId, ...visit } = visitEvents['visit.moved.v1'].parse(payload);
  await closeReinstated(tx, visit.visitId, visit.startsAt);
  const was = await readWas(tx, visit.visitId, fromStartsAt);
  if (!was) return;
  const endsAt = new Date(Date.parse(fromStartsAt) + was.minutes * 60_000).toISOString();
  const freedAt = await lastStepAt(tx, visit.visitId);
  await openFreed(tx, {
    ...{ cause: 'moved', visitId: visit.visitId, eventId, visitTypeId: visit.visitTypeId, freedAt },
    ...{ siteId: was.siteId, physicianId: fromPhysicianId, startsAt: fromStartsAt, endsAt },
  });
}

export const waitlistJobs: readonly JobHandler[] = [
  {
    kind: 'waitlist.hear-off',
    on: ['visit.cancelled.v1', 'visit.no-show.v1', 'visit.entered-in-error.v1'],
    label: 'Offer time that was given away to the waitlist',
    run: hearOff,
  },
  {
    kind: 'waitlist.hear-moved',
    on: ['visit.moved.v1'],
    label: 'Offer time from which a visit was moved to the waitlist',
    run: hearMoved,
  },
  {
    kind: 'waitlist.hear-reinstated',
    on: ['visit.reinstated.v1'],
    label: 'Take back offers of time that a visit has again',
    run: async (tx, payload) => {
      const { visitId, startsAt } = visitEvents['visit.reinstated.v1'].parse(payload);
      await closeReinstated(tx, visitId, startsAt);
    },
  },
  {
    kind: waveJob,
    label: 'Ask the next on the waitlist',
    run: (tx, payload) => runWave(tx, Wave.parse(payload).openingId),
  },
];
