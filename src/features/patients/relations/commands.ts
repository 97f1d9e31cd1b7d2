import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, stale } from '../../../platform/refusal.ts';
import { lockPatient } from '../queries.ts';
import { findRelation, lockRelation } from './queries.ts';
import { type NewRelation, type Relation, RelationDraft } from './schema.ts';

async function readBack(tx: Tx, relationId: string): Promise<Relation> {
  const relation = await findRelation(tx.db, relationId);
  if (!relation) throw notFound('authorized person');
  return relation;
}

/** What is told of it in the audit: the names of its fields as the screens have them. */
function imageOf({ name, relationship, phone, mayHear, since, until, emergency, proof, note }: Relation) {
  return { name, relationship, phone, mayHear, since, until, emergency, proof, note };
}

type Told = { action: string; before?: object; after?: object; reason?: string };

function note(tx: Tx, relation: Relation, told: Told): Relation {
  const { patientId, relationId } = relation;
  tx.audit({ ...told, subjectKind: 'patient', subjectIds: [patientId, relationId] });
  tx.touch('patients', patientId);
  return relation;
}

export async function addRelation(tx: Tx, patientId: string, input: NewRelation): Promise<Relation> {
  const draft = RelationDraft.parse(input);
  const patient = await lockPatient(tx.db, patientId);
  if (!patient || patient.enteredInErrorAt) throw notFound('person');
  const relationId = newId();
  await sql`
    insert into patient_relations (practice_id, relation_id, patient_id, name, relationship, phone, may_hear, since,
      until, emergency, proof, note, created_at, created_by)
    values (${tx.practiceId}, ${relationId}, ${patientId}, ${draft.name}, ${draft.relationship}, ${draft.phone},
      ${draft.mayHear}::text[], ${draft.since}, ${draft.until}, ${draft.emergency}, ${draft.proof}, ${draft.note},
      ${tx.now}, ${tx.actor.staffId})`.execute(tx.db);
  return note(tx, await readBack(tx, relationId), { action: 'patient.relation-added', after: draft });
}

async function openForChange(tx: Tx, patientId: string, relationId: string, version: number) {
  const kept = await lockRelation(tx.db, patientId, relationId);
  if (!kept) throw notFound('authorized person');
  const before = await readBack(tx, relationId);
  if (kept.version !== version) throw stale('authorized person', before);
  return before;
}

export async function changeRelation(
  tx: Tx,
  patientId: string,
  relationId: string,
  input: { version: number; relation: NewRelation },
): Promise<Relation> {
  const draft = RelationDraft.parse(input.relation);
  const before = await openForChange(tx, patientId, relationId, input.version);
  await sql`
    update patient_relations set name = ${draft.name}, relationship = ${draft.relationship},
      phone = ${draft.phone}, may_hear = ${draft.mayHear}::text[], since = ${draft.since}, until = ${draft.until},
      emergency = ${draft.emergency}, proof = ${draft.proof}, note = ${draft.note}, version = version + 1
    where relation_id = ${relationId}`.execute(tx.db);
  const after = await readBack(tx, relationId);
  return note(tx, after, {
    action: 'patient.relation-changed',
    before: imageOf(before),
    after: imageOf(after),
  });
}

export async function revokeRelation(
  tx: Tx,
  patientId: string,
  relationId: string,
  { version, reason }: { version: number; reason: string },
): Promise<Relation> {
  const { name } = await openForChange(tx, patientId, relationId, version);
  await sql`
    update patient_relations set revoked_at = ${tx.now}, revoked_by = ${tx.actor.staffId},
      revoke_reason = ${reason}, version = version + 1
    where relation_id = ${relationId}`.execute(tx.db);
  return note(tx, await readBack(tx, relationId), {
    action: 'patient.relation-revoked',
    before: { name },
    reason,
  });
}

export async function restoreRelation(
  tx: Tx,
  patientId: string,
  relationId: string,
  version: number,
): Promise<Relation> {
  const { name } = await openForChange(tx, patientId, relationId, version);
  await sql`
    update patient_relations set revoked_at = null, revoked_by = null, revoke_reason = '', version = version + 1
    where relation_id = ${relationId}`.execute(tx.db);
  return note(tx, await readBack(tx, relationId), { action: 'patient.relation-restored', after: { name } });
}

async function moveRelations(tx: Tx, fromId: string, toId: string, only?: readonly string[]) {
  const ids = only ? [...only] : null;
  const { rows } = await sql<{ relationId: string }>`
    update patient_relations set patient_id = ${toId}, version = version + 1
    where patient_id = ${fromId} and (${ids}::uuid[] is null or relation_id = any (${ids}::uuid[]))
    returning relation_id`.execute(tx.db);
  return rows.map((row) => row.relationId);
}

export const relationHolder: PersonHolder = {
  name: 'relations',
  words: { one: 'authorized person', many: 'authorized persons' },
  move: (tx, fromId, toId) => moveRelations(tx, fromId, toId),
  moveBack: (tx, ids, fromId, toId) => moveRelations(tx, fromId, toId, ids),
  preview: async (db, fromId) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from patient_relations where patient_id = ${fromId}`.execute(db);
    return { count: rows[0]?.count ?? 0, remarks: [] };
  },
};
