type ChipsProps<T extends string | number> = {
  label: string;
  /** What none chosen means. */
  none: string;
  options: readonly (readonly [T, string])[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
};

/** Several of a few, or any; each by Tab and Space. */
export function Chips<T extends string | number>({ label, none, options, chosen, onChange }: ChipsProps<T>) {
  const toggle = (id: T) =>
    onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <fieldset className="wl-chips" aria-label={label}>
      <legend className="ui-field-label">{label}</legend>
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
