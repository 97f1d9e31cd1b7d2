import { sql } from 'kysely';
import { inTransaction, type Store, type Tx, theOffice } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/id.ts';
import { createAccount } from '../../platform/session/accounts.ts';
import { NewPractice, NewStaff } from './schema.ts';

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
  const practice = NewPractice.parse(input);
  const practiceId = newId();
  return inTransaction(store, { practiceId, actor: theOffice, requestId: 'init' }, async (tx) => {
    await sql`
      insert into practices (practice_id, name, kind, time_zone, created_at)
      values (${practiceId}, ${practice.name}, ${practice.kind}, ${practice.timeZone}, ${tx.now})`.execute(
      tx.db,
    );
    const siteId = await addFirstSite(tx, practice.name, practice.timeZone);
    const { givenName, familyName, email, password } = practice.manager;
    const displayName = `${givenName} ${familyName}`;
    const managerStaffId = await addStaff(tx, { givenName, familyName, displayName, kind: 'manager' });
    const roles = ['manager'];
    const managerAccountId = await createAccount(tx, {
      staffId: managerStaffId,
      displayName,
      email,
      password,
      roles,
    });
    tx.audit({
      action: 'practice.created',
      subjectKind: 'practice',
      subjectIds: [practiceId],
      after: { name: practice.name },
    });
    return { practiceId, siteId, managerStaffId, managerAccountId };
  });
}

async function addFirstSite(tx: Tx, name: string, timeZone: string): Promise<string> {
  const siteId = newId();
  await sql`
    insert into sites (practice_id, site_id, name, time_zone)
    values (${tx.practiceId}, ${siteId}, ${name.slice(0, 100)}, ${timeZone})`.execute(tx.db);
  tx.audit({ action: 'site.added', subjectKind: 'site', subjectIds: [siteId], after: { name, timeZone } });
  return siteId;
}

/** Add someone who works here. An account, if any, comes separately. */
export async function addStaff(tx: Tx, input: NewStaff): Promise<string> {
  const staff = NewStaff.parse(input);
  const staffId = newId();
  await sql`
    insert into staff (practice_id, staff_id, given_name, family_name, display_name, credentials, kind, specialty,
      npi, phone)
    values (${tx.practiceId}, ${staffId}, ${staff.givenName}, ${staff.familyName}, ${staff.displayName},
      ${staff.credentials}, ${staff.kind}, ${staff.specialty}, ${staff.npi}, ${staff.phone})`.execute(tx.db);
  tx.audit({ action: 'staff.added', subjectKind: 'staff', subjectIds: [staffId], after: staff });
  tx.touch('practice', staffId);
  return staffId;
}
