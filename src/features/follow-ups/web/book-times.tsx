import { useSession } from '../../../platform/web/session.tsx';
import { useWrite } from '../../../platform/web/use-office.ts';
import { formatDay, localDate } from '../../../ui/format.ts';
import { FindTime } from '../../schedule/web/find-time.tsx';
import { bookFollowUp } from '../api.ts';
import { searchWindow } from '../line/rules.ts';
import type { FollowUp } from '../schema.ts';

/** Times inside its window, with its physician, for its visit type: Enter books the first and takes it for this. */
export function BookTimes({ followUp, onClose }: { followUp: FollowUp; onClose: () => void }) {
  const { timeZone } = useSession();
  const book = useWrite(bookFollowUp, { touches: ['follow-ups', 'visits'] });
  const today = localDate(Date.now(), timeZone);
  const { aroundDate, window } = searchWindow(followUp, today);
  const { visitTypeId, physicianId, version, patientName } = followUp;
  return (
    <FindTime
      today={today}
      patientId={followUp.patientId}
      title={`${followUp.visitTypeName} for ${patientName}, ${formatDay(window.from, today)} to ${formatDay(window.to, today)}`}
      wish={{ aroundDate, visitTypeId, physicianIds: physicianId ? [physicianId] : [] }}
      window={window}
      bookBy={({ patientId: _, ...place }) =>
        book.mutateAsync({ params: { id: followUp.followUpId }, body: { ...place, version } })
      }
      onClose={onClose}
    />
  );
}
