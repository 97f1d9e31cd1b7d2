import type { DeskPage } from '../../../platform/web/desk-page.ts';
import { CallsPage } from './calls-page.tsx';

export const callPages: readonly DeskPage[] = [
  {
    path: '/calls',
    title: 'Calls',
    permission: 'calls.see',
    Page: CallsPage,
    rail: { label: 'Calls', icon: 'phone', order: 25 },
    help: (
      <>
        <p>
          F2 logs a call from any page: who calls (a number, its last digits, a scrap of a name or a birth
          date; Enter takes the first, Ctrl Enter keeps a stranger as typed), what about, and what was
          promised: “3pm nurse”, “tomorrow @ana”. The promise stands on Today by its time; without one the
          call is only on record. In the line: “call 5185550123 refill of lisinopril, back by 3pm to nurse”;
          with a name put a colon behind it: “call smith jo: refill”.
        </p>
        <p>
          Before anything is told, let the caller say two identifiers. An authorized person hears what stands
          beside their name; others hear nothing without the patient’s word; whom a custody note names hears
          nothing at all. Words of danger lift a call to the top and show your practice’s own instruction.
        </p>
        <p>
          Enter reads a message slowly, the number in groups. D done, N no answer, R reached, H hand over.
          “Left a message” is only offered where the patient allows it. A stranger is registered from the
          message without typing the name and number again; “About whom?” then says whose call it was.
        </p>
      </>
    ),
  },
];
