import { isDeepStrictEqual } from 'node:util';
import type { AuditRow, Facts, Image, Place, PlaceRow, StepRow, VisitRow } from './facts.ts';

/** A visit told again from its history alone: the audit's changes one after the other, and its steps beside them. */

const imageFields = [
  ...['state', 'siteId', 'physicianId', 'startsAt', 'endsAt', 'overrideReason', 'reason', 'note'],
  ...['confirmedAt', 'arrivedAt', 'inRoomAt', 'withPhysicianAt', 'checkedOutAt'],
  ...['cancelledAt', 'cancelReason', 'cancelText'],
];

function placesOf(places: readonly Place[], lanes = true): Partial<Place>[] {
  return places
    .map(({ resourceId, lane, startsAt, endsAt }) => ({
      resourceId,
      startsAt,
      endsAt,
      ...(lanes ? { lane } : {}),
    }))
    .sort((a, b) => (a.resourceId < b.resourceId ? -1 : 1));
}

/** The fields that one names and of which the other says otherwise. */
function differing(one: Image, other: Image, lanes = true): string[] {
  const fields = imageFields.filter(
    (field) => Object.hasOwn(one, field) && !isDeepStrictEqual(one[field], other[field]),
  );
  const alike =
    !one.resources ||
    isDeepStrictEqual(placesOf(one.resources, lanes), placesOf(other.resources ?? [], lanes));
  return alike ? fields : [...fields, 'resources'];
}

function imageOf(row: VisitRow, places: readonly PlaceRow[]): Image {
  const fields = Object.fromEntries(imageFields.map((field) => [field, row[field]]));
  return { ...fields, resources: places.map((one) => ({ ...one })) };
}

export type Told = {
  /** The visit at each of its versions, from 1 on; `patientId` among its fields. */
  versions: Image[];
  complaints: string[];
};

type Telling = {
  now: Image;
  /** Steps that stand, without those of a merge. */
  standing: StepRow[];
  steps: StepRow[];
  next: number;
  say(what: string): void;
};

/** Steps that move a visit from record to record, and are never undone. */
const isOfMerge = (step: string | undefined) => step === 'merged' || step === 'taken_apart';

function undo(telling: Telling, record: AuditRow): void {
  const undone = telling.standing.pop();
  const after = { ...telling.now, ...record.after };
  if (!undone?.before) {
    telling.say('an undo has no step before it');
    return;
  }
  if (undone.undoneAt === null) telling.say(`step ${undone.stepNo} was undone and does not say so`);
  // It may come back on another lane, where its own was taken meanwhile
  const wrong = differing(undone.before, after, false);
  if (wrong.length > 0) telling.say(`undoing step ${undone.stepNo} did not bring back ${wrong}`);
}

function takeStep(telling: Telling, record: AuditRow): void {
  const name = record.action.replace('visit.', '').replaceAll('-', '_');
  const row = telling.steps[telling.next];
  telling.next += 1;
  if (row?.step !== name) {
    telling.say(`the audit says ${name} where the steps say ${row?.step}`);
    return;
  }
  if (isOfMerge(name)) {
    const { fromPatientId, toPatientId } = row.detail;
    if (fromPatientId !== telling.now.patientId) telling.say(`step ${row.stepNo} is from another record`);
    if (toPatientId !== record.after?.patientId) telling.say(`step ${row.stepNo} is to another record`);
    return;
  }
  const wrong = row.before ? differing(row.before, telling.now) : [];
  if (wrong.length > 0) telling.say(`before step ${row.stepNo} (${name}) it was otherwise: ${wrong}`);
  if (
    row.before &&
    !isDeepStrictEqual(Object.keys(row.before).sort(), Object.keys(record.before ?? {}).sort())
  )
    telling.say(`step ${row.stepNo} changed other fields than the audit says`);
  if ((row.before === null) !== (name === 'booked')) telling.say(`step ${row.stepNo} lacks its image`);
  telling.standing.push(row);
}

/** What a record says was there must have been there. */
function checkBefore({ now, say }: Telling, { action, before }: AuditRow): void {
  for (const [field, was] of Object.entries(before ?? {})) {
    const alike =
      field === 'resources'
        ? isDeepStrictEqual(placesOf((was as Place[]) ?? []), placesOf(now.resources ?? []))
        : isDeepStrictEqual(was, now[field]);
    if (!alike) say(`the audit of ${action} says another ${field} than was there`);
  }
}

/** Said of a visit, and no change of it. */
const besides = new Set(['visit.opened', 'visit.pinned', 'visit.unpinned']);

export function tell(visit: VisitRow, facts: Facts): Told {
  const complaints: string[] = [];
  const versions: Image[] = [];
  const ofVisit = ({ visitId }: { visitId: string | null }) => visitId === visit.visitId;
  const telling: Telling = {
    now: {},
    standing: [],
    steps: facts.steps.filter(ofVisit),
    next: 0,
    say: (what) => complaints.push(`visit ${visit.visitId}: ${what}`),
  };
  const records = facts.audit.filter(
    (one) =>
      one.subjectKind === 'visit' &&
      !besides.has(one.action) &&
      one.action.startsWith('visit.') &&
      one.subjectIds.includes(visit.visitId),
  );
  for (const record of records) {
    checkBefore(telling, record);
    if (record.action === 'visit.undone') undo(telling, record);
    else takeStep(telling, record);
    telling.now = { ...telling.now, ...record.after };
    versions.push(telling.now);
  }
  const { now, standing, steps, next, say } = telling;
  if (next !== steps.length) say(`${steps.length - next} steps stand nowhere in the audit`);
  for (const step of standing) if (step.undoneAt) say(`step ${step.stepNo} says undone and was not`);
  const wrong = differing(now, imageOf(visit, facts.places.filter(ofVisit)));
  if (wrong.length > 0) say(`its history does not explain its ${wrong}`);
  if (now.patientId !== visit.patientId) say('its history does not explain whose it is');
  if (versions.length !== visit.version) say(`version ${visit.version} after ${versions.length} changes`);
  return { versions, complaints };
}
