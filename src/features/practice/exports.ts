import { sql } from 'kysely';
import type { ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import { noId } from '../../platform/db/pages.ts';
import { toOrganization, toPractitioner, toSiteLocation } from './exchange/fhir.ts';
import { listStaffIdentifiers } from './exchange/queries.ts';
import { findPractice, listSites, listStaff } from './queries.ts';

const practice: ExportSection = {
  name: 'practice',
  label: 'The practice itself',
  table: 'practices',
  without: { demo: 'how far the simulator has played a demo practice' },
  page: (ask) => sql<ExportedRow>`
    select array[p.practice_id::text] as key, to_jsonb(p) - 'demo' as row from practices p
    where p.practice_id > ${ask.after?.[0] ?? noId}::uuid order by p.practice_id limit ${ask.most}`,
  resources: async (db) => [toOrganization(await findPractice(db))],
};

const sites: ExportSection = {
  name: 'sites',
  label: 'Sites',
  table: 'sites',
  page: (ask) => sql<ExportedRow>`
    select array[s.site_id::text] as key, to_jsonb(s) as row from sites s
    where s.site_id > ${ask.after?.[0] ?? noId}::uuid order by s.site_id limit ${ask.most}`,
  resources: async (db, rows) => {
    const wanted = new Set(rows.map(({ key }) => key[0]));
    return (await listSites(db)).filter((site) => wanted.has(site.siteId)).map(toSiteLocation);
  },
};

/** These of the staff as FHIR says them. */
export async function practitionersOf(db: Db, staffIds: ReadonlySet<string>) {
  const known = await listStaffIdentifiers(db);
  return (await listStaff(db))
    .filter((staff) => staffIds.has(staff.staffId))
    .map((staff) =>
      toPractitioner(
        staff,
        known.filter((one) => one.staffId === staff.staffId),
      ),
    );
}

const staff: ExportSection = {
  name: 'staff',
  label: 'Who works or worked here',
  table: 'staff',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[s.staff_id::text] as key, to_jsonb(s) as row from staff s
    where s.staff_id > ${ask.after?.[0] ?? noId}::uuid order by s.staff_id limit ${ask.most}`,
  resources: (db, rows) => practitionersOf(db, new Set(rows.flatMap(({ key }) => key.slice(0, 1)))),
};

const staffIdentifiers: ExportSection = {
  name: 'staff-identifiers',
  label: 'Numbers of the staff in other systems',
  table: 'staff_identifiers',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[i.system, i.value] as key, to_jsonb(i) as row from staff_identifiers i
    where (i.system, i.value) > (${ask.after?.[0] ?? ''}, ${ask.after?.[1] ?? ''})
    order by i.system, i.value limit ${ask.most}`,
};

const closures: ExportSection = {
  name: 'closures',
  label: 'Days on which the practice or a site is closed',
  table: 'closures',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[c.closure_id::text] as key, to_jsonb(c) as row from closures c
    where c.closure_id > ${ask.after?.[0] ?? noId}::uuid order by c.closure_id limit ${ask.most}`,
};

const accounts: ExportSection = {
  name: 'accounts',
  label: 'Accounts and their roles, without passwords',
  table: 'accounts',
  only: 'practice',
  without: { password_hash: 'passwords leave in no form' },
  page: (ask) => sql<ExportedRow>`
    select array[a.account_id::text] as key, to_jsonb(a) - 'password_hash' as row from accounts a
    where a.account_id > ${ask.after?.[0] ?? noId}::uuid order by a.account_id limit ${ask.most}`,
};

const roleChanges: ExportSection = {
  name: 'role-changes',
  label: 'What the manager changed about roles',
  table: 'role_changes',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[c.role, c.permission] as key, to_jsonb(c) as row from role_changes c
    where (c.role, c.permission) > (${ask.after?.[0] ?? ''}, ${ask.after?.[1] ?? ''})
    order by c.role, c.permission limit ${ask.most}`,
};

const secondStepRoles: ExportSection = {
  name: 'second-step-roles',
  label: 'Roles that need a second step at sign-in',
  table: 'second_factor_roles',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[r.role] as key, to_jsonb(r) as row from second_factor_roles r
    where r.role > ${ask.after?.[0] ?? ''} order by r.role limit ${ask.most}`,
};

export const practiceExporter: Exporter = {
  sections: [practice, sites, staff, staffIdentifiers, closures, accounts, roleChanges, secondStepRoles],
};
