import type { DeskPage } from '../../../platform/web/desk-page.ts';
import { RescuePage } from './rescue-page.tsx';

export const rescuePages: readonly DeskPage[] = [
  {
    path: '/rescue',
    title: 'Day rescue',
    permission: 'rescue.run',
    Page: RescuePage,
    help: (
      <>
        <p>
          A physician is out or late: everyone affected stands here, the most urgent first, each with why: who
          is here already, words of danger, an urgent slot, surgery, a long wait, what was prepared, an
          interpreter, a long way. Each has a new place that keeps every rule of the schedule, and no place is
          proposed twice. The places are held for this desk while the page is open.
        </p>
        <p>
          From the day: Shift O on a physician’s column. In the line: “lee out today”, “lee late 40”. From
          Today: an absence with booked visits. <b>Ctrl Enter</b> closes the time and moves everyone in one
          step, or not at all: when a place was taken meanwhile, nothing happens, and the list is made anew.
          On a line: N the next opening, P another physician, C leave for a call, X cancel, B back to what was
          proposed.
        </p>
        <p>
          Then the call list: A agreed, N no answer, M left a message, W wants another time, T choose it with
          them, O book again later (it is owed by someone until then). Who agrees has confirmed the new time.
          Until the first person was told, all of it can be taken back, the closing too; later each visit by
          itself (Z), once the time is open again. Today holds the list until everyone has an answer; it
          prints as a PDF.
        </p>
      </>
    ),
  },
];
