import { sql } from 'kysely';
import { entryOf } from '../../../platform/audit/record.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { findContact } from '../queries.ts';
import { type Link, listPatientContacts, lockPatientLinks } from './queries.ts';
import type { LinkRole, NewLink } from './schema.ts';

export type KeptLink = { patientId: string; contactId: string; role: LinkRole; since: string };

/** Keep who referred and treats people, many at once, as it is given (imports, the simulator). */
export async function keepPatientContacts(tx: Tx, links: readonly KeptLink[]): Promise<void> {
  if (links.length === 0) return;
  const rows = links.map((link) => ({ ...link, linkId: newId(tx.now.getTime()) }));
  await sql`
    insert into patient_contacts (practice_id, link_id, patient_id, contact_id, role, since, created_at, created_by)
    select ${tx.practiceId}, r."linkId", r."patientId", r."contactId", r.role, r.since, ${tx.now},
      ${tx.actor.staffId}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r ("linkId" uuid, "patientId" uuid, "contactId" uuid,
      role text, since date)`.execute(tx.db);
  const [alone] = links.length === 1 ? links : [];
  const one = alone && { contactId: alone.contactId, role: alone.role, since: alone.since };
  tx.audit(entryOf({ action: 'patient.contact-added', subjectKind: 'patient' }, links, one));
  tx.touch('patient-contacts', ...new Set(links.map((link) => link.patientId)));
}

type Told = { before?: object; after?: object; reason?: string };

function tell(tx: Tx, action: string, patientId: string, told: Told): void {
  tx.audit({ action, subjectKind: 'patient', subjectIds: [patientId], ...told });
  tx.touch('patient-contacts', patientId);
}

async function lockLinks(tx: Tx, patientId: string): Promise<Link[]> {
  const links = await lockPatientLinks(tx.db, patientId);
  if (!links) throw notFound('person');
  return links;
}

/** Say who referred or treats a person. Another primary care doctor ends the one before. */
export async function addPatientContact(
  tx: Tx,
  patientId: string,
  { contactId, role, since }: NewLink,
  today: string,
): Promise<void> {
  const from = since ?? today;
  if (from > today) {
    const message = 'This date lies ahead. Take today or an earlier one.';
    throw new Refusal('bad-input', message, { fields: { since: message } });
  }
  const links = await lockLinks(tx, patientId);
  const contact = await findContact(tx.db, contactId);
  if (!contact || contact.enteredInErrorAt) throw notFound('contact');
  const open = links.filter((link) => link.role === role && link.until === null);
  if (open.some((link) => link.contactId === contactId)) {
    throw new Refusal('conflict', 'This one is on the list already.');
  }
  if (role === 'primary_care') {
    for (const link of open) await endLink(tx, patientId, link, from > link.since ? from : link.since);
  }
  await keepPatientContacts(tx, [{ patientId, contactId, role, since: from }]);
}

async function endLink(tx: Tx, patientId: string, link: Link, until: string | null): Promise<void> {
  // What two merged records both said ends, and goes on, together.
  await sql`
    update patient_contacts set until = ${until}, version = version + 1
    where patient_id = ${patientId} and contact_id = ${link.contactId} and role = ${link.role}
      and until is not distinct from ${link.until}::date and entered_in_error_at is null
      and (${until}::date is null or since <= ${until}::date)`.execute(tx.db);
  const { contactId, role } = link;
  const action = until === null ? 'patient.contact-goes-on' : 'patient.contact-ended';
  const after = { contactId, role, until };
  tell(tx, action, patientId, { before: { contactId, role, until: link.until }, after });
}

async function lockLink(tx: Tx, patientId: string, linkId: string, version: number): Promise<Link> {
  const link = (await lockLinks(tx, patientId)).find((one) => one.linkId === linkId);
  if (!link) throw notFound('entry');
  if (link.version !== version) throw stale('entry', await listPatientContacts(tx.db, patientId));
  return link;
}

type Ending = { linkId: string; version: number; until: string | null; today: string };

/** Say until when it was so, or (null) that it goes on. */
export async function endPatientContact(
  tx: Tx,
  patientId: string,
  { linkId, version, until, today }: Ending,
): Promise<void> {
  const link = await lockLink(tx, patientId, linkId, version);
  if (until === link.until) return;
  if (until !== null && (until < link.since || until > today)) {
    const message = 'Take a day from when it began until today.';
    throw new Refusal('bad-input', message, { fields: { until: message } });
  }
  await endLink(tx, patientId, link, until);
}

type InError = { linkId: string; version: number; reason: string };

export async function patientContactInError(
  tx: Tx,
  patientId: string,
  { linkId, version, reason }: InError,
): Promise<void> {
  const { contactId, role, until } = await lockLink(tx, patientId, linkId, version);
  await sql`
    update patient_contacts set entered_in_error_at = ${tx.now}, version = version + 1
    where patient_id = ${patientId} and contact_id = ${contactId} and role = ${role}
      and until is not distinct from ${until}::date and entered_in_error_at is null`.execute(tx.db);
  tell(tx, 'patient.contact-in-error', patientId, { before: { contactId, role }, reason });
}
