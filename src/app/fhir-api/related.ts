import type { RelatedPerson } from '@medplum/fhirtypes';
import { findPatient, findSurvivor, type Patient } from '../../features/patients/queries.ts';
import { toGuarantor, toRelatedPerson } from '../../features/patients/relations/fhir.ts';
import { findRelation, listRelations } from '../../features/patients/relations/queries.ts';
import { FhirProblem } from '../../fhir/outcome.ts';
import { idOfReference, isUuid } from '../../fhir/search.ts';
import type { Call, FhirAnswer } from './call.ts';
import * as calls from './call.ts';
import { searchableOf } from './capabilities.ts';
import { answerPage, pageOf } from './paged.ts';

/** Authorized persons and guarantors of a patient, for programs that ask whose they are. */

const mostPatients = 20;

/** Who pays; nobody where the payer's own record is closed to who asks. */
async function guarantorOf(call: Call, patient: Patient): Promise<RelatedPerson | null> {
  const { guarantor } = patient;
  if (!guarantor || 'name' in guarantor) return toGuarantor(patient, undefined);
  const payerId = await findSurvivor(call.tx.db, guarantor.patientId);
  if (call.hidden.has(payerId)) return null;
  return toGuarantor(patient, await findPatient(call.tx.db, payerId));
}

async function openPatient({ tx, hidden }: Call, patientId: string): Promise<Patient | undefined> {
  if (hidden.has(patientId)) return undefined;
  const patient = await findPatient(tx.db, patientId);
  return patient?.enteredInErrorAt ? undefined : patient;
}

async function relatedTo(call: Call, patientId: string): Promise<RelatedPerson[]> {
  const patient = await openPatient(call, patientId);
  if (!patient) return [];
  const guarantor = await guarantorOf(call, patient);
  const relations = await listRelations(call.tx.db, patientId);
  return [...(guarantor ? [guarantor] : []), ...relations.map(toRelatedPerson)];
}

const noteRead = ({ tx }: Call, patientIds: readonly string[]) =>
  tx.audit({ action: 'patient.related-listed', subjectKind: 'patient', subjectIds: [...patientIds] });

export async function searchRelated(call: Call): Promise<FhirAnswer> {
  const type = 'RelatedPerson';
  const search = calls.searchOf(call, searchableOf(type));
  // Without a patient nobody is told: there is no list of all relatives of all people.
  const asked = search.any('patient') ?? [];
  const ids = [...new Set(asked.flatMap((one) => idOfReference(one, 'Patient') ?? []))];
  if (ids.length > mostPatients)
    throw new FhirProblem(400, 'too-costly', `Ask for at most ${mostPatients} patients at once.`);
  const all: RelatedPerson[] = [];
  for (const id of ids) all.push(...(await relatedTo(call, id)));
  if (ids.length > 0) noteRead(call, ids);
  const keyOf = (one: RelatedPerson, name: string) =>
    name === '_id' ? (one.id ?? '') : (one.name?.[0]?.text ?? '').toLowerCase();
  return answerPage(call, { type, search, ...pageOf(call, { type, search, all, keyOf }) });
}

export async function readRelated(call: Call): Promise<FhirAnswer> {
  const { tx, id } = call;
  const relation = isUuid(id) ? await findRelation(tx.db, id) : undefined;
  const patient = isUuid(id) ? await openPatient(call, relation?.patientId ?? id) : undefined;
  const found = patient && (relation ? toRelatedPerson(relation) : await guarantorOf(call, patient));
  if (!patient || !found) throw calls.notHere('related person');
  noteRead(call, [patient.patientId]);
  return calls.answerRead(call, found);
}
