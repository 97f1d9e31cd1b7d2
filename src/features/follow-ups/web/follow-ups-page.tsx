import './follow-ups.css';
import { useState } from 'react';
import { useAddress } from '../../../platform/web/address.ts';
import { call } from '../../../platform/web/call.ts';
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
import { useToast } from '../../../ui/toast.tsx';
import { countFollowUps, listFollowUps } from '../api.ts';
import { whyNoPick } from '../recalls/letters/rules.ts';
import { mostAtOnce } from '../recalls/letters/schema.ts';
import { LettersDialog } from '../recalls/letters/web/letters-dialog.tsx';
import { RoundsDialog } from '../recalls/letters/web/rounds-dialog.tsx';
import { YieldView } from '../recalls/web/yield-view.tsx';
import { type FollowUp, type FollowUpFilter, followUpFilters } from '../schema.ts';
import { FollowUpLine } from './follow-up-line.tsx';
import { FollowUpSheet, type SheetDialog } from './follow-up-sheet.tsx';
import { wordsOf } from './use-follow-up-acts.ts';

const filterWords: Record<FollowUpFilter, string> = {
  due: 'Due',
  overdue: 'Past their time',
  tries: 'Try today',
  waiting: 'Something first',
  open: 'All to book',
  booked: 'Booked',
  recalls: 'Recalls',
};
const emptyWords: Record<FollowUpFilter, readonly [string, string]> = {
  due: [
    'Nothing is due',
    'Follow-ups stand here three weeks before their window opens, urgent ones at once.',
  ],
  overdue: [
    'Nobody is past their time',
    'Whoever was not booked by the end of their window would stand here.',
  ],
  tries: ['Nobody is to be tried today', 'A try that reached nobody sets the day of the next one.'],
  waiting: [
    'Nothing is missing',
    'Follow-ups before which something must happen, an MRI or labs, stand here.',
  ],
  open: [
    'Everything is booked',
    'At check-out one digit orders a follow-up; so does “fu 3m mri first” in the line.',
  ],
  booked: ['No follow-up is booked', 'Booked ones stand here until their visit was completed.'],
  recalls: ['No recall is due', 'Rules call people back after completed visits: Settings, Recalls.'],
};

const hints: [string, string][] = [
  ['arrowup arrowdown', 'move'],
  ['enter', 'open'],
  ['b', 'times to book'],
  ['t', 'note a try'],
];
const letterHints: [string, string][] = [
  ['x', 'pick for a letter'],
  ['w', 'write the letters'],
  ['p', 'print again'],
];

const topics = ['follow-ups', 'visits', 'patients'];

/** What was ordered and is not done: by filter, first due first. The address holds filter and id. */
export function FollowUpsPage() {
  const { search, go } = useAddress();
  const { line } = useSlots();
  const filter = followUpFilters.find((one) => one === search.filter) ?? 'due';
  const counts = useRead(countFollowUps, {}, { topics }).data?.counts;
  const at = (next: Record<string, string>) =>
    go('/follow-ups', { ...(filter === 'due' ? {} : { filter }), ...next });
  const choose = (next: FollowUpFilter) => go('/follow-ups', next === 'due' ? {} : { filter: next });
  const [letters, setLetters] = useState<readonly FollowUp[]>();
  const [showsRounds, setShowsRounds] = useState(false);
  const isYield = search.view === 'yield';
  const mayPrint = useSession().may('follow-ups.manage') && filter === 'recalls' && !isYield;
  const showYield = () => go('/follow-ups', { view: 'yield' });
  useKeys({
    ...Object.fromEntries(
      followUpFilters.map((one, index) => [
        String(index + 1),
        { label: filterWords[one].toLowerCase(), run: () => choose(one) },
      ]),
    ),
    y: { label: 'yield of recalls', run: showYield },
  });
  useKeys({ p: { label: 'letters written', run: () => setShowsRounds(true) } }, { enabled: mayPrint });
  return (
    <>
      <PageHeader title="Follow-ups" tabTitle="Follow-ups" line={line} />
      <PageBody>
        <div className="fu-filters">
          {followUpFilters.map((one) => (
            <Button key={one} aria-pressed={one === filter && !isYield} onClick={() => choose(one)}>
              {filterWords[one]} {counts && <span className="ui-num ui-dim">{counts[one]}</span>}
            </Button>
          ))}
          <Button aria-pressed={isYield} onClick={showYield}>
            Yield
          </Button>
          {mayPrint && (
            <Button look="quiet" icon="print" onClick={() => setShowsRounds(true)}>
              Letters written
            </Button>
          )}
        </div>
        {isYield ? (
          <YieldView />
        ) : (
          <List
            key={filter}
            filter={filter}
            onOpen={(id, opens) => at({ id, ...(opens ? { [opens]: '1' } : {}) })}
            onLetters={setLetters}
          />
        )}
      </PageBody>
      {!isYield && <KeyHints hints={filter === 'recalls' ? [...hints, ...letterHints] : hints} />}
      {showsRounds && <RoundsDialog onClose={() => setShowsRounds(false)} />}
      {letters && <LettersDialog recalls={letters} onClose={() => setLetters(undefined)} />}
      {search.id && (
        <FollowUpSheet
          key={search.id}
          followUpId={search.id}
          opens={search.book ? 'book' : search.attempt ? 'attempt' : undefined}
          onClose={() => at({})}
        />
      )}
    </>
  );
}

