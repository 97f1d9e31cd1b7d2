import { useState } from 'react';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { PatientPicker } from '../../patients/web/patient-search.tsx';
import { readPatientThread } from '../api.ts';
import { Composer, type MessageStart } from './composer.tsx';

type Props = {
  patientId?: string;
  /** Words that were typed elsewhere. */
  start?: MessageStart;
  onClose: () => void;
  onSent: (patientId: string) => void;
};

/** Write to someone: whom, then what. */
export function NewMessageDialog({ patientId: given, start, onClose, onSent }: Props) {
  const { patientId: inView } = usePerson();
  const [patientId, setPatientId] = useState(given);
  return (
    <Dialog opened onClose={onClose} title="Write to a patient" size="large">
      {patientId === undefined ? (
        <>
          <PatientPicker label="To whom" onPick={(hit) => setPatientId(hit.patientId)} />
          {inView && (
            <Button look="quiet" icon="person" onClick={() => setPatientId(inView)}>
              The person in view
            </Button>
          )}
        </>
      ) : (
        <To {...{ patientId, start }} onSent={() => onSent(patientId)} />
      )}
    </Dialog>
  );
}

type ToProps = { patientId: string; start: MessageStart | undefined; onSent: () => void };

function To({ patientId, start, onSent }: ToProps) {
  const input = { params: { id: patientId } };
  const { data, error, refetch, isPlaceholderData } = useRead(readPatientThread, input, {
    topics: ['messages'],
  });
  if (error) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data || isPlaceholderData) return <Skeleton rows={5} label="Looking up how they may be reached" />;
  const last = data.messages.at(-1);
  // It shows the last one: where others wait too, nobody has read those
  const isAll = data.messages.every((one) => !one.waits || one === last);
  return (
    <>
      <p className="ms-to">
        <b>{data.name}</b>
        {data.bornOn && <span className="ui-dim ui-num">{formatDate(data.bornOn)}</span>}
      </p>
      {last && (
        <p className="ui-dim ms-last">
          {last.direction === 'in' ? 'They wrote' : 'Last written'}: {last.body}
        </p>
      )}
      <Composer
        to={{ patientId, address: '' }}
        ways={data.ways}
        language={data.language}
        quietUntil={data.quietUntil}
        start={start}
        seenUpTo={isAll && last ? last.messageId : null}
        hasWritten={data.messages.some((one) => one.direction === 'in')}
        onSent={onSent}
        takesFocus
      />
    </>
  );
}
