import { type ReactNode, useEffect, useRef } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { formatAgo, formatCount, formatDay, formatDayTime, localDate } from '../../../ui/format.ts';
import { Tag, type Tone } from '../../../ui/tag.tsx';
import { useSetup } from '../../schedule/web/use-setup.ts';
import { priorityWords, stateWords, wishWords } from '../rules.ts';
import type { Entry, EntryState, Priority } from '../schema.ts';

export const stateTones: Record<EntryState, Tone> = {
  waiting: 'calm',
  offered: 'wait',
  filled: 'good',
  expired: 'calm',
  withdrawn: 'calm',
};
const priorityTones: Record<Priority, Tone> = { urgent: 'wrong', soon: 'wait', routine: 'calm' };

type LineProps = {
  entry: Entry;
  no: number | undefined;
  selected: boolean;
  onSelect: () => void;
  children: ReactNode;
};

/** One who waits: what for, what suits them, since when and until when. */
export function EntryLine({ entry, no, selected, onSelect, children }: LineProps) {
  const { timeZone } = useSession();
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) place.current?.scrollIntoView?.({ block: 'nearest' });
  }, [selected]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: arrows and Enter do the same for the whole list
    <li ref={place} className="wl-line" data-selected={selected || undefined} onClick={onSelect}>
      <span className="wl-no ui-num">{no}</span>
      <span>
        <b>{entry.patientName}</b> {entry.visitTypeName}
        <EntryDetail entry={entry} timeZone={timeZone} />
      </span>
      <span className="wl-state">
        {entry.priority !== 'routine' && (
          <Tag tone={priorityTones[entry.priority]} title={entry.priorityReason}>
            {priorityWords[entry.priority].toLowerCase()}
          </Tag>
        )}
        <Tag tone={stateTones[entry.state]}>{stateWords[entry.state]}</Tag>
      </span>
      <span className="wl-do">{children}</span>
    </li>
  );
}

function EntryDetail({ entry, timeZone }: { entry: Entry; timeZone: string }) {
  const { setup } = useSetup();
  const today = localDate(Date.now(), timeZone);
  const names = {
    physicians: new Map(setup.physicians.map((one) => [one.resourceId, one.name])),
    sites: new Map(setup.sites.map((one) => [one.siteId, one.name])),
  };
  const live = entry.state === 'waiting' || entry.state === 'offered';
  const facts = [
    wishWords(entry, names),
    entry.visitStartsAt && live && `has ${formatDayTime(entry.visitStartsAt, timeZone, today)}`,
    entry.priorityReason,
    entry.note,
    entry.withdrawnReason,
    `since ${formatAgo(entry.addedAt, Date.now())}`,
    live && `until ${formatDay(entry.expiresOn, today)}`,
    entry.offers > 0 && `asked ${formatCount(entry.offers, 'time')}`,
  ];
  return <small>{facts.filter(Boolean).join(' · ')}</small>;
}
