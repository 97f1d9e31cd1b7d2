import './waitlist.css';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatDay, formatDayTime, localDate } from '../../../ui/format.ts';
import { Kbd } from '../../../ui/kbd.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { readVisit } from '../../schedule/visits/api.ts';
import { listPatientWaitlist } from '../api.ts';
import { stateWords } from '../rules.ts';
import { stateTones } from './entry-line.tsx';

/** What a person waits for or waited for, on their page. */
export function PatientWaitlist({ patientId }: { patientId: string }) {
  const { may, timeZone } = useSession();
  const { putOnWaitlist } = useSlots();
  const input = { params: { id: patientId } };
  const { data, error, refetch, isPlaceholderData } = useRead(listPatientWaitlist, input, {
    topics: ['waitlist', 'visits'],
    enabled: may('waitlist.see'),
  });
  if (!may('waitlist.see')) return null;
  const entries = isPlaceholderData ? undefined : data?.entries;
  const today = localDate(Date.now(), timeZone);
  return (
    <section className="pt-section" aria-label="Waitlist">
      <h2>Waitlist</h2>
      {error && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!error && !entries && <Skeleton rows={2} />}
      {entries?.length === 0 && <p className="ui-dim">Waits for nothing.</p>}
      <ul className="wl-items">
        {entries?.map((entry) => (
          <li key={entry.entryId}>
            {entry.visitTypeName} <Tag tone={stateTones[entry.state]}>{stateWords[entry.state]}</Tag>
            <small>
              since {formatDayTime(entry.addedAt, timeZone, today)} · until{' '}
              {formatDay(entry.expiresOn, today)}
              {entry.visitStartsAt && ` · has ${formatDayTime(entry.visitStartsAt, timeZone, today)}`}
              {entry.note && ` · ${entry.note}`}
            </small>
          </li>
        ))}
      </ul>
      {putOnWaitlist && (
        <Button look="quiet" icon="plus" onClick={() => putOnWaitlist({ patientId })}>
          Put on the waitlist
        </Button>
      )}
    </section>
  );
}

/** Beside a visit that is open on the schedule: an earlier one if possible. */
export function WaitVisitButton({ visitId, patientId }: { visitId: string; patientId: string }) {
  const { putOnWaitlist } = useSlots();
  const { data } = useRead(readVisit, { params: { id: visitId } }, { topics: ['visits'] });
  const visit = data?.visit.visitId === visitId ? data.visit : undefined;
  const isAhead = visit?.state === 'booked' && Date.parse(visit.startsAt) > Date.now();
  const put = () => putOnWaitlist?.({ patientId, visitId, visitTypeId: visit?.visitTypeId });
  useKeys(
    { w: { label: 'waitlist: an earlier time if possible', run: put } },
    { enabled: isAhead && putOnWaitlist !== undefined },
  );
  if (!isAhead || !putOnWaitlist) return null;
  return (
    <Button onClick={put}>
      Earlier if possible <Kbd keys="w" />
    </Button>
  );
}