type ListProps = {
  filter: FollowUpFilter;
  onOpen: (followUpId: string, opens?: SheetDialog) => void;
  onLetters: (recalls: readonly FollowUp[]) => void;
};

/** Pages behind the first, as they are asked for; begun anew when the first one changes. */
function useMore(filter: FollowUpFilter, first: { followUps: FollowUp[]; next: string | null } | undefined) {
  const toast = useToast();
  const [more, setMore] = useState<{ of: unknown; followUps: FollowUp[]; next: string | null }>();
  const mine = more?.of === first ? more : undefined;
  const next = mine ? mine.next : (first?.next ?? null);
  const load = async () => {
    if (!next) return;
    try {
      const page = await call(listFollowUps, { query: { filter, after: next } });
      setMore({ of: first, followUps: [...(mine?.followUps ?? []), ...page.followUps], next: page.next });
    } catch (error) {
      toast.refused(wordsOf(error));
    }
  };
  return { followUps: [...(first?.followUps ?? []), ...(mine?.followUps ?? [])], next, load };
}

function List({ filter, onOpen, onLetters }: ListProps) {
  const { may } = useSession();
  const { data, error, refetch, isPlaceholderData } = useRead(
    listFollowUps,
    { query: { filter } },
    { topics },
  );
  const shown = isPlaceholderData ? undefined : data;
  const { followUps, next, load } = useMore(filter, shown);
  if (error && !shown) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!shown) return <Skeleton rows={8} label="Looking up follow-ups" />;
  const [title, text] = emptyWords[filter];
  if (followUps.length === 0) return <Empty title={title} text={text} />;
  return (
    <>
      <Lines
        followUps={followUps}
        onOpen={onOpen}
        onLetters={filter === 'recalls' && may('follow-ups.manage') ? onLetters : undefined}
      />
      {next && <Button onClick={() => void load()}>More</Button>}
    </>
  );
}

type LinesProps = {
  followUps: readonly FollowUp[];
  onOpen: ListProps['onOpen'];
  /** Set: letters are picked here. */
  onLetters: ListProps['onLetters'] | undefined;
};

/** Arrows move, Enter opens, B shows the times, X picks for a letter: the list by keyboard alone. */
function Lines({ followUps, onOpen, onLetters }: LinesProps) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<string>();
  const { may } = useSession();
  const index = Math.max(
    0,
    followUps.findIndex((one) => one.followUpId === chosen),
  );
  const selected = followUps[index];
  const move = (by: number) =>
    setChosen(followUps[Math.max(0, Math.min(followUps.length - 1, index + by))]?.followUpId);
  const open = followUps.filter((one) => whyNoPick(one) === null);
  const toWrite = open.filter((one) => picked.has(one.followUpId));
  const pick = (one: FollowUp | undefined) => {
    if (!one || whyNoPick(one) !== null) return;
    const next = new Set(picked);
    if (!next.delete(one.followUpId)) next.add(one.followUpId);
    setPicked(next);
  };
  const write = () => toWrite.length > 0 && onLetters?.(toWrite);
  useKeys(
    {
      x: { label: 'pick for a letter', run: () => pick(selected) },
      w: { label: 'write letters', run: write },
    },
    { enabled: onLetters !== undefined },
  );
  const on = (opens?: SheetDialog) => selected && onOpen(selected.followUpId, opens);
  useKeys({
    arrowdown: { label: 'next', run: () => move(1) },
    arrowup: { label: 'previous', run: () => move(-1) },
    j: () => move(1),
    k: () => move(-1),
    b: { label: 'times to book', run: () => may('visits.book') && on('book') },
    t: { label: 'note a try', run: () => may('follow-ups.manage') && on('attempt') },
    enter: {
      label: 'open',
      run: (event) => {
        const pressed = event.target instanceof HTMLElement ? event.target.closest('button, a[href]') : null;
        if (pressed instanceof HTMLElement) pressed.click();
        else on();
      },
    },
  });
  return (
    <>
      {onLetters && (
        <div className="fu-filters">
          <Button onClick={() => setPicked(new Set(open.slice(0, mostAtOnce).map((one) => one.followUpId)))}>
            Pick all
          </Button>
          <Button
            icon="print"
            onClick={write}
            disabledReason={toWrite.length === 0 && 'Pick someone first (X).'}
          >
            Letters for {toWrite.length}
          </Button>
        </div>
      )}
      <ul className="fu-list" aria-label="Follow-ups">
        {followUps.map((one, nth) => (
          <FollowUpLine
            key={one.followUpId || `veiled ${nth}`}
            followUp={one}
            selected={one.followUpId === selected?.followUpId}
            onSelect={() => setChosen(one.followUpId)}
            onOpen={(opens) => onOpen(one.followUpId, opens)}
            pick={
              onLetters && {
                picked: picked.has(one.followUpId),
                onPick: () => pick(one),
                fault: whyNoPick(one),
              }
            }
          />
        ))}
      </ul>
    </>
  );
}
