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
