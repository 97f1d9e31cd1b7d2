import { useEffect, useRef } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatDayTime, localDate } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { listOpenings } from '../api.ts';
import { openingLabel, openingWords } from '../offers/rules.ts';
import type { WaitlistOpening } from '../offers/schema.ts';
import { useListKeys } from './use-list-keys.ts';

const causeWords: Record<WaitlistOpening['cause'], string> = {
  cancelled: 'a visit was cancelled',
  moved: 'a visit was moved',
  'no-show': 'someone did not come',
  'by-hand': 'offered by hand',
};

/** What is offered now, then what was. */
export function OpeningsView({ onOpen }: { onOpen: (openingId: string) => void }) {
  const { data, error, refetch } = useRead(listOpenings, { query: { limit: 100 } }, { topics: ['waitlist'] });
  if (error && !data) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={8} label="Looking up the openings" />;
  if (data.openings.length === 0)
    return (
      <Empty
        icon="calendar"
        title="Nothing was offered yet"
        text="When a visit is cancelled or moved while someone waits, its time stands here, with everyone who was asked and why."
      />
    );
  return <OpeningList openings={data.openings} onOpen={onOpen} />;
}

type ListProps = { openings: readonly WaitlistOpening[]; onOpen: (openingId: string) => void };

function OpeningList({ openings, onOpen }: ListProps) {
  const { selected, select } = useListKeys(
    openings,
    (one) => one.openingId,
    (one) => onOpen(one.openingId),
    'see how it was chosen',
  );
  return (
    <ul className="wl-list" aria-label="Openings">
      {openings.map((opening) => (
        <OpeningLine
          key={opening.openingId}
          opening={opening}
          selected={opening.openingId === selected?.openingId}
          onSelect={() => select(opening)}
          onOpen={() => onOpen(opening.openingId)}
        />
      ))}
    </ul>
  );
}

type LineProps = { opening: WaitlistOpening; selected: boolean; onSelect: () => void; onOpen: () => void };

function OpeningLine({ opening, selected, onSelect, onOpen }: LineProps) {
  const { timeZone } = useSession();
  const today = localDate(Date.now(), timeZone);
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) place.current?.scrollIntoView?.({ block: 'nearest' });
  }, [selected]);
  const label = openingLabel(opening);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: arrows and Enter do the same for the whole list
    <li ref={place} className="wl-line" data-selected={selected || undefined} onClick={onSelect}>
      <span className="wl-no ui-num">{opening.wave > 1 ? `×${opening.wave}` : ''}</span>
      <span>
        <b>{label}</b> {opening.visitTypeName}
        <small>
          {causeWords[opening.cause]} · {formatDayTime(opening.openedAt, timeZone, today)}
          {opening.nextAt && ` · the next are asked ${formatDayTime(opening.nextAt, timeZone, today)}`}
        </small>
      </span>
      <span className="wl-state">
        <OpeningTag opening={opening} />
      </span>
      <span className="wl-do">
        <Button aria-label={`See how it was chosen: ${label}`} onClick={onOpen}>
          See
        </Button>
      </span>
    </li>
  );
}

export function OpeningTag({ opening }: { opening: WaitlistOpening }) {
  if (!opening.outcome)
    return <Tag tone="wait">{opening.wave === 0 ? 'waits for the morning' : 'being offered'}</Tag>;
  return <Tag tone={opening.outcome === 'filled' ? 'good' : 'calm'}>{openingWords[opening.outcome]}</Tag>;
}
