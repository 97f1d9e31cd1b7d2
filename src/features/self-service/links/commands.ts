import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { hashToken } from '../../../platform/session/session.ts';
import { pathOf, signatureOf, signedPart } from './rules.ts';
import { MakeLink } from './schema.ts';

/** What the office's key for the signatures of links is made for. */
export const signingFor = 'patient-link';

/**
 * An address by which this person acts for themself: for one purpose, until a moment. It is told this once, since
 * only its fingerprint is kept; several may lead to the same thing.
 * @returns the whole address; null where the office has no public address, or no birth date that would open it
 */
export async function makeLink(tx: Tx, wanted: MakeLink): Promise<string | null> {
  if (!tx.publicUrl) return null;
  const { purpose, subjectId, patientId, expiresAt } = MakeLink.parse(wanted);
  const { rows } = await sql`
    select from patients where patient_id = ${patientId} and born_on is not null`.execute(tx.db);
  if (rows.length === 0) return null;
  const signed = signedPart(purpose, randomBytes(16).toString('base64url'));
  const token = signed + signatureOf(tx.sign(signingFor, signed));
  const linkId = newId(tx.now.getTime());
  await sql`
    insert into patient_links (practice_id, link_id, token_hash, purpose, subject_id, patient_id, made_at, made_by,
      expires_at)
    values (${tx.practiceId}, ${linkId}, ${hashToken(token)}, ${purpose}, ${subjectId}, ${patientId}, ${tx.now},
      ${tx.actor.staffId}, ${expiresAt})`.execute(tx.db);
  tx.audit({
    action: 'link.made',
    subjectKind: 'patient-link',
    subjectIds: [linkId, patientId, subjectId],
    after: { purpose, expiresAt: expiresAt.toISOString() },
  });
  return tx.publicUrl + pathOf(token);
}

/** It leads nowhere from now on. */
export async function closeLink(tx: Tx, linkId: string, why: 'used' | 'guessed' | 'stopped'): Promise<void> {
  await sql`
    update patient_links set closed_at = ${tx.now}, closed_why = ${why}
    where link_id = ${linkId} and closed_at is null`.execute(tx.db);
}

/** Links to a thing that is over, and those that a new one replaces. */
export async function closeLinksTo(tx: Tx, subjectId: string): Promise<void> {
  await sql`
    update patient_links set closed_at = ${tx.now}, closed_why = 'stopped'
    where subject_id = ${subjectId} and closed_at is null`.execute(tx.db);
}
