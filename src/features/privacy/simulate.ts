import { sql } from 'kysely';
import type { Actor, Tx } from '../../platform/db/transaction.ts';
import type { Random } from '../../platform/random.ts';
import { breakGlass } from './glass/commands.ts';
import { sayWhy } from './look-ups/commands.ts';
import { restrictRecord } from './restricted/commands.ts';
import type { LookUpKind } from './schema.ts';

/** What the audit holds of an ordinary day: records are looked at for the visits of the day, and now and then for a call. */

const minuteMs = 60_000;

type Seen = { patientId: string; startMs: number };
type Players = { secretary: Actor; nurse: Actor; physician: Actor };
type Played = { players: Players; random: Random; untilMs: number; timeZone: string };

/** @param visits of one day, with who has them @param callers whom nothing connects with that day */
export async function playLooks(
  tx: Tx,
  { visits, callers }: { visits: readonly Seen[]; callers: readonly string[] },
  { players, random, untilMs, timeZone }: Played,
): Promise<void> {
  const look = (actor: Actor, patientId: string, atMs: number) => {
    if (atMs >= untilMs || actor.accountId === null) return false;
    tx.actor = actor;
    tx.now = new Date(atMs);
    tx.audit({ action: 'patient.card', subjectKind: 'patient', subjectIds: [patientId] });
    return true;
  };
  for (const { patientId, startMs } of visits) {
    look(players.secretary, patientId, startMs - random.between(4, 12) * minuteMs);
    look(players.nurse, patientId, startMs + random.between(0, 5) * minuteMs);
    look(players.physician, patientId, startMs + random.between(6, 12) * minuteMs);
  }
  // The phone is answered from the first visit to the last.
  const starts = visits.map((visit) => visit.startMs);
  const [opens, closes] = [Math.min(...starts), Math.max(...starts)];
  for (const patientId of callers) {
    const atMs = opens + random.between(0, Math.floor((closes - opens) / minuteMs)) * minuteMs;
    if (!look(players.secretary, patientId, atMs)) continue;
    const kind = random.pick(callReasons);
    await sayWhy(tx, { patientId, kind, text: kind === 'other' ? random.pick(callWords) : '', timeZone });
  }
}

const callReasons: readonly LookUpKind[] = ['calling', 'calling', 'at-window', 'billing', 'records', 'other'];
const callWords = ['Mailed a form back', 'Asked for directions', 'Pharmacy called about a refill'];

/** Someone's record is restricted since this morning; the nurse had to open it. */
export async function playGlass(
  tx: Tx,
  patientId: string,
  { players, atMs }: { players: Players; atMs: number },
): Promise<void> {
  const { rows } = await sql`
    select 1 from restricted_records where patient_id = ${patientId}`.execute(tx.db);
  if (rows.length > 0 || players.nurse.accountId === null) return;
  // Not of before: on the days that were played already anyone looked at it as at any other.
  tx.now = new Date(atMs - 90 * minuteMs);
  const kind = 'vip' as const;
  await restrictRecord(tx, patientId, {
    ...{ kind, note: 'Asked for it', roles: ['manager'], accountIds: [], careTeam: true, version: 0 },
  });
  tx.now = new Date(atMs);
  tx.actor = players.nurse;
  await breakGlass(tx, {
    patientId,
    reason: 'She felt faint at the window; I looked up her emergency contact',
  });
}
