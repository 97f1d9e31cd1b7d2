import { sql } from 'kysely';
import { localDate } from '../../../../platform/calendar/zones.ts';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { newId } from '../../../../platform/id.ts';
import type { BusyInterval } from '../../openings/wish/rules.ts';

/** Openings held for a day that is being rescued: many at once at one desk, all of them let go together. */

const minuteMs = 60_000;
/** Longer than for a call: one reads a list; a desk that stays on it asks for more. */
export const manyMinutes = 10;

export type ManyWanted = {
  visitTypeId: string;
  siteId: string;
  physicianId: string;
  timeZone: string;
  startMs: number;
  endMs: number;
  /** The physician first; buffers included. */
  taken: readonly BusyInterval[];
};

/** Lock these resources in the order of their ids: what is read after it stays so until the transaction ends. */
export async function lockResources(tx: Tx, resourceIds: readonly string[]): Promise<void> {
  await sql`
    select from resources where resource_id = any (${[...new Set(resourceIds)]}::uuid[])
    order by resource_id for no key update`.execute(tx.db);
}

/**
 * Hold what is free of these, each by itself; the room of one that moves away is not free yet, and needs no hold.
 * @returns the ids in the same order; null where the physician was taken meanwhile
 */
export async function holdMany(tx: Tx, wanted: readonly ManyWanted[]): Promise<(string | null)[]> {
  const { accountId, staffId } = tx.actor;
  if (!accountId || wanted.length === 0) return wanted.map(() => null);
  await lockResources(
    tx,
    wanted.flatMap((one) => one.taken.map((it) => it.resourceId)),
  );
  await sql`delete from holds where practice_id = ${tx.practiceId} and expires_at <= ${tx.now}`.execute(
    tx.db,
  );
  const expiresAt = new Date(tx.now.getTime() + manyMinutes * minuteMs);
  const asked = wanted.map((one) => ({
    ...{ holdId: newId(), visitTypeId: one.visitTypeId, siteId: one.siteId, physicianId: one.physicianId },
    ...{ startsAt: new Date(one.startMs).toISOString(), endsAt: new Date(one.endMs).toISOString() },
    taken: one.taken.map((it) => ({
      ...{ resourceId: it.resourceId, lane: it.lane },
      ...{ startsAt: new Date(it.startMs).toISOString(), endsAt: new Date(it.endMs).toISOString() },
    })),
  }));
  const { rows } = await sql<{ holdId: string }>`
    with wanted as (
      select w.*, not exists (
        select from jsonb_to_recordset(w.taken) as t("resourceId" uuid, lane int, "startsAt" timestamptz, "endsAt" timestamptz)
        join visit_resources o on o.practice_id = ${tx.practiceId} and o.resource_id = t."resourceId" and o.lane = t.lane
          and not o.released and tstzrange(o.starts_at, o.ends_at) && tstzrange(t."startsAt", t."endsAt")
        where t."resourceId" = w."physicianId") as free
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as w("holdId" uuid, "visitTypeId" uuid, "siteId" uuid,
        "physicianId" uuid, "startsAt" timestamptz, "endsAt" timestamptz, taken jsonb)
    ), held as (
      insert into holds (practice_id, hold_id, account_id, staff_id, visit_type_id, site_id, physician_id, starts_at,
        ends_at, expires_at, created_at, for_rescue)
      select ${tx.practiceId}, "holdId", ${accountId}, ${staffId}, "visitTypeId", "siteId", "physicianId",
        "startsAt", "endsAt", ${expiresAt}, ${tx.now}, true
      from wanted where free
      returning hold_id
    ), occupied as (
      insert into visit_resources (practice_id, hold_id, resource_id, lane, starts_at, ends_at)
      select ${tx.practiceId}, w."holdId", t."resourceId", t.lane, t."startsAt", t."endsAt"
      from wanted w, jsonb_to_recordset(w.taken) as t("resourceId" uuid, lane int, "startsAt" timestamptz, "endsAt" timestamptz)
      where w.free and not exists (
        select from visit_resources o
        where o.practice_id = ${tx.practiceId} and o.resource_id = t."resourceId" and o.lane = t.lane
          and not o.released and tstzrange(o.starts_at, o.ends_at) && tstzrange(t."startsAt", t."endsAt"))
    )
    select hold_id from held`.execute(tx.db);
  const held = new Set(rows.map((row) => row.holdId));
  const subjectIds = [...held];
  tx.audit({ action: 'openings.held', subjectKind: 'hold', subjectIds, after: { count: held.size } });
  tx.touch('holds', ...new Set(wanted.map((one) => localDate(one.startMs, one.timeZone))));
  return asked.map((one) => (held.has(one.holdId) ? one.holdId : null));
}

/** Give back what this desk holds for a rescue, all of it or one. */
export async function releaseMany(tx: Tx, only?: string): Promise<void> {
  const { rows } = await sql<{ startsAt: string; timeZone: string }>`
    delete from holds h using sites s
    where h.practice_id = ${tx.practiceId} and h.account_id = ${tx.actor.accountId} and h.for_rescue
      and (${only ?? null}::uuid is null or h.hold_id = ${only ?? null}::uuid)
      and s.practice_id = h.practice_id and s.site_id = h.site_id
    returning h.starts_at, s.time_zone`.execute(tx.db);
  if (rows.length === 0) return;
  tx.audit({
    action: 'openings.released',
    subjectKind: 'hold',
    subjectIds: [],
    after: { count: rows.length },
  });
  tx.touch('holds', ...new Set(rows.map((row) => localDate(Date.parse(row.startsAt), row.timeZone))));
}

/** The desk is still at it: as many minutes again. @returns until when; null where nothing is held any more */
export async function keepMany(tx: Tx): Promise<Date | null> {
  const until = new Date(tx.now.getTime() + manyMinutes * minuteMs);
  const { rows } = await sql`
    update holds set expires_at = ${until}
    where practice_id = ${tx.practiceId} and account_id = ${tx.actor.accountId} and for_rescue
      and expires_at > ${tx.now} returning hold_id`.execute(tx.db);
  if (rows.length === 0) return null;
  tx.touch('holds');
  return until;
}
