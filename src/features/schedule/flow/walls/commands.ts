import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { newId } from '../../../../platform/id.ts';
import { notFound, Refusal } from '../../../../platform/refusal.ts';
import { hashToken } from '../../../../platform/session/session.ts';
import { findWall, listWalls } from './queries.ts';
import type { NewWall } from './schema.ts';

const mostWalls = 50;

/** The address of a screen. @returns it, this once */
export async function makeWall(tx: Tx, { name, siteId }: NewWall): Promise<{ wallId: string; path: string }> {
  if ((await listWalls(tx.db)).length >= mostWalls)
    throw new Refusal('conflict', `There are ${mostWalls} screens. Stop one that nobody looks at.`);
  if (siteId) {
    const { rows } = await sql`
      select from sites where site_id = ${siteId} and active for no key update`.execute(tx.db);
    if (rows.length === 0) throw notFound('site');
  }
  const token = randomBytes(32).toString('base64url');
  const wallId = newId(tx.now.getTime());
  await sql`
    insert into wall_addresses (practice_id, wall_id, name, site_id, token_hash, created_at, created_by)
    values (${tx.practiceId}, ${wallId}, ${name}, ${siteId}, ${hashToken(token)}, ${tx.now},
      ${tx.actor.accountId})`.execute(tx.db);
  tx.audit({ action: 'wall.made', subjectKind: 'wall', subjectIds: [wallId], after: { name, siteId } });
  tx.touch('walls');
  // Behind the question mark, which no log of a balancer keeps.
  return { wallId, path: `/wall?key=${token}` };
}

/** Stop a screen; one that stopped already is not there. */
export async function revokeWall(tx: Tx, wallId: string): Promise<void> {
  if (!(await findWall(tx.db, wallId))) throw notFound('screen');
  await sql`
    update wall_addresses set revoked_at = ${tx.now}
    where practice_id = ${tx.practiceId} and wall_id = ${wallId}`.execute(tx.db);
  tx.audit({ action: 'wall.revoked', subjectKind: 'wall', subjectIds: [wallId] });
  tx.touch('walls');
}

/** It asked: a screen that went dark shows by it. */
export async function noteWallRead(tx: Tx, wallId: string): Promise<void> {
  await sql`
    update wall_addresses set read_at = ${tx.now}
    where practice_id = ${tx.practiceId} and wall_id = ${wallId}`.execute(tx.db);
  tx.touch('walls');
}
