import { sql } from 'kysely';
import { localDate } from '../../../platform/calendar/zones.ts';
import { noId } from '../../../platform/db/pages.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import { readFlowSettings } from '../flow/queries.ts';
import { type Placed, place } from '../placing/commands.ts';
import { countHolds, findHold } from './queries.ts';
import { mostHolds } from './rules.ts';
import type { Hold, HoldOpening } from './schema.ts';

const minuteMs = 60_000;

function deskOf(tx: Tx): string {
  const { accountId } = tx.actor;
  if (!accountId) throw new Refusal('bad-input', 'Only someone at a desk holds an opening.');
  return accountId;
}

/** Hold an opening for this desk: refused as a booking is, and then nobody else can take it until it expires. */
export async function holdOpening(tx: Tx, input: HoldOpening): Promise<Hold> {
  const accountId = deskOf(tx);
  const { holdMinutes } = await readFlowSettings(tx.db);
  const { replaces, ...wanted } = input;
  const held = await countHolds(tx.db, accountId, tx.now);
  if (held >= mostHolds && !replaces)
    throw new Refusal('conflict', `You hold ${held} openings already. Let one go first, or book it.`);
  const placed = await place(tx, { ...wanted, patientId: noId, holds: true, holdId: replaces });
  const expiresAt = new Date(tx.now.getTime() + holdMinutes * minuteMs);
  return writeHold(tx, { wanted, placed, accountId, expiresAt, freedBy: null });
}

type Held = {
  wanted: Omit<HoldOpening, 'replaces'>;
  placed: Placed;
  accountId: string;
  expiresAt: Date;
  freedBy: string | null;
};

async function writeHold(tx: Tx, { wanted, placed, accountId, expiresAt, freedBy }: Held): Promise<Hold> {
  const holdId = newId();
  await sql`
    with held as (
      insert into holds (practice_id, hold_id, account_id, staff_id, visit_type_id, site_id, physician_id, starts_at,
        ends_at, expires_at, created_at, freed_by)
      values (${tx.practiceId}, ${holdId}, ${accountId}, ${tx.actor.staffId}, ${wanted.visitTypeId},
        ${wanted.siteId}, ${wanted.physicianId}, ${placed.startsAt}, ${placed.endsAt}, ${expiresAt}, ${tx.now},
        ${freedBy})
    )
    insert into visit_resources (practice_id, hold_id, resource_id, lane, starts_at, ends_at)
    select ${tx.practiceId}, ${holdId}, r."resourceId", r.lane, r."startsAt", r."endsAt"
    from jsonb_to_recordset(${JSON.stringify(placed.resources)}::jsonb)
      as r("resourceId" uuid, lane int, "startsAt" timestamptz, "endsAt" timestamptz)`.execute(tx.db);
  const hold = await findHold(tx.db, holdId);
  if (!hold) throw new Error('A hold that was just written is there.');
  told(tx, 'opening.held', hold, placed.site.timeZone);
  return hold;
}

/** Longer than the database allows a hold to last: whoever needs it longer holds it again. */
const longestMs = 24 * 60 * minuteMs;

export type OfficeHold = Omit<HoldOpening, 'replaces'> & {
  expiresAt: Date;
  /** The visit that gave the time away, to which the hold gives way. */
  freedBy: string | null;
};

/** Hold an opening for nobody's desk, while the office offers it to someone; refused as a booking is. */
export async function holdForOffice(tx: Tx, { expiresAt, freedBy, ...wanted }: OfficeHold): Promise<Hold> {
  const placed = await place(tx, { ...wanted, patientId: noId, holds: true });
  const last = new Date(Math.min(expiresAt.getTime(), tx.now.getTime() + longestMs));
  return writeHold(tx, { wanted, placed, accountId: noId, expiresAt: last, freedBy });
}

/** Give back what the office holds; what is booked next in this transaction may take it. */
export function releaseForOffice(tx: Tx, holdId: string): Promise<boolean> {
  return release(tx, holdId, noId);
}

/** What everyone who looks at the day is told. */
function told(tx: Tx, action: string, hold: Hold, timeZone: string): void {
  const { holdId, physicianId, startsAt, expiresAt } = hold;
  const after = { physicianId, startsAt, expiresAt };
  tx.audit({ action, subjectKind: 'hold', subjectIds: [holdId], after });
  tx.touch('holds', localDate(Date.parse(startsAt), timeZone), holdId);
}

/** Give it back before its time; again, or after it was booked or expired, is no fault. */
export function releaseHold(tx: Tx, holdId: string): Promise<boolean> {
  return release(tx, holdId, deskOf(tx));
}

async function release(tx: Tx, holdId: string, accountId: string): Promise<boolean> {
  const { rows } = await sql<{ startsAt: string; timeZone: string }>`
    delete from holds h using sites s
    where h.practice_id = ${tx.practiceId} and h.hold_id = ${holdId} and h.account_id = ${accountId}
      and s.practice_id = h.practice_id and s.site_id = h.site_id
    returning h.starts_at, s.time_zone`.execute(tx.db);
  const [released] = rows;
  if (!released) return false;
  tx.audit({ action: 'opening.released', subjectKind: 'hold', subjectIds: [holdId] });
  tx.touch('holds', localDate(Date.parse(released.startsAt), released.timeZone), holdId);
  return true;
}

/** The call takes longer: as many minutes again from now. One that has expired is not there to be kept. */
export async function keepHold(tx: Tx, holdId: string): Promise<Hold> {
  const { holdMinutes } = await readFlowSettings(tx.db);
  const expiresAt = new Date(tx.now.getTime() + holdMinutes * minuteMs);
  const { rows } = await sql<{ timeZone: string }>`
    update holds h set expires_at = ${expiresAt} from sites s
    where h.practice_id = ${tx.practiceId} and h.hold_id = ${holdId} and h.account_id = ${deskOf(tx)}
      and h.expires_at > ${tx.now} and s.practice_id = h.practice_id and s.site_id = h.site_id
    returning s.time_zone`.execute(tx.db);
  const hold = await findHold(tx.db, holdId);
  if (!rows[0] || !hold) throw notFound('hold');
  told(tx, 'opening.kept', hold, rows[0].timeZone);
  return hold;
}

/** Rows of holds that are over; their time was free already. */
export async function removeExpired(tx: Tx): Promise<void> {
  await sql`
    delete from holds where practice_id = ${tx.practiceId} and expires_at <= ${tx.now}`.execute(tx.db);
}
