import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import * as queries from '../queries.ts';
import type { FollowUp, StepKind } from '../schema.ts';

export async function readBack(tx: Tx, followUpId: string): Promise<FollowUp> {
  const followUp = await queries.findFollowUp(tx.db, followUpId);
  if (!followUp) throw notFound('follow-up');
  return followUp;
}

type Told = { before?: object; after?: object; reason?: string };

export function note(tx: Tx, action: string, told: Told, followUp: FollowUp): FollowUp {
  const subjects = [followUp.followUpId, followUp.patientId];
  tx.audit({ action, subjectKind: 'follow-up', subjectIds: subjects, ...told });
  tx.touch('follow-ups', ...subjects);
  return followUp;
}

/** Lock it, and refuse what is gone or was changed meanwhile by the other desk. */
export async function openForChange(
  tx: Tx,
  followUpId: string,
  version: number,
  { alsoInError = false } = {},
): Promise<FollowUp> {
  await sql`select 1 from follow_ups where follow_up_id = ${followUpId} for no key update`.execute(tx.db);
  const followUp = await queries.findFollowUp(tx.db, followUpId);
  if (!followUp || (followUp.enteredInErrorAt && !alsoInError)) throw notFound('follow-up');
  if (followUp.version !== version) throw stale('follow-up', followUp);
  return followUp;
}

/** Neither refused nor closed. */
export async function openUnended(tx: Tx, followUpId: string, version: number): Promise<FollowUp> {
  const followUp = await openForChange(tx, followUpId, version);
  if (followUp.endedAt)
    throw new Refusal('conflict', `This follow-up was ${followUp.state}. Open it again first.`);
  return followUp;
}

/** Written after the follow-up's own row: the version that it left. */
export async function addStep(
  tx: Tx,
  followUpId: string,
  kind: StepKind,
  { text = '', visitId = null }: { text?: string; visitId?: string | null } = {},
): Promise<void> {
  await sql`
    insert into follow_up_steps (practice_id, step_id, follow_up_id, version, kind, note, visit_id, at, by_staff_id)
    select practice_id, ${newId()}, follow_up_id, version, ${kind}, ${text}, ${visitId}, ${tx.now},
      ${tx.actor.staffId}
    from follow_ups where follow_up_id = ${followUpId}`.execute(tx.db);
}
