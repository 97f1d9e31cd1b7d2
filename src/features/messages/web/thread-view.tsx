import { useEffect, useRef } from 'react';
import { DeskLink } from '../../../platform/web/desk-link.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatDate, formatDayTime } from '../../../ui/format.ts';
import { useKeys } from '../../../ui/keys.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { PatientPicker } from '../../patients/web/patient-search.tsx';
import { readPatientThread, readThread } from '../api.ts';
import { formatNumber } from '../people/rules.ts';
import type { Message } from '../schema.ts';
import { sayWhy } from '../sending/rules.ts';
import { Composer } from './composer.tsx';
import { meaningWords, stateWords, wrongStates } from './message-words.ts';
import { useMessageActions } from './use-message-actions.ts';

const topics = ['messages', 'patients'];

/** All that was written with one person, and what can be answered. */
export function PatientThread({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const { data, error, refetch, isPlaceholderData } = useRead(
    readPatientThread,
    { params: { id: patientId } },
    { topics },
  );
  if (error) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data || isPlaceholderData) return <Skeleton rows={6} label="Looking up the thread" />;
  return (
    <section className="ms-thread" aria-label={`Thread with ${data.name}`}>
      <Head name={data.name} onClose={onClose}>
        {data.bornOn && <span className="ui-dim ui-num">{formatDate(data.bornOn)}</span>}
        <span className="ui-gap" />
        <DeskLink to={`/patients/${patientId}`}>Record</DeskLink>
      </Head>
      <Bubbles messages={data.messages} />
      <OptedOut
        messages={data.messages}
        optedOut={data.ways.some((one) => one.channel === 'text' && one.purpose === 'other' && one.optedOut)}
      />
      <Composer
        to={{ patientId, address: '' }}
        ways={data.ways}
        language={data.language}
        quietUntil={data.quietUntil}
        seenUpTo={data.messages.at(-1)?.messageId ?? null}
        hasWritten={data.messages.some((one) => one.direction === 'in')}
      />
    </section>
  );
}

type NumberProps = { messageId: string; onPatient: (patientId: string) => void; onClose: () => void };

/** A thread by one of its messages: of a number that nobody knows, until someone says whose it is. */
export function NumberThread({ messageId, onPatient, onClose }: NumberProps) {
  const { data, error, refetch, isPlaceholderData } = useRead(
    readThread,
    { params: { id: messageId } },
    { topics },
  );
  const patientId = isPlaceholderData ? null : (data?.patientId ?? null);
  useEffect(() => {
    if (patientId) onPatient(patientId);
  }, [patientId, onPatient]);
  if (error) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data || isPlaceholderData || patientId) return <Skeleton rows={6} label="Looking up the thread" />;
  const [first] = data.messages;
  return (
    <section className="ms-thread" aria-label="Thread with a number">
      <Head name={formatNumber(data.address)} onClose={onClose} />
      {first && <Whose message={first} likely={data.likely} />}
      <Bubbles messages={data.messages} />
      <OptedOut messages={data.messages} optedOut={data.optedOut} />
      <Composer
        to={{ patientId: null, address: data.address }}
        ways={[]}
        language="en"
        quietUntil={null}
        seenUpTo={data.messages.at(-1)?.messageId ?? null}
        hasWritten
      />
    </section>
  );
}

function Head({
  name,
  onClose,
  children,
}: {
  name: string;
  onClose: () => void;
  children?: React.ReactNode;
}) {
  return (
    <header className="ms-head">
      <h2>{name}</h2>
      {children ?? <span className="ui-gap" />}
      <Button look="quiet" icon="cross" aria-label="Close the thread" onClick={onClose} />
    </header>
  );
}

type WhoseProps = { message: Message; likely: readonly { patientId: string; name: string }[] };

function Whose({ message, likely }: WhoseProps) {
  const { may } = useSession();
  const { whose } = useMessageActions();
  if (!may('messages.send')) return null;
  return (
    <div className="ms-whose">
      <p>Nobody knows whose number this is.</p>
      {likely.map((one) => (
        <Button key={one.patientId} icon="person" onClick={() => void whose(message, one.patientId)}>
          It is {one.name}
        </Button>
      ))}
      <PatientPicker label="Whose it is" onPick={(hit) => void whose(message, hit.patientId)} />
    </div>
  );
}

function OptedOut({ messages, optedOut }: { messages: readonly Message[]; optedOut: boolean }) {
  const { may } = useSession();
  const { opt } = useMessageActions();
  const last = messages.filter((one) => one.channel === 'text').at(-1);
  if (!optedOut || !last) return null;
  return (
    <div className="ms-out" role="status">
      <Tag tone="wrong" sign="⊘">
        no texts
      </Tag>
      <span>They opted out. Nothing goes there until they text START.</span>
      {may('messages.send') && (
        <Button onClick={() => void opt(last, 'in')}>They told me texts are fine again</Button>
      )}
    </div>
  );
}

export function Bubbles({ messages }: { messages: readonly Message[] }) {
  const end = useRef<HTMLLIElement>(null);
  const count = messages.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message moves down to it
  useEffect(() => {
    // What it answers is no way to clean up
    void end.current?.scrollIntoView({ block: 'nearest' });
  }, [count]);
  const { done } = useMessageActions();
  const { may } = useSession();
  const waiting = messages.find((one) => one.waits);
  useKeys(
    { d: { label: 'needs no answer', run: () => void (waiting && done(waiting)) } },
    { enabled: may('messages.send') && waiting !== undefined },
  );
  return (
    <ol className="ms-bubbles" aria-label="Messages">
      {messages.map((message, index) => (
        <li
          key={message.messageId}
          ref={index === count - 1 ? end : null}
          className="ms-bubble"
          data-direction={message.direction}
          data-waits={message.waits || undefined}
          data-danger={(message.waits && message.redFlags.length > 0) || undefined}
        >
          {message.subject && <b>{message.subject}</b>}
          <p>{message.body}</p>
          <BubbleFoot message={message} />
        </li>
      ))}
    </ol>
  );
}

function BubbleFoot({ message }: { message: Message }) {
  const { timeZone, may } = useSession();
  const { done } = useMessageActions();
  const { state, why, meaning, redFlags, byName, proxyName, channel, notBefore } = message;
  const isOut = message.direction === 'out';
  const later = state === 'queued' && notBefore && Date.parse(notBefore) > Date.now() + 60_000;
  return (
    <small className="ms-foot">
      <span className="ui-num">{formatDayTime(message.at, timeZone)}</span>
      {channel === 'email' && <span>e-mail</span>}
      {isOut && <span>{byName || 'by itself'}</span>}
      {proxyName && <span>to {proxyName}</span>}
      {isOut && (
        <Tag tone={wrongStates.has(state) ? 'wrong' : state === 'delivered' ? 'good' : 'calm'}>
          {stateWords[state]}
        </Tag>
      )}
      {later && notBefore && <span>goes out {formatDayTime(notBefore, timeZone)}</span>}
      {meaningWords[meaning] && (
        <Tag tone={meaning === 'opt-out' ? 'wrong' : 'good'}>{meaningWords[meaning]}</Tag>
      )}
      {redFlags.length > 0 && (
        <Tag tone="wrong" sign="!">
          {redFlags.join(', ').replaceAll('*', '…')}
        </Tag>
      )}
      {why && <span className="ms-why">{sayWhy(why)}</span>}
      {message.waits && may('messages.send') && (
        <Button onClick={() => void done(message)}>{isOut ? 'Seen to' : 'Needs no answer'}</Button>
      )}
    </small>
  );
}
