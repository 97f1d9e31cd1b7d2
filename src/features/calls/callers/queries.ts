import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { searchContacts } from '../../contacts/queries.ts';
import { listPeople } from '../../patients/queries.ts';
import { hearingText } from '../../patients/relations/rules.ts';
import type { Relation } from '../../patients/relations/schema.ts';
import { foldWords, nationalDigits } from '../../patients/rules.ts';
import { toE164 } from '../../patients/schema.ts';
import { searchPatients } from '../../patients/search/queries.ts';
import type { Caller } from '../schema.ts';
import { callerOfContact, callerOfPatient, callerOfRelation, digitsOf } from './rules.ts';

export type CallerSearch = { text: string; limit: number; today: string };

/**
 * Who may be calling, likeliest first: whose number it is, then patients, authorized persons and the directory by
 * name. A whole number is looked for as people would say it, with or without the country's 1.
 */
export async function findCallers(db: Db, { text, limit, today }: CallerSearch): Promise<Caller[]> {
  const scrap = text.trim();
  if (scrap.length < 2) return [];
  const number = digitsOf(scrap) === null ? null : toE164(scrap);
  const asked = number ? nationalDigits(number) : scrap;
  const patients = await searchPatients(db, { text: asked, limit, today });
  const relations = await listRelationsLike(db, scrap, limit);
  const { contacts } = await searchContacts(db, { text: asked, limit });
  const abouts = await listPeople(
    db,
    relations.map((one) => one.patientId),
    today,
  );
  const nameOf = new Map(abouts.map((one) => [one.patientId, one.callName]));
  const all = [
    ...patients.filter((one) => !one.deceased).map(callerOfPatient),
    ...relations.map((one) =>
      callerOfRelation(one, nameOf.get(one.patientId) ?? '', hearingText(one, today)),
    ),
    ...contacts.map(callerOfContact),
  ];
  const isTheirs = (one: Caller) => number !== null && one.phone === number;
  return [...all.filter(isTheirs), ...all.filter((one) => !isTheirs(one))].slice(0, limit);
}

type Found = Pick<
  Relation,
  'relationId' | 'patientId' | 'name' | 'relationship' | 'phone' | 'mayHear' | 'since' | 'until' | 'revokedAt'
>;

/**
 * Authorized persons whose number ends with these digits, or whose name has all these words. One pass over those of
 * the practice: LIKE may use no index under row-level security (docs/decisions/0003).
 */
async function listRelationsLike(db: Db, scrap: string, limit: number): Promise<Found[]> {
  const digits = digitsOf(scrap);
  const words = digits === null ? foldWords(scrap) : [];
  if (digits === null && (words.length === 0 || words.some((word) => /\d/.test(word)))) return [];
  const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, '')}%`);
  const { rows } = await sql<Found>`
    select r.relation_id, r.patient_id, r.name, r.relationship, r.phone, r.may_hear, r.since, r.until, r.revoked_at
    from patient_relations r join patients p on p.practice_id = r.practice_id and p.patient_id = r.patient_id
    where r.revoked_at is null and p.entered_in_error_at is null
      and case when ${digits}::text is null then lower(unaccent(r.name)) like all (${patterns}::text[])
        else r.phone like '%' || ${digits} end
    order by r.name, r.relation_id limit ${limit}`.execute(db);
  return rows;
}
