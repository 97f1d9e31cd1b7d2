import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { touchVersion } from '../../../platform/db/versions.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { findStaff, listSites } from '../../practice/queries.ts';
import { listResources, listVisitTypes, lockResource, lockVisitType } from './queries.ts';
import {
  NewResource,
  NewVisitType,
  type ResourceChange,
  type ResourceRow,
  type VisitTypeChange,
  type VisitTypeRow,
} from './schema.ts';

type ResourceFacts = Pick<ResourceRow, 'kind' | 'name' | 'siteId' | 'staffId' | 'active'>;

/** Put a physician, a room or a device on the schedule, last of its kind. */
export async function addResource(tx: Tx, input: NewResource): Promise<string> {
  const resource = NewResource.parse(input);
  const resourceId = newId();
  await refuseMisplaced(tx, { ...resource, active: true }, null);
  const { kind, name, siteId, staffId, capacity } = resource;
  await sql`
    insert into resources (practice_id, resource_id, kind, name, site_id, staff_id, capacity, position)
    values (${tx.practiceId}, ${resourceId}, ${kind}, ${name}, ${siteId}, ${staffId}, ${capacity},
      (select coalesce(max(position) + 1, 0) from resources
        where practice_id = ${tx.practiceId} and kind = ${kind}))`.execute(tx.db);
  tx.audit({ action: 'resource.added', subjectKind: 'resource', subjectIds: [resourceId], after: resource });
  await touchVersion(tx, 'setup', resourceId);
  return resourceId;
}

/** A physician is someone who works here; rooms and devices stand at a site; no two are called the same there. */
async function refuseMisplaced(tx: Tx, resource: ResourceFacts, ownId: string | null): Promise<void> {
  const all = (await listResources(tx.db)).filter((one) => one.resourceId !== ownId);
  if (resource.kind === 'physician') await refuseWrongStaff(tx, resource.staffId, all);
  else if (resource.staffId) throw new Refusal('bad-input', 'A room or device is nobody of the staff.');
  else await refuseWrongSite(tx, resource.siteId);
  const twin = all.find(
    (one) =>
      one.active &&
      one.kind === resource.kind &&
      one.siteId === resource.siteId &&
      one.name.toLowerCase() === resource.name.toLowerCase(),
  );
  if (!twin || !resource.active) return;
  const message = `There is a ${resource.kind} called ${twin.name} already. Give this one another name.`;
  throw new Refusal('conflict', message, { fields: { name: message } });
}

async function refuseWrongStaff(tx: Tx, staffId: string | null, all: readonly ResourceRow[]): Promise<void> {
  const staff = staffId ? await findStaff(tx.db, staffId) : undefined;
  if (!staff) {
    const message = 'Choose the staff member who this is.';
    throw new Refusal('bad-input', message, { fields: { staffId: message } });
  }
  if (staff.kind !== 'physician') {
    const message = `${staff.displayName} is not set up as a physician. Change that under Staff first.`;
    throw new Refusal('conflict', message, { fields: { staffId: message } });
  }
  const known = all.find((one) => one.staffId === staffId);
  if (!known) return;
  const message = known.active
    ? `${staff.displayName} is on the schedule already.`
    : `${staff.displayName} is on the schedule, out of use. Bring that record back instead.`;
  throw new Refusal('conflict', message, { fields: { staffId: message } });
}

async function refuseWrongSite(tx: Tx, siteId: string | null): Promise<void> {
  const site = (await listSites(tx.db)).find((one) => one.siteId === siteId);
  if (site?.active) return;
  const message = 'Choose the site where it stands.';
  throw new Refusal('bad-input', message, { fields: { siteId: message } });
}

/** Change a physician, room or device, or take it out of use. Booked visits stay and show up as outside hours. */
export async function changeResource(
  tx: Tx,
  resourceId: string,
  { version, ...change }: ResourceChange,
): Promise<number> {
  const before = await lockResource(tx.db, resourceId);
  if (!before) throw notFound('resource');
  if (before.version !== version) throw stale('resource', before);
  const after = { ...before, ...change };
  if (after.active) await refuseMisplaced(tx, after, resourceId);
  await sql`
    update resources set name = ${after.name}, site_id = ${after.siteId}, capacity = ${after.capacity},
      active = ${after.active}, version = version + 1
    where practice_id = ${tx.practiceId} and resource_id = ${resourceId}`.execute(tx.db);
  tx.audit({ action: 'resource.changed', subjectKind: 'resource', subjectIds: [resourceId], before, after });
  await touchVersion(tx, 'setup', resourceId);
  return version + 1;
}

