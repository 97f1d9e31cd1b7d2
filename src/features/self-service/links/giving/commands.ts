import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { notFound, Refusal } from '../../../../platform/refusal.ts';
import { findVisit } from '../../../schedule/visits/queries.ts';
import { standingOf } from '../../visits/rules.ts';
import { makeLink } from '../commands.ts';

/** An address for the patient of a visit, given by hand: it works until the visit begins. */
export async function giveVisitLink(tx: Tx, visitId: string): Promise<{ url: string; expiresAt: string }> {
  const visit = await findVisit(tx.db, visitId);
  if (!visit) throw notFound('visit');
  if (standingOf(visit, tx.now.getTime()) !== 'open')
    throw new Refusal(
      'conflict',
      'This visit is over or cancelled: there is nothing to do by a link any more.',
    );
  const { rows } = await sql<{ bornOn: string | null }>`
    select born_on from patients where patient_id = ${visit.patientId}`.execute(tx.db);
  if (!rows[0]?.bornOn)
    throw new Refusal('conflict', 'The birth date opens the link. Write it into the record first.');
  const { patientId } = visit;
  const expiresAt = new Date(visit.startsAt);
  const url = await makeLink(tx, { purpose: 'visit', subjectId: visitId, patientId, expiresAt });
  if (!url)
    throw new Refusal(
      'conflict',
      'This office has no public address yet, so a link would lead nowhere. README, “Patients’ pages”, tells how to open it.',
    );
  return { url, expiresAt: expiresAt.toISOString() };
}

/** Somebody at a desk has seen to a link that was shut after wrong birth dates. */
export async function seeLink(tx: Tx, linkId: string): Promise<void> {
  const { rows } = await sql<{ patientId: string }>`
    update patient_links set seen_at = coalesce(seen_at, ${tx.now}), seen_by = coalesce(seen_by, ${tx.actor.staffId})
    where link_id = ${linkId} and closed_why = 'guessed' returning patient_id`.execute(tx.db);
  const [link] = rows;
  if (!link) throw notFound('link');
  tx.audit({ action: 'link.seen', subjectKind: 'patient-link', subjectIds: [linkId, link.patientId] });
  tx.touch('online', linkId, link.patientId);
}
