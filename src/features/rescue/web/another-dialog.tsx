import { useState } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { localDate } from '../../../ui/format.ts';
import { addDays } from '../../../ui/parse.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { findOpenings } from '../../schedule/openings/api.ts';
import type { Opening } from '../../schedule/openings/schema.ts';
import { OpeningList } from '../../schedule/web/opening-list.tsx';
import { takeAnother } from '../api.ts';
import type { RescueLine } from '../schema.ts';
import { messageOf } from './use-telling.ts';

const weeks = [1, 2, 4, 8];

/** The time that they would rather have, while they are on the phone. */
export function AnotherDialog({ line, onClose }: { line: RescueLine; onClose: () => void }) {
  const { timeZone } = useSession();
  const toast = useToast();
  const today = localDate(Date.now(), timeZone);
  const day = localDate(Date.parse(line.fromStartsAt), line.timeZone);
  // Whose day is still to come rather stays near it
  const near = day > today ? day : today;
  const [from, setFrom] = useState(near);
  const starts: [label: string, date: string][] = [
    ['First', today],
    ...(near > today ? [['From that day', near] satisfies [string, string]] : []),
    ...weeks.map((count): [string, string] => [
      count === 1 ? 'A week later' : `${count} weeks later`,
      addDays(near, count * 7),
    ]),
  ];
  const body = {
    ...{ visitTypeId: line.visitTypeId, patientId: line.patientId, ignoreVisitId: line.visitId },
    ...{ from, limit: 9 },
  };
  const { data, error, refetch } = useRead(findOpenings, { body }, { topics: ['visits', 'setup', 'holds'] });
  const take = useWrite(takeAnother, { touches: ['rescues', 'visits'] });
  const pick = async ({ startsAt, siteId, physicianId, resourceIds }: Opening) => {
    try {
      await take.mutateAsync({
        params: { id: line.lineId },
        body: { version: line.version, startsAt, siteId, physicianId, resourceIds },
      });
      toast.done('The visit has the time that they chose.');
      onClose();
    } catch (failure) {
      toast.refused(messageOf(failure));
    }
  };
  return (
    <Dialog opened onClose={onClose} title="Another time" size="medium">
      <div className="rs-choices">
        {starts.map(([label, date]) => (
          <Button key={label} aria-pressed={from === date} onClick={() => setFrom(date)}>
            {label}
          </Button>
        ))}
      </div>
      {error && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={6} label="Looking for openings" />}
      {data && data.openings.length === 0 && (
        <p>Nothing is free then. Look later, or owe it to someone (O): the visit is then cancelled.</p>
      )}
      {data && data.openings.length > 0 && (
        <OpeningList
          openings={data.openings}
          busy={take.isPending}
          focusFirst
          onPick={(opening) => void pick(opening)}
        />
      )}
    </Dialog>
  );
}
