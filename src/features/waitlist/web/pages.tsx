import type { DeskPage } from '../../../platform/web/desk-page.ts';
import { WaitlistPage } from './waitlist-page.tsx';

export const waitlistPages: readonly DeskPage[] = [
  {
    path: '/waitlist',
    title: 'Waitlist',
    permission: 'waitlist.see',
    Page: WaitlistPage,
    rail: { label: 'Waitlist', icon: 'list', order: 27 },
    help: (
      <>
        <p>
          Who waits for a visit, or for an earlier one than they have. W puts someone on the list, here, from
          a visit that is open on the schedule, or with Alt W from the booking dialog; in the line: “smith jo
          wait fu lee mornings”. Whoever goes before others needs a reason. Someone leaves the list by
          themselves when they get the visit they wished, and on their last day.
        </p>
        <p>
          When a visit is cancelled or moved, its time is held and offered to the first whom it suits: urgent
          ones first, then who waits longest. The calls stand on Today with the number to dial: Yes books the
          visit or moves the one they have; No and Not reached go on to the next. The first yes wins. Everyone
          else keeps their place, and whoever was left a message is called back.
        </p>
        <p>
          Openings shows for each opening who was asked, in which order, and why others were passed over. That
          record is written when the offer goes out and is never changed; the page works the order out anew
          from it. O offers free time by hand.
        </p>
      </>
    ),
  },
];
