import { useEffect, useRef } from 'react';
import { Button } from '../../../ui/button.tsx';
import { formatDayTime, formatPhone } from '../../../ui/format.ts';
import { Tag, type Tone } from '../../../ui/tag.tsx';
import type { Affected, Proposal, Reason } from '../schema.ts';
import type { useLineActs } from './use-plan.ts';

type PlanLineProps = {
  person: Affected;
  proposal: Proposal | undefined;
  selected: boolean;
  today: string;
  acts: ReturnType<typeof useLineActs>;
  onSelect: () => void;
};

const toneOf: Partial<Record<Reason['kind'], Tone>> = {
  here: 'wrong',
  urgent: 'wrong',
  surgery: 'wait',
  'moved-before': 'wait',
};

/** One person: when the visit was, why here in the list, and where it goes. */
export function PlanLine({ person, proposal, selected, today, acts, onSelect }: PlanLineProps) {
  const { visitId, timeZone, phone, startsAt, visitTypeName } = person;
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) place.current?.scrollIntoView?.({ block: 'nearest' });
  }, [selected]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the arrows choose the line; the click is the mouse's way
    <li
      ref={place}
      className="rs-line"
      data-selected={selected || undefined}
      aria-current={selected}
      onClick={onSelect}
    >
      <span className="ui-num">
        {formatDayTime(startsAt, timeZone, today)}
        <small>{visitTypeName}</small>
      </span>
      <span className="rs-who">
        <b>{person.patientName}</b>
        {phone && <small className="ui-num">{formatPhone(phone)}</small>}
        <span className="rs-why">
          {person.reasons.map((one) => (
            <Tag key={one.kind} {...(toneOf[one.kind] ? { tone: toneOf[one.kind] } : {})}>
              {one.text}
            </Tag>
          ))}
        </span>
      </span>
      <span className="rs-to">{proposal && <Becomes proposal={proposal} today={today} />}</span>
      <span className="rs-do">
        {person.state === 'booked' && (
          <>
            <Button look="quiet" title="Next opening (N)" onClick={() => void acts.next(visitId)}>
              Next
            </Button>
            <Button
              look="quiet"
              title="Other physician (P)"
              onClick={() => void acts.otherPhysician(visitId)}
            >
              Other
            </Button>
            <Button look="quiet" title="Leave for a call (C)" onClick={() => acts.call(visitId)}>
              Call
            </Button>
            <Button look="quiet" title="Cancel (X)" onClick={() => acts.cancel(visitId)}>
              Cancel
            </Button>
          </>
        )}
      </span>
    </li>
  );
}

const words = { move: '', call: 'Call', cancel: 'Cancel' } as const;

function Becomes({ proposal, today }: { proposal: Proposal; today: string }) {
  const { choice, startsAt, physicianName, siteName, resourceNames, text } = proposal;
  if (choice !== 'move' || !startsAt)
    return (
      <>
        <b data-choice={choice}>{words[choice]}</b>
        <small>{text}</small>
      </>
    );
  // The colleague stands beside the time already
  const change = text.replace(` · ${physicianName}`, '');
  return (
    <>
      <b className="ui-num">{formatDayTime(startsAt, proposal.timeZone, today)}</b> {physicianName}
      <small>{[change, siteName, ...resourceNames].filter(Boolean).join(' · ')}</small>
    </>
  );
}
