import type { Slot } from '@medplum/fhirtypes';
import { z } from 'zod';
import { toProposal, toSlot } from '../../features/schedule/exchange/fhir.ts';
import { listStretches } from '../../features/schedule/exchange/queries.ts';
import { readOpeningId, readSlotId } from '../../features/schedule/exchange/rules.ts';
import { findOpenings as findTimes } from '../../features/schedule/openings/queries.ts';
import { listResources, listVisitTypes } from '../../features/schedule/setup/queries.ts';
import { FhirProblem } from '../../fhir/outcome.ts';
import { idOfReference, Search, stretchOf, valuesOf } from '../../fhir/search.ts';
import { addDays } from '../../platform/calendar/dates.ts';
import { localDate } from '../../platform/calendar/zones.ts';
import type { Call, FhirAnswer } from './call.ts';
import * as calls from './call.ts';
import { searchableOf } from './capabilities.ts';
import { listIncluded } from './included.ts';
import { answerPage, pageOf } from './paged.ts';
import { physiciansOf } from './visit-search.ts';
import { actorsOf, readAppointment, typeOf } from './visit-shape.ts';
import { bookAppointment, toResource } from './visits.ts';

const dayMs = 86_400_000;
const mostSlotDays = 62;

/** Slots are derived: hours of a physician, cut into what is free and what is full. */
export async function searchSlots(call: Call): Promise<FhirAnswer> {
  const { tx } = call;
  const search = calls.searchOf(call, searchableOf('Slot'));
  const schedules = search.any('schedule')?.map((one) => idOfReference(one, 'Schedule'));
  const resourceIds = (schedules ?? []).flatMap((id) => id ?? []);
  if (!schedules) throw new FhirProblem(400, 'required', 'Say whose: schedule=Schedule/<id>.');
  const asked = search.range('start', call.session.timeZone);
  const fromMs = asked.fromMs ?? Math.max(tx.now.getTime(), (asked.toMs ?? 0) - 7 * dayMs);
  const toMs = asked.toMs ?? fromMs + 7 * dayMs;
  if (toMs - fromMs > mostSlotDays * dayMs)
    throw new FhirProblem(
      400,
      'too-costly',
      `Ask for at most ${mostSlotDays} days of slots: start=ge…&start=lt….`,
    );
  const statuses = search.any('status');
  const all = toMs > fromMs ? await listStretches(tx.db, { resourceIds, fromMs, toMs }) : [];
  const codes = search.tokens('appointment-type');
  const isMeant = ({ appointmentType }: Slot) =>
    codes?.some(({ system, value }) =>
      appointmentType?.coding?.some((one) => one.code === value && (!system || one.system === system)),
    ) ?? true;
  const slots = all
    .map(toSlot)
    .filter((slot) => (statuses?.includes(slot.status ?? '') ?? true) && isMeant(slot));
  const keyOf = (slot: Slot) => new Date(slot.start ?? 0).toISOString();
  const page = pageOf(call, { type: 'Slot', search, all: slots, keyOf });
  const included = await listIncluded(call, search, page.resources);
  return answerPage(call, { type: 'Slot', search, included, ...page });
}

export async function readSlot(call: Call): Promise<FhirAnswer> {
  const key = readSlotId(call.id);
  if (!key || key.endMs - key.startMs > 2 * dayMs) throw calls.notHere('slot');
  const { resourceId, startMs: fromMs, endMs: toMs } = key;
  const parts = await listStretches(call.tx.db, { resourceIds: [resourceId], fromMs, toMs });
  const [first] = parts;
  if (!first) throw calls.notHere('slot');
  // What was free as a whole is taken once a part of it is.
  const length = parts.reduce((sum, one) => sum + (one.free ? one.endMs - one.startMs : 0), 0);
  const free = length === toMs - fromMs;
  const keptFor = parts.length === 1 ? first.keptFor : undefined;
  return calls.answerRead(call, toSlot({ ...first, startMs: fromMs, endMs: toMs, free, keptFor }));
}

