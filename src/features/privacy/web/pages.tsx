import type { DeskPage } from '../../../platform/web/desk-page.ts';
import { LooksPage } from './looks-page.tsx';
import { PrivacyPage } from './privacy-page.tsx';

export const privacyPages: readonly DeskPage[] = [
  {
    path: '/privacy',
    title: 'Privacy',
    permission: 'privacy.review',
    Page: PrivacyPage,
    rail: { label: 'Privacy', icon: 'lock', order: 78 },
    help: (
      <p>
        Whoever opens the record of a person with no visit, task or call near today says why; it is listed
        here with what followed. Enter marks one as reviewed, with a note if you like; the button marks all
        that are shown. Your own are reviewed by someone else. Broken glass stands on Today until someone
        writes what they found.
      </p>
    ),
  },
  {
    path: '/patients/$patientId/looks',
    title: 'Who looked',
    permission: 'privacy.tell-patient',
    Page: LooksPage,
    help: (
      <p>
        Everyone of the practice who opened or worked on this record, from the audit, in words for the
        patient. Print it or save it as a table. Whether names or roles alone stand here is chosen under
        Settings, Privacy.
      </p>
    ),
  },
];
