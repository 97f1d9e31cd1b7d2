import { sql } from 'kysely';
import type { Actor, Tx } from '../../platform/db/transaction.ts';
import { type Random, seeded } from '../../platform/random.ts';
import { Refusal } from '../../platform/refusal.ts';
import { readHoursFacts } from '../schedule/hours/queries.ts';
import { cancelVisit } from '../schedule/steps/commands.ts';
import { joinWaitlist } from './commands.ts';
import { acceptOffer, declineOffer, leaveMessage } from './offers/commands.ts';
import { openFreed } from './offers/opening/commands.ts';
import { listOffersOf, listOpenings } from './offers/queries.ts';
import type { NewEntry } from './schema.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

type Wished = Omit<NewEntry, 'patientId' | 'visitTypeId'> & { share: number };

/** What people who wait say, as a secretary hears it. */
const wishes: readonly Wished[] = [
  { share: 4, note: 'Any time, lives around the corner', noticeHours: 1 },
  { share: 3, times: [{ from: '00:00', to: '12:00' }], note: 'Works afternoons', noticeHours: 3 },
  { share: 3, times: [{ from: '12:00', to: '24:00' }], note: 'School until noon', noticeHours: 3 },
  { share: 2, weekdays: [1, 3, 5], note: 'Daughter drives Mondays, Wednesdays, Fridays', noticeHours: 24 },
  { share: 2, priority: 'soon', priorityReason: 'Result to discuss before the refill', noticeHours: 2 },
  { share: 1, priority: 'urgent', priorityReason: 'Asked for by the physician', noticeHours: 1 },
];

function pick(random: Random): Wished {
  let left = random.below(wishes.reduce((sum, one) => sum + one.share, 0));
  for (const one of wishes) {
    left -= one.share;
    if (left < 0) return one;
  }
  return random.pick(wishes);
}

export type WaitlistDay = {
  /** a day that has visits and lies ahead */
  date: string;
  /** the moment up to which the practice is played */
  untilMs: number;
  patientIds: readonly string[];
  players: Record<'secretary' | 'nurse' | 'physician', Actor>;
};

export async function hasWaitlist(tx: Tx): Promise<boolean> {
  const { rows } = await sql`select from waitlist_entries limit 1`.execute(tx.db);
  return rows.length > 0;
}

/**
 * People who wait, some openings that were filled today, and one that is being offered now: visits of a coming day
 * are called off, and whoever is asked says yes, no, or does not pick up.
 */
export async function playWaitlist(tx: Tx, seed: string, day: WaitlistDay): Promise<void> {
  const random = seeded(seed, 'waitlist');
  const started = { now: tx.now, actor: tx.actor };
  tx.actor = day.players.secretary;
  await joinSome(tx, random, day);
  const freed = await pickFreed(tx, day);
  for (const [index, visit] of freed.entries()) {
    const isLast = index === freed.length - 1;
    const minutes = isLast ? 6 : (freed.length - index) * 45;
    tx.now = new Date(day.untilMs - minutes * minuteMs);
    await playOpening(tx, random, { visit, isLast, untilMs: day.untilMs });
  }
  tx.now = started.now;
  tx.actor = started.actor;
}

async function joinSome(tx: Tx, random: Random, { date, untilMs, patientIds }: WaitlistDay): Promise<void> {
  const { visitTypes, resources } = await readHoursFacts(tx.db, date, date);
  const physicians = resources.filter((one) => one.kind === 'physician' && one.active);
  const short = visitTypes
    .filter((one) => one.active && one.minutes <= 30 && !/child/i.test(one.name))
    .slice(0, 3);
  const people = [...new Set(patientIds)].slice(0, 18);
  for (const [index, patientId] of people.entries()) {
    const type = short[index % 4 === 3 ? index % Math.max(1, short.length) : 0];
    if (!type) continue;
    const { share: _, ...wish } = pick(random);
    const does = physicians.filter(
      (one) => type.physicianIds.length === 0 || type.physicianIds.includes(one.resourceId),
    );
    const physicianIds = random.chance(0.4) && does.length > 0 ? [random.pick(does).resourceId] : [];
    tx.now = new Date(untilMs - random.between(1, 9 * 24) * 60 * minuteMs);
    await joinWaitlist(tx, { ...wish, physicianIds, patientId, visitTypeId: type.visitTypeId }).catch(
      (error: unknown) => {
        // The record says that they have died, or they wait already: nobody is forced onto the list
        if (!(error instanceof Refusal)) throw error;
      },
    );
  }
}

type Off = { visitId: string; version: number };

/** Visits of that day which someone could take: of the usual length, one a physician. */
async function pickFreed(tx: Tx, { date, untilMs }: WaitlistDay): Promise<Off[]> {
  const from = new Date(Math.max(Date.parse(`${date}T00:00:00Z`), untilMs + 4 * 60 * minuteMs));
  const { rows } = await sql<Off>`
    select visit_id, version from (
      select distinct on (v.physician_id) v.visit_id, v.version, v.starts_at from visits v
      where v.state = 'booked' and v.starts_at >= ${from} and v.starts_at < ${new Date(from.getTime() + dayMs)}
        and v.ends_at - v.starts_at between interval '15 minutes' and interval '30 minutes'
        and v.series_id is null and v.session_id is null
      order by v.physician_id, v.starts_at, v.visit_id) x
    order by starts_at, visit_id limit 4`.execute(tx.db);
  return rows;
}

type Played = { visit: Off; isLast: boolean; untilMs: number };

async function playOpening(tx: Tx, random: Random, { visit, isLast, untilMs }: Played): Promise<void> {
  const off = await cancelVisit(tx, visit.visitId, {
    version: visit.version,
    reason: 'patient-asked',
    text: '',
  });
  const { visitId, visitTypeId, siteId, physicianId, startsAt, endsAt } = off;
  const told = { visitId, visitTypeId, siteId, physicianId, startsAt, endsAt };
  const at = tx.now.getTime();
  await openFreed(tx, { ...told, cause: 'cancelled', eventId: null, freedAt: tx.now.toISOString() });
  const opening = (await listOpenings(tx.db, 20)).find((one) => one.freedBy === visitId);
  if (!opening || opening.closedAt) return;
  const offers = await listOffersOf(tx.db, opening.openingId);
  for (const [index, offer] of offers.entries()) {
    tx.now = new Date(Math.min(untilMs, at + (index + 1) * random.between(3, 9) * minuteMs));
    if (isLast) {
      if (index === 0) await leaveMessage(tx, offer.offerId);
      continue;
    }
    if (index < offers.length - 1 && random.chance(0.6)) {
      await declineOffer(tx, offer.offerId, random.chance(0.5) ? 'no' : 'not-reached');
      continue;
    }
    await acceptOffer(tx, offer.offerId).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
    });
    return;
  }
}
