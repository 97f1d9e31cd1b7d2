import { useAddress } from '../../../platform/web/address.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { listOutbox } from '../api.ts';
import { formatNumber } from '../people/rules.ts';
import type { Message } from '../schema.ts';
import { sayWhy } from '../sending/rules.ts';
import { purposeWords, stateWords, wrongStates } from './message-words.ts';

/** What goes out and what went, with what became of it. Of a demo practice it is all that is ever seen of a message. */
export function OutboxView() {
  const { data, error, refetch } = useRead(listOutbox, {}, { topics: ['messages', 'patients'] });
  if (error && !data) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={8} label="Looking up the outbox" />;
  return (
    <>
      {data.isDemo && (
        <p className="ms-demo" role="note">
          This is a demo practice: nothing leaves it. What would have been sent is read here.
        </p>
      )}
      {data.messages.length === 0 ? (
        <Empty
          title="Nothing went out yet"
          text="Reminders, offers and answers to patients stand here."
          icon="mail"
        />
      ) : (
        <ul className="ms-outbox" aria-label="Outbox">
          {data.messages.map((message) => (
            <OutboxLine key={message.messageId} message={message} />
          ))}
        </ul>
      )}
    </>
  );
}

function OutboxLine({ message }: { message: Message }) {
  const { timeZone } = useSession();
  const { go } = useAddress();
  const { state, why, notBefore, patientId, messageId } = message;
  const who = message.patientName || formatNumber(message.address);
  const later = state === 'queued' && notBefore && Date.parse(notBefore) > Date.now();
  return (
    <li className="ms-out-line">
      <span className="ui-num ui-dim">{formatDayTime(message.at, timeZone)}</span>
      <span>
        <Button
          look="quiet"
          aria-label={`Open the thread with ${who}`}
          onClick={() => go('/messages', patientId ? { patient: patientId } : { message: messageId })}
        >
          {who}
        </Button>
        {message.proxyName && <small className="ui-dim"> to {message.proxyName}</small>}
        <span className="ms-out-body">{message.body}</span>
      </span>
      <span className="ms-out-state">
        <Tag tone={wrongStates.has(state) ? 'wrong' : state === 'delivered' ? 'good' : 'calm'}>
          {stateWords[state]}
        </Tag>
        <small className="ui-dim">
          {message.channel === 'text' ? 'text' : 'e-mail'}
          {message.purpose !== 'other' && ` · ${purposeWords[message.purpose]}`}
          {later && notBefore && ` · goes out ${formatDayTime(notBefore, timeZone)}`}
          {why && ` · ${sayWhy(why)}`}
        </small>
      </span>
    </li>
  );
}
