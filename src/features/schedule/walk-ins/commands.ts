import { addDays } from '../../../platform/calendar/dates.ts';
import { dayBounds, localDate, timeLabel } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import { readHoursFacts, type SetupFacts } from '../hours/queries.ts';
import { listHours } from '../hours/rules.ts';
import { findOpenings } from '../openings/queries.ts';
import { arriveVisit } from '../steps/commands.ts';
import { bookVisit } from '../visits/commands.ts';
import type { Visit } from '../visits/schema.ts';
import { countWaiting, findBookedBetween } from './queries.ts';
import { type AtWork, type FreePlace, leastWaiting, soonPlace, startNow } from './rules.ts';
import type { RegisterWalkIn } from './schema.ts';

/** Kept where a walk-in is put between others: who may overbook decided it by registering. */
const between = 'walk-in';

/**
 * Someone is at the window without a visit: booked into a free place soon, else between others by who may overbook,
 * and checked in.
 */
export async function registerWalkIn(tx: Tx, input: RegisterWalkIn): Promise<Visit> {
  const nowMs = tx.now.getTime();
  const date = localDate(nowMs, 'UTC');
  // A day more on either side holds today in the zone of every site
  const facts = await readHoursFacts(tx.db, addDays(date, -1), addDays(date, 1));
  const type = facts.visitTypes.find((one) => one.visitTypeId === input.visitTypeId);
  if (!type) throw notFound('visit type');
  const zone = zoneOf(facts, input.siteId);
  const today = localDate(nowMs, zone);
  const { startMs, endMs } = dayBounds(today, zone);
  const stretch = { from: new Date(startMs), to: new Date(endMs) };
  if (!input.overrideReason) await refuseBooked(tx, input.patientId, stretch);
  const waiting = await countWaiting(tx.db, stretch);
  const place = await findSoon(tx, input, { today, waiting });
  const able = (id: string) => type.physicianIds.length === 0 || type.physicianIds.includes(id);
  const atWork = listAtWork(facts, nowMs, today).filter((one) => able(one.physicianId));
  const wanted = place ?? standing(atWork, input, { waiting, nowMs });
  if (!wanted) throw new Refusal('conflict', 'Nobody who does this is at work now. Book a visit instead.');
  const visit = await bookVisit(
    tx,
    {
      ...{ patientId: input.patientId, visitTypeId: input.visitTypeId, reason: input.reason, note: '' },
      ...wanted,
      ...(place ? {} : { overrideReason: input.overrideReason ?? between }),
    },
    { walkIn: true },
  );
  return arriveVisit(tx, visit.visitId, { version: visit.version });
}

function zoneOf(facts: SetupFacts, siteId: string | undefined): string {
  const site = siteId ? facts.sites.find((one) => one.id === siteId) : facts.sites.find((one) => one.active);
  if (!site) throw notFound('site');
  return site.timeZone;
}

async function refuseBooked(tx: Tx, patientId: string, stretch: { from: Date; to: Date }): Promise<void> {
  const booked = await findBookedBetween(tx.db, patientId, stretch);
  if (!booked) return;
  const when = timeLabel(Date.parse(booked.startsAt), booked.timeZone);
  throw new Refusal(
    'conflict',
    `This person has a visit today at ${when} with ${booked.physicianName}. Check in for that one.`,
    { offers: { openings: [] }, overridePermission: 'visits.book' },
  );
}

type Looking = { today: string; waiting: ReadonlyMap<string, number> };

async function findSoon(
  tx: Tx,
  { patientId, visitTypeId, siteId, physicianId }: RegisterWalkIn,
  { today, waiting }: Looking,
): Promise<FreePlace | undefined> {
  const { openings } = await findOpenings(
    tx.db,
    {
      ...{ visitTypeId, patientId, siteId, weekdays: [], times: [], from: today, to: today, limit: 50 },
      physicianIds: physicianId ? [physicianId] : [],
    },
    { now: tx.now, nearDays: 0 },
  );
  const found = soonPlace(openings, waiting, tx.now.getTime());
  return found && placeOf(found);
}

function placeOf({ startsAt, physicianId, siteId, resourceIds }: FreePlace): FreePlace {
  return { startsAt, physicianId, siteId, resourceIds };
}

function listAtWork(facts: SetupFacts, nowMs: number, today: string): AtWork[] {
  const resources = facts.resources.filter((one) => one.kind === 'physician' && one.active);
  return listHours({ ...facts, resources, from: today, to: today })
    .available.filter((one) => one.startMs <= nowMs && nowMs < one.endMs)
    .map((one) => ({ physicianId: one.resourceId, siteId: one.siteId }));
}

/** Between others, from now on. */
function standing(
  atWork: readonly AtWork[],
  { siteId, physicianId }: RegisterWalkIn,
  { waiting, nowMs }: { waiting: ReadonlyMap<string, number>; nowMs: number },
): FreePlace | undefined {
  const fits = atWork.filter(
    (one) => (!siteId || one.siteId === siteId) && (!physicianId || one.physicianId === physicianId),
  );
  const found = leastWaiting(fits, waiting);
  return found && { ...found, resourceIds: [], startsAt: startNow(nowMs) };
}
