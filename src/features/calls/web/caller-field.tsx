import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useId, useState } from 'react';
import { formatPhone } from '../../../ui/format.ts';
import { useEnterWhenFresh } from '../../../ui/typing.ts';
import { kindWords } from '../rules.ts';
import type { Caller } from '../schema.ts';
import { useCallers } from './use-taking.ts';

export type CallerFieldProps = {
  initialText: string;
  error?: string | undefined;
  /** What stands in the field: kept with the draft. */
  onType: (typed: string) => void;
  onPick: (caller: Caller) => void;
  /** Nobody here: kept as typed. */
  onStranger: (typed: string) => void;
};

/** Who calls: a number or any scrap; ↑ ↓ move, Enter takes, also before the answer is there. */
export function CallerField({ initialText, error, onType, onPick, onStranger }: CallerFieldProps) {
  const id = useId();
  const [text, setText] = useState(initialText);
  const [at, setAt] = useState(0);
  const search = useCallers(text);
  const typed = text.trim();
  const { callers } = search;
  const take = (index: number) => {
    const caller = callers[index];
    if (caller) onPick(caller);
    else if (typed !== '') onStranger(typed);
  };
  const { enter, forget } = useEnterWhenFresh(search, take);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(callers.length, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === 'Enter' && typed !== '') {
      if (event.ctrlKey || event.metaKey) onStranger(typed);
      else enter(at);
    } else return;
    event.preventDefault();
  };
  const shown = typed.length > 1 && search.fresh;
  return (
    <div className="cl-caller">
      <TextInput
        label="Who calls"
        error={error ?? search.error}
        role="combobox"
        aria-expanded={shown}
        aria-controls={shown ? id : undefined}
        aria-activedescendant={shown ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        placeholder="Number, name, birth date; Enter takes the first"
        classNames={{ label: 'ui-field-label', input: 'ui-field-input', error: 'ui-field-error' }}
        maxLength={120}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          onType(event.currentTarget.value);
          setAt(0);
          forget();
        }}
        onKeyDown={onKeyDown}
      />
      {shown && (
        <div role="listbox" id={id} aria-label="Who it may be" className="cl-callers">
          {callers.map((caller, index) => (
            <CallerOption
              key={`${caller.kind} ${caller.id}`}
              id={`${id}-${index}`}
              selected={index === at}
              lead={caller.name}
              text={[caller.detail, caller.phone && formatPhone(caller.phone)].filter(Boolean).join(' · ')}
              side={caller.kind === 'relation' ? 'Authorized' : kindWords[caller.callerKind]}
              onTake={() => onPick(caller)}
            />
          ))}
          <CallerOption
            id={`${id}-${callers.length}`}
            selected={at >= callers.length}
            lead={typed}
            text="nobody here: keep as typed"
            side="Stranger"
            onTake={() => onStranger(typed)}
          />
        </div>
      )}
    </div>
  );
}

type OptionProps = {
  id: string;
  selected: boolean;
  lead: string;
  text: string;
  side: string;
  onTake: () => void;
};

function CallerOption({ id, selected, lead, text, side, onTake }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the marked option
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the field does the same
    <div role="option" id={id} aria-selected={selected} className="cl-option" onClick={onTake}>
      <b>{lead}</b>
      <span className="ui-dim">{text}</span>
      <small className="ui-dim">{side}</small>
    </div>
  );
}
