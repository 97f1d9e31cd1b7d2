import { sql } from 'kysely';
import { inTransaction, type Store, type Tx, theOffice } from '../../platform/db/transaction.ts';
import { touchVersion } from '../../platform/db/versions.ts';
import { newId } from '../../platform/id.ts';
import { changePracticeFacts, insertPractice } from '../../platform/practices.ts';
import { notFound, Refusal, stale } from '../../platform/refusal.ts';
import { createAccount } from '../../platform/session/accounts.ts';
import { staffChanged } from './events.ts';
import { findPractice, findSite, findStaff, listSites } from './queries.ts';
import {
  NewPractice,
  NewSite,
  NewStaff,
  type PracticeChange,
  type SiteChange,
  type StaffChange,
} from './schema.ts';

export type MadePractice = {
  practiceId: string;
  siteId: string;
  managerStaffId: string;
  managerAccountId: string;
};

/**
 * Make a practice with its first site and its manager, who sets up the rest in the program. The only command
 * that opens its own transaction, since there is no practice yet whose transaction it could join.
 */
export async function createPractice(store: Store, input: NewPractice): Promise<MadePractice> {
  const opening = { practiceId: newId(), actor: theOffice, requestId: 'init' };
  return inTransaction(store, opening, (tx) => fillPractice(tx, input));
}

/** The practice of this transaction, which is not there yet: its row, first site and manager. */
export async function fillPractice(tx: Tx, input: NewPractice): Promise<MadePractice> {
  const practice = NewPractice.parse(input);
  const { practiceId } = tx;
  await insertPractice(tx, practice);
  const siteId = await addSite(tx, { name: practice.name.slice(0, 100), timeZone: practice.timeZone });
  const { givenName, familyName, email, password } = practice.manager;
  const displayName = `${givenName} ${familyName}`;
  const managerStaffId = await addStaff(tx, { givenName, familyName, displayName, kind: 'manager' });
  const managerAccountId = await createAccount(tx, {
    staffId: managerStaffId,
    displayName,
    email,
    password,
    roles: ['manager'],
    publicPassword: practice.kind === 'demo',
  });
  tx.audit({
    action: 'practice.created',
    subjectKind: 'practice',
    subjectIds: [practiceId],
    after: { name: practice.name },
  });
  return { practiceId, siteId, managerStaffId, managerAccountId };
}

/** Add a site, last in the order. */
export async function addSite(tx: Tx, input: NewSite): Promise<string> {
  const site = NewSite.parse(input);
  const siteId = newId();
  await sql`
    insert into sites (practice_id, site_id, name, time_zone, phone, address, position)
    values (${tx.practiceId}, ${siteId}, ${site.name}, ${site.timeZone}, ${site.phone},
      ${JSON.stringify(site.address)}::jsonb,
      (select coalesce(max(position) + 1, 0) from sites where practice_id = ${tx.practiceId}))`.execute(
    tx.db,
  );
  tx.audit({ action: 'site.added', subjectKind: 'site', subjectIds: [siteId], after: site });
  await touchSetup(tx, siteId);
  return siteId;
}

/** What the schedule shows of the practice changed as well. */
async function touchSetup(tx: Tx, id: string): Promise<void> {
  tx.touch('practice', id);
  await touchVersion(tx, 'setup', id);
}

/** Change a site, or take it out of use. Refuses to leave the practice without one. */
export async function changeSite(
  tx: Tx,
  siteId: string,
  { version, ...change }: SiteChange,
): Promise<number> {
  const before = await findSite(tx.db, siteId, 'for update');
  if (!before) throw notFound('site');
  if (before.version !== version) throw stale('site', before);
  const after = { ...before, ...change };
  if (!after.active && before.active) await refuseLastSite(tx, siteId);
  await sql`
    update sites set name = ${after.name}, time_zone = ${after.timeZone}, phone = ${after.phone},
      address = ${JSON.stringify(after.address)}::jsonb, active = ${after.active}, version = version + 1
    where practice_id = ${tx.practiceId} and site_id = ${siteId}`.execute(tx.db);
  tx.audit({ action: 'site.changed', subjectKind: 'site', subjectIds: [siteId], before, after });
  await touchSetup(tx, siteId);
  return version + 1;
}

