import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { type RuledAsked, type RuledFacts, ruledColumns } from '../booking-rules/queries.ts';
import { type Busy, type BusyAsked, type BusyRow, listBusy, longestMs } from '../openings/busy/queries.ts';

export type BookedPatient = {
  patientId: string;
  patientName: string;
  preferredName: string;
  deceased: boolean;
};

export type OpenPlace = Busy & {
  patient: BookedPatient | null;
  /** Of the set-up (hours/queries.ts), as this transaction sees it. */
  version: string | null;
  resources: { resourceId: string; capacity: number; active: boolean }[];
  /** What the rules of booking asked. */
  ruled: RuledFacts;
};

type Row = {
  person: BookedPatient | null;
  version: string | null;
  resources: OpenPlace['resources'];
  busy: BusyRow[];
  patientBusy: Busy['patientBusy'];
  seen?: boolean;
  counted?: RuledFacts['counted'];
};

type PlaceToOpen = BusyAsked & {
  patientId: string;
  /** What the rules of booking ask; null: nothing. */
  ruled: RuledAsked | null;
  /** Holds that were over by now take nothing. */
  now: Date;
  /** Of this account, and given up for what is placed. */
  holdId?: string | undefined;
  accountId: string | null;
};

/**
 * Lock a patient and resources until this transaction ends, and read what takes their time. Two bookings of one
 * person, at different desks and different physicians, come one after the other; patients are locked before
 * resources and these in the order of their ids, always, so that no two bookings wait for each other in a ring.
 */
export async function openPlace(db: Db, asked: PlaceToOpen): Promise<OpenPlace> {
  const { patientId, resourceIds, fromMs, toMs, ignoreVisitId = null } = asked;
  // Counted for the rules in the same round trip, and only where there are rules that count
  const ruled = asked.ruled
    ? sql` cross join lateral ${ruledColumns(asked.ruled, ignoreVisitId, sql`version`)}`
    : sql``;
  const more = asked.ruled ? sql`, seen, counted` : sql``;
  const { now, holdId = null, accountId } = asked;
  const { rows } = await sql<Row>`
    select person, version, resources, busy, patient_busy${more} from frontdesk.open_place(${patientId},
      ${resourceIds}::uuid[], ${new Date(fromMs - longestMs)}, ${new Date(fromMs)}, ${new Date(toMs)},
      ${ignoreVisitId}, ${now}, ${holdId}, ${accountId})${ruled}`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('open_place answers one row.');
  const { person, version, resources, patientBusy, seen = false, counted = [] } = row;
  const ruledFacts = { seen, counted };
  return { patient: person, version, resources, busy: listBusy(row.busy), patientBusy, ruled: ruledFacts };
}

/** Lock a patient, then these resources in the order of their ids: for who places several visits, before the first. */
export async function lockPlaces(db: Db, patientId: string, resourceIds: readonly string[]): Promise<void> {
  await sql`select from patients where patient_id = ${patientId} for no key update`.execute(db);
  await sql`
    select from resources where resource_id = any (${[...resourceIds]}::uuid[])
    order by resource_id for no key update`.execute(db);
}
