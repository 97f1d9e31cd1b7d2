import type { DeskPage } from '../../../platform/web/desk-page.ts';
import { RemindersPage } from './reminders-page.tsx';

export const reminderPages: readonly DeskPage[] = [
  {
    path: '/reminders',
    title: 'Reminders',
    permission: 'messages.see',
    Page: RemindersPage,
    beside: '/messages',
    help: (
      <p>
        Whom to call because no reminder could reach them: nobody asked whether texts are fine, there is no
        number, or it did not arrive. “Confirmed” confirms the visit and takes them off the list. Everyone
        else is reminded by itself: C confirms the visit, R asks for a call, which stands under Messages.
        Settings, Reminders says when.
      </p>
    ),
  },
];
