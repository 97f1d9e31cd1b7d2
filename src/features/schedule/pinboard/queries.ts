import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { listVisitsById } from '../visits/queries.ts';
import { isPinned, type PinFacts } from './rules.ts';
import type { Pin } from './schema.ts';

type Place = Pick<PinFacts, 'startsAt' | 'physicianId'>;

/** Of the whole practice, for the days that show them: few, and remembered. */
export function listPins(db: Db): Promise<PinFacts[]> {
  return db.remember('pins', { topics: ['pins'], days: [] }, async () => {
    const { rows } = await sql<PinFacts>`
      select p.visit_id, p.account_id, coalesce(w.display_name, '') as by_name, p.starts_at, p.physician_id
      from pins p left join staff w on w.practice_id = p.practice_id and w.staff_id = p.staff_id
      order by p.pinned_at, p.visit_id limit 2000`.execute(db);
    return rows;
  });
}

export async function findPin(db: Db, visitId: string): Promise<PinFacts | undefined> {
  const { rows } = await sql<PinFacts>`
    select p.visit_id, p.account_id, coalesce(w.display_name, '') as by_name, p.starts_at, p.physician_id
    from pins p left join staff w on w.practice_id = p.practice_id and w.staff_id = p.staff_id
    where p.visit_id = ${visitId}`.execute(db);
  return rows[0];
}

/** The pinboard of one account, as pinned. */
export async function listPinned(db: Db, accountId: string): Promise<Pin[]> {
  const { rows } = await sql<Place & { visitId: string; pinnedAt: string }>`
    select p.visit_id, p.pinned_at, p.starts_at, p.physician_id from pins p
    join visits v on v.practice_id = p.practice_id and v.visit_id = p.visit_id
    where p.account_id = ${accountId} and v.state = 'booked' and v.starts_at = p.starts_at
      and v.physician_id = p.physician_id
    order by p.pinned_at, p.visit_id limit 100`.execute(db);
  if (rows.length === 0) return [];
  const visits = await listVisitsById(
    db,
    rows.map((row) => row.visitId),
  );
  // Somebody may have moved one between the two statements: it is elsewhere, then, and not pinned.
  return rows.flatMap(({ visitId, pinnedAt, ...place }) => {
    const visit = visits.find((one) => one.visitId === visitId);
    return visit && isPinned(place, visit) ? [{ visit, pinnedAt }] : [];
  });
}
