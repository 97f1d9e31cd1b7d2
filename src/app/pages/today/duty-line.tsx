import type { Ref } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Tag, toneSign } from '../../../ui/tag.tsx';
import type { TodayAction, TodayDuty } from './today-api.ts';
import { dueWords, toneOf } from './today-words.ts';

export type DutyLineProps = {
  duty: TodayDuty;
  now: Date;
  timeZone: string;
  selected: boolean;
  /** In the list of everyone's: whose it is. */
  showOwner: boolean;
  /** Why its writes are off for this person. */
  disabledReason?: string;
  buttonRef?: Ref<HTMLButtonElement>;
  onSelect: () => void;
  onRun: (action: TodayAction) => void;
  onMore: () => void;
};

/** One thing owed: by when, what, why now, and the button that settles it. */
export function DutyLine(props: DutyLineProps) {
  const { duty, now, timeZone, selected } = props;
  const due = dueWords(duty.dueAt, now, timeZone);
  const owner = duty.ownerName || (duty.ownerRole ? `any ${duty.ownerRole}` : '');
  const names = props.showOwner && owner && !duty.why && !duty.detail.includes(owner);
  const detail = names ? `${duty.detail} · ${owner}` : duty.detail;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: arrows and Enter do the same for the whole list
    <li className="td-duty" data-selected={selected || undefined} onClick={props.onSelect}>
      <span className={`td-due ${due.tone ?? ''}`}>{due.words}</span>
      <span className="td-what">
        <b>{duty.title}</b>
        <small>
          {duty.snoozedUntil ? `${duty.snoozeReason} · ${detail}` : detail}
          {duty.why && <span className="td-why"> · {duty.why}</span>}
        </small>
      </span>
      <span className="td-tag">
        <Tag tone={toneOf(duty)} sign={toneSign[toneOf(duty)]}>
          {duty.tag}
        </Tag>
      </span>
      <span className="td-do">
        <Button
          ref={props.buttonRef}
          look={selected ? 'go' : 'plain'}
          aria-label={`${duty.action.label}: ${duty.title}, ${due.words}`}
          disabledReason={duty.action.kind === 'call' && props.disabledReason}
          onClick={() => props.onRun(duty.action)}
          onFocus={props.onSelect}
        >
          {duty.action.label}
        </Button>
        <Button
          look="quiet"
          icon="more"
          aria-label={`More for: ${duty.title}`}
          title="More (M)"
          onClick={props.onMore}
        />
      </span>
    </li>
  );
}
