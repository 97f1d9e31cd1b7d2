import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { notFound, stale } from '../../../platform/refusal.ts';
import { missingName, practiceTimeZone } from '../queries.ts';
import { findMark } from './queries.ts';
import { dutyKey, refuseLateSnooze } from './rules.ts';
import { Assign, type DutyMark, type DutyName, Snooze } from './schema.ts';

const none = { snoozedUntil: null, snoozeReason: '', ownerStaffId: null, ownerName: '', version: 0 };

/** Lock the mark of a duty, made empty when there is none, so that two people do not overwrite each other. */
async function openMark(tx: Tx, duty: DutyName, version: number): Promise<DutyMark> {
  const key = dutyKey(duty);
  await sql`
    insert into duty_marks (practice_id, duty_key, at, version)
    values (${tx.practiceId}, ${key}, ${tx.now}, 0)
    on conflict (practice_id, duty_key) do nothing`.execute(tx.db);
  await sql`select from duty_marks where duty_key = ${key} for update`.execute(tx.db);
  const mark = (await findMark(tx.db, key)) ?? { dutyKey: key, ...none };
  if (mark.version !== version) throw stale('duty', mark);
  return mark;
}

async function closeMark(tx: Tx, action: string, duty: DutyName, before: DutyMark): Promise<DutyMark> {
  const after = (await findMark(tx.db, before.dutyKey)) ?? before;
  tx.audit({ action, subjectKind: 'duty', subjectIds: [duty.subjectId], before, after });
  tx.touch('duty-marks');
  return after;
}

/** Put a duty out of sight until later, with a reason; never past its deadline. Null wakes it. */
export async function snoozeDuty(tx: Tx, input: Snooze): Promise<DutyMark> {
  const snooze = Snooze.parse(input);
  if (snooze.until) {
    refuseLateSnooze(snooze.until, snooze.dueAt, tx.now, await practiceTimeZone(tx.db));
  }
  const before = await openMark(tx, snooze, snooze.version);
  await sql`
    update duty_marks set snoozed_until = ${snooze.until}, snooze_reason = ${snooze.reason}, at = ${tx.now},
      by_staff_id = ${tx.actor.staffId}, version = version + 1
    where practice_id = ${tx.practiceId} and duty_key = ${before.dutyKey}`.execute(tx.db);
  return closeMark(tx, snooze.until ? 'duty.snoozed' : 'duty.woken', snooze, before);
}

/** Give several duties to one person, whatever was said of them before: a hand-off that was acknowledged. */
export async function passDuties(tx: Tx, keys: readonly string[], staffId: string): Promise<void> {
  if (keys.length === 0) return;
  await sql`
    insert into duty_marks (practice_id, duty_key, owner_staff_id, at, by_staff_id, version)
    select ${tx.practiceId}, key, ${staffId}, ${tx.now}, ${tx.actor.staffId}, 1
    from unnest(${[...keys].sort()}::text[]) as given (key)
    on conflict (practice_id, duty_key) do update set owner_staff_id = excluded.owner_staff_id, at = excluded.at,
      by_staff_id = excluded.by_staff_id, version = duty_marks.version + 1`.execute(tx.db);
  const subjectIds = keys.flatMap((key) => key.split('|')[1] ?? []);
  tx.audit({ action: 'duty.assigned', subjectKind: 'duty', subjectIds, after: { ownerStaffId: staffId } });
  tx.touch('duty-marks');
}

/** Give a duty to a colleague, or back to everyone. */
export async function assignDuty(tx: Tx, input: Assign): Promise<DutyMark> {
  const assign = Assign.parse(input);
  const missing = await missingName(tx.db, { patientId: null, ownerStaffId: assign.staffId });
  if (missing) throw notFound(missing);
  const before = await openMark(tx, assign, assign.version);
  await sql`
    update duty_marks set owner_staff_id = ${assign.staffId}, at = ${tx.now},
      by_staff_id = ${tx.actor.staffId}, version = version + 1
    where practice_id = ${tx.practiceId} and duty_key = ${before.dutyKey}`.execute(tx.db);
  return closeMark(tx, 'duty.assigned', assign, before);
}
