import { sql } from 'kysely';
import { localDate } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import { findVisit } from '../visits/queries.ts';
import { whyNotChange } from '../visits/rules.ts';
import type { Visit } from '../visits/schema.ts';
import { findPin, listPinned } from './queries.ts';
import { isPinned, mostPins } from './rules.ts';

/** Park a visit at the side of this desk: it keeps its place until it is put elsewhere. */
export async function pinVisit(tx: Tx, visitId: string): Promise<Visit> {
  const { accountId, staffId } = tx.actor;
  if (!accountId) throw new Refusal('bad-input', 'Only someone at a desk has a pinboard.');
  const visit = await findVisit(tx.db, visitId);
  if (!visit) throw notFound('visit');
  const why = whyNotChange(visit.state);
  if (why) throw new Refusal('conflict', why);
  const pin = await findPin(tx.db, visitId);
  if (pin && pin.accountId !== accountId && isPinned(pin, visit)) {
    const whose = pin.byName ? `${pin.byName}’s pinboard` : 'another pinboard';
    throw new Refusal('conflict', `This visit is on ${whose}. Ask there, or move it as it is.`);
  }
  if ((await listPinned(tx.db, accountId)).length >= mostPins)
    throw new Refusal('conflict', `Your pinboard holds ${mostPins} visits. Put one of them somewhere first.`);
  await sql`
    insert into pins (practice_id, visit_id, account_id, staff_id, starts_at, physician_id, pinned_at)
    values (${tx.practiceId}, ${visitId}, ${accountId}, ${staffId}, ${visit.startsAt}, ${visit.physicianId}, ${tx.now})
    on conflict (practice_id, visit_id) do update set account_id = excluded.account_id,
      staff_id = excluded.staff_id, starts_at = excluded.starts_at, physician_id = excluded.physician_id,
      pinned_at = excluded.pinned_at`.execute(tx.db);
  told(tx, 'visit.pinned', visit);
  return visit;
}

/** Take it off; whoever may move visits may, also off a colleague's who has gone home. */
export async function unpinVisit(tx: Tx, visitId: string): Promise<void> {
  const { rows } = await sql<{ visitId: string }>`
    delete from pins where practice_id = ${tx.practiceId} and visit_id = ${visitId} returning visit_id`.execute(
    tx.db,
  );
  if (rows.length === 0) return;
  const visit = await findVisit(tx.db, visitId);
  if (visit) told(tx, 'visit.unpinned', visit);
}

function told(tx: Tx, action: string, visit: Visit): void {
  tx.audit({ action, subjectKind: 'visit', subjectIds: [visit.visitId] });
  tx.touch('pins', localDate(Date.parse(visit.startsAt), visit.timeZone), visit.visitId);
}

/** Pins of visits that are over, or that stand elsewhere for long: they show nowhere. */
export async function removeOldPins(tx: Tx): Promise<void> {
  await sql`
    delete from pins p using visits v
    where p.practice_id = ${tx.practiceId} and v.practice_id = p.practice_id and v.visit_id = p.visit_id
      and (v.starts_at < ${tx.now}::timestamptz - interval '7 days'
        or (p.pinned_at < ${tx.now}::timestamptz - interval '7 days'
          and (v.starts_at <> p.starts_at or v.physician_id <> p.physician_id or v.state <> 'booked')))`.execute(
    tx.db,
  );
}
