import { TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { useSpeak } from '../../../ui/live-region.tsx';
import { useEnterWhenFresh } from '../../../ui/typing.ts';
import type { PatientHit } from '../api.ts';
import { HitList, optionId } from './hit-list.tsx';
import { usePatientSearch } from './use-patient-search.ts';

export type PatientSearchProps = {
  label: string;
  onPick: (hit: PatientHit) => void;
  /** Offered below the people; also what Enter does when there are none. */
  last?: { label: (typed: string) => string; onPick: (typed: string) => void };
  initialText?: string;
  limit?: number;
  autoFocus?: boolean;
  error?: string;
  /** Whether those seen last stand below the empty field. */
  showRecent?: boolean;
  hint?: ReactNode;
};

/** Find a person by any scrap: results as one types, ↑ ↓ move, Enter takes, also before the answer is there. */
export function PatientSearch(props: PatientSearchProps) {
  const { label, onPick, last, initialText = '', limit, autoFocus, error, showRecent = true, hint } = props;
  const id = useId();
  const speak = useSpeak();
  const [text, setText] = useState(initialText);
  const [at, setAt] = useState(0);
  const search = usePatientSearch(text, limit);
  const hits = search.recent && !showRecent ? [] : search.hits;
  const offersLast = last !== undefined && text.trim() !== '' && search.fresh;
  const take = (index: number) => {
    const hit = hits[index];
    if (hit) onPick(hit);
    else if (offersLast) last.onPick(text.trim());
  };
  const { enter, forget } = useEnterWhenFresh(search, take);
  const count = hits.length;
  useEffect(() => {
    if (search.fresh && !search.recent) speak(count === 0 ? 'Nobody found' : `${count} found`);
  }, [search.fresh, search.recent, count, speak]);

  const onKeyDown = (event: KeyboardEvent) => {
    const most = count - 1 + (offersLast ? 1 : 0);
    if (event.key === 'ArrowDown') setAt(Math.min(most, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === 'Enter' && (text.trim() !== '' || count > 0)) {
      if (event.ctrlKey || event.metaKey) last?.onPick(text.trim());
      else enter(Math.min(at, Math.max(most, 0)));
    } else return;
    event.preventDefault();
  };
  const shown = count > 0 || offersLast;
  return (
    <div className="pt-search">
      <TextInput
        label={label}
        error={error ?? search.error}
        role="combobox"
        aria-expanded={shown}
        aria-controls={shown ? id : undefined}
        aria-activedescendant={shown ? optionId(id, at) : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        autoFocus={autoFocus}
        data-autofocus={autoFocus || undefined}
        placeholder="Name, birth date, phone or MRN"
        classNames={{ label: 'ui-field-label', input: 'ui-field-input', error: 'ui-field-error' }}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
          forget();
        }}
        onKeyDown={onKeyDown}
      />
      {hint}
      {search.fresh && !search.recent && !shown && (
        <p className="ui-dim">Nobody is found. Try fewer letters, a birth date or a phone number.</p>
      )}
      {search.recent && count > 0 && <h2 className="pt-hits-title">Seen last</h2>}
      {shown && (
        <HitList
          {...{ id, hits, at }}
          onPick={onPick}
          onHover={setAt}
          {...(offersLast
            ? { last: { label: last.label(text.trim()), onPick: () => last.onPick(text.trim()) } }
            : {})}
        />
      )}
    </div>
  );
}

/** The search as a field of a form: booking, the guarantor. */
export function PatientPicker(props: Omit<PatientSearchProps, 'last' | 'hint' | 'showRecent'>) {
  return <PatientSearch limit={6} showRecent={false} {...props} />;
}