const Text = z.string().max(500);
const Coded = z.object({ system: Text.optional(), code: Text.optional() });
/** hl7.org/fhir/R4/parameters.html, the kinds of value that $find and $book take. */
const Parameters = z.object({
  resourceType: z.literal('Parameters'),
  parameter: z
    .array(
      z.object({
        name: Text,
        valueReference: z.object({ reference: Text }).optional(),
        valueCodeableConcept: z.object({ coding: z.array(Coded).max(10).optional() }).optional(),
        valueCoding: Coded.optional(),
        valueString: Text.optional(),
        valueUri: Text.optional(),
        valueCode: Text.optional(),
        valueId: Text.optional(),
        valueDateTime: Text.optional(),
        valueInstant: Text.optional(),
        valueDate: Text.optional(),
        valueInteger: z.number().int().optional(),
        valuePositiveInt: z.number().int().optional(),
        resource: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .max(50)
    .default([]),
});
type Parameter = z.infer<typeof Parameters>['parameter'][number];

function readParameters(call: Call): Parameter[] {
  const read = Parameters.safeParse(call.body);
  if (read.success) return read.data.parameter;
  throw new FhirProblem(400, 'structure', 'Send a Parameters resource: {"resourceType": "Parameters", …}.');
}

/** A parameter as search parameters are written: `system|code`, a reference, a date, a number. */
function textOf(one: Parameter): string | null {
  const coding = one.valueCoding ?? one.valueCodeableConcept?.coding?.[0];
  if (coding) return coding.system ? `${coding.system}|${coding.code ?? ''}` : (coding.code ?? null);
  const number = one.valueInteger ?? one.valuePositiveInt;
  const texts = [one.valueReference?.reference, one.valueString, one.valueUri, one.valueCode, one.valueId];
  const dates = [one.valueDateTime, one.valueInstant, one.valueDate];
  return [...texts, ...dates, number?.toString()].find((text) => text !== undefined) ?? null;
}

const findNames = ['start', 'end', 'practitioner', 'location', 'patient', 'service-type'];
const wishes = {
  parameters: Object.fromEntries(findNames.map((name) => [name, []])),
  sorts: [],
  includes: [],
};
const otherNames: Record<string, string> = {
  'visit-type': 'service-type',
  'patient-reference': 'patient',
  'location-reference': 'location',
  count: '_count',
};

/** Appointment/$find (Argonaut Scheduling): times that can be booked, as proposed Appointments. */
export async function findOpenings(call: Call): Promise<FhirAnswer> {
  const { tx, session } = call;
  const posted =
    call.body.resourceType === undefined
      ? []
      : readParameters(call).map((one): [string, string] => [one.name, textOf(one) ?? '']);
  const given = [...call.given, ...posted].map(([name, value]) => [otherNames[name] ?? name, value] as const);
  const search = new Search(given, wishes, call.strict);
  const types = await listVisitTypes(tx.db);
  const codes = search.tokens('service-type') ?? [];
  const type = typeOf(
    codes.map(({ system, value }) => ({ ...(system ? { system } : {}), code: value })),
    types,
  );
  const [patientId = null] = idsOf(search, 'patient', 'Patient');
  const { fromMs, toMs } = rangeOf(search, session.timeZone);
  const staffIds = idsOf(search, 'practitioner', 'Practitioner');
  const physicianIds = await physiciansOf(tx, staffIds);
  const [siteId] = idsOf(search, 'location', 'Location');
  const none = staffIds.length > 0 && physicianIds.length === 0;
  const found = none ? [] : await listTimes();
  const staffOf = new Map((await listResources(tx.db)).map((one) => [one.resourceId, one.staffId]));
  const resources = found.map((opening) =>
    toProposal({ opening, type, patientId, staffId: staffOf.get(opening.physicianId) ?? null }),
  );
  const total = resources.length;
  // What was asked names a patient by id; a page is all that there is.
  return answerPage(
    { ...call, isPost: true },
    { type: 'Appointment', search, resources, total, after: null },
  );

  async function listTimes() {
    const notBeforeMs = Math.max(fromMs, tx.now.getTime());
    if (toMs <= notBeforeMs) return [];
    const { openings } = await findTimes(
      tx.db,
      {
        visitTypeId: type.visitTypeId,
        physicianIds,
        ...(siteId ? { siteId } : {}),
        ...(patientId ? { patientId } : {}),
        weekdays: [],
        times: [],
        from: localDate(notBeforeMs, session.timeZone),
        to: localDate(toMs - 1, session.timeZone),
        limit: Math.max(1, Math.min(search.count, 50)),
      },
      { now: tx.now, notBeforeMs, nearDays: 0 },
    );
    return openings.filter((one) => Date.parse(one.endsAt) <= toMs);
  }
}

function idsOf(search: Search, name: string, type: string): string[] {
  const texts = search.all(name).flatMap(valuesOf);
  return texts.map((text) => {
    const id = idOfReference(text, type);
    if (id) return id;
    throw new FhirProblem(400, 'invalid', `Give ${name} as ${type}/<id>.`, { expression: name });
  });
}

/** start and end are required by Argonaut; without an end, thirty days. */
function rangeOf(search: Search, timeZone: string): { fromMs: number; toMs: number } {
  const at = (name: string) => {
    const text = search.one(name);
    const stretch = text === null ? null : stretchOf(text, timeZone);
    if (text !== null && !stretch)
      throw new FhirProblem(400, 'invalid', `Give ${name} as a date or a time with its offset.`);
    return stretch;
  };
  const [start, end] = [at('start'), at('end')];
  if (!start) throw new FhirProblem(400, 'required', 'Say from when: start=2026-03-04T08:00:00-05:00.');
  const isDay = (search.one('end') ?? '').length === 10;
  const last = dayLater(start.fromMs, timeZone);
  const toMs = end ? (isDay ? end.toMs : end.fromMs) : last;
  if (toMs - start.fromMs > 180 * dayMs)
    throw new FhirProblem(400, 'too-costly', 'Look at most 180 days ahead at a time.');
  return { fromMs: start.fromMs, toMs };
}

const dayLater = (fromMs: number, timeZone: string) =>
  Date.parse(`${addDays(localDate(fromMs, timeZone), 30)}T00:00:00Z`);

/** Appointment/$book (Argonaut Scheduling): book what $find proposed, for a patient. */
export async function bookOpening(call: Call): Promise<FhirAnswer> {
  const parameters = readParameters(call);
  const find = (...names: string[]) => parameters.find((one) => names.includes(one.name));
  const proposal = find('appt-resource', 'appointment')?.resource;
  const idPart = find('appt-id');
  const id = z.string().safeParse(proposal?.id).data ?? (idPart && textOf(idPart));
  const opening = id ? readOpeningId(id.split('/').at(-1) ?? '') : null;
  if (!proposal && !opening)
    throw new FhirProblem(400, 'required', 'Send appt-resource (an Appointment of $find) or its appt-id.');
  const named = find('patient-reference', 'patient');
  const patient = named && textOf(named);
  const body = opening ? await appointmentOf(call, opening, proposal) : { ...proposal, status: 'booked' };
  const read = readAppointment(patient ? withPatient(body, patient) : body);
  const [other] = patient ? [] : actorsOf(read, 'Patient');
  if (!patient && !other)
    throw new FhirProblem(
      400,
      'required',
      'Say for whom: a Patient in the Appointment, or patient-reference.',
    );
  const visit = await bookAppointment(call, read);
  const resource = await toResource(call.tx, visit);
  const search = new Search([], wishes, false);
  return answerPage(call, { type: 'Appointment', search, resources: [resource], total: 1, after: null });
}

type Opening = NonNullable<ReturnType<typeof readOpeningId>>;
type Shape = Record<string, unknown>;

/** The times and the physician are those of the proposal's id, whatever came back around it. */
async function appointmentOf(call: Call, opening: Opening, proposal: Shape = {}): Promise<Shape> {
  const physician = (await listResources(call.tx.db)).find((one) => one.resourceId === opening.physicianId);
  const others = (Array.isArray(proposal.participant) ? proposal.participant : []).filter(
    (one) => !String(one?.actor?.reference).includes('Practitioner/'),
  );
  return {
    ...{ resourceType: 'Appointment', status: 'booked', start: opening.startsAt },
    minutesDuration: opening.minutes,
    serviceType: [{ coding: [{ code: opening.visitTypeId }] }],
    ...(typeof proposal.comment === 'string' ? { comment: proposal.comment } : {}),
    participant: [{ actor: { reference: `Practitioner/${physician?.staffId}` } }, ...others],
  };
}

function withPatient(body: Shape, patient: string): Shape {
  const all = Array.isArray(body.participant) ? body.participant : [];
  const others = all.filter((one) => !String(one?.actor?.reference).includes('Patient/'));
  const reference = patient.includes('/') ? patient : `Patient/${patient}`;
  return { ...body, participant: [...others, { actor: { reference } }] };
}
