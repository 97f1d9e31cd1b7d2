import './follow-ups.css';
import { useState } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatDayTime, localDate } from '../../../ui/format.ts';
import { Kbd } from '../../../ui/kbd.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { listPatientVisits } from '../../schedule/visits/api.ts';
import { readFollowUp } from '../api.ts';
import { attemptWords, priorityWords, stepWords } from '../rules.ts';
import type { FollowUp, HistoryLine } from '../schema.ts';
import { AttemptDialog } from './attempt-dialog.tsx';
import { BookTimes } from './book-times.tsx';
import { lostWords, stateTag, whatWords, windowWords } from './follow-up-words.ts';
import { ChangeDialog } from './order-dialog.tsx';
import { useFollowUpActs } from './use-follow-up-acts.ts';

export type SheetDialog = 'book' | 'attempt' | 'change';
type SheetProps = { followUpId: string; opens?: SheetDialog | undefined; onClose: () => void };

/** One follow-up in full: what was ordered, what is missing, what was tried, and what may be done. */
export function FollowUpSheet({ followUpId, opens, onClose }: SheetProps) {
  const { data, error, refetch, isPlaceholderData } = useRead(
    readFollowUp,
    { params: { id: followUpId } },
    { topics: ['follow-ups', 'visits'] },
  );
  const [dialog, setDialog] = useState<SheetDialog | undefined>(opens);
  const answer = isPlaceholderData ? undefined : data;
  const close = () => setDialog(undefined);
  const { followUp } = answer ?? {};
  // Asked for by a key of the list: what it opens is all that is wanted.
  if (followUp && dialog === 'book' && followUp.state === 'open')
    return <BookTimes followUp={followUp} onClose={opens === 'book' ? onClose : close} />;
  return (
    <Dialog opened onClose={onClose} title="Follow-up" size="large">
      {error && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!error && !answer && <Skeleton rows={8} label="Looking up the follow-up" />}
      {answer && <Sheet {...answer} onOpen={setDialog} />}
      {followUp && dialog === 'attempt' && <AttemptDialog followUp={followUp} onClose={close} />}
      {followUp && dialog === 'change' && <ChangeDialog followUp={followUp} onClose={close} />}
    </Dialog>
  );
}

type InSheet = { followUp: FollowUp; history: readonly HistoryLine[]; onOpen: (dialog: SheetDialog) => void };

function Sheet({ followUp, history, onOpen }: InSheet) {
  const { timeZone } = useSession();
  const today = localDate(Date.now(), timeZone);
  const { tone, words } = stateTag(followUp, today);
  const facts = [
    whatWords(followUp),
    windowWords(followUp, today),
    followUp.said && `said: ${followUp.said}`,
    priorityWords[followUp.priority].toLowerCase(),
    `ordered ${formatDayTime(followUp.orderedAt, timeZone, today)}`,
    followUp.orderedByName && `by ${followUp.orderedByName}`,
  ].filter(Boolean);
  const lost = lostWords(followUp, today);
  return (
    <div className="fu-sheet">
      <p className="fu-head">
        <b>{followUp.patientName}</b> <Tag tone={tone}>{words}</Tag>
        {followUp.origin === 'rule' && <Tag>recall</Tag>}
      </p>
      <p className="ui-dim">{facts.join(' · ')}</p>
      {lost && <p className="fu-wish">Its visit was {lost}: it is to be booked again.</p>}
      {followUp.instructions && <p className="fu-said">{followUp.instructions}</p>}
      {followUp.endedReason && <p className="fu-said">Ended: {followUp.endedReason}</p>}
      {followUp.refusedChannels.length > 0 && (
        <p className="fu-wish" role="note">
          Does not want to hear of visits by {followUp.refusedChannels.join(' or ')}.
        </p>
      )}
      <FirstList followUp={followUp} />
      <History history={history} />
      <SheetActs followUp={followUp} onOpen={onOpen} />
    </div>
  );
}

