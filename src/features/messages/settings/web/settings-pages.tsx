import type { SettingsPage } from '../../../practice/web/settings-page.tsx';
import { TemplatesPage } from '../../templates/web/templates-page.tsx';
import { MessageSettingsPage } from './message-settings-page.tsx';

export const messageSettingsPages: readonly SettingsPage[] = [
  {
    path: '/settings/messages',
    title: 'Messages',
    label: 'Messages',
    permission: 'practice.set-up',
    Page: MessageSettingsPage,
    help: (
      <p>
        Through whom texts and e-mail go. A provider of texts that speaks as Twilio does; let it post incoming
        texts to the address shown. E-mail goes through your mail server (SMTP). Sign an agreement (BAA) with
        both first. Passwords are sealed and shown to nobody. Quiet hours hold by the clock where the person
        lives.
      </p>
    ),
  },
  {
    path: '/settings/message-templates',
    title: 'Words of messages',
    label: 'Words of messages',
    permission: 'practice.set-up',
    Page: TemplatesPage,
    help: (
      <p>
        What reminders, offers and answers say, in English and Spanish. Fields stand in braces: {'{name}'},{' '}
        {'{day}'}, {'{time}'}. What stands in [ ] falls away where its field is empty. Say who, when and a
        number to call; no doctor’s specialty, no reason, no result. The count shows how many parts a text
        takes.
      </p>
    ),
  },
];
