import type { Identifier, Patient as Resource } from '@medplum/fhirtypes';
import { changePatient, markDeceased, registerPatient } from '../../features/patients/commands.ts';
import { addIdentifiers, keepIdentifiers } from '../../features/patients/exchange/commands.ts';
import { mrnSystem, toPatientResource } from '../../features/patients/exchange/fhir.ts';
import { findKnownPatient } from '../../features/patients/exchange/queries.ts';
import { takePatient } from '../../features/patients/exchange/taken/fhir.ts';
import type { PatientChange } from '../../features/patients/schema.ts';
import { cannotKeep, FhirProblem } from '../../fhir/outcome.ts';
import { FhirPatient, knownBy, readResource } from '../../fhir/resources.ts';
import { isUuid } from '../../fhir/search.ts';
import { localDate } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Call, FhirAnswer } from './call.ts';
import * as calls from './call.ts';
import { searchableOf } from './capabilities.ts';
import { patchWith, refuseOtherPatch } from './patching.ts';
import { listFitting } from './people-search.ts';

async function readOne(tx: Tx, id: string) {
  const patient = isUuid(id) ? await findKnownPatient(tx.db, id) : undefined;
  if (!patient) throw calls.notHere('person');
  return toPatientResource(patient, tx.practiceId);
}

export async function readPerson(call: Call): Promise<FhirAnswer> {
  const resource = await readOne(call.tx, call.id);
  call.tx.audit({ action: 'patient.opened', subjectKind: 'patient', subjectIds: [call.id] });
  return calls.answerRead(call, resource);
}

/** The numbers of other systems; our own MRN is given by us. */
function foreignIdentifiers(call: Call, read: FhirPatient) {
  const own = mrnSystem(call.tx.practiceId);
  return knownBy({ ...read, id: undefined }).filter((one) => one.system !== own);
}

/** `Extension urn:frontdesk:not-duplicate-of` names people whom this one was compared with. */
function comparedWith(body: Record<string, unknown>): string[] {
  const extensions = Array.isArray(body.extension) ? body.extension : [];
  return extensions.flatMap((one: { url?: unknown; valueString?: unknown } | null) =>
    one?.url === 'urn:frontdesk:not-duplicate-of' && typeof one.valueString === 'string'
      ? [one.valueString]
      : [],
  );
}

export async function createPerson(call: Call): Promise<FhirAnswer> {
  const { tx } = call;
  calls.refuseOther(call, 'Patient');
  const only = calls.onlyUnless(call);
  if (only) {
    const search = calls.searchOf({ ...call, given: only, strict: true }, searchableOf('Patient'));
    const [first, second] = await listFitting(tx, search);
    if (second) throw calls.severalExist();
    if (first) {
      // Nothing is written, but a record is shown.
      tx.audit({ action: 'patient.opened', subjectKind: 'patient', subjectIds: [first.patientId] });
      return calls.answerWritten(call, toPatientResource(first, tx.practiceId), 200);
    }
  }
  const read = readResource(FhirPatient, call.body);
  if (read.active === false) throw cannotKeep('Patient.active', 'Register people who are active.');
  const { deceased, deceasedOn, ...draft } = takePatient(read);
  const desk = {
    today: localDate(tx.now.getTime(), call.session.timeZone),
    notDuplicateOf: comparedWith(call.body),
  };
  const { patientId } = await asDuplicate(() => registerPatient(tx, draft, desk));
  await keepIdentifiers(tx, patientId, foreignIdentifiers(call, read));
  if (deceased) await markDeceased(tx, patientId, { version: 1, deceased, deceasedOn });
  return calls.answerWritten(call, await readOne(tx, patientId), 201);
}

/** Who is very like the new one is named by id, so that the program can look. */
async function asDuplicate<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const offers = error instanceof Refusal && error.code === 'conflict' ? error.detail.offers : null;
    if (!Array.isArray(offers)) throw error;
    const ids = offers.map((one: { hit: { patientId: string } }) => `Patient/${one.hit.patientId}`);
    throw new FhirProblem(
      409,
      'duplicate',
      `Very like ${ids.join(', ')}. Use that record, or name it in the extension urn:frontdesk:not-duplicate-of.`,
    );
  }
}

export async function updatePerson(call: Call): Promise<FhirAnswer> {
  return calls.answerWritten(call, await keepPerson(call), 200);
}

async function keepPerson(call: Call): Promise<Resource> {
  const { tx } = call;
  calls.refuseOther(call, 'Patient');
  const version = calls.seenVersion(call);
  const read = readResource(FhirPatient, call.body);
  const known = isUuid(call.id) ? await findKnownPatient(tx.db, call.id) : undefined;
  if (!known || known.enteredInErrorAt) throw calls.notHere('person');
  if (read.active === false)
    throw cannotKeep('Patient.active', 'A record is marked as entered in error at the desk, with a reason.');
  const { deceased, deceasedOn, ...draft } = takePatient(read, known);
  await changePatient(tx, call.id, { version, change: changeOf(draft) });
  await addIdentifiers(tx, call.id, foreignIdentifiers(call, read));
  if (deceased !== known.deceased || (deceasedOn ?? null) !== (known.deceasedOn ?? null)) {
    const now = await findKnownPatient(tx.db, call.id);
    await markDeceased(tx, call.id, { version: now?.version ?? version, deceased, deceasedOn });
  }
  const resource = await readOne(tx, call.id);
  // Nothing was changed, but a record is shown.
  if (resource.meta?.versionId === String(version)) noteOpened(call);
  return resource;
}

const noteOpened = ({ tx, id }: Call) =>
  tx.audit({ action: 'patient.opened', subjectKind: 'patient', subjectIds: [id] });

/** JSON Patch of a Patient: PUT of what it makes of the record. */
export async function patchPerson(call: Call): Promise<FhirAnswer> {
  refuseOtherPatch(call);
  const resource = await readOne(call.tx, call.id);
  return patchWith(call, {
    resource,
    noteSeen: () => noteOpened(call),
    update: async (put) => {
      const kept = await keepPerson(put);
      const { identifier } = readResource(FhirPatient, put.body);
      const isSame = ({ system, value }: Identifier) =>
        identifier?.some((one) => one.system === system && one.value === value);
      if (!kept.identifier?.every(isSame) || identifier?.length !== kept.identifier.length)
        throw cannotKeep('Patient.identifier', 'A number once kept stays, and our own is given here.');
      return kept;
    },
  });
}

/** What FHIR does not say stays as it is. */
function changeOf(draft: PatientChange): PatientChange {
  const {
    guarantor: _guarantor,
    note: _note,
    pronouns: _pronouns,
    genderIdentity: _identity,
    ...said
  } = draft;
  return said;
}
