import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Permission } from '../contributions.ts';
import { dbOver } from '../db/database.ts';
import type { Actor, Store, Tx } from '../db/transaction.ts';
import { inTransaction, withLink } from '../db/transaction.ts';
import { newId } from '../id.ts';
import { type Factors, mustSetUp, setUpBefore } from './factors/rules.ts';
import { rememberedSessions } from './remembered.ts';
import { permissionsOf, type RoleChange } from './roles.ts';

export type Session = {
  kind: 'browser' | 'bearer' | 'key';
  /** ISO instant of the last touch by the person, to the minute. */
  seenAt: string;
  practiceId: string;
  practiceKind: 'real' | 'demo' | 'training';
  timeZone: string;
  sessionId: string;
  accountId: string;
  staffId: string;
  email: string;
  displayName: string;
  practiceName: string;
  roles: string[];
  permissions: Set<string>;
  mustChangePassword: boolean;
  /** A role of this account asks for a second step and there is none: it is set up before anything else. */
  mustSetUpFactor: boolean;
  /** Until when a second step may still wait; null when it may not, or none is asked for. */
  setUpFactorBefore: string | null;
  /** A manager took this person's second step away, and they have not read it yet. */
  factorsReset: { at: string; reason: string } | null;
  /** Locked by hand or by idleness: the page is hidden until the password is given. */
  locked: boolean;
  expiresAt: string;
  actor: Actor;
};

/** A desk locks after 15 minutes without a touch and signs out after 12 hours; a bearer token after 8 and 24 hours. */
export const sessionLimits = {
  browser: { idleMinutes: 15, hours: 12 },
  bearer: { idleMinutes: 8 * 60, hours: 24 },
  /** A program's access key: it never idles, and ends on the day that the manager chose (access-keys.ts). */
  key: { idleMinutes: Number.POSITIVE_INFINITY, hours: 0 },
} as const;

type SessionRow = {
  practiceId: string;
  sessionId: string;
  accountId: string;
  staffId: string;
  kind: keyof typeof sessionLimits;
  createdAt: string;
  seenAt: string;
  expiresAt: string;
  lockedAt: string | null;
  roles: string[];
  email: string;
  displayName: string;
  practiceName: string;
  mustChangePassword: boolean;
  practiceKind: Session['practiceKind'];
  timeZone: string;
  roleChanges: RoleChange[];
  factors: Factors & { resetAt: string | null; resetReason: string };
};

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

async function readSession(store: Store, hash: Buffer): Promise<SessionRow | undefined> {
  return withLink(store.source, async (link) => {
    const { rows } = await sql<SessionRow>`
      select practice_id, session_id, account_id, staff_id, kind, created_at, seen_at, expires_at, locked_at, roles,
        email, must_change_password, display_name, practice_name, practice_kind, time_zone, role_changes, factors
      from frontdesk.session_by_token(${hash})`.execute(dbOver(link, store.count));
    return rows[0];
  });
}

const permissionsByRow = new WeakMap<SessionRow, Set<string>>();

function permissionsOfRow(row: SessionRow, catalog: readonly Permission[]): Set<string> {
  const known = permissionsByRow.get(row) ?? permissionsOf(row.roles, row.roleChanges, catalog);
  permissionsByRow.set(row, known);
  return known;
}

function isLocked(row: SessionRow, now: Date): boolean {
  const idleMs = now.getTime() - new Date(row.seenAt).getTime();
  return row.lockedAt !== null || idleMs > sessionLimits[row.kind].idleMinutes * 60_000;
}

/** A program with a key has no second step, and nobody who could set one up. */
function secondStep(row: SessionRow, now: Date) {
  const { factors, kind } = row;
  if (kind === 'key') return { mustSetUpFactor: false, setUpFactorBefore: null, factorsReset: null };
  const { resetAt, resetReason } = factors;
  return {
    mustSetUpFactor: mustSetUp(factors, new Date(row.createdAt)),
    setUpFactorBefore: setUpBefore(factors, now),
    factorsReset: resetAt === null ? null : { at: new Date(resetAt).toISOString(), reason: resetReason },
  };
}

