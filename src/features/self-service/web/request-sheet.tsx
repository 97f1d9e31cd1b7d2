import { useState } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatDate, formatDayTime, formatPhone } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useToast } from '../../../ui/toast.tsx';
import type { PatientHit } from '../../patients/api.ts';
import { bookRequest, readRequest, settleRequest } from '../api.ts';
import { whyWords } from '../requests/rules.ts';
import type { OnlineRequest } from '../requests/schema.ts';

/** One request: what is asked for, who it may be, and the ways to settle it. */
export function RequestSheet({ requestId, onClose }: { requestId: string; onClose: () => void }) {
  const input = { params: { id: requestId } };
  const { data, error, refetch } = useRead(readRequest, input, { topics: ['online'] });
  const title = data
    ? `${data.request.givenName} ${data.request.familyName} ${data.request.outcome ? 'asked' : 'asks'} for a visit`
    : 'Request';
  return (
    <Dialog opened onClose={onClose} title={title} size="large">
      {error && !data && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={6} label="Looking up the request" />}
      {data && (
        <>
          <RequestFacts request={data.request} />
          {!data.request.outcome && <Settle request={data.request} likely={data.likely} onDone={onClose} />}
        </>
      )}
    </Dialog>
  );
}

function RequestFacts({ request }: { request: OnlineRequest }) {
  const zone = request.timeZone;
  const facts: [string, string][] = [
    ['Visit', `${request.visitTypeName} with ${request.physicianName}, ${request.siteName}`],
    ['Time', `${formatDayTime(request.startsAt, zone)}${request.isHeld ? ' (held)' : ''}`],
    ['Born', formatDate(request.bornOn)],
    ['Phone', formatPhone(request.phone)],
    ['Language', request.language === 'es' ? 'Spanish' : 'English'],
    ['Says', request.saysNew ? 'new here' : 'has been here before'],
    ['Wrote', request.text],
    ['Asked', formatDayTime(request.askedAt, zone)],
    ['Waits because', request.why && !request.outcome ? whyWords[request.why] : ''],
    [
      'Settled',
      request.outcome && request.settledAt
        ? [
            request.outcome,
            formatDayTime(request.settledAt, zone),
            request.settledByName,
            request.settledText,
          ]
            .filter(Boolean)
            .join(' · ')
        : '',
    ],
  ];
  return (
    <dl className="on-facts">
      {facts.map(
        ([label, text]) => text && [<dt key={label}>{label}</dt>, <dd key={`${label}-`}>{text}</dd>],
      )}
    </dl>
  );
}

type SettleProps = { request: OnlineRequest; likely: readonly PatientHit[]; onDone: () => void };

function Settle({ request, likely, onDone }: SettleProps) {
  const { may } = useSession();
  const toast = useToast();
  const touches = ['online', 'visits', 'holds', 'patients'];
  const book = useWrite(bookRequest, { touches });
  const settle = useWrite(settleRequest, { touches });
  const [seenOthers, setSeenOthers] = useState(likely.length === 0);
  if (!may('online.keep')) return null;
  const { requestId, version } = request;
  const params = { id: requestId };
  const failed = (error: Error) => toast.refused(error.message);
  const done = (words: string) => () => {
    toast.done(words);
    onDone();
  };
  const bookFor = (patientId: string | null) =>
    book
      .mutateAsync({
        params,
        body: { version, patientId, notDuplicateOf: patientId ? [] : likely.map((one) => one.patientId) },
      })
      .then(done('Booked.'), failed);
  const settleAs = (outcome: 'called' | 'declined', words: string) =>
    settle.mutateAsync({ params, body: { version, outcome, text: '' } }).then(done(words), failed);
  return (
    <>
      {likely.length > 0 && (
        <section aria-label="Who it may be">
          <h3>Is it one of these?</h3>
          <ul className="on-people">
            {likely.map((one) => (
              <li key={one.patientId}>
                {one.fileName} · {one.bornOn ? formatDate(one.bornOn) : 'no birth date'} · {one.mrn}
                <Button look="go" busy={book.isPending} onClick={() => void bookFor(one.patientId)}>
                  Book for this person
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="on-acts">
        {!seenOthers && <Button onClick={() => setSeenOthers(true)}>None of these</Button>}
        {seenOthers && (
          <Button look="go" busy={book.isPending} onClick={() => void bookFor(null)}>
            Register as new and book
          </Button>
        )}
        <Button busy={settle.isPending} onClick={() => void settleAs('called', 'Settled.')}>
          Called, settled otherwise
        </Button>
        <Button look="quiet" busy={settle.isPending} onClick={() => void settleAs('declined', 'Declined.')}>
          Decline
        </Button>
      </p>
    </>
  );
}
