import './calls.css';
import { useAddress } from '../../../platform/web/address.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { listPatientCalls } from '../api.ts';
import type { Call } from '../schema.ts';

function useCalls(patientId: string) {
  const { may } = useSession();
  const input = { params: { id: patientId } };
  return useRead(listPatientCalls, input, { topics: ['calls'], enabled: may('calls.see') });
}

/** What a person waits for on the phone; nothing where there is none. */
export function WaitingCalls({ patientId }: { patientId: string }) {
  const { data, isPlaceholderData } = useCalls(patientId);
  const open = isPlaceholderData ? [] : (data?.calls ?? []).filter((call) => !call.doneAt);
  if (open.length === 0) return null;
  return (
    <section aria-label="Calls">
      <h3>Calls</h3>
      <CallItems calls={open} />
    </section>
  );
}

/** Every call about a person, on their page. */
export function PatientCalls({ patientId }: { patientId: string }) {
  const { may } = useSession();
  const { data, error, refetch, isPlaceholderData } = useCalls(patientId);
  if (!may('calls.see')) return null;
  return (
    <section className="pt-section" aria-label="Calls">
      <h2>Calls</h2>
      {error && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!error && (!data || isPlaceholderData) && <Skeleton rows={2} />}
      {data && !isPlaceholderData && data.calls.length === 0 && <p className="ui-dim">No calls yet.</p>}
      {data && !isPlaceholderData && <CallItems calls={data.calls} />}
    </section>
  );
}

function CallItems({ calls }: { calls: readonly Call[] }) {
  const { timeZone } = useSession();
  const { go } = useAddress();
  return (
    <ul className="cl-items">
      {calls.map((call) => (
        <li key={call.callId}>
          <Button
            look="quiet"
            aria-label={`Read the message: ${call.text}`}
            onClick={() => go('/calls', { call: call.callId })}
          >
            {call.text.length > 90 ? `${call.text.slice(0, 90)} …` : call.text}
          </Button>
          <small>
            {formatDayTime(call.at, timeZone)}
            {call.callerKind !== 'patient' && call.callerName && ` · ${call.callerName}`}{' '}
            {call.doneAt || !call.promisedAt ? (
              'done'
            ) : (
              <Tag tone={Date.parse(call.promisedAt) <= Date.now() ? 'wrong' : 'calm'}>
                by {formatDayTime(call.promisedAt, timeZone)}
              </Tag>
            )}
          </small>
        </li>
      ))}
    </ul>
  );
}
