import './messages.css';
import { useState } from 'react';
import { useAddress } from '../../../platform/web/address.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { readPatientThread } from '../api.ts';
import type { Message } from '../schema.ts';
import { sayWhy } from '../sending/rules.ts';
import { stateWords, wrongStates } from './message-words.ts';
import { NewMessageDialog } from './new-message-dialog.tsx';

/** What was written with a person, on their page: the latest first, with what became of it. */
export function PatientMessages({ patientId }: { patientId: string }) {
  const { may } = useSession();
  return may('messages.see') ? <Written patientId={patientId} /> : null;
}

function Written({ patientId }: { patientId: string }) {
  const { may } = useSession();
  const { go } = useAddress();
  const [writes, setWrites] = useState(false);
  const { data, error, refetch, isPlaceholderData } = useRead(
    readPatientThread,
    { params: { id: patientId } },
    { topics: ['messages', 'patients'] },
  );
  const answer = isPlaceholderData ? undefined : data;
  const messages = [...(answer?.messages ?? [])].reverse();
  return (
    <section className="pt-section" aria-label="Messages">
      <h2>
        Messages
        {may('messages.send') && (
          <Button look="quiet" icon="edit" onClick={() => setWrites(true)}>
            Write
          </Button>
        )}
      </h2>
      {error && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!error && !answer && <Skeleton rows={2} />}
      {answer && messages.length === 0 && <p className="ui-dim">Nothing was written yet.</p>}
      {answer?.ways.some((one) => one.channel === 'text' && one.purpose === 'other' && one.optedOut) && (
        <p>
          <Tag tone="wrong" sign="⊘">
            no texts: opted out
          </Tag>
        </p>
      )}
      <ul className="ms-items">
        {messages.slice(0, 8).map((message) => (
          <PatientMessage key={message.messageId} message={message} />
        ))}
      </ul>
      {messages.length > 0 && (
        <Button look="quiet" icon="message" onClick={() => go('/messages', { patient: patientId })}>
          The whole thread
        </Button>
      )}
      {writes && (
        <NewMessageDialog
          patientId={patientId}
          onClose={() => setWrites(false)}
          onSent={() => setWrites(false)}
        />
      )}
    </section>
  );
}

function PatientMessage({ message }: { message: Message }) {
  const { timeZone } = useSession();
  const isOut = message.direction === 'out';
  return (
    <li>
      <span>{message.body.length > 110 ? `${message.body.slice(0, 110)} …` : message.body}</span>
      <small>
        {formatDayTime(message.at, timeZone)} · {message.channel === 'text' ? 'text' : 'e-mail'}{' '}
        {isOut ? `by ${message.byName || 'itself'}` : 'from them'}{' '}
        {isOut && (
          <Tag
            tone={wrongStates.has(message.state) ? 'wrong' : message.state === 'delivered' ? 'good' : 'calm'}
          >
            {stateWords[message.state]}
          </Tag>
        )}
        {message.waits && <Tag tone="wait">waits</Tag>}
        {message.why && <span> {sayWhy(message.why)}</span>}
      </small>
    </li>
  );
}
