import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { noId } from '../../../platform/db/pages.ts';
import type { BusyInterval } from '../openings/wish/rules.ts';
import { isHeld } from './rules.ts';
import type { Hold } from './schema.ts';

type Taken = { resourceId: string; lane: number; startMs: number; endMs: number };
/** A hold with what it takes, buffers included. */
export type HoldTaken = Hold & { taken: Taken[] };

const columns = sql`
  h.hold_id, h.account_id,
  case when h.account_id = ${noId} then 'The waitlist' else coalesce(w.display_name, '') end as by_name, h.visit_type_id, h.site_id, h.physician_id,
  h.starts_at, h.ends_at, h.expires_at,
  (select coalesce(json_agg(o.resource_id order by o.resource_id), '[]') from visit_resources o
    where o.practice_id = h.practice_id and o.hold_id = h.hold_id) as resource_ids,
  (select coalesce(json_agg(json_build_object('resourceId', o.resource_id, 'lane', o.lane,
      'startMs', extract(epoch from o.starts_at)::float8 * 1000,
      'endMs', extract(epoch from o.ends_at)::float8 * 1000)), '[]') from visit_resources o
    where o.practice_id = h.practice_id and o.hold_id = h.hold_id) as taken`;

async function listHolds(db: Db): Promise<HoldTaken[]> {
  const { rows } = await sql<HoldTaken>`
    select ${columns} from holds h
    left join staff w on w.practice_id = h.practice_id and w.staff_id = h.staff_id
    order by h.starts_at, h.hold_id limit 500`.execute(db);
  return rows;
}

/** What is held as of now: few, remembered, and each over at its own minute whether or not anyone looks. */
export async function listHeld(db: Db, now: Date): Promise<HoldTaken[]> {
  const all = await db.remember('holds', { topics: ['holds'], days: [] }, () => listHolds(db));
  return all.filter((one) => isHeld(one, now.getTime()));
}

export async function listHeldBusy(db: Db, now: Date): Promise<BusyInterval[]> {
  return (await listHeld(db, now)).flatMap((one) => one.taken);
}

export async function findHold(db: Db, holdId: string): Promise<Hold | undefined> {
  const { rows } = await sql<HoldTaken>`
    select ${columns} from holds h
    left join staff w on w.practice_id = h.practice_id and w.staff_id = h.staff_id
    where h.hold_id = ${holdId}`.execute(db);
  const [row] = rows;
  return row && shownHold(row);
}

/** Without the lanes that only a search needs. */
export function shownHold({ taken: _taken, ...hold }: HoldTaken): Hold {
  return hold;
}

export async function countHolds(db: Db, accountId: string, now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from holds
    where account_id = ${accountId} and expires_at > ${now} and not for_rescue`.execute(db);
  return rows[0]?.count ?? 0;
}
