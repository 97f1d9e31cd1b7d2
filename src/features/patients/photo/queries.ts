import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { Photo } from './api.ts';

export async function findPhoto(db: Db, patientId: string): Promise<Photo | null> {
  const { rows } = await sql<Photo>`
    select p.photo_id, p.mime, translate(encode(p.bytes, 'base64'), E'\n', '') as data, p.at,
      coalesce(s.display_name, '') as by_name
    from patient_photos p left join staff s on s.practice_id = p.practice_id and s.staff_id = p.by_staff_id
    where p.patient_id = ${patientId} and p.removed_at is null`.execute(db);
  return rows[0] ?? null;
}

/** Who of these people has a picture. */
export async function listFaces(
  db: Db,
  patientIds: readonly string[],
): Promise<{ patientId: string; photoId: string }[]> {
  const { rows } = await sql<{ patientId: string; photoId: string }>`
    select patient_id, photo_id from patient_photos
    where patient_id = any (${[...patientIds]}::uuid[]) and removed_at is null
    order by patient_id limit 2000`.execute(db);
  return rows;
}

/** The pictures of these people, as FHIR attachments hold them. */
export async function listPhotos(db: Db, patientIds: readonly string[]) {
  const { rows } = await sql<{ patientId: string; mime: string; data: string }>`
    select patient_id, mime, translate(encode(bytes, 'base64'), E'\n', '') as data from patient_photos
    where patient_id = any (${[...patientIds]}::uuid[]) and removed_at is null
    order by patient_id limit 10000`.execute(db);
  return rows;
}
