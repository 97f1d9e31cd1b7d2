import './today.css';
import { useState } from 'react';
import { useAddress } from '../../../platform/web/address.ts';
import type { DeskPage } from '../../../platform/web/desk-page.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatCount, formatDay, localDate } from '../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { KeyHints } from '../../../ui/kbd.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { DutyLine } from './duty-line.tsx';
import { type Today, type TodayDuty, type Who, whos } from './today-api.ts';
import { type TodayDialog, TodayDialogs } from './today-dialogs.tsx';
import { TodayHelp } from './today-help.tsx';
import { sectionTitles, whoWords } from './today-words.ts';
import { useDutyActions } from './use-duty-actions.ts';
import { useSelection } from './use-selection.ts';
import { useOfficeNow, useSections, useToday } from './use-today.ts';

/** Whose list it is: in the address, so that it stays from page to page and can be shared. */
function useWho(): [Who, (who: Who) => void] {
  const { search, path, go } = useAddress();
  const who = whos.find((one) => one === search.who) ?? 'mine';
  return [who, (next) => go(path, next === 'mine' ? {} : { who: next }, { replace: true })];
}

/** Kinds of duty that one key settles, and who may. */
const settling: Readonly<Record<string, string>> = { task: 'tasks.change', call: 'calls.take' };

function settles(kind: string, may: (permission: string) => boolean): boolean {
  const permission = settling[kind];
  return permission !== undefined && may(permission);
}

function pressedIn(event: KeyboardEvent): HTMLElement | null {
  return event.target instanceof HTMLElement ? event.target.closest('button, a[href]') : null;
}

export function TodayPage() {
  const { timeZone, displayName, may } = useSession();
  const { line } = useSlots();
  const [who, setWho] = useWho();
  const [whole, setWhole] = useState(false);
  const { data, error, dataUpdatedAt, refetch } = useToday(who, { whole });
  const now = useOfficeNow(data?.now, dataUpdatedAt);
  const { hidden, run } = useDutyActions();
  const [dialog, setDialog] = useState<TodayDialog>();
  const duties = (data?.duties ?? []).filter((duty) => !hidden.has(duty.key));
  const sections = useSections(duties, now);
  const { selected, select, move, keepButton } = useSelection(duties);
  const withSelected = (work: (duty: TodayDuty) => void) => () => {
    if (selected) work(selected);
  };
  const mark = (kind: 'snooze' | 'assign') =>
    withSelected((duty) => {
      if (may('duties.mark')) setDialog({ kind, duty });
    });
  useKeys({
    arrowdown: { label: 'next', run: () => move(1) },
    arrowup: { label: 'previous', run: () => move(-1) },
    j: () => move(1),
    k: () => move(-1),
    enter: {
      label: 'do it',
      run: (event) => {
        const pressed = pressedIn(event);
        if (pressed) pressed.click();
        else if (selected) void run(selected, selected.action);
      },
    },
    s: { label: 'snooze, with a reason', run: mark('snooze') },
    a: { label: 'assign', run: mark('assign') },
    m: { label: 'more for this line', run: withSelected((duty) => setDialog({ kind: 'more', duty })) },
    d: {
      label: 'done (tasks, calls)',
      run: withSelected((duty) => void (settles(duty.kind, may) && run(duty, duty.action))),
    },
    e: {
      label: 'change the task',
      run: withSelected((duty) => {
        if (duty.kind === 'task' && may('tasks.change')) setDialog({ kind: 'edit', duty });
      }),
    },
    i: {
      label: 'I take it (tasks of a role)',
      run: withSelected((duty) => {
        const take = duty.others.find((action) => action.label === 'I take it');
        if (take && may('tasks.change')) void run(duty, take);
      }),
    },
    t: { label: 'new task', run: () => may('tasks.make') && setDialog({ kind: 'new-task' }) },
    w: {
      label: 'whose: mine, my role’s, covered, everyone’s',
      run: () => setWho(nextWho(who, data?.counts)),
    },
  });
  const counts = data?.counts;
  const owed = counts?.[who];
  const done = who === 'everyone' ? counts?.doneEveryone : counts?.doneMine;
  const small = [
    formatDay(localDate(now, timeZone)),
    who === 'everyone' ? 'everyone' : who === 'mine' ? displayName : whoWords[who].toLowerCase(),
    owed === undefined ? '' : `${owed} owed, ${done} done`,
  ];
  const lineOf = (duty: TodayDuty) => (
    <DutyLine
      key={duty.key}
      duty={duty}
      now={now}
      timeZone={timeZone}
      selected={duty.key === selected?.key}
      showOwner={who === 'everyone' || who === 'role'}
      {...(duty.kind in settling && !settles(duty.kind, may)
        ? { disabledReason: 'Your roles only look on.' }
        : {})}
      buttonRef={(button) => keepButton(duty.key, button)}
      onSelect={() => select(duty)}
      onRun={(action) => void run(duty, action)}
      onMore={() => setDialog({ kind: 'more', duty })}
    />
  );
  return (
    <>
      <PageHeader
        title="Today"
        tabTitle="Today"
        small={small.filter(Boolean).join(' · ')}
        line={line}
        actions={
          <TodayActions
            who={who}
            counts={counts}
            onWho={setWho}
            onTask={() => setDialog({ kind: 'new-task' })}
          />
        }
      />
      <PageBody>
        {error && !data && (
          <Failure message={error.message} next="What is owed is safe." onRetry={() => void refetch()} />
        )}
        {!data && !error && <Skeleton rows={8} label="Looking up what is owed" />}
        {data && duties.length === 0 && <NothingOwed who={who} done={done ?? 0} onWho={setWho} />}
        {sections.map(({ key, duties: under }) => (
          <section key={key} className="td-section" aria-labelledby={`td-${key}`}>
            <h2 id={`td-${key}`}>{sectionTitles[key]}</h2>
            <ul>{under.map(lineOf)}</ul>
          </section>
        ))}
        {data && data.more > 0 && (
          <Button onClick={() => setWhole(true)}>Show {formatCount(data.more, 'more', 'more')}</Button>
        )}
        <Snoozed duties={data?.snoozed ?? []} lineOf={lineOf} />
      </PageBody>
      <KeyHints
        hints={[
          ['arrowup arrowdown', 'move'],
          ['enter', 'do it'],
          ['s', 'snooze'],
          ['a', 'assign'],
          ['t', 'new task'],
          ['?', 'keys'],
        ]}
      />
      <TodayDialogs
        dialog={dialog}
        now={now}
        onOpen={setDialog}
        onRun={(duty, action) => void run(duty, action)}
      />
    </>
  );
}

