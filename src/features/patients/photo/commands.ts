import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { lockPatient } from '../queries.ts';
import { cleanImage } from './rules.ts';

/** Keep a picture, without what it tells beside the face; the one before is erased. */
export async function setPhoto(
  tx: Tx,
  patientId: string,
  { data, source }: { data: string; source: 'camera' | 'file' },
): Promise<string> {
  const patient = await lockPatient(tx.db, patientId);
  if (!patient || patient.enteredInErrorAt) throw notFound('person');
  const image = cleanImage(Buffer.from(data, 'base64'));
  if (!image) {
    const message = 'Choose a JPEG, PNG or WebP picture of 32 to 1,024 pixels and at most 200 KB.';
    throw new Refusal('bad-input', message, { fields: { data: message } });
  }
  await erase(tx, patientId, 'replaced by a newer one');
  const photoId = newId();
  await sql`
    insert into patient_photos (practice_id, photo_id, patient_id, mime, bytes, width, height, source, at,
      by_staff_id)
    values (${tx.practiceId}, ${photoId}, ${patientId}, ${image.mime},
      decode(${Buffer.from(image.bytes).toString('base64')}, 'base64'), ${image.width}, ${image.height},
      ${source}, ${tx.now}, ${tx.actor.staffId})`.execute(tx.db);
  tx.audit({
    action: 'patient.photo-set',
    subjectKind: 'patient',
    subjectIds: [patientId, photoId],
    after: { source, width: image.width, height: image.height },
  });
  tx.touch('patients', patientId);
  return photoId;
}

async function erase(tx: Tx, patientId: string, reason: string): Promise<string[]> {
  const { rows } = await sql<{ photoId: string }>`
    update patient_photos set bytes = null, removed_at = ${tx.now}, removed_by = ${tx.actor.staffId},
      remove_reason = ${reason}
    where patient_id = ${patientId} and removed_at is null returning photo_id`.execute(tx.db);
  return rows.map((row) => row.photoId);
}

export async function removePhoto(
  tx: Tx,
  patientId: string,
  { photoId, reason }: { photoId: string; reason: string },
): Promise<void> {
  const patient = await lockPatient(tx.db, patientId);
  if (!patient) throw notFound('person');
  const { rows } = await sql<{ photoId: string }>`
    select photo_id from patient_photos
    where patient_id = ${patientId} and removed_at is null`.execute(tx.db);
  if (!rows[0]) throw notFound('photo');
  if (rows[0].photoId !== photoId) throw stale('photo', rows[0]);
  await erase(tx, patientId, reason);
  tx.audit({
    action: 'patient.photo-removed',
    subjectKind: 'patient',
    subjectIds: [patientId, photoId],
    reason,
  });
  tx.touch('patients', patientId);
}

/** A picture goes along where the survivor has none. */
async function movePhotos(tx: Tx, fromId: string, toId: string, only?: readonly string[]) {
  const ids = only ? [...only] : null;
  const { rows } = await sql<{ photoId: string }>`
    update patient_photos p set patient_id = ${toId}
    where p.patient_id = ${fromId} and (${ids}::uuid[] is null or p.photo_id = any (${ids}::uuid[]))
      and (p.removed_at is not null or not exists (select from patient_photos o
        where o.patient_id = ${toId} and o.removed_at is null))
    returning p.photo_id`.execute(tx.db);
  return rows.map((row) => row.photoId);
}

export const photoHolder: PersonHolder = {
  name: 'photos',
  words: { one: 'picture', many: 'pictures' },
  move: (tx, fromId, toId) => movePhotos(tx, fromId, toId),
  moveBack: (tx, ids, fromId, toId) => movePhotos(tx, fromId, toId, ids),
  preview: async (db, fromId) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from patient_photos
      where patient_id = ${fromId} and removed_at is null`.execute(db);
    return { count: rows[0]?.count ?? 0, remarks: [] };
  },
};
