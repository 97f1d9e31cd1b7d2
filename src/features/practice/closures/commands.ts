import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { touchVersion } from '../../../platform/db/versions.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { listSites } from '../queries.ts';
import { listClosures } from './queries.ts';
import type { ClosureRow, NewClosure } from './schema.ts';

/** Close on these days. A day closed already (there, or everywhere) stays as it is. @returns ids of the new ones */
export async function addClosures(tx: Tx, wanted: readonly NewClosure[]): Promise<string[]> {
  const dates = wanted.map((closure) => closure.onDate).sort();
  const known = await listClosures(tx.db, dates[0] ?? '', dates.at(-1) ?? '');
  const sites = new Set((await listSites(tx.db)).map((site) => site.siteId));
  const taken = new Set(known.map((closure) => `${closure.onDate} ${closure.siteId}`));
  const made: ClosureRow[] = [];
  for (const closure of wanted) {
    if (closure.siteId !== null && !sites.has(closure.siteId)) throw notFound('site');
    const key = `${closure.onDate} ${closure.siteId}`;
    if (taken.has(key) || taken.has(`${closure.onDate} null`)) continue;
    taken.add(key);
    made.push({ ...closure, closureId: newId(), version: 1 });
  }
  if (made.length === 0) {
    throw new Refusal('conflict', 'These days are closed already. Choose another day, or another site.');
  }
  for (const closure of made) await insertClosure(tx, closure);
  return made.map((closure) => closure.closureId);
}

async function insertClosure(tx: Tx, closure: ClosureRow): Promise<void> {
  await sql`
    insert into closures (practice_id, closure_id, site_id, on_date, name)
    values (${tx.practiceId}, ${closure.closureId}, ${closure.siteId}, ${closure.onDate}::date, ${closure.name})`.execute(
    tx.db,
  );
  const subjectIds = [closure.closureId];
  tx.audit({ action: 'closure.added', subjectKind: 'closure', subjectIds, after: closure });
  await touchClosure(tx, closure);
}

async function touchClosure(tx: Tx, closure: ClosureRow): Promise<void> {
  tx.touch('practice', closure.closureId);
  await touchVersion(tx, 'setup', closure.onDate);
}

/** Open again on a day that was closed. */
export async function removeClosure(tx: Tx, closureId: string, version: number): Promise<void> {
  const { rows } = await sql<ClosureRow & { removedAt: string | null }>`
    select closure_id, on_date, name, site_id, version, removed_at from closures
    where practice_id = ${tx.practiceId} and closure_id = ${closureId} for update`.execute(tx.db);
  const before = rows[0];
  if (!before || before.removedAt) throw notFound('closure');
  if (before.version !== version) throw stale('closure', before);
  await sql`
    update closures set removed_at = ${tx.now}, version = version + 1
    where practice_id = ${tx.practiceId} and closure_id = ${closureId}`.execute(tx.db);
  tx.audit({ action: 'closure.removed', subjectKind: 'closure', subjectIds: [closureId], before });
  await touchClosure(tx, before);
}
