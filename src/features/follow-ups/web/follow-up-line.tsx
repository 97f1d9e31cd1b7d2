import { useEffect, useRef } from 'react';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { Button } from '../../../ui/button.tsx';
import { formatDay, localDate } from '../../../ui/format.ts';
import { Tag } from '../../../ui/tag.tsx';
import { attemptWords, missingFirst } from '../rules.ts';
import type { FollowUp } from '../schema.ts';
import type { SheetDialog } from './follow-up-sheet.tsx';
import { lostWords, stateTag, whatWords, windowWords } from './follow-up-words.ts';

type LineProps = {
  followUp: FollowUp;
  selected: boolean;
  onSelect: () => void;
  onOpen: (opens?: SheetDialog) => void;
  /** Where letters are written: whether this gets one, and why it cannot. */
  pick?: { picked: boolean; onPick: () => void; fault: string | null } | undefined;
};

/** Of whom the record may not be opened: that something is owed, and no day. */
function VeiledLine({ followUp, selected }: Pick<LineProps, 'followUp' | 'selected'>) {
  return (
    <li className="fu-line" data-selected={selected || undefined}>
      <span />
      <span>
        <b>{followUp.patientName}</b> {whatWords(followUp)}
        <small>Who may open this record works on it.</small>
      </span>
    </li>
  );
}

/** A veiled line has no id and no days. */
export function FollowUpLine(props: LineProps) {
  return props.followUp.followUpId ? <OpenLine {...props} /> : <VeiledLine {...props} />;
}

/** One of the work list: when, who, what, where it stands; a tick where letters are picked. */
function OpenLine({ followUp, selected, onSelect, onOpen, pick }: LineProps) {
  const { timeZone, may } = useSession();
  const person = usePerson();
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) place.current?.scrollIntoView?.({ block: 'nearest' });
  }, [selected]);
  const today = localDate(Date.now(), timeZone);
  const { tone, words } = stateTag(followUp, today);
  const missing = missingFirst(followUp).map((one) => one.text);
  const details = [
    windowWords(followUp, today),
    missing.length > 0 && `first: ${missing.join(', ')}`,
    lostWords(followUp, today),
    followUp.lastAttempt && `last: ${attemptWords(followUp.lastAttempt)}`,
    followUp.nextTryOn && `next try ${formatDay(followUp.nextTryOn, today)}`,
    pick?.fault,
    followUp.refusedChannels.length > 0 && `not by ${followUp.refusedChannels.join(' or ')}`,
  ];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: arrows and Enter do the same for the whole list
    <li
      ref={place}
      className="fu-line"
      data-selected={selected || undefined}
      onClick={() => {
        onSelect();
        person.show(followUp.patientId);
      }}
    >
      <span className="ui-num">
        {pick && (
          <input
            type="checkbox"
            aria-label={`Letter for ${followUp.patientName}`}
            title={pick.fault ?? 'Pick for a letter (X)'}
            checked={pick.picked}
            disabled={pick.fault !== null}
            onChange={pick.onPick}
          />
        )}{' '}
        {formatDay(followUp.targetOn, today)}
      </span>
      <span>
        <b>{followUp.patientName}</b> {whatWords(followUp)}
        <small>{details.filter(Boolean).join(' · ')}</small>
      </span>
      <Tag tone={tone}>{words}</Tag>
      <span className="fu-do">
        {followUp.state === 'open' && may('visits.book') && (
          <Button aria-label={`Times for ${followUp.patientName}`} onClick={() => onOpen('book')}>
            Times
          </Button>
        )}
        <Button look="quiet" aria-label={`Open: ${followUp.patientName}`} onClick={() => onOpen()}>
          Open
        </Button>
      </span>
    </li>
  );
}
