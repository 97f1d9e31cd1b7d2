import type { SettingsPage } from '../../practice/web/settings-page.tsx';
import { PacketPage } from '../packet/web/packet-page.tsx';

export const printSettingsPages: readonly SettingsPage[] = [
  {
    path: '/settings/downtime',
    title: 'Downtime packet',
    label: 'Downtime packet',
    permission: 'office.upkeep',
    Page: PacketPage,
    help: (
      <p>
        Every evening the office writes the next open day as a PDF: every physician’s schedule with phones and
        alerts, and a page to write on. Choose a folder that can be opened without the office, such as a
        shared drive, and print it or keep it there. With a password the file opens only with it: keep that on
        paper. When it cannot be written, Today says so.
      </p>
    ),
  },
];
