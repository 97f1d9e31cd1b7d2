import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { Refusal } from '../../../../platform/refusal.ts';
import { enterVisitInError } from '../../steps/commands.ts';
import { lockVisit } from '../../visits/queries.ts';
import { undoMinutes } from '../../visits/rules.ts';
import { openSeries, raiseVersion } from '../commands.ts';
import { listPlaces } from '../queries.ts';

const tooLate = 'This visit is not just booked any more. Cancel it instead.';

/**
 * Take back the booking of a place, while nothing was done with its visit since: it never was to be, and the place is
 * owed as before. The visit leaves the series, so that another may have its place.
 */
export async function unbookPlace(
  tx: Tx,
  seriesId: string,
  placeNo: number,
  { version }: { version: number },
): Promise<number> {
  const series = await openSeries(tx, seriesId, version);
  const place = (await listPlaces(tx.db, seriesId)).find((one) => one.placeNo === placeNo);
  const visit = place?.visitId ? await lockVisit(tx.db, place.visitId) : undefined;
  if (visit?.state !== 'booked' || visit.lastStep.step !== 'booked') throw new Refusal('conflict', tooLate);
  const bookedMs = Date.parse(visit.lastStep.at);
  if (tx.now.getTime() - bookedMs > undoMinutes * 60_000) throw new Refusal('conflict', tooLate);
  await enterVisitInError(tx, visit.visitId, { version: visit.version, reason: 'Taken back at once' });
  await sql`
    update visits set series_id = null, series_no = null where visit_id = ${visit.visitId}`.execute(tx.db);
  await sql`
    update series_places set state = 'owed', why = 'Its booking was taken back.'
    where series_id = ${seriesId} and place_no = ${placeNo}`.execute(tx.db);
  const after = { placeNo, visitId: visit.visitId };
  tx.audit({ action: 'series.place-unbooked', subjectKind: 'series', subjectIds: [seriesId], after });
  return raiseVersion(tx, seriesId, series.version);
}
