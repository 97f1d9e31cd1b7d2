import { useState } from 'react';
import { useAddress } from '../../../platform/web/address.ts';
import { call } from '../../../platform/web/call.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatCount, localDate } from '../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { KeyHints } from '../../../ui/kbd.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { usePrint } from '../../prints/web/open-print.ts';
import { printCallList, readRescue } from '../api.ts';
import { rescueTitle } from '../list/rules.ts';
import { isSettled } from '../rules.ts';
import type { Rescue, RescueLine, ToldKind } from '../schema.ts';
import { AnotherDialog } from './another-dialog.tsx';
import { CallListLine } from './call-list-line.tsx';
import { RebookDialog } from './rebook-dialog.tsx';
import { messageOf, useTelling, useWhole } from './use-telling.ts';

/** Who was told, who agreed, who has not answered; whom to call first stands first. */
export function CallList({ rescueId }: { rescueId: string }) {
  const { line } = useSlots();
  const { timeZone } = useSession();
  const { go } = useAddress();
  const { data, error, refetch } = useRead(
    readRescue,
    { params: { id: rescueId } },
    { topics: ['rescues', 'visits', 'patients'] },
  );
  return (
    <>
      <PageHeader
        title="Call list"
        tabTitle="Call list"
        small={data ? rescueTitle(data.rescue, timeZone) : ''}
        line={line}
        actions={<Button onClick={() => go('/rescue')}>All call lists</Button>}
      />
      <PageBody>
        {error && <Failure message={error.message} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton rows={8} label="Looking up whom to tell" />}
        {data && <Whole rescue={data.rescue} />}
        {data && <Lines lines={data.lines} undone={data.rescue.undoneAt !== null} />}
      </PageBody>
    </>
  );
}

function Whole({ rescue }: { rescue: Rescue }) {
  const whole = useWhole(rescue);
  const toast = useToast();
  const { run, busy } = usePrint();
  const { counts, undoneAt } = rescue;
  const print = () =>
    void run(() => call(printCallList, { params: { id: rescue.rescueId } })).catch((error: unknown) =>
      toast.refused(messageOf(error)),
    );
  const enabled = undoneAt === null;
  useKeys(
    {
      p: { label: 'print the call list', run: print },
      'shift+z': { label: 'take all of it back', run: () => void whole.undo() },
    },
    { enabled },
  );
  if (undoneAt !== null) return <p className="rs-head">Taken back: every visit is where it was.</p>;
  return (
    <div className="rs-head">
      {counts.waiting > 0 && <Tag tone="wait">{counts.waiting} without an answer</Tag>}
      {counts.refused > 0 && (
        <Tag tone="wrong">{formatCount(counts.refused, 'wants', 'want')} another time</Tag>
      )}
      {counts.owed > 0 && <Tag tone="wait">{counts.owed} to book again</Tag>}
      <Tag tone="good">{counts.agreed} agreed</Tag>
      <Button icon="print" busy={busy} title="Print (P)" onClick={print}>
        Print
      </Button>
      <Button
        icon="undo"
        busy={whole.busy}
        title="Take all of it back (Shift Z)"
        onClick={() => void whole.undo()}
      >
        Take all back
      </Button>
      {rescue.closed && (
        <Button look="quiet" busy={whole.busy} onClick={() => void whole.openAgain()}>
          Open the time again
        </Button>
      )}
    </div>
  );
}

type Asking = { kind: 'another' | 'rebook'; line: RescueLine };

function Lines({ lines, undone }: { lines: readonly RescueLine[]; undone: boolean }) {
  const { timeZone } = useSession();
  const telling = useTelling();
  const [at, setAt] = useState<string>();
  const [asking, setAsking] = useState<Asking>();
  const sorted = [...lines].sort((a, b) => rank(a) - rank(b));
  const first = sorted.find((one) => rank(one) === 0) ?? sorted[0];
  const selected = sorted.find((one) => one.lineId === at) ?? first;
  const index = selected ? sorted.indexOf(selected) : 0;
  const move = (by: number) => setAt(sorted[Math.max(0, Math.min(sorted.length - 1, index + by))]?.lineId);
  const on = (run: (line: RescueLine) => unknown) => () => void (selected && run(selected));
  const told = (kind: ToldKind) => on((line) => telling.told(line, kind));
  useKeys(
    {
      arrowdown: { label: 'next', run: () => move(1) },
      arrowup: { label: 'previous', run: () => move(-1) },
      a: { label: 'agreed, or knows', run: told('agreed') },
      n: { label: 'no answer', run: told('no-answer') },
      m: { label: 'left a message', run: told('left-message') },
      w: { label: 'wants another time', run: told('refused') },
      t: { label: 'choose another time with them', run: on((line) => setAsking({ kind: 'another', line })) },
      o: {
        label: 'book again later: owed to someone',
        run: on((line) => setAsking({ kind: 'rebook', line })),
      },
      z: { label: 'put this visit back', run: on(telling.putBack) },
    },
    { enabled: !undone },
  );
  const close = () => setAsking(undefined);
  return (
    <>
      <ul className="rs-list" aria-label="Whom to tell">
        {sorted.map((line) => (
          <CallListLine
            key={line.lineId}
            line={line}
            today={localDate(Date.now(), timeZone)}
            selected={line === selected && !undone}
            telling={telling}
            onSelect={() => setAt(line.lineId)}
            onAnother={() => setAsking({ kind: 'another', line })}
            onRebook={() => setAsking({ kind: 'rebook', line })}
          />
        ))}
      </ul>
      {!undone && (
        <KeyHints
          hints={[
            ['a', 'agreed'],
            ['n', 'no answer'],
            ['m', 'left a message'],
            ['w', 'wants another time'],
            ['t', 'choose it'],
            ['o', 'book again later'],
          ]}
        />
      )}
      {asking?.kind === 'another' && <AnotherDialog line={asking.line} onClose={close} />}
      {asking?.kind === 'rebook' && <RebookDialog line={asking.line} onClose={close} />}
    </>
  );
}

/** Those who are to be told, those without an answer after a try, then what is settled. */
function rank(line: RescueLine): number {
  if (isSettled(line.answer) || line.overtaken) return 3;
  if (line.answer === 'owed') return 2;
  return line.tries > 0 && line.answer !== 'refused' ? 1 : 0;
}