/** What must happen first; a tick says it is done, and by whom. */
function FirstList({ followUp }: { followUp: FollowUp }) {
  const { may } = useSession();
  const acts = useFollowUpActs(followUp);
  if (followUp.prerequisites.length === 0) return null;
  const mayTick = may('follow-ups.manage') && !followUp.endedAt && !followUp.enteredInErrorAt;
  return (
    <fieldset className="fu-first">
      <legend>First</legend>
      {followUp.prerequisites.map((one) => (
        <label key={one.prerequisiteId}>
          <input
            type="checkbox"
            checked={one.doneAt !== null}
            disabled={!mayTick}
            onChange={(event) => void acts.tick(one.prerequisiteId, event.currentTarget.checked)}
          />{' '}
          {one.text}
          {one.doneAt && <small className="ui-dim"> done{one.doneByName && ` by ${one.doneByName}`}</small>}
        </label>
      ))}
    </fieldset>
  );
}

function History({ history }: { history: readonly HistoryLine[] }) {
  const { timeZone } = useSession();
  const today = localDate(Date.now(), timeZone);
  const said = (line: HistoryLine) =>
    line.channel && line.outcome
      ? attemptWords({ channel: line.channel, outcome: line.outcome, letterNo: line.letterNo })
      : stepWords[line.kind];
  return (
    <ol className="fu-history">
      {history.map((line) => (
        <li key={line.id}>
          <span className="ui-num ui-dim">{formatDayTime(line.at, timeZone, today)}</span> {line.byName}{' '}
          {said(line)}
          {line.visitStartsAt && ` (${formatDayTime(line.visitStartsAt, timeZone, today)})`}
          {line.note && `: ${line.note}`}
        </li>
      ))}
    </ol>
  );
}

function SheetActs({ followUp, onOpen }: { followUp: FollowUp; onOpen: (dialog: SheetDialog) => void }) {
  const { may } = useSession();
  const acts = useFollowUpActs(followUp);
  const mayManage = may('follow-ups.manage');
  const mayBook = may('visits.book');
  const isEnded = followUp.endedAt !== null || followUp.enteredInErrorAt !== null;
  const isOpen = !isEnded && followUp.state === 'open';
  const mayClose = may('follow-ups.close');
  const { data } = useRead(
    listPatientVisits,
    { params: { id: followUp.patientId } },
    { topics: ['visits'], enabled: isOpen && mayManage && may('visits.see') },
  );
  const next = isOpen ? data?.next : null;
  useKeys(
    {
      b: { label: 'times to book', run: () => mayBook && onOpen('book') },
      t: { label: 'note a try', run: () => onOpen('attempt') },
      r: { label: 'the patient refuses', run: () => void acts.refuse() },
      e: { label: 'change it', run: () => onOpen('change') },
    },
    { scope: 'dialog', enabled: isOpen && mayManage },
  );
  if (!mayManage) return null;
  if (isEnded)
    return (
      <div className="fu-acts">
        <Button icon="undo" onClick={() => void acts.reopen()}>
          Open again
        </Button>
      </div>
    );
  return (
    <div className="fu-acts">
      {isOpen && (
        <>
          <Button
            look="go"
            disabledReason={!mayBook && 'Your roles do not include booking.'}
            onClick={() => onOpen('book')}
          >
            Times <Kbd keys="b" />
          </Button>
          {next && (
            <Button onClick={() => void acts.link(next.visitId)}>
              Take the visit of {formatDayTime(next.startsAt, next.timeZone)}
            </Button>
          )}
          <Button onClick={() => onOpen('attempt')}>
            Tried <Kbd keys="t" />
          </Button>
          <Button onClick={() => void acts.refuse()}>
            Refuses <Kbd keys="r" />
          </Button>
          <Button
            disabledReason={!mayClose && 'A physician or a manager closes what is not needed any more.'}
            onClick={() => void acts.close()}
          >
            Close
          </Button>
        </>
      )}
      {followUp.state === 'booked' && <Button onClick={() => void acts.unlink()}>Not this visit</Button>}
      {followUp.state !== 'kept' && (
        <>
          <Button look="quiet" onClick={() => onOpen('change')}>
            Change <Kbd keys="e" />
          </Button>
          <Button look="quiet" icon="trash" onClick={() => void acts.inError()}>
            Entered in error
          </Button>
        </>
      )}
    </div>
  );
}
