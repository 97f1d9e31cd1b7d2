import type { RelatedPerson } from '@medplum/fhirtypes';
import { sql } from 'kysely';
import type { ExportedRow, ExportSection, ReadablePart } from '../../../platform/contributions.ts';
import type { Db } from '../../../platform/db/database.ts';
import { andOfPeople, idOf, noId } from '../../../platform/db/pages.ts';
import { hearingText, proofWords } from './rules.ts';
import type { Relation } from './schema.ts';

type Kept = Pick<
  Relation,
  | 'relationId'
  | 'patientId'
  | 'name'
  | 'relationship'
  | 'phone'
  | 'mayHear'
  | 'since'
  | 'until'
  | 'proof'
  | 'revokedAt'
  | 'version'
>;

/** hl7.org/fhir/R4/relatedperson.html; what they may hear stands in no element of it. */
function toRelatedPerson(one: Kept): RelatedPerson {
  const period = { ...(one.since ? { start: one.since } : {}), ...(one.until ? { end: one.until } : {}) };
  return {
    resourceType: 'RelatedPerson',
    id: one.relationId,
    meta: { versionId: String(one.version) },
    active: one.revokedAt === null,
    patient: { reference: `Patient/${one.patientId}` },
    ...(one.relationship ? { relationship: [{ text: one.relationship }] } : {}),
    name: [{ text: one.name }],
    ...(one.phone ? { telecom: [{ system: 'phone', value: one.phone }] } : {}),
    ...(one.since || one.until ? { period } : {}),
  };
}

const keptColumns = sql`relation_id, patient_id, name, relationship, phone, may_hear, since, until, proof,
  revoked_at, version`;

export const relationSection: ExportSection = {
  name: 'relations',
  label: 'Who belongs to a person and what they may hear, also what was revoked',
  table: 'patient_relations',
  page: (ask) => sql<ExportedRow>`
    select array[r.relation_id::text] as key, to_jsonb(r) as row from patient_relations r
    where r.relation_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`r.patient_id`)}
    order by r.relation_id limit ${ask.most}`,
  resources: async (db, rows) => {
    const { rows: found } = await sql<Kept>`
      select ${keptColumns} from patient_relations where relation_id = any (${rows.map(idOf)}::uuid[])
      order by relation_id limit 10000`.execute(db);
    return found.map(toRelatedPerson);
  },
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
