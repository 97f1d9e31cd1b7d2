import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { findVisit } from '../../schedule/visits/queries.ts';
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

function addressLine({ line1, line2, city, state, zip }: SiteAddress): string {
  const town = [city, [state, zip].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  return [line1, line2, town].filter(Boolean).join(', ');
}
