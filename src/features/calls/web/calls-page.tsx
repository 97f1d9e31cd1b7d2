import './calls.css';
import { useState } from 'react';
import { type Search, useAddress } from '../../../platform/web/address.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatDay, localDate } from '../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { KeyHints } from '../../../ui/kbd.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { addDays } from '../../../ui/parse.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { listCallsOfDay, listOpenCalls } from '../api.ts';
import { CountsView } from '../counts/web/counts-view.tsx';
import type { Call } from '../schema.ts';
import { CallLine } from './call-line.tsx';
import { CallSheet } from './call-sheet.tsx';
import { useCallActions } from './use-call-actions.ts';

const views = [
  { key: 'open', label: 'Open' },
  { key: 'taken', label: 'Taken' },
  { key: 'counts', label: 'Counts' },
] as const;
type View = (typeof views)[number]['key'];

/** Calls that wait, calls taken on a day, and how many come when and why. */
export function CallsPage() {
  const { search, go } = useAddress();
  const { timeZone, may } = useSession();
  const { line, takeCall } = useSlots();
  const today = localDate(Date.now(), timeZone);
  const view: View = views.find((one) => one.key === search.view)?.key ?? 'open';
  const date = search.date ?? today;
  const at = (next: Search) => go('/calls', { ...(view === 'open' ? {} : { view }), ...next });
  const day = view === 'taken' ? { date } : {};
  const open = (callId: string) => at({ ...day, call: callId });
  const close = () => at(day);
  const mayTake = may('calls.take') && takeCall !== undefined;
  useKeys({ n: { label: 'log a call', run: () => takeCall?.() } }, { enabled: mayTake });
  const small = view === 'taken' ? formatDay(date, today) : '';
  return (
    <>
      <PageHeader
        title="Calls"
        tabTitle="Calls"
        {...(small ? { small } : {})}
        line={line}
        actions={
          mayTake && (
            <Button look="go" icon="phone" title="Log a call (F2)" onClick={() => takeCall()}>
              Log a call
            </Button>
          )
        }
      />
      <PageBody>
        <div className="cl-views">
          {views.map(({ key, label }) => (
            <Button
              key={key}
              aria-pressed={view === key}
              onClick={() => go('/calls', key === 'open' ? {} : { view: key })}
            >
              {label}
            </Button>
          ))}
          {view === 'taken' && <DayButtons date={date} today={today} onDay={(next) => at({ date: next })} />}
        </div>
        {view === 'open' && <OpenCalls onOpen={open} />}
        {view === 'taken' && <TakenCalls date={date} onOpen={open} />}
        {view === 'counts' && <CountsView today={today} />}
      </PageBody>
      {view !== 'counts' && (
        <KeyHints
          hints={[
            ['arrowup arrowdown', 'move'],
            ['enter', 'read the message'],
            ['d', 'done'],
            ['f2', 'log a call'],
          ]}
        />
      )}
      {search.call && <CallSheet callId={search.call} onClose={close} />}
    </>
  );
}

type DayProps = { date: string; today: string; onDay: (date: string) => void };

function DayButtons({ date, today, onDay }: DayProps) {
  return (
    <span className="cl-days">
      <Button icon="chevron-left" aria-label="The day before" onClick={() => onDay(addDays(date, -1))} />
      <Button aria-pressed={date === today} onClick={() => onDay(today)}>
        Today
      </Button>
      <Button
        icon="chevron-right"
        aria-label="The day after"
        disabledReason={date >= today && 'Nothing was taken later.'}
        onClick={() => onDay(addDays(date, 1))}
      />
    </span>
  );
}

function OpenCalls({ onOpen }: { onOpen: (callId: string) => void }) {
  const { data, error, refetch } = useRead(listOpenCalls, {}, { topics: ['calls', 'patients'] });
  if (error && !data) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={8} label="Looking up who waits" />;
  if (data.calls.length === 0)
    return (
      <Empty
        title="Nobody waits for a call"
        text="What is promised on the phone will stand here, by its time."
      />
    );
  return <CallList calls={data.calls} onOpen={onOpen} />;
}

function TakenCalls({ date, onOpen }: { date: string; onOpen: (callId: string) => void }) {
  const input = { query: { date } };
  const { data, error, refetch, isPlaceholderData } = useRead(listCallsOfDay, input, {
    topics: ['calls', 'patients'],
  });
  if (error) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data || isPlaceholderData) return <Skeleton rows={8} label="Looking up the calls of the day" />;
  if (data.calls.length === 0)
    return (
      <Empty title="No calls on this day" text="F2 logs one from any page; so does “call” in the line." />
    );
  return <CallList calls={data.calls} onOpen={onOpen} />;
}

/** Arrows move, Enter reads, D settles: the list by keyboard alone. */
function CallList({ calls, onOpen }: { calls: readonly Call[]; onOpen: (callId: string) => void }) {
  const [chosen, setChosen] = useState<string>();
  const { may } = useSession();
  const index = Math.max(
    0,
    calls.findIndex((one) => one.callId === chosen),
  );
  const selected = calls[index];
  const move = (by: number) => setChosen(calls[Math.max(0, Math.min(calls.length - 1, index + by))]?.callId);
  useKeys({
    arrowdown: { label: 'next', run: () => move(1) },
    arrowup: { label: 'previous', run: () => move(-1) },
    j: () => move(1),
    k: () => move(-1),
    enter: {
      label: 'read the message',
      run: (event) => {
        const pressed = event.target instanceof HTMLElement ? event.target.closest('button, a[href]') : null;
        if (pressed instanceof HTMLElement) pressed.click();
        else if (selected) onOpen(selected.callId);
      },
    },
  });
  return (
    <>
      {selected && !selected.doneAt && may('calls.take') && <DoneKey call={selected} />}
      <ul className="cl-list" aria-label="Calls">
        {calls.map((call) => (
          <CallLine
            key={call.callId}
            call={call}
            selected={call.callId === selected?.callId}
            onSelect={() => setChosen(call.callId)}
            onOpen={() => onOpen(call.callId)}
          />
        ))}
      </ul>
    </>
  );
}

function DoneKey({ call }: { call: Call }) {
  const actions = useCallActions(call, () => undefined);
  useKeys({ d: { label: 'done', run: () => void actions.done() } });
  return null;
}