/** The session of a token, or undefined when there is none, it ended, expired, or its account is disabled. */
export async function findSession(
  store: Store,
  catalog: readonly Permission[],
  token: string,
): Promise<Session | undefined> {
  const now = store.clock.now();
  const hash = hashToken(token);
  const remembered = rememberedSessions<SessionRow>(store.source);
  const row = await remembered.find(hash.toString('base64'), () => readSession(store, hash));
  if (!row || new Date(row.expiresAt) <= now) return undefined;
  const permissions = permissionsOfRow(row, catalog);
  return {
    ...row,
    permissions,
    // Nobody is there to choose a password, or to type one.
    mustChangePassword: row.mustChangePassword && row.kind !== 'key',
    ...secondStep(row, now),
    locked: row.kind !== 'key' && isLocked(row, now),
    actor: {
      accountId: row.accountId,
      staffId: row.staffId,
      sessionId: row.sessionId,
      may: (permission) => permissions.has(permission),
    },
  };
}

/** Open a session. Answers the token once; only its hash is stored. */
export async function openSession(
  tx: Tx,
  accountId: string,
  kind: 'browser' | 'bearer',
  how: { device?: string; by?: string } = {},
): Promise<{ token: string; expiresAt: string }> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(tx.now.getTime() + sessionLimits[kind].hours * 3_600_000);
  const sessionId = newId();
  await sql`
    insert into sessions (practice_id, session_id, account_id, token_hash, kind, created_at, seen_at, expires_at,
      device)
    values (${tx.practiceId}, ${sessionId}, ${accountId}, ${hashToken(token)}, ${kind}, ${tx.now}, ${tx.now},
      ${expiresAt}, ${how.device ?? ''})`.execute(tx.db);
  const after = { kind, ...(how.by ? { by: how.by } : {}) };
  tx.audit({ action: 'session.opened', subjectKind: 'session', subjectIds: [sessionId], after });
  return { token, expiresAt: expiresAt.toISOString() };
}

/** Someone is at the desk: push the idle lock away, written at most once a minute. */
export async function noteSeen(store: Store, session: Session): Promise<void> {
  const now = store.clock.now();
  if (session.locked || now.getTime() - Date.parse(session.seenAt) < 60_000) return;
  const opening = { practiceId: session.practiceId, actor: session.actor, requestId: 'seen' };
  await inTransaction(store, opening, async (tx) => {
    await sql`
      update sessions set seen_at = ${now}
      where practice_id = ${tx.practiceId} and session_id = ${session.sessionId}`.execute(tx.db);
  });
  rememberedSessions(store.source).forget();
}

export async function lockSession(tx: Tx, sessionId: string): Promise<void> {
  await sql`
    update sessions set locked_at = ${tx.now}
    where practice_id = ${tx.practiceId} and session_id = ${sessionId} and locked_at is null`.execute(tx.db);
  tx.audit({ action: 'session.locked', subjectKind: 'session', subjectIds: [sessionId] });
  tx.touch('sessions', sessionId);
}

export async function unlockSession(tx: Tx, sessionId: string): Promise<void> {
  await sql`
    update sessions set locked_at = null, seen_at = ${tx.now}
    where practice_id = ${tx.practiceId} and session_id = ${sessionId}`.execute(tx.db);
  tx.audit({ action: 'session.unlocked', subjectKind: 'session', subjectIds: [sessionId] });
  tx.touch('sessions', sessionId);
}

export async function endSession(tx: Tx, sessionId: string): Promise<void> {
  await sql`
    update sessions set ended_at = ${tx.now}
    where practice_id = ${tx.practiceId} and session_id = ${sessionId} and ended_at is null`.execute(tx.db);
  tx.audit({ action: 'session.ended', subjectKind: 'session', subjectIds: [sessionId] });
  tx.touch('sessions', sessionId);
}

/**
 * End every session of an account: it was disabled, or its password or second step changed. Access keys stay: they
 * have no password, and work only while their account is enabled.
 * @param but this one goes on: the desk where the person made the change
 */
export async function endSessionsOf(tx: Tx, accountId: string, but?: string): Promise<void> {
  await sql`
    update sessions set ended_at = ${tx.now}
    where practice_id = ${tx.practiceId} and account_id = ${accountId} and ended_at is null
      and kind <> 'key' and session_id is distinct from ${but ?? null}::uuid`.execute(tx.db);
  tx.touch('sessions');
}
