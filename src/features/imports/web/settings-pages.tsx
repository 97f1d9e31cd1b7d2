import type { SettingsPage } from '../../practice/web/settings-page.tsx';
import { ImportsPage } from './imports-page.tsx';

export const importSettingsPages: readonly SettingsPage[] = [
  {
    path: '/settings/imports',
    title: 'Bring records in',
    label: 'Bring records in',
    permission: 'imports.run',
    Page: ImportsPage,
    help: (
      <p>
        Choose a CSV table of another system: people first, then their coming visits; doctors and
        organizations at any time. Say what each column holds, and check: every line that cannot go in is
        named with what is wrong, and nothing is kept yet. Then bring it in. What is good goes in; the rest
        comes back as a table to mend and choose again. The same record number, or the same NPI, is the same
        record, so a file can come twice. An import can be taken back; what was changed or used since stays.
      </p>
    ),
  },
];
