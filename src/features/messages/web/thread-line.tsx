import { useEffect, useRef } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { Tag } from '../../../ui/tag.tsx';
import { formatNumber } from '../people/rules.ts';
import type { Thread } from '../schema.ts';
import { stateWords, wrongStates } from './message-words.ts';

type Props = { thread: Thread; selected: boolean; onOpen: () => void };

export function ThreadLine({ thread, selected, onOpen }: Props) {
  const { timeZone, practiceName } = useSession();
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) line.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const who = thread.patientName || formatNumber(thread.address);
  return (
    <li
      ref={line}
      className="ms-line"
      data-selected={selected || undefined}
      data-waits={thread.waiting > 0 || undefined}
    >
      <button type="button" onClick={onOpen} aria-label={`Open the thread with ${who}`}>
        <span className="ms-line-top">
          <b>{who}</b>
          <small className="ui-dim ui-num">{formatDayTime(thread.lastAt, timeZone)}</small>
        </span>
        <span className="ms-line-text">
          {thread.lastDirection === 'out' && 'You: '}
          {withoutName(thread.lastBody, practiceName)}
        </span>
        <ThreadTags thread={thread} />
      </button>
    </li>
  );
}

/** Every message of ours begins with the practice's name, which here would push out what it says. */
function withoutName(body: string, practiceName: string): string {
  const start = `${practiceName}: `;
  return body.startsWith(start) ? body.slice(start.length) : body;
}

function ThreadTags({ thread }: { thread: Thread }) {
  const { waiting, redFlags, lastState, lastDirection, patientId } = thread;
  if (waiting === 0 && patientId && lastDirection === 'in') return null;
  return (
    <span className="ms-line-tags">
      {redFlags.length > 0 && (
        <Tag tone="wrong" sign="!">
          {redFlags.join(', ').replaceAll('*', '…')}
        </Tag>
      )}
      {waiting > 0 && redFlags.length === 0 && (
        <Tag tone="wait">{waiting > 1 ? `${waiting} wait` : 'waits'}</Tag>
      )}
      {!patientId && <Tag tone="calm">nobody knows who</Tag>}
      {lastDirection === 'out' && (
        <Tag tone={wrongStates.has(lastState) ? 'wrong' : 'calm'}>{stateWords[lastState]}</Tag>
      )}
    </span>
  );
}
