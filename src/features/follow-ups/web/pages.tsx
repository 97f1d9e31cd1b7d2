import type { DeskPage } from '../../../platform/web/desk-page.ts';
import { FollowUpsPage } from './follow-ups-page.tsx';

export const followUpPages: readonly DeskPage[] = [
  {
    path: '/follow-ups',
    title: 'Follow-ups',
    permission: 'follow-ups.see',
    Page: FollowUpsPage,
    rail: { label: 'Follow-ups', icon: 'redo', order: 27 },
    help: (
      <>
        <p>
          What a physician asked for at the end of a visit stands here until it is kept, refused by the
          patient or closed by the physician. At check-out a digit says when (3: three months) and Enter books
          the first time; without a booking it is owed all the same. M takes more: “3m, MRI first, urgent”. In
          the line: “smith jo fu 3m mri first”, or “smith jo rtc 6w” to order it and book later.
        </p>
        <p>
          When its visit is cancelled or missed it is open again by itself; when the visit is completed it is
          kept. What must happen first is asked after from a week before the visit. Past the end of its window
          it is red.
        </p>
        <p>
          B shows the times inside the window, Enter books one. T notes that you tried, and when to try again;
          ways by which the patient does not want to be reached are not offered. R: the patient refuses, with
          the reason. Closing is the physician’s.
        </p>
        <p>
          “Recalls” are those that a rule made and that are due; the rules stand in Settings, Recalls. X picks
          for a letter, W writes to all who are picked: the first, second or third, as each has had, and
          labels for the envelopes. Each letter is noted as a try; after the weeks you choose they are due for
          the next one. Who wants no letters gets none. P prints what was written before once more, without a
          new try. Y shows their yield: of those due in the days you choose, how many were contacted, booked
          and kept.
        </p>
      </>
    ),
  },
];