async function refuseLastSite(tx: Tx, siteId: string): Promise<void> {
  const sites = await listSites(tx.db);
  if (sites.some((site) => site.active && site.siteId !== siteId)) return;
  throw new Refusal(
    'conflict',
    'This is the only site in use, and the practice needs one. Add or reopen another first.',
  );
}

/** Put the sites in this order; those that are not named keep their place behind. */
export async function orderSites(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`
    update sites set position = coalesce(array_position(${ids}::uuid[], site_id), 1000 + position)
    where practice_id = ${tx.practiceId}`.execute(tx.db);
  tx.audit({ action: 'sites.ordered', subjectKind: 'site', subjectIds: [...ids] });
  await touchSetup(tx, ids[0] ?? '');
}

/** Change what the practice is called, its phone or its time zone. */
export async function changePractice(tx: Tx, { version, ...change }: PracticeChange): Promise<number> {
  const before = await findPractice(tx.db);
  if (before.version !== version) throw stale('practice', before);
  const after = { ...before, ...change };
  if (!(await changePracticeFacts(tx, version, after))) throw stale('practice', before);
  const subjectIds = [tx.practiceId];
  tx.audit({ action: 'practice.changed', subjectKind: 'practice', subjectIds, before, after });
  await touchSetup(tx, tx.practiceId);
  return version + 1;
}

/** Add someone who works here. An account, if any, comes separately. */
export async function addStaff(tx: Tx, input: NewStaff): Promise<string> {
  const staff = NewStaff.parse(input);
  await refuseTakenNpi(tx, staff.npi, null);
  const staffId = newId();
  await sql`
    insert into staff (practice_id, staff_id, given_name, family_name, display_name, credentials, kind, specialty,
      npi, phone)
    values (${tx.practiceId}, ${staffId}, ${staff.givenName}, ${staff.familyName}, ${staff.displayName},
      ${staff.credentials}, ${staff.kind}, ${staff.specialty}, ${staff.npi}, ${staff.phone})`.execute(tx.db);
  tx.audit({ action: 'staff.added', subjectKind: 'staff', subjectIds: [staffId], after: staff });
  await touchSetup(tx, staffId);
  return staffId;
}

async function refuseTakenNpi(tx: Tx, npi: string | null, ownStaffId: string | null): Promise<void> {
  if (npi === null) return;
  const { rows } = await sql<{ displayName: string }>`
    select display_name from staff
    where practice_id = ${tx.practiceId} and npi = ${npi} and staff_id is distinct from ${ownStaffId}::uuid`.execute(
    tx.db,
  );
  if (!rows[0]) return;
  const message = `This NPI belongs to ${rows[0].displayName} already. Check the number, or change the record that has it.`;
  throw new Refusal('conflict', message, { fields: { npi: message } });
}

/** Change someone who works here. Their account's name follows (accounts/commands.ts disables one who left). */
export async function changeStaff(
  tx: Tx,
  staffId: string,
  { version, ...change }: StaffChange,
): Promise<number> {
  const before = await findStaff(tx.db, staffId, 'for update');
  if (!before) throw notFound('staff member');
  if (before.version !== version) throw stale('staff member', before);
  const after = { ...before, ...change };
  await refuseTakenNpi(tx, after.npi, staffId);
  await sql`
    update staff set given_name = ${after.givenName}, family_name = ${after.familyName},
      display_name = ${after.displayName}, credentials = ${after.credentials}, kind = ${after.kind},
      specialty = ${after.specialty}, npi = ${after.npi}, phone = ${after.phone}, active = ${after.active},
      version = version + 1
    where practice_id = ${tx.practiceId} and staff_id = ${staffId}`.execute(tx.db);
  tx.audit({ action: 'staff.changed', subjectKind: 'staff', subjectIds: [staffId], before, after });
  if (before.active !== after.active || before.displayName !== after.displayName) {
    const { displayName, active } = after;
    tx.emit(staffChanged(staffId, { displayName, formerName: before.displayName, active }));
  }
  await touchSetup(tx, staffId);
  return version + 1;
}
