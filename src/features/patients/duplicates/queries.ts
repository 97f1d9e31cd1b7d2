import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { DuplicateOffer } from '../api.ts';
import { asHit, type HitRow, hitColumns } from '../queries.ts';
import { foldJoined, nationalDigits } from '../rules.ts';
import { type Described, judgeDuplicate, likelyFrom } from './rules.ts';

/** People who may be the one described, likeliest first, at most eight. */
export async function listDuplicates(
  db: Db,
  draft: Described,
  options: { today: string; exceptPatientId?: string | undefined },
): Promise<DuplicateOffer[]> {
  const digits = draft.phones.map(nationalDigits).filter((number) => number.length > 6);
  const { rows } = await sql<HitRow>`
    select ${hitColumns} from patients p
    where p.patient_id = any (array(select frontdesk.like_patients(
      ${foldJoined(draft.familyName)}, ${foldJoined(draft.givenName)}, ${draft.bornOn}::date, ${digits}::text[],
      ${draft.email.trim().toLowerCase() || null}, 50)))
    limit 500`.execute(db);
  return rows
    .filter((row) => row.patientId !== options.exceptPatientId)
    .map((row) => ({ hit: asHit(row, options.today), ...judgeDuplicate(draft, row) }))
    .filter((offer) => offer.score >= likelyFrom)
    .sort((one, other) => other.score - one.score)
    .slice(0, 8);
}
