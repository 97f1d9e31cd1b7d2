import type { SettingsPage } from '../../../practice/web/settings-page.tsx';
import { ReminderRulesPage } from './reminder-rules-page.tsx';

export const reminderSettingsPages: readonly SettingsPage[] = [
  {
    path: '/settings/reminders',
    title: 'Reminders',
    label: 'Reminders',
    permission: 'practice.set-up',
    Page: ReminderRulesPage,
    help: (
      <p>
        When people are reminded of their visits: so many days before, at a time by the clock of the site. A
        rule names the types that it is for; one without types is for all others. Reminders stop once the
        visit is confirmed, and none goes out for what was booked after its time. The usual: three days and
        one day before.
      </p>
    ),
  },
];
