import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';

/** How many visits someone has to come, of any type. */
export async function countAhead(db: Db, patientId: string, now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from visits
    where patient_id = ${patientId} and state = 'booked' and starts_at > ${now}`.execute(db);
  return rows[0]?.count ?? 0;
}

export type BookableType = { visitTypeId: string; name: string; openTo: 'known' | 'everyone' };

/** What may be booked online, as patients read it; a type without a name for them is none of it. */
export async function listBookable(db: Db, language: 'en' | 'es'): Promise<BookableType[]> {
  const { rows } = await sql<BookableType & { nameEn: string; nameEs: string }>`
    select o.visit_type_id, o.open_to, o.name_en, o.name_es from online_types o
    join visit_types t on t.practice_id = o.practice_id and t.visit_type_id = o.visit_type_id
    where o.open_to <> 'nobody' and t.active and (o.name_en <> '' or o.name_es <> '')
    order by t.position, t.name, o.visit_type_id limit 100`.execute(db);
  return rows.map(({ visitTypeId, openTo, nameEn, nameEs }) => ({
    ...{ visitTypeId, openTo },
    name: language === 'es' ? nameEs || nameEn : nameEn || nameEs,
  }));
}