/** The order of the columns; those that are not named keep theirs. */
export async function orderResources(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`
    update resources set position = array_position(${ids}::uuid[], resource_id)
    where practice_id = ${tx.practiceId} and resource_id = any (${ids}::uuid[])`.execute(tx.db);
  tx.audit({ action: 'resources.ordered', subjectKind: 'resource', subjectIds: [...ids] });
  await touchVersion(tx, 'setup', ...ids);
}

type VisitTypeFacts = Omit<VisitTypeRow, 'visitTypeId' | 'version' | 'position' | 'active'>;

/** Add a visit type, last in the order. */
export async function addVisitType(tx: Tx, input: NewVisitType): Promise<string> {
  const type = NewVisitType.parse(input);
  await refuseUnknownParts(tx, type, null);
  const visitTypeId = newId();
  await sql`
    insert into visit_types (practice_id, visit_type_id, name, code, minutes, buffer_before_minutes,
      buffer_after_minutes, color, minutes_by_physician, needs, physician_ids, notice_hours, position)
    values (${tx.practiceId}, ${visitTypeId}, ${type.name}, ${type.code}, ${type.minutes},
      ${type.bufferBeforeMinutes}, ${type.bufferAfterMinutes}, ${type.color},
      ${JSON.stringify(type.minutesByPhysician)}::jsonb, ${JSON.stringify(type.needs)}::jsonb,
      ${type.physicianIds}::uuid[], ${type.noticeHours},
      (select coalesce(max(position) + 1, 0) from visit_types where practice_id = ${tx.practiceId}))`.execute(
    tx.db,
  );
  tx.audit({
    action: 'visit-type.added',
    subjectKind: 'visit-type',
    subjectIds: [visitTypeId],
    after: type,
  });
  await touchVersion(tx, 'setup', visitTypeId);
  return visitTypeId;
}

/** One code, one type; who does it and what it needs are there. */
async function refuseUnknownParts(tx: Tx, type: VisitTypeFacts, ownId: string | null): Promise<void> {
  const twin = (await listVisitTypes(tx.db)).find(
    (one) => one.code === type.code && one.visitTypeId !== ownId,
  );
  if (twin) {
    const message = `The code ${twin.code} belongs to ${twin.name}${twin.active ? '' : ', which is out of use'}. Choose another.`;
    throw new Refusal('conflict', message, { fields: { code: message } });
  }
  const kinds = new Map((await listResources(tx.db)).map((one) => [one.resourceId, one.kind]));
  const physicians = [...type.physicianIds, ...Object.keys(type.minutesByPhysician)];
  const fits =
    physicians.every((id) => kinds.get(id) === 'physician') &&
    type.needs.every((need) => need.resourceIds.every((id) => kinds.get(id) === need.kind));
  if (!fits) {
    throw new Refusal('bad-input', 'It names a physician, room or device that is not here. Choose again.');
  }
}

/** Change a visit type or take it out of use; what is booked stays as it was booked. */
export async function changeVisitType(
  tx: Tx,
  visitTypeId: string,
  { version, ...change }: VisitTypeChange,
): Promise<number> {
  const before = await lockVisitType(tx.db, visitTypeId);
  if (!before) throw notFound('visit type');
  if (before.version !== version) throw stale('visit type', before);
  const after = { ...before, ...change };
  await refuseUnknownParts(tx, after, visitTypeId);
  await sql`
    update visit_types set name = ${after.name}, code = ${after.code}, minutes = ${after.minutes},
      buffer_before_minutes = ${after.bufferBeforeMinutes}, buffer_after_minutes = ${after.bufferAfterMinutes},
      color = ${after.color}, minutes_by_physician = ${JSON.stringify(after.minutesByPhysician)}::jsonb,
      needs = ${JSON.stringify(after.needs)}::jsonb, physician_ids = ${after.physicianIds}::uuid[],
      notice_hours = ${after.noticeHours}, active = ${after.active}, version = version + 1
    where practice_id = ${tx.practiceId} and visit_type_id = ${visitTypeId}`.execute(tx.db);
  const subjectIds = [visitTypeId];
  tx.audit({ action: 'visit-type.changed', subjectKind: 'visit-type', subjectIds, before, after });
  await touchVersion(tx, 'setup', visitTypeId);
  return version + 1;
}

export async function orderVisitTypes(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`
    update visit_types set position = array_position(${ids}::uuid[], visit_type_id)
    where practice_id = ${tx.practiceId} and visit_type_id = any (${ids}::uuid[])`.execute(tx.db);
  tx.audit({ action: 'visit-types.ordered', subjectKind: 'visit-type', subjectIds: [...ids] });
  await touchVersion(tx, 'setup', ...ids);
}
