import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { type LockedView, listViews, lockView } from './queries.ts';
import type { ChangeView, NewView, SavedView } from './schema.ts';

const sharing = 'schedule.set-up';

function refuseSharing(tx: Tx, shared: boolean): void {
  if (shared && !tx.actor.may(sharing)) {
    const message = 'A view for everyone is kept by who sets up the schedule. Save it for yourself.';
    throw new Refusal('not-permitted', message);
  }
}

/** A digit shows one view of one's own, and one of everyone's; one's own goes first. */
async function refuseTakenKey(
  tx: Tx,
  { key, shared }: { key: number | null; shared: boolean },
  own?: string,
) {
  if (key === null) return;
  const other = (await listViews(tx.db, tx.actor.accountId)).find(
    (one) => one.key === key && one.shared === shared && one.viewId !== own,
  );
  if (!other) return;
  const message = `${key} shows ${other.name} already. Choose another digit.`;
  throw new Refusal('conflict', message, { fields: { key: message } });
}

export async function saveView(tx: Tx, { name, key, look, shared }: NewView): Promise<SavedView> {
  const { accountId } = tx.actor;
  if (!accountId && !shared) throw new Refusal('bad-input', 'Only someone at a desk has views of their own.');
  refuseSharing(tx, shared);
  await refuseTakenKey(tx, { key, shared });
  if ((await listViews(tx.db, accountId)).filter((one) => one.shared === shared).length >= 50)
    throw new Refusal('conflict', 'There are 50 views already. Remove one that nobody uses.');
  const viewId = newId();
  await sql`
    insert into saved_views (practice_id, view_id, account_id, name, key, look, created_at)
    values (${tx.practiceId}, ${viewId}, ${shared ? null : accountId}, ${name}, ${key},
      ${JSON.stringify(look)}::jsonb, ${tx.now})`.execute(tx.db);
  const view = { viewId, shared, name, key, look, version: 1 };
  tx.audit({ action: 'view.saved', subjectKind: 'view', subjectIds: [viewId], after: view });
  tx.touch('views', viewId);
  return view;
}

async function openView(tx: Tx, viewId: string, version: number): Promise<LockedView> {
  const view = await lockView(tx.db, viewId);
  if (!view || (!view.shared && view.accountId !== tx.actor.accountId)) throw notFound('view');
  refuseSharing(tx, view.shared);
  if (view.version !== version) throw stale('view', view);
  return view;
}

export async function changeView(tx: Tx, viewId: string, input: ChangeView): Promise<SavedView> {
  const before = await openView(tx, viewId, input.version);
  const { name, key, look } = input;
  await refuseTakenKey(tx, { key, shared: before.shared }, viewId);
  await sql`
    update saved_views set name = ${name}, key = ${key}, look = ${JSON.stringify(look)}::jsonb,
      version = version + 1
    where practice_id = ${tx.practiceId} and view_id = ${viewId}`.execute(tx.db);
  const view = { viewId, shared: before.shared, name, key, look, version: before.version + 1 };
  tx.audit({ action: 'view.changed', subjectKind: 'view', subjectIds: [viewId], before, after: view });
  tx.touch('views', viewId);
  return view;
}

export async function removeView(tx: Tx, viewId: string, version: number): Promise<void> {
  const before = await openView(tx, viewId, version);
  await sql`
    delete from saved_views where practice_id = ${tx.practiceId} and view_id = ${viewId}`.execute(tx.db);
  tx.audit({ action: 'view.removed', subjectKind: 'view', subjectIds: [viewId], before });
  tx.touch('views', viewId);
}
