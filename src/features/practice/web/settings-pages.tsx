import { ProgramsPage } from './programs-page.tsx';
import { RolesPage } from './roles-page.tsx';
import { SecondStepPage } from './second-step-page.tsx';
import type { SettingsPage } from './settings-page.tsx';
import { SitesPage } from './sites-page.tsx';
import { StaffPage } from './staff-page.tsx';

export const practiceSettingsPages: readonly SettingsPage[] = [
  {
    path: '/settings/sites',
    title: 'Practice and sites',
    label: 'Practice and sites',
    permission: 'practice.set-up',
    Page: SitesPage,
    help: (
      <p>
        The practice’s name, phone and time zone, and each site with its own. Enter on a site opens it. A site
        is never deleted: take it out of use, and it is no longer offered.
      </p>
    ),
  },
  {
    path: '/settings/staff',
    title: 'Staff and accounts',
    label: 'Staff and accounts',
    permission: 'practice.set-up',
    Page: StaffPage,
    help: (
      <p>
        Add everyone who works here; a physician with an NPI, whose check digit is tested. “Make an account”
        lets a person sign in and shows a password once. Someone who leaves is marked so: they are signed out,
        and what they did stays recorded.
      </p>
    ),
  },
  {
    path: '/settings/roles',
    title: 'Roles',
    label: 'Roles',
    permission: 'accounts.manage',
    Page: RolesPage,
    help: (
      <p>
        Tick what each role may do; it holds at once and can be undone. Cells that differ from the program’s
        start are marked. Managing accounts cannot be taken from the last role that holds it.
      </p>
    ),
  },
  {
    path: '/settings/second-step',
    title: 'Second step at sign-in',
    label: 'Second step',
    permission: 'accounts.manage',
    Page: SecondStepPage,
    help: (
      <p>
        Ask a role for more than a password: an authenticator app or a passkey. Until the days of grace are
        over people are reminded; after that they set it up at their next sign-in, and nothing that they were
        doing is lost. A manager who lost theirs is let in by a colleague under “Staff and accounts”, or by
        the host with “frontdesk let-in”.
      </p>
    ),
  },
  {
    path: '/settings/programs',
    title: 'Programs',
    label: 'Programs',
    permission: 'accounts.manage',
    Page: ProgramsPage,
    help: (
      <p>
        Make an access key for a program that finds and books times by itself, such as online booking: it
        speaks FHIR R4 at /fhir/R4. A key is shown once, acts for the account that you choose, and ends on its
        day or when you revoke it. While that account is disabled, its keys do not work.
      </p>
    ),
  },
];
