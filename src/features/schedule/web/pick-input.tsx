import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useId, useState } from 'react';

export type Option = { id: string; label: string /** What one may type instead: `fu`. */; code?: string };

export type PickInputProps = {
  label: string;
  options: readonly Option[];
  value: string;
  onPick: (id: string) => void;
  autoFocus?: boolean;
  error?: string;
};

/**
 * Choose by typing the beginning of a word or a code. What is typed takes effect at once, so that Enter right after
 * it sends the form; arrows walk the list.
 */
export function PickInput({ label, options, value, onPick, autoFocus, error }: PickInputProps) {
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const chosen = options.find((option) => option.id === value);
  const found = typed ? options.filter((option) => matches(option, typed)) : options;
  const open = typed !== undefined;
  const close = () => setTyped(undefined);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) return setTyped('');
      const at = found.findIndex((option) => option.id === value);
      const to = found[Math.max(0, Math.min(found.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))];
      if (to) onPick(to.id);
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      close();
    } else if (event.key === 'Enter') close();
  };
  return (
    <div className="sc-pick">
      <TextInput
        label={label}
        error={error}
        role="combobox"
        autoComplete="off"
        aria-expanded={open}
        aria-controls={`${id}list`}
        aria-activedescendant={open && chosen ? `${id}${chosen.id}` : undefined}
        data-autofocus={autoFocus || undefined}
        value={typed || (chosen ? chosen.label : '')}
        placeholder="Type a few letters"
        onFocus={(event) => event.currentTarget.select()}
        onClick={() => setTyped('')}
        onBlur={close}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          const best = text.trim() === '' ? undefined : bestOf(options, text);
          if (best) onPick(best.id);
        }}
      />
      {open && (
        <div id={`${id}list`} role="listbox" aria-label={label} className="sc-list">
          {found.map((option) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's
            <div
              key={option.id}
              id={`${id}${option.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={option.id === value}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                onPick(option.id);
                close();
              }}
            >
              {option.label}
              {option.code && <small>{option.code}</small>}
            </div>
          ))}
          {found.length === 0 && <div className="ui-dim">Nothing begins like this.</div>}
        </div>
      )}
    </div>
  );
}

function matches({ label, code }: Option, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  const words = label.toLowerCase().split(/[\s.,-]+/);
  return (
    code?.startsWith(wanted) ||
    label.toLowerCase().startsWith(wanted) ||
    words.some((word) => word.startsWith(wanted))
  );
}

function bestOf(options: readonly Option[], typed: string): Option | undefined {
  const wanted = typed.trim().toLowerCase();
  return options.find((option) => option.code === wanted) ?? options.find((option) => matches(option, typed));
}
