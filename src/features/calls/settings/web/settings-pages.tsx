import type { SettingsPage } from '../../../practice/web/settings-page.tsx';
import { CallSettingsPage } from './call-settings-page.tsx';

export const callSettingsPages: readonly SettingsPage[] = [
  {
    path: '/settings/calls',
    title: 'Calls',
    label: 'Calls',
    permission: 'practice.set-up',
    Page: CallSettingsPage,
    help: (
      <p>
        The reasons that your practice counts, who usually calls back and within how many minutes, and the
        words by which a reason is recognized. Words of danger lift a call to the top and show your
        instruction to whoever takes it: let your physicians write both. “*” at the end lets a word go on:
        “bleed*”.
      </p>
    ),
  },
];
