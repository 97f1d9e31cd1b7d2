import type { DeskPage } from '../../../platform/web/desk-page.ts';
import { ContactsPage } from './contacts-page.tsx';

export const contactPages: readonly DeskPage[] = [
  {
    path: '/contacts',
    title: 'Contacts',
    permission: 'contacts.see',
    Page: ContactsPage,
    rail: { label: 'Contacts', icon: 'building', order: 35 },
    help: (
      <p>
        The doctors and organizations that the practice works with. Type any scrap: a name, a specialty, an
        organization, a city, a phone number or its last digits, an NPI. They combine: “card alder”. Enter
        opens the first; N adds a new one, Ctrl Enter with what is typed. Who is likely the same stands above
        the form: open that one, or say that this is another one (Alt O). Someone you no longer work with is
        taken out of use, not deleted.
      </p>
    ),
  },
];
