import { useRef } from 'react';
import { isDate } from '../../../platform/calendar/dates.ts';
import { Button } from '../../../ui/button.tsx';

type StepsProps = { onStep: (days: number) => void; onToday: () => void; isToday: boolean; days?: number };

/** ‹ Today › */
export function DaySteps({ onStep, onToday, isToday, days = 1 }: StepsProps) {
  const unit = days === 7 ? 'week' : 'day';
  return (
    <>
      <Button
        icon="chevron-left"
        aria-label={`The ${unit} before`}
        title={`The ${unit} before ([)`}
        onClick={() => onStep(-days)}
      />
      <Button aria-current={isToday ? 'date' : undefined} onClick={onToday} title="Today (T)">
        Today
      </Button>
      <Button
        icon="chevron-right"
        aria-label={`The ${unit} after`}
        title={`The ${unit} after (])`}
        onClick={() => onStep(days)}
      />
    </>
  );
}

/** Any day, by the browser's own calendar. */
export function DayPicker({ value, onPick }: { value: string; onPick: (date: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <span className="sc-daypick">
      <input
        ref={input}
        type="date"
        tabIndex={-1}
        aria-hidden="true"
        value={value}
        onChange={(event) => {
          if (isDate(event.currentTarget.value)) onPick(event.currentTarget.value);
        }}
      />
      <Button
        icon="calendar"
        aria-label="Choose a day"
        title="Choose a day"
        onClick={() => input.current?.showPicker()}
      />
    </span>
  );
}
