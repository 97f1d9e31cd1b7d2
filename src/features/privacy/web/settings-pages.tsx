import type { SettingsPage } from '../../practice/web/settings-page.tsx';
import { PrivacySettingsPage } from './privacy-settings-page.tsx';

export const privacySettingsPages: readonly SettingsPage[] = [
  {
    path: '/settings/privacy',
    title: 'Privacy',
    label: 'Privacy',
    permission: 'privacy.set-up',
    Page: PrivacySettingsPage,
    help: (
      <p>
        A record opens by itself for whoever has work with the person: a visit near today, an open task, a
        record they just registered. Everyone else is asked why, once a person and day. “Asked” means that a
        reason must be given; “asked, never blocked” that one may go on without, which is listed too. Someone
        with several roles is asked as the least asked of them.
      </p>
    ),
  },
];
