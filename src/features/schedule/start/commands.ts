import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { notFound } from '../../../platform/refusal.ts';
import { addAccount } from '../../practice/accounts/commands.ts';
import { addSite, addStaff, changeSite } from '../../practice/commands.ts';
import { proposeDisplayName } from '../../practice/rules.ts';
import { addResource, addVisitType } from '../setup/commands.ts';
import { replaceWeek, todayHere } from '../setup/hours/commands.ts';
import { listResources, listVisitTypes } from '../setup/queries.ts';
import { findStart } from './queries.ts';
import { colorAt, roomNames, type SpecialtyKey, templates } from './rules.ts';
import type {
  MadeAccount,
  StartChange,
  StartColleagues,
  StartHours,
  StartPhysicians,
  StartRooms,
  StartSites,
  StartTypes,
} from './schema.ts';

/** A practice that was just made begins with its first step. */
export async function beginStart(tx: Tx, specialty: SpecialtyKey): Promise<void> {
  await sql`
    insert into set_ups (practice_id, specialty, step) values (${tx.practiceId}, ${specialty}, 'sites')
    on conflict (practice_id) do nothing`.execute(tx.db);
}

/** Where the manager is, so that they may leave and come back; also for a practice that was made otherwise. */
export async function changeStart(tx: Tx, { step, specialty, finished }: StartChange): Promise<void> {
  await sql`
    insert into set_ups (practice_id, specialty, step, finished_at)
    values (${tx.practiceId}, ${specialty ?? 'other'}, ${step}, ${finished ? tx.now : null})
    on conflict (practice_id) do update set step = excluded.step,
      specialty = coalesce(${specialty ?? null}, set_ups.specialty),
      finished_at = coalesce(set_ups.finished_at, excluded.finished_at)`.execute(tx.db);
  tx.touch('setup');
  if (!finished) return;
  const subjectIds = [tx.practiceId];
  tx.audit({ action: 'practice.set-up-finished', subjectKind: 'practice', subjectIds });
}

export async function startSites(tx: Tx, { sites }: StartSites): Promise<void> {
  for (const { siteId, version, ...site } of sites) {
    if (siteId && version) await changeSite(tx, siteId, { ...site, version });
    else await addSite(tx, site);
  }
}

export async function startPhysicians(tx: Tx, { people }: StartPhysicians): Promise<void> {
  const start = await findStart(tx.db);
  const specialty = start && start.specialty !== 'other' ? templates[start.specialty].label : '';
  for (const person of people) {
    const displayName = proposeDisplayName('physician', person.givenName, person.familyName);
    const staffId = await addStaff(tx, { ...person, displayName, kind: 'physician', specialty });
    await addResource(tx, { kind: 'physician', name: displayName, staffId });
  }
}

export async function startRooms(tx: Tx, { rooms }: StartRooms): Promise<void> {
  const known = (await listResources(tx.db)).filter((one) => one.kind === 'room');
  for (const { siteId, count } of rooms) {
    const taken = known.filter((one) => one.siteId === siteId).map((one) => one.name.toLowerCase());
    for (const name of roomNames(count, new Set(taken)))
      await addResource(tx, { kind: 'room', name, siteId });
  }
}

export async function startTypes(tx: Tx, { types }: StartTypes): Promise<void> {
  const known = (await listVisitTypes(tx.db)).length;
  for (const [index, { room, ...type }] of types.entries()) {
    const needs = room ? [{ kind: 'room' as const, resourceIds: [] }] : [];
    await addVisitType(tx, { ...type, needs, color: colorAt(known + index) });
  }
}

export async function startHours(tx: Tx, { weeks }: StartHours): Promise<void> {
  const from = await todayHere(tx);
  const known = new Map((await listResources(tx.db)).map((one) => [one.resourceId, one]));
  for (const { resourceId, rows } of weeks) {
    const resource = known.get(resourceId);
    if (!resource) throw notFound('physician');
    await replaceWeek(tx, resourceId, { version: resource.version, from, rows });
  }
}

/** @returns their passwords, which are shown once */
export async function startColleagues(tx: Tx, { people }: StartColleagues): Promise<MadeAccount[]> {
  const made: MadeAccount[] = [];
  for (const { email, role, ...person } of people) {
    const displayName = proposeDisplayName(person.kind, person.givenName, person.familyName);
    const staffId = await addStaff(tx, { ...person, displayName });
    const { password } = await addAccount(tx, { staffId, email, roles: [role] });
    made.push({ displayName, email, password });
  }
  return made;
}
