import './messages.css';
import { useState } from 'react';
import { type Search, useAddress } from '../../../platform/web/address.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { KeyHints } from '../../../ui/kbd.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { listThreads } from '../api.ts';
import type { Thread } from '../schema.ts';
import { NewMessageDialog } from './new-message-dialog.tsx';
import { OutboxView } from './outbox-view.tsx';
import { ThreadLine } from './thread-line.tsx';
import { NumberThread, PatientThread } from './thread-view.tsx';

const views = [
  { key: 'threads', label: 'Threads' },
  { key: 'outbox', label: 'Outbox' },
] as const;
type View = (typeof views)[number]['key'];

/** Threads with those who wait first, one of them open beside; and what goes out. */
export function MessagesPage() {
  const { search, go } = useAddress();
  const { may } = useSession();
  const { line, besides } = useSlots();
  const [writes, setWrites] = useState(false);
  const view: View = search.view === 'outbox' ? 'outbox' : 'threads';
  const at = (next: Search) => go('/messages', { ...(view === 'threads' ? {} : { view }), ...next });
  const maySend = may('messages.send');
  useKeys({ n: { label: 'write to someone', run: () => setWrites(true) } }, { enabled: maySend });
  return (
    <>
      <PageHeader
        title="Messages"
        tabTitle="Messages"
        line={line}
        actions={
          <>
            {besides}
            {maySend && (
              <Button look="go" icon="edit" title="Write to someone (N)" onClick={() => setWrites(true)}>
                Write
              </Button>
            )}
          </>
        }
      />
      <PageBody>
        <div className="ms-views">
          {views.map(({ key, label }) => (
            <Button
              key={key}
              aria-pressed={view === key}
              onClick={() => go('/messages', key === 'threads' ? {} : { view: key })}
            >
              {label}
            </Button>
          ))}
        </div>
        {view === 'outbox' ? <OutboxView /> : <Threads search={search} at={at} />}
      </PageBody>
      {view === 'threads' && (
        <KeyHints
          hints={[
            ['arrowup arrowdown', 'move'],
            ['enter', 'open'],
            ['r', 'answer'],
            ['d', 'needs no answer'],
            ['n', 'write to someone'],
          ]}
        />
      )}
      {writes && (
        <NewMessageDialog
          onClose={() => setWrites(false)}
          onSent={(patientId) => {
            setWrites(false);
            go('/messages', { patient: patientId });
          }}
        />
      )}
    </>
  );
}

type Open = { search: Search; at: (next: Search) => void };

function Threads({ search, at }: Open) {
  const { data, error, refetch } = useRead(listThreads, {}, { topics: ['messages', 'patients'] });
  if (error && !data) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={8} label="Looking up the messages" />;
  const isOpen = Boolean(search.patient || search.message);
  if (data.threads.length === 0 && !isOpen)
    return (
      <Empty
        title="Nobody wrote"
        text="What patients write, and what is written to them, stands here."
        icon="message"
      />
    );
  const open = (thread: Thread) =>
    at(thread.patientId ? { patient: thread.patientId } : { message: thread.lastMessageId });
  return (
    <div className="ms-split" data-open={isOpen || undefined}>
      <ThreadList threads={data.threads} search={search} onOpen={open} />
      <div className="ms-pane">
        {search.patient && (
          <PatientThread key={search.patient} patientId={search.patient} onClose={() => at({})} />
        )}
        {!search.patient && search.message && (
          <NumberThread
            key={search.message}
            messageId={search.message}
            onPatient={(patientId) => at({ patient: patientId })}
            onClose={() => at({})}
          />
        )}
        {!isOpen && <p className="ui-dim ms-none">Choose a thread.</p>}
      </div>
    </div>
  );
}

type ListProps = { threads: readonly Thread[]; search: Search; onOpen: (thread: Thread) => void };

function ThreadList({ threads, search, onOpen }: ListProps) {
  const [chosen, setChosen] = useState<string>();
  const opened = threads.find((one) => one.patientId !== null && one.patientId === search.patient)?.thread;
  const current = chosen ?? opened;
  const index = Math.max(
    0,
    threads.findIndex((one) => one.thread === current),
  );
  const selected = threads[index];
  const move = (by: number) =>
    setChosen(threads[Math.max(0, Math.min(threads.length - 1, index + by))]?.thread);
  useKeys({
    arrowdown: { label: 'next', run: () => move(1) },
    arrowup: { label: 'previous', run: () => move(-1) },
    j: () => move(1),
    k: () => move(-1),
    enter: {
      label: 'open',
      run: (event) => {
        const pressed = event.target instanceof HTMLElement ? event.target.closest('button, a[href]') : null;
        if (pressed instanceof HTMLElement) pressed.click();
        else if (selected) onOpen(selected);
      },
    },
  });
  return (
    <ul className="ms-list" aria-label="Threads">
      {threads.map((thread) => (
        <ThreadLine
          key={thread.thread}
          thread={thread}
          selected={thread.thread === selected?.thread}
          onOpen={() => {
            setChosen(thread.thread);
            onOpen(thread);
          }}
        />
      ))}
    </ul>
  );
}
