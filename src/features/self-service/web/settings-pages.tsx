import type { SettingsPage } from '../../practice/web/settings-page.tsx';
import { OnlineSettingsPage } from './online-settings-page.tsx';

export const selfServiceSettingsPages: readonly SettingsPage[] = [
  {
    path: '/settings/online',
    title: 'Patients’ pages',
    label: 'Patients’ pages',
    permission: 'practice.set-up',
    Page: OnlineSettingsPage,
    help: (
      <p>
        What patients may do by themselves: who books which visits online, how soon and how far ahead, and
        what they read of each in English and Spanish. A type without a name for patients is not offered. The
        notes on the way and parking stand on every page of a visit. The public address itself is set where
        the program runs (README, “Patients’ pages”).
      </p>
    ),
  },
];
