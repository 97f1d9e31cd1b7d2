import type { SettingsPage } from '../../../practice/web/settings-page.tsx';
import { WaitlistSettingsPage } from './waitlist-settings-page.tsx';

export const waitlistSettingsPages: readonly SettingsPage[] = [
  {
    path: '/settings/waitlist',
    title: 'Waitlist',
    label: 'Waitlist',
    permission: 'practice.set-up',
    Page: WaitlistSettingsPage,
    help: (
      <p>
        When a visit is cancelled or moved, its time is offered to the first of those whom it suits, so many
        at once, for so many minutes. In quiet hours nobody is asked and no minute counts; the time is held
        until they are over. The first yes wins; when all say no or the time is up, the next are asked.
      </p>
    ),
  },
];
