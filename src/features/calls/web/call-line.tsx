import { useEffect, useRef } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { Button } from '../../../ui/button.tsx';
import { formatDayTime, formatPhone, formatTime, localDate } from '../../../ui/format.ts';
import { Tag } from '../../../ui/tag.tsx';
import { kindWords, stepWords } from '../rules.ts';
import type { Call, StepKind } from '../schema.ts';
import { reasonName } from '../settings/rules.ts';
import { useCallActions } from './use-call-actions.ts';
import { useTakingDesk } from './use-taking.ts';

type Props = { call: Call; selected: boolean; onSelect: () => void; onOpen: () => void };

/** One call of a list: when it is owed or was taken, who, what, whose. */
export function CallLine({ call, selected, onSelect, onOpen }: Props) {
  const { timeZone, may } = useSession();
  const { settings } = useTakingDesk();
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) place.current?.scrollIntoView?.({ block: 'nearest' });
  }, [selected]);
  const actions = useCallActions(call, () => undefined);
  const who = call.callerName || formatPhone(call.callbackPhone) || kindWords[call.callerKind];
  const whose = call.ownerName || (call.ownerRole ? `any ${call.ownerRole}` : 'anyone');
  const tried = stepWords[call.lastTried as StepKind];
  const details = [
    kindWords[call.callerKind],
    reasonName(call.reason, settings.reasons),
    call.patientName && call.patientName !== who && `about ${call.patientName}`,
    call.callbackPhone && formatPhone(call.callbackPhone),
    call.bestTime && `best time ${call.bestTime}`,
    tried && `last: ${tried}`,
  ];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: arrows and Enter do the same for the whole list
    <li ref={place} className="cl-line" data-selected={selected || undefined} onClick={onSelect}>
      <span className="cl-when ui-num">
        {call.doneAt || !call.promisedAt
          ? formatTime(call.at, timeZone)
          : dueWords(call.promisedAt, timeZone)}
      </span>
      <span className="cl-what">
        <b>{who}</b> {call.text}
        <small>{details.filter(Boolean).join(' · ')}</small>
      </span>
      <span className="cl-state">
        <StateTag call={call} whose={whose} />
      </span>
      <span className="cl-do">
        <Button aria-label={`Read the message of ${who}`} onClick={onOpen}>
          Read
        </Button>
        {!call.doneAt && may('calls.take') && (
          <Button
            look="quiet"
            icon="check"
            aria-label={`Done: ${who}`}
            title="Done (D)"
            onClick={() => void actions.done()}
          />
        )}
      </span>
    </li>
  );
}

function dueWords(promisedAt: string, timeZone: string): string {
  const today = localDate(Date.now(), timeZone);
  return localDate(promisedAt, timeZone) === today
    ? formatTime(promisedAt, timeZone)
    : formatDayTime(promisedAt, timeZone, today);
}

function StateTag({ call, whose }: { call: Call; whose: string }) {
  if (call.doneAt) return <Tag tone="good">{call.promisedAt ? `done, ${call.doneByName}` : 'on record'}</Tag>;
  if (call.urgent) return <Tag tone="wrong">urgent · {whose}</Tag>;
  const isLate = call.promisedAt !== null && Date.parse(call.promisedAt) <= Date.now();
  return isLate ? <Tag tone="wrong">late · {whose}</Tag> : <Tag tone="calm">{whose}</Tag>;
}
