import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { Relation } from './schema.ts';

const relationColumns = sql`r.relation_id, r.patient_id, r.name, r.relationship, r.phone, r.may_hear, r.since,
  r.until, r.emergency, r.proof, r.note, r.revoked_at, r.revoke_reason, r.created_at,
  coalesce(s.display_name, '') as created_by_name, r.version`;
const relationTables = sql`patient_relations r
  left join staff s on s.practice_id = r.practice_id and s.staff_id = r.created_by`;

/** Those who belong to a person, the revoked last. */
export async function listRelations(db: Db, patientId: string): Promise<Relation[]> {
  const { rows } = await sql<Relation>`
    select ${relationColumns} from ${relationTables} where r.patient_id = ${patientId}
    order by r.revoked_at is not null, r.name, r.relation_id limit 100`.execute(db);
  return rows;
}

export async function findRelation(db: Db, relationId: string): Promise<Relation | undefined> {
  const { rows } = await sql<Relation>`
    select ${relationColumns} from ${relationTables} where r.relation_id = ${relationId}`.execute(db);
  return rows[0];
}

/** Lock it for a change. */
export async function lockRelation(db: Db, patientId: string, relationId: string) {
  const { rows } = await sql<{ version: number }>`
    select version from patient_relations
    where relation_id = ${relationId} and patient_id = ${patientId} for update`.execute(db);
  return rows[0];
}
