import { changePatient, markDeceased, registerPatient } from '../../features/patients/commands.ts';
import { keepIdentifiers } from '../../features/patients/exchange/commands.ts';
import { mrnSystem, toPatientResource } from '../../features/patients/exchange/fhir.ts';
import {
  findKnownPatient,
  type KnownPatient,
  listPeopleBy,
} from '../../features/patients/exchange/queries.ts';
import { takePatient } from '../../features/patients/exchange/taken/fhir.ts';
import { foldJoined, foldWords, nationalDigits } from '../../features/patients/rules.ts';
import { type PatientChange, toE164 } from '../../features/patients/schema.ts';
import { cannotKeep, FhirProblem } from '../../fhir/outcome.ts';
import { FhirPatient, knownBy, readResource } from '../../fhir/resources.ts';
import { isUuid, type Search, tokenOf } from '../../fhir/search.ts';
import { localDate } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Call, FhirAnswer } from './call.ts';
import * as calls from './call.ts';
import { namesOf } from './capabilities.ts';
import { answerPage } from './paged.ts';

const words = (text: string | null) => (text === null ? [] : foldWords(text).slice(0, 4));

function phoneDigits(phone: string | null): string | null {
  return phone === null ? null : nationalDigits(toE164(phone) ?? phone.replace(/\D/g, '')) || '-';
}

/** A birth date is a day: what its range holds, in UTC days. */
function bornBetween(search: Search) {
  const { fromMs, toMs } = search.range('birthdate', 'UTC');
  return {
    bornFrom: fromMs === null ? null : new Date(fromMs).toISOString().slice(0, 10),
    bornTo: toMs === null ? null : new Date(toMs - 1).toISOString().slice(0, 10),
  };
}

async function listPage(tx: Tx, search: Search, limit: number): Promise<KnownPatient[]> {
  const ids = search.any('_id');
  const changed = search.range('_lastUpdated', 'UTC');
  const [family, given, name] = ['family', 'given', 'name'].map((one) => search.one(one));
  const isBlank = [family, given, name].some((text) => text !== null && foldJoined(text ?? '') === '');
  // A name of signs alone is nobody's.
  if (isBlank) return [];
  return listPeopleBy(tx.db, {
    ids: ids?.filter(isUuid) ?? null,
    family: family === null ? null : foldJoined(family ?? ''),
    given: given === null ? null : foldJoined(given ?? ''),
    words: words(name ?? null),
    ...bornBetween(search),
    digits: phoneDigits(search.one('phone')),
    mail: search.one('email')?.toLowerCase() ?? null,
    known: search.any('identifier')?.map(tokenOf) ?? null,
    changedFrom: changed.fromMs === null ? null : new Date(changed.fromMs),
    changedTo: changed.toMs === null ? null : new Date(changed.toMs),
    limit,
    offset: search.offset,
  });
}

export async function searchPeople(call: Call): Promise<FhirAnswer> {
  const { tx } = call;
  const search = calls.searchOf(call, namesOf('Patient'));
  // One more than shown tells whether there is a next page; counting all would read them all.
  const found = await listPage(tx, search, search.count + 1);
  const shown = found.slice(0, search.count);
  const subjectIds = shown.map((one) => one.patientId);
  if (shown.length > 0) tx.audit({ action: 'patients.searched', subjectKind: 'patient', subjectIds });
  const hasMore = found.length > shown.length;
  return answerPage(call, {
    type: 'Patient',
    search,
    resources: shown.map((one) => toPatientResource(one, tx.practiceId)),
    total: hasMore || search.count === 0 ? null : search.offset + shown.length,
    hasMore,
  });
}

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
    const search = calls.searchOf({ ...call, given: only, strict: true }, namesOf('Patient'));
    const [first, second] = await listPage(tx, search, 2);
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
  await keepIdentifiers(tx, call.id, foreignIdentifiers(call, read));
  if (deceased !== known.deceased || (deceasedOn ?? null) !== (known.deceasedOn ?? null)) {
    const now = await findKnownPatient(tx.db, call.id);
    await markDeceased(tx, call.id, { version: now?.version ?? version, deceased, deceasedOn });
  }
  return calls.answerWritten(call, await readOne(tx, call.id), 200);
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