type Counts = Today['counts'] | undefined;

/** Who covers for nobody has no such list. */
const offered = (who: Who, counts: Counts): Who[] =>
  whos.filter((one) => one !== 'covered' || one === who || (counts?.covered ?? 0) > 0);

function nextWho(who: Who, counts: Counts): Who {
  const all = offered(who, counts);
  return all[(all.indexOf(who) + 1) % all.length] ?? 'mine';
}

type ActionsProps = { who: Who; counts: Counts; onWho: (who: Who) => void; onTask: () => void };

function TodayActions({ who, counts, onWho, onTask }: ActionsProps) {
  const { may } = useSession();
  return (
    <>
      {offered(who, counts).map((one) => (
        <Button key={one} aria-pressed={who === one} title="Whose (W)" onClick={() => onWho(one)}>
          {whoWords[one]}
          {one === 'covered' && counts && counts.covered > 0 ? ` ${counts.covered}` : ''}
        </Button>
      ))}
      {may('tasks.make') && (
        <Button icon="plus" title="New task (T)" onClick={onTask}>
          Task
        </Button>
      )}
    </>
  );
}

const nothingWords: Record<Who, string> = {
  mine: 'Nothing is waiting for you',
  role: 'Nothing is waiting for your role',
  covered: 'Nothing is waiting that you cover',
  everyone: 'Nothing is waiting for anyone',
};

function NothingOwed({ who, done, onWho }: { who: Who; done: number; onWho: (who: Who) => void }) {
  const text =
    done > 0
      ? `${formatCount(done, 'thing')} done today. What comes up will stand here by itself.`
      : 'What the office owes by a time will stand here by itself: confirmations, calls, tasks.';
  return (
    <Empty
      title={nothingWords[who]}
      text={text}
      action={who !== 'everyone' && <Button onClick={() => onWho('everyone')}>See what everyone owes</Button>}
    />
  );
}

function Snoozed({
  duties,
  lineOf,
}: {
  duties: readonly TodayDuty[];
  lineOf: (duty: TodayDuty) => React.ReactNode;
}) {
  if (duties.length === 0) return null;
  return (
    <details className="td-section td-snoozed">
      <summary>Snoozed ({duties.length})</summary>
      <ul>{duties.map(lineOf)}</ul>
    </details>
  );
}

export const todayPages: readonly DeskPage[] = [
  {
    path: '/today',
    title: 'Today',
    permission: 'duties.see',
    Page: TodayPage,
    help: <TodayHelp />,
    rail: { label: 'Today', icon: 'today', order: 10 },
  },
];
