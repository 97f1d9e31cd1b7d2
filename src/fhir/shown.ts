import type { Resource } from '@medplum/fhirtypes';

/** A part of a resource (hl7.org/fhir/R4/search.html#elements, #summary): marked, so that nobody sends it back. */

type Parts = { summary: readonly string[]; always: readonly string[] };

/** Elements of FHIR R4 that stand in a summary, and those that no part may lack: required or modifying. */
export const partsOf: Readonly<Record<string, Parts>> = {
  Patient: {
    summary: [
      ...['identifier', 'active', 'name', 'telecom', 'gender', 'birthDate', 'deceased', 'address'],
      ...['managingOrganization', 'link'],
    ],
    always: ['active', 'deceased', 'link'],
  },
  Practitioner: {
    summary: ['identifier', 'active', 'name', 'telecom', 'address', 'gender', 'birthDate'],
    always: [],
  },
  Location: {
    summary: [
      ...['identifier', 'status', 'operationalStatus', 'name', 'description', 'mode', 'type'],
      ...['physicalType', 'managingOrganization'],
    ],
    always: ['status'],
  },
  Schedule: {
    summary: [
      ...['identifier', 'active', 'serviceCategory', 'serviceType', 'specialty', 'actor'],
      'planningHorizon',
    ],
    always: ['active', 'actor'],
  },
  Slot: {
    summary: [
      ...['identifier', 'serviceCategory', 'serviceType', 'specialty', 'appointmentType', 'schedule'],
      ...['status', 'start', 'end'],
    ],
    always: ['schedule', 'status', 'start', 'end'],
  },
  Appointment: {
    summary: [
      ...['identifier', 'status', 'cancelationReason', 'serviceCategory', 'serviceType', 'specialty'],
      ...['appointmentType', 'reasonCode', 'start', 'end'],
    ],
    always: ['status', 'participant'],
  },
};

const subsetted = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };
/** `deceased` stands for deceasedBoolean and deceasedDateTime. */
const elementOf = (key: string) => key.replace(/^deceased(Boolean|DateTime)$/, 'deceased');

export type Shown = { summary: string | null; elements: readonly string[] | null };

/** As much of it as was asked for. */
export function showPart<R extends Resource>(resource: R, { summary, elements }: Shown): R {
  const parts = partsOf[resource.resourceType];
  if (!parts || (!elements && summary !== 'true' && summary !== 'text' && summary !== 'data'))
    return resource;
  const wanted = elements ?? (summary === 'true' ? parts.summary : summary === 'text' ? ['text'] : null);
  const shown = new Set(['resourceType', 'id', 'meta', ...(wanted ?? []), ...parts.always]);
  // `data` leaves out the narrative alone, and we have none.
  const kept = Object.entries(resource).filter(([key]) => wanted === null || shown.has(elementOf(key)));
  const meta = { ...resource.meta, tag: [...(resource.meta?.tag ?? []), subsetted] };
  return { ...(Object.fromEntries(kept) as R), meta };
}

/** Whether a resource that came in is such a part: kept, it would take away what it does not show. */
export function isPart(resource: Record<string, unknown>): boolean {
  return JSON.stringify(resource.meta ?? null).includes('"SUBSETTED"');
}
