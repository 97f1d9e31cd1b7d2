import { sql } from 'kysely';
import type { ExportedRow, ExportSection, ReadablePart } from '../../../platform/contributions.ts';
import type { Db } from '../../../platform/db/database.ts';
import { andOfPeople, noId } from '../../../platform/db/pages.ts';
import { hearingText, proofWords } from './rules.ts';
import type { Relation } from './schema.ts';

type Kept = Pick<
  Relation,
  'name' | 'relationship' | 'phone' | 'mayHear' | 'since' | 'until' | 'proof' | 'revokedAt'
>;

const keptColumns = sql`name, relationship, phone, may_hear, since, until, proof, revoked_at`;

export const relationSection: ExportSection = {
  name: 'relations',
  label: 'Who belongs to a person and what they may hear, also what was revoked',
  table: 'patient_relations',
  page: (ask) => sql<ExportedRow>`
    select array[r.relation_id::text] as key, to_jsonb(r) as row from patient_relations r
    where r.relation_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`r.patient_id`)}
    order by r.relation_id limit ${ask.most}`,
};

export async function tellRelations(
  db: Db,
  patientIds: readonly string[],
  today: string,
): Promise<ReadablePart> {
  const { rows } = await sql<Kept>`
    select ${keptColumns} from patient_relations where patient_id = any (${[...patientIds]}::uuid[])
    order by name, relation_id limit 1000`.execute(db);
  return {
    title: 'Who may hear what',
    table: {
      headings: ['Name', 'Relationship', 'Phone', 'May hear', 'From', 'Until', 'Known by', 'Revoked'],
      rows: rows.map((one) => [
        ...[one.name, one.relationship, one.phone, hearingText(one, today)],
        ...[one.since ?? '', one.until ?? '', proofWords[one.proof], one.revokedAt ?? ''],
      ]),
    },
  };
}
