import type { DeskPage } from '../../../platform/web/desk-page.ts';
import { MessagesPage } from './messages-page.tsx';

export const messagePages: readonly DeskPage[] = [
  {
    path: '/messages',
    title: 'Messages',
    permission: 'messages.see',
    Page: MessagesPage,
    rail: { label: 'Messages', icon: 'message', order: 26 },
    help: (
      <>
        <p>
          Texts and e-mail with patients, a thread for each person: who waits for an answer stands first,
          words of danger before all. Arrows move, Enter opens, R writes, D says that nothing more is needed.
          What you write leaves through the outbox: you see there and in the thread whether it arrived. From
          any page the line does it: “smith jo text your form is ready”.
        </p>
        <p>
          STOP, QUIT, CANCEL and other wordings end all texts to that number at once; START brings them back.
          Bare CANCEL also makes a task, since it may have meant the visit: never ask people to answer CANCEL.
          C confirms the visit, R asks for a call. Everything else is for you.
        </p>
        <p>
          Nothing goes to a number that opted out, to people who refused it or were never asked, or outside
          the hours in Settings, Messages, by the clock where they live. Children are written to through an
          authorized person with a number. A number that nobody knows stands as itself until you say whose it
          is.
        </p>
      </>
    ),
  },
];
