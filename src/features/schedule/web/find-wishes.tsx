import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { weekdayName } from '../../../platform/calendar/dates.ts';
import { formatDay } from '../../../ui/format.ts';
import { parseDate } from '../../../ui/parse.ts';
import { does } from './board.ts';
import { PickInput } from './pick-input.tsx';
import { useSetup } from './use-setup.ts';

/** What a time must be like. */
export type Wishes = {
  visitTypeId: string;
  /** None: any. */
  physicianIds: string[];
  siteId: string;
  /** 1 Monday to 7 Sunday; none: all. */
  weekdays: number[];
  part: 'any' | 'morning' | 'afternoon' | 'late';
  from: string;
  aroundDate: string;
};

type WishesProps = {
  wishes: Wishes;
  onChange: (wishes: Wishes) => void;
  today: string;
  fixedType: boolean;
};

const parts: readonly [Wishes['part'], string][] = [
  ['any', 'Any time'],
  ['morning', 'Morning'],
  ['afternoon', 'Afternoon'],
  ['late', 'After 4 pm'],
];

export function FindWishes({ wishes, onChange, today, fixedType }: WishesProps) {
  const { setup, types } = useSetup();
  const set = (change: Partial<Wishes>) => onChange({ ...wishes, ...change });
  const type = setup.visitTypes.find((one) => one.visitTypeId === wishes.visitTypeId);
  const physicians = setup.physicians.filter((one) => !type || does(type, one.resourceId));
  return (
    <div className="sc-wishes">
      {!fixedType && (
        <PickInput
          label="Visit type"
          options={types}
          value={wishes.visitTypeId}
          onPick={(visitTypeId) => set({ visitTypeId })}
        />
      )}
      <Chips
        label="With"
        none="Anyone"
        options={physicians.map((one) => [one.resourceId, one.name] as const)}
        chosen={wishes.physicianIds}
        onChange={(physicianIds) => set({ physicianIds })}
      />
      {setup.sites.length > 1 && (
        <Chips
          label="At"
          none="Any site"
          single
          options={setup.sites.map((one) => [one.siteId, one.name] as const)}
          chosen={wishes.siteId ? [wishes.siteId] : []}
          onChange={([siteId = '']) => set({ siteId })}
        />
      )}
      <Chips
        label="On"
        none="Any day"
        options={[1, 2, 3, 4, 5, 6].map((day) => [day, weekdayName(day).slice(0, 3)] as const)}
        chosen={wishes.weekdays}
        onChange={(weekdays) => set({ weekdays })}
      />
      <fieldset className="sc-chips" aria-label="Part of the day">
        {parts.map(([part, label]) => (
          <button
            key={part}
            type="button"
            className="ui-chip"
            aria-pressed={wishes.part === part}
            onClick={() => set({ part })}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <div className="sc-when two">
        <DayInput
          label="From"
          today={today}
          value={wishes.from}
          onChange={(from) => set({ from, aroundDate: '' })}
        />
        <DayInput
          label="Around"
          today={today}
          value={wishes.aroundDate}
          onChange={(aroundDate) => set({ aroundDate, from: '' })}
        />
      </div>
    </div>
  );
}

type ChipsProps<T extends string | number> = {
  label: string;
  none: string;
  options: readonly (readonly [T, string])[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
  single?: boolean;
};

function Chips<T extends string | number>(props: ChipsProps<T>) {
  const { label, none, options, chosen, onChange, single } = props;
  const toggle = (id: T) => {
    if (chosen.includes(id)) return onChange(chosen.filter((one) => one !== id));
    onChange(single ? [id] : [...chosen, id]);
  };
  return (
    <fieldset className="sc-chips" aria-label={label}>
      <button
        type="button"
        className="ui-chip"
        aria-pressed={chosen.length === 0}
        onClick={() => onChange([])}
      >
        {none}
      </button>
      {options.map(([id, words]) => (
        <button
          key={id}
          type="button"
          className="ui-chip"
          aria-pressed={chosen.includes(id)}
          onClick={() => toggle(id)}
        >
          {words}
        </button>
      ))}
    </fieldset>
  );
}

type DayInputProps = {
  label: string;
  today: string;
  value: string;
  onChange: (date: string) => void;
  focusFirst?: boolean;
};

/** A day, typed loosely: `3/14`, `+3m`; empty means no wish. */
export function DayInput({ label, today, value, onChange, focusFirst }: DayInputProps) {
  const [typed, setTyped] = useState<string>();
  return (
    <TextInput
      label={label}
      data-autofocus={focusFirst || undefined}
      placeholder={label === 'From' ? 'today' : '+3m, 3/14 …'}
      value={typed ?? (value ? formatDay(value, today) : '')}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => setTyped(undefined)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const date = text.trim() === '' ? '' : parseDate(text, { today });
        if (date !== null) onChange(date);
      }}
    />
  );
}
