import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useRead } from '../../../platform/web/use-office.ts';
import { formatDate, formatPhone } from '../../../ui/format.ts';
import { type PatientHit, searchPatients } from '../../patients/api.ts';

export type PersonPickerProps = {
  label: string;
  /** Already typed elsewhere. */
  initialText?: string;
  onPick: (hit: PatientHit) => void;
  autoFocus?: boolean;
  error?: string;
};

/** Find a person by any scrap; Enter takes the best hit, also when it is still on its way. */
export function PersonPicker({ label, initialText = '', onPick, autoFocus, error }: PersonPickerProps) {
  const id = useId();
  const [text, setText] = useState(initialText);
  const [at, setAt] = useState(0);
  const asked = useQuiet(text.trim(), 90);
  const ready = asked.length > 0;
  const answer = useRead(
    searchPatients,
    { body: { text: asked, limit: 7 } },
    { topics: ['patients'], enabled: ready },
  );
  const fresh = ready && asked === text.trim() && !answer.isPlaceholderData && answer.data !== undefined;
  const hits = ready ? (answer.data?.hits ?? []) : [];
  const entered = useRef(false);
  const first = fresh ? hits[0] : undefined;
  useEffect(() => {
    if (!fresh || !entered.current) return;
    entered.current = false;
    if (first) onPick(first);
  }, [fresh, first, onPick]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(hits.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === 'Enter' && text.trim() !== '') {
      const hit = fresh ? hits[at] : undefined;
      if (hit) onPick(hit);
      else entered.current = !fresh;
    } else return;
    event.preventDefault();
  };
  return (
    <div className="sc-pick">
      <TextInput
        label={label}
        error={error}
        role="combobox"
        autoComplete="off"
        aria-expanded={hits.length > 0}
        aria-controls={`${id}hits`}
        aria-activedescendant={hits[at] ? `${id}${hits[at].patientId}` : undefined}
        data-autofocus={autoFocus || undefined}
        placeholder="Name, birth date, phone or MRN"
        value={text}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
      />
      {text.trim() !== '' && (
        <div id={`${id}hits`} role="listbox" aria-label="People found" className="sc-list still">
          {hits.map((hit, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's
            <div
              key={hit.patientId}
              id={`${id}${hit.patientId}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onPick(hit)}
            >
              <b>{hit.fileName}</b>
              <small>{hitWords(hit)}</small>
            </div>
          ))}
          {fresh && hits.length === 0 && (
            <div className="ui-dim">Nobody found. Try fewer letters, a birth date or a phone number.</div>
          )}
          {answer.error && <div className="sc-wrong">{answer.error.message}</div>}
        </div>
      )}
    </div>
  );
}

function hitWords(hit: PatientHit): string {
  const born = hit.bornOn ? formatDate(hit.bornOn) : 'birth date unknown';
  return [born, hit.phone && formatPhone(hit.phone), `MRN ${hit.mrn}`, hit.deceased && 'has died']
    .filter(Boolean)
    .join(' · ');
}

/** The value once it has been still for a moment: typing does not ask at every letter. */
function useQuiet(value: string, milliseconds: number): string {
  const [quiet, setQuiet] = useState(value);
  useEffect(() => {
    const timer = setTimeout(setQuiet, milliseconds, value);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return quiet;
}
