/**
 * What stands in place of a person whose record is restricted: that there is someone, when and for what kind of
 * visit, and nothing that says who. Every object of an answer that names such a person keeps only the fields listed
 * here, so a field that is new is hidden until someone lists it.
 */
export const restrictedName = 'Restricted record';

/** Fields that say when, where and what kind, never who. */
const plain = new Set([
  ...['patientId', 'visitId', 'taskId', 'id', 'version', 'kind', 'state', 'key', 'subjectId'],
  ...['visitTypeId', 'visitTypeName', 'siteId', 'siteName', 'timeZone', 'physicianId', 'physicianName'],
  ...['resourceIds', 'startsAt', 'endsAt', 'minutes', 'confirmed', 'confirmedAt', 'arrivedAt', 'inRoomAt'],
  ...[
    'withPhysicianAt',
    'checkedOutAt',
    'cancelledAt',
    'overbooked',
    'waitsLong',
    'dueAt',
    'severity',
    'tag',
  ],
  ...[
    'action',
    'others',
    'label',
    'href',
    'method',
    'path',
    'body',
    'ownerStaffId',
    'ownerRole',
    'resources',
  ],
  ...['score', 'seriesId', 'at', 'by', 'until'],
  ...['entryId', 'offerId', 'openingId', 'priority', 'addedAt', 'expiresOn', 'offers', 'offered', 'position'],
  ...['wave', 'channel', 'offeredAt', 'answerBy', 'closedAt', 'outcome'],
]);
/** Where a name stands, the words stand that there is someone. */
const names = new Set(['patient', 'patientName', 'fileName', 'callName', 'title', 'name', 'familyName']);

const idFields = ['patientId', 'intoId', 'fromId'] as const;
const reference = /^Patient\/([0-9a-f-]{36})$/;

type Thing = Record<string, unknown>;

/** Of no use to anyone, and of the same type. */
function emptied(key: string, value: unknown): unknown {
  // A day or a moment is never an empty text.
  if (/(On|At)$/.test(key)) return null;
  if (typeof value === 'string') return '';
  if (typeof value === 'number') return 0;
  if (typeof value === 'boolean') return false;
  if (Array.isArray(value)) return [];
  return null;
}

function veiledThing(thing: Thing): Thing {
  return Object.fromEntries(
    Object.entries(thing).map(([key, value]) => {
      if (plain.has(key)) return [key, value];
      return [key, names.has(key) ? restrictedName : emptied(key, value)];
    }),
  );
}

function isHiddenPatient(thing: Thing, hidden: ReadonlySet<string>): boolean {
  return thing.resourceType === 'Patient' && typeof thing.id === 'string' && hidden.has(thing.id);
}

/** An Appointment of a hidden person keeps its time and what it occupies. */
function refersTo(thing: Thing, hidden: ReadonlySet<string>): boolean {
  if (typeof thing.resourceType !== 'string') return false;
  return (
    JSON.stringify(thing)
      .match(/Patient\/[0-9a-f-]{36}/g)
      ?.some((one) => hidden.has(one.slice(8))) ?? false
  );
}

const restrictedTag = {
  security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }],
};

function veiledResource(thing: Thing): Thing {
  const { resourceType, id, meta, status, start, end, minutesDuration, serviceType, participant } = thing;
  const bare = (one: unknown) => {
    const { actor } = Object(one);
    return reference.test(String(actor?.reference))
      ? { actor: { reference: actor.reference }, status: 'tentative' }
      : one;
  };
  const facts = { resourceType, id, meta: { ...Object(meta), ...restrictedTag }, status, start, end };
  return {
    ...facts,
    ...(minutesDuration === undefined ? {} : { minutesDuration }),
    ...(serviceType === undefined ? {} : { serviceType }),
    ...(Array.isArray(participant) ? { participant: participant.map(bare) } : {}),
  };
}

function over(value: unknown, hidden: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((one) => over(one, hidden));
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  const thing = value as Thing;
  const whom = Object(thing.hit).patientId;
  // Why someone is likely the same would tell what they have.
  if (typeof whom === 'string' && hidden.has(whom))
    return { ...thing, hit: over(thing.hit, hidden), score: 0, why: [] };
  if (isHiddenPatient(thing, hidden)) return { resourceType: 'Patient', id: thing.id, meta: restrictedTag };
  if (idFields.some((field) => typeof thing[field] === 'string' && hidden.has(String(thing[field]))))
    return veiledThing(thing);
  if (typeof thing.resourceType === 'string' && thing.resourceType !== 'Bundle' && refersTo(thing, hidden))
    return veiledResource(thing);
  return Object.fromEntries(Object.entries(thing).map(([key, one]) => [key, over(one, hidden)]));
}

/** Hides these people from an answer. */
export function veilOver(hidden: ReadonlySet<string>) {
  return {
    key: [...hidden].sort().join(' '),
    hidden,
    // The same shape with less in it.
    over: <T>(answer: T): T => over(answer, hidden) as T,
  };
}
