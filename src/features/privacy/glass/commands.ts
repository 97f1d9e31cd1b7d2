import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import { findSettings } from '../settings/queries.ts';

const minuteMs = 60_000;

type Broken = { glassId: string; until: string };

/** Open a restricted record all the same: for a while, with a reason, and everyone who reviews is told. */
export async function breakGlass(tx: Tx, input: { patientId: string; reason: string }): Promise<Broken> {
  const { rows } = await sql`
    select 1 from restricted_records where patient_id = ${input.patientId} and lifted_at is null`.execute(
    tx.db,
  );
  if (rows.length === 0) {
    const part = await sql`
      select 1 from patients p join restricted_records r
        on r.practice_id = p.practice_id and r.patient_id = p.merged_into and r.lifted_at is null
      where p.patient_id = ${input.patientId}`.execute(tx.db);
    if (part.rows.length === 0)
      throw new Refusal('conflict', 'This record is not restricted any more. Open it as usual.');
  }
  const { glassMinutes } = await findSettings(tx.db);
  return writeGlass(tx, { ...input, minutes: glassMinutes, action: 'patient.glass-broken' });
}

type Written = { patientId: string | null; reason: string; minutes: number; action: string };

async function writeGlass(tx: Tx, { patientId, reason, minutes, action }: Written): Promise<Broken> {
  const { accountId, staffId } = tx.actor;
  if (!accountId || !staffId) throw new Refusal('not-permitted', 'Only someone with an account does this.');
  const glassId = newId(tx.now.getTime());
  const until = new Date(tx.now.getTime() + minutes * minuteMs);
  await sql`
    insert into broken_glass (practice_id, glass_id, account_id, staff_id, patient_id, reason, at, until)
    values (${tx.practiceId}, ${glassId}, ${accountId}, ${staffId}, ${patientId}, ${reason}, ${tx.now},
      ${until})`.execute(tx.db);
  tx.audit({
    action,
    subjectKind: patientId ? 'patient' : 'account',
    subjectIds: [patientId ?? accountId],
    reason,
    after: { until: until.toISOString() },
  });
  tx.touch('privacy');
  tx.touch('glass');
  return { glassId, until: until.toISOString() };
}

/** Read what the own roles do not show, for a while; whoever reviews is told (45 CFR 164.312(a)(2)(ii)). */
export async function startEmergency(tx: Tx, reason: string): Promise<Broken> {
  const { emergencyMinutes: minutes } = await findSettings(tx.db);
  const made = await writeGlass(tx, { patientId: null, reason, minutes, action: 'account.emergency-began' });
  tx.touch('sessions');
  return made;
}

/** It ends by itself; this ends it before. What was broken stays to be reviewed. */
export async function endEmergency(tx: Tx): Promise<void> {
  const { accountId } = tx.actor;
  const { rows } = await sql<{ glassId: string }>`
    update broken_glass set until = greatest(${tx.now}, at + interval '1 second')
    where account_id = ${accountId} and patient_id is null and until > ${tx.now}
    returning glass_id`.execute(tx.db);
  if (rows.length === 0 || !accountId) return;
  tx.audit({ action: 'account.emergency-ended', subjectKind: 'account', subjectIds: [accountId] });
  tx.touch('privacy');
  tx.touch('sessions');
  tx.touch('glass');
}

/** What someone else found about it; it stays on record. */
export async function reviewGlass(tx: Tx, glassId: string, note: string): Promise<void> {
  const { rows } = await sql<{ accountId: string; patientId: string | null; reviewedAt: string | null }>`
    select account_id, patient_id, reviewed_at from broken_glass where glass_id = ${glassId} for update`.execute(
    tx.db,
  );
  const [glass] = rows;
  if (!glass) throw notFound('broken glass');
  if (glass.reviewedAt) throw new Refusal('conflict', 'Someone reviewed this already.');
  if (glass.accountId === tx.actor.accountId)
    throw new Refusal('not-permitted', 'Your own broken glass is reviewed by someone else.');
  await sql`
    update broken_glass set reviewed_at = ${tx.now}, reviewed_by = ${tx.actor.staffId}, review_note = ${note}
    where glass_id = ${glassId}`.execute(tx.db);
  tx.audit({
    action: 'glass.reviewed',
    subjectKind: glass.patientId ? 'patient' : 'account',
    subjectIds: [glass.patientId ?? glass.accountId],
    reason: note,
  });
  tx.touch('glass');
}
