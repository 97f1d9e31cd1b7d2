import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { Tx } from '../db/transaction.ts';
import { newId } from '../id.ts';
import { notFound } from '../refusal.ts';
import { hashToken } from './session.ts';

/** A program's key: a session of kind 'key' that acts for an account. */
export type AccessKey = {
  accessKeyId: string;
  label: string;
  accountId: string;
  displayName: string;
  accountDisabled: boolean;
  createdAt: string;
  expiresAt: string;
  /** null: never used */
  lastUsedAt: string | null;
  revokedAt: string | null;
  /** What it reads people for; empty: each request says it. */
  purpose: string;
};

/** Every key, the newest first; those that ended are swept out a week later. */
export async function listAccessKeys(db: Db): Promise<AccessKey[]> {
  const { rows } = await sql<AccessKey>`
    select s.session_id as access_key_id, s.label, s.account_id, a.display_name,
      a.disabled_at is not null as account_disabled, s.created_at, s.expires_at,
      nullif(s.seen_at, s.created_at) as last_used_at, s.ended_at as revoked_at, s.purpose
    from sessions s join accounts a on a.practice_id = s.practice_id and a.account_id = s.account_id
    where s.kind = 'key' order by s.created_at desc, s.session_id limit 500`.execute(db);
  return rows;
}

type NewKey = { accountId: string; label: string; expiresAt: Date; purpose?: string };

/** Make a key for an account. @returns the key itself, which is shown once; only its hash is stored */
export async function makeAccessKey(tx: Tx, input: NewKey): Promise<{ accessKeyId: string; key: string }> {
  const { rows } = await sql`
    select 1 from accounts where account_id = ${input.accountId} and disabled_at is null for share`.execute(
    tx.db,
  );
  if (rows.length === 0) throw notFound('account');
  // The letters before it let a scan of files tell what it is.
  const key = `fdk_${randomBytes(32).toString('base64url')}`;
  const accessKeyId = newId(tx.now.getTime());
  const { accountId, label, purpose = '' } = input;
  await sql`
    insert into sessions (practice_id, session_id, account_id, token_hash, kind, label, created_at, created_by,
      seen_at, expires_at, purpose)
    values (${tx.practiceId}, ${accessKeyId}, ${input.accountId}, ${hashToken(key)}, 'key', ${input.label},
      ${tx.now}, ${tx.actor.accountId}, ${tx.now}, ${input.expiresAt}, ${purpose})`.execute(tx.db);
  const after = { accountId, label, purpose, expiresAt: input.expiresAt.toISOString() };
  tx.audit({ action: 'access-key.made', subjectKind: 'access-key', subjectIds: [accessKeyId], after });
  return { accessKeyId, key };
}

/** End a key at once. Ending one that ended already changes nothing. */
export async function revokeAccessKey(tx: Tx, accessKeyId: string): Promise<void> {
  const { rows } = await sql<{ endedAt: string | null }>`
    select ended_at from sessions where session_id = ${accessKeyId} and kind = 'key' for update`.execute(
    tx.db,
  );
  if (!rows[0]) throw notFound('access key');
  if (rows[0].endedAt) return;
  await sql`update sessions set ended_at = ${tx.now} where session_id = ${accessKeyId}`.execute(tx.db);
  tx.touch('sessions');
  tx.audit({ action: 'access-key.revoked', subjectKind: 'access-key', subjectIds: [accessKeyId] });
}
