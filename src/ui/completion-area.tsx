import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { FieldProps } from './fields.tsx';

type Props = FieldProps & {
  /** What may follow the sign, as it is then written. */
  choices: readonly string[];
  sign?: string;
  rows?: number;
  maxLength?: number;
};

const shown = 6;

/** The word that is being typed after the sign, up to the caret; undefined where there is none. */
export function wordAt(
  text: string,
  caret: number,
  sign: string,
): { from: number; word: string } | undefined {
  const from = text.lastIndexOf(sign, caret - 1);
  if (from < 0 || (from > 0 && /[\p{L}\p{N}]/u.test(text[from - 1] ?? ''))) return undefined;
  const word = text.slice(from + sign.length, caret);
  return /^[\p{L}\p{N}.' -]{0,30}$/u.test(word) && !word.includes('  ') ? { from, word } : undefined;
}

/** Choices with a word that begins so; those that begin with it first. */
export function completions(word: string, choices: readonly string[]): string[] {
  const letters = word.toLowerCase();
  const first = choices.filter((one) => one.toLowerCase().startsWith(letters));
  const inner = choices.filter(
    (one) =>
      !first.includes(one) &&
      one
        .toLowerCase()
        .split(/[\s.]+/)
        .some((part) => part.startsWith(letters)),
  );
  return [...first, ...inner].slice(0, shown);
}

/** A text area that completes names after a sign: arrows choose, Enter or Tab takes, Escape leaves it as typed. */
export function CompletionArea({ form, path, label, hint, choices, sign = '@', rows = 3, ...rest }: Props) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [at, setAt] = useState(0);
  const [caret, setCaret] = useState(0);
  const [left, setLeft] = useState(-1);
  const value = form.get(path);
  const text = typeof value === 'string' ? value : '';
  const typed = wordAt(text, caret, sign);
  const found = typed && typed.from !== left ? completions(typed.word, choices) : [];
  // What stands there whole is no longer asked for.
  const offered = found.some((one) => one.toLowerCase() === typed?.word.trim().toLowerCase()) ? [] : found;
  const marked = Math.min(at, Math.max(0, offered.length - 1));
  const error = form.error(path);
  const take = (choice: string | undefined) => {
    if (!choice || !typed) return;
    const before = `${text.slice(0, typed.from)}${sign}${choice} `;
    form.set(path, before + text.slice(caret).trimStart());
    setCaret(before.length);
    requestAnimationFrame(() => field.current?.setSelectionRange(before.length, before.length));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (offered.length === 0 || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setAt((marked + step + offered.length) % offered.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(offered[marked]);
    else if (event.key === 'Escape') setLeft(typed?.from ?? -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="ui-completion">
      <label className="ui-field-label" htmlFor={id}>
        {label}
      </label>
      <textarea
        ref={field}
        id={id}
        className="ui-field-input"
        data-form={form.id}
        data-path={path}
        data-autofocus={rest.autoFocus || undefined}
        rows={rows}
        maxLength={rest.maxLength}
        placeholder={rest.placeholder}
        aria-required={rest.required || undefined}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? `${id}-hint` : undefined}
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={offered.length > 0 ? `${id}-${marked}` : undefined}
        value={text}
        onChange={(event) => {
          form.set(path, event.currentTarget.value);
          setCaret(event.currentTarget.selectionStart);
          setAt(0);
          setLeft(-1);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        onBlur={() => setLeft(typed?.from ?? -1)}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="Names"
        className="ui-completion-list"
        hidden={offered.length === 0}
      >
        {offered.map((one, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field's keys do it
          <div
            key={one}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === marked}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(one)}
          >
            {sign}
            {one}
          </div>
        ))}
      </div>
      {(error || hint) && (
        <div id={`${id}-hint`} className={error ? 'ui-field-error' : 'ui-field-hint'}>
          {error || hint}
        </div>
      )}
    </div>
  );
}
