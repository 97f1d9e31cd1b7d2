import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { findVisit } from '../../schedule/visits/queries.ts';
import type { Visit } from '../../schedule/visits/schema.ts';
import type { ShownFacts } from './schema.ts';

type SiteAddress = { line1?: string; line2?: string; city?: string; state?: string; zip?: string };

type Row = Omit<ShownFacts, 'visit' | 'siteAddress'> & { address: SiteAddress };

/** undefined: it is not this person's, or there is none. */
export async function readVisitFacts(
  db: Db,
  visitId: string,
  patientId: string,
): Promise<ShownFacts | undefined> {
  const visit = await findVisit(db, visitId);
  if (!visit || visit.patientId !== patientId) return undefined;
  const { rows } = await sql<Row>`
    select s.address, s.phone as site_phone, coalesce(t.name_en, '') as name_en, coalesce(t.name_es, '') as name_es,
      coalesce(t.prepare_en, '') as prepare_en, coalesce(t.prepare_es, '') as prepare_es,
      coalesce(a.arrive_en, '') as arrive_en, coalesce(a.arrive_es, '') as arrive_es,
      coalesce(t.may_move, true) as may_move
    from visits v
    join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
    left join online_types t on t.practice_id = v.practice_id and t.visit_type_id = v.visit_type_id
    left join online_sites a on a.practice_id = v.practice_id and a.site_id = v.site_id
    where v.visit_id = ${visitId}`.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  const { address, ...rest } = row;
  return { ...rest, visit, siteAddress: addressLine(address) };
}

export type OtherVisit = { visitId: string; startsAt: string; timeZone: string; physicianName: string };

/** What else of a person's is to come on the day of a visit: one message may have told of all of it. */
export async function listOthersThatDay(
  db: Db,
  { visitId, patientId, startsAt }: Pick<Visit, 'visitId' | 'patientId' | 'startsAt'>,
  now: Date,
): Promise<OtherVisit[]> {
  const { rows } = await sql<OtherVisit>`
    select v.visit_id, v.starts_at, s.time_zone, d.name as physician_name
    from visits v
    join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
    join resources d on d.practice_id = v.practice_id and d.resource_id = v.physician_id
    where v.patient_id = ${patientId} and v.visit_id <> ${visitId} and v.state = 'booked' and v.starts_at > ${now}
      and (v.starts_at at time zone s.time_zone)::date = (${startsAt}::timestamptz at time zone s.time_zone)::date
    order by v.starts_at, v.visit_id limit 10`.execute(db);
  return rows;
}

function addressLine({ line1, line2, city, state, zip }: SiteAddress): string {
  const town = [city, [state, zip].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  return [line1, line2, town].filter(Boolean).join(', ');
}
