import { useEffect, useRef } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { Button } from '../../../ui/button.tsx';
import { formatDayTime, formatPhone } from '../../../ui/format.ts';
import { Tag, type Tone } from '../../../ui/tag.tsx';
import { answerText, becomesWords, spoken } from '../list/rules.ts';
import { isSettled } from '../rules.ts';
import type { RescueLine } from '../schema.ts';
import type { useTelling } from './use-telling.ts';

type CallListLineProps = {
  line: RescueLine;
  today: string;
  selected: boolean;
  telling: ReturnType<typeof useTelling>;
  onSelect: () => void;
  onAnother: () => void;
  onRebook: () => void;
};

function toneOf({ answer, overtaken, tries }: RescueLine): Tone {
  if (isSettled(answer) || overtaken) return 'good';
  if (answer === 'refused') return 'wrong';
  return tries > 0 ? 'wait' : 'calm';
}

/** One call: the number, what to say, and what came of it. */
export function CallListLine(props: CallListLineProps) {
  const { line, today, selected, onSelect } = props;
  const { timeZone } = useSession();
  const settled = isSettled(line.answer) || line.overtaken;
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) place.current?.scrollIntoView?.({ block: 'nearest' });
  }, [selected]);
  // Of a restricted record nothing is said but that there is someone
  const was = line.fromStartsAt ? formatDayTime(line.fromStartsAt, line.timeZone, today) : '';
  const [becomes, ...more] = line.choice ? becomesWords(line, Number(today.slice(0, 4))) : [];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the arrows choose the line; the click is the mouse's way
    <li
      ref={place}
      className="rs-line"
      data-selected={selected || undefined}
      data-settled={settled || undefined}
      aria-current={selected}
      onClick={onSelect}
    >
      <span className="ui-num">
        {was}
        <small>{line.visitTypeName}</small>
      </span>
      <span className="rs-who">
        <b>{line.patientName}</b>
        {line.phone && (
          <small className="ui-num">
            <a href={`tel:${line.phone}`}>{formatPhone(line.phone)}</a>
          </small>
        )}
        <small>
          {[line.language && `speaks ${spoken(line.language)}`, ...line.reasons].filter(Boolean).join(' · ')}
        </small>
      </span>
      <span className="rs-to">
        <b data-choice={line.choice}>{becomes}</b>
        {more.length > 0 && <small>{more.join(' ')}</small>}
        <small>
          <Tag tone={toneOf(line)}>{answerText(line)}</Tag>
          {line.lastToldAt && ` ${line.lastToldBy}, ${formatDayTime(line.lastToldAt, timeZone, today)}`}
          {line.note && ` · ${line.note}`}
          {line.answer === 'owed' && ` · for ${line.ownerName || `any ${line.ownerRole}`}`}
        </small>
      </span>
      <span className="rs-do">
        <LineButtons {...props} />
      </span>
    </li>
  );
}

function LineButtons({ line, telling, onAnother, onRebook }: CallListLineProps) {
  if (line.answer === 'undone') return null;
  if (line.answer === 'owed')
    return (
      <Button look="quiet" onClick={() => void telling.settle(line)}>
        Booked again
      </Button>
    );
  if (isSettled(line.answer) || line.overtaken) return null;
  return (
    <>
      <Button look="quiet" title="Agreed (A)" onClick={() => void telling.told(line, 'agreed')}>
        {line.choice === 'move' ? 'Agreed' : 'Knows'}
      </Button>
      <Button look="quiet" title="No answer (N)" onClick={() => void telling.told(line, 'no-answer')}>
        No answer
      </Button>
      <Button look="quiet" title="Another time (T)" onClick={onAnother}>
        Other time
      </Button>
      <Button look="quiet" title="Book again later (O)" onClick={onRebook}>
        Later
      </Button>
    </>
  );
}
