import { useState } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { Button } from '../../../ui/button.tsx';
import { localDate } from '../../../ui/format.ts';
import { useKeys } from '../../../ui/keys.ts';
import type { When } from '../schema.ts';

type Asked = { when: When; minutes: number; date?: string | undefined; toDate?: string | undefined };
type WhenChoiceProps = { asked: Asked; onAsk: (search: Record<string, string | undefined>) => void };

const stretches: readonly { when: When; label: string }[] = [
  { when: 'now', label: 'Out from now' },
  { when: 'afternoon', label: 'This afternoon' },
  { when: 'today', label: 'The whole day' },
  { when: 'days', label: 'Several days' },
];
const delays = [15, 30, 40, 60, 90];

/** Out or late, and when: a digit each. */
export function WhenChoice({ asked, onAsk }: WhenChoiceProps) {
  const ask = (when: When, minutes?: number) =>
    onAsk({ when, date: asked.date, ...(minutes ? { minutes: String(minutes), date: undefined } : {}) });
  useKeys(
    Object.fromEntries([
      ...stretches.map(({ when, label }, at) => [
        String(at + 1),
        { label: label.toLowerCase(), run: () => ask(when) },
      ]),
      ...delays
        .slice(0, 5)
        .map((minutes, at) => [
          String(at + 5),
          { label: `late by ${minutes} minutes`, run: () => ask('late', minutes) },
        ]),
    ]),
  );
  return (
    <div className="rs-choices">
      <div>
        {stretches.map(({ when, label }, at) => (
          <Button
            key={when}
            aria-pressed={asked.when === when}
            title={String(at + 1)}
            onClick={() => ask(when)}
          >
            {label}
          </Button>
        ))}
      </div>
      <div>
        <span className="ui-dim">Late by</span>
        {delays.map((minutes, at) => (
          <Button
            key={minutes}
            aria-pressed={asked.when === 'late' && asked.minutes === minutes}
            title={String(at + 5)}
            onClick={() => ask('late', minutes)}
          >
            {minutes} min
          </Button>
        ))}
      </div>
      {(asked.when === 'days' || asked.when === 'today' || asked.when === 'afternoon') && (
        <Days asked={asked} onAsk={onAsk} />
      )}
    </div>
  );
}

function Days({ asked, onAsk }: WhenChoiceProps) {
  const { timeZone } = useSession();
  const today = localDate(Date.now(), timeZone);
  const [from, setFrom] = useState(asked.date ?? today);
  const [to, setTo] = useState(asked.toDate ?? asked.date ?? today);
  const several = asked.when === 'days';
  const ask = (first: string, last: string) => {
    if (first < today || (several && last < first)) return;
    onAsk({ when: asked.when, date: first, ...(several ? { to: last } : {}) });
  };
  return (
    <div className="rs-days">
      <label>
        {several ? 'From ' : 'On '}
        <input
          type="date"
          value={from}
          min={today}
          onChange={(event) => {
            const first = event.currentTarget.value;
            setFrom(first);
            if (first > to) setTo(first);
            ask(first, first > to ? first : to);
          }}
        />
      </label>
      {several && (
        <label>
          {'to '}
          <input
            type="date"
            value={to}
            min={from}
            onChange={(event) => {
              setTo(event.currentTarget.value);
              ask(from, event.currentTarget.value);
            }}
          />
        </label>
      )}
    </div>
  );
}
