import type { AskedBy } from '../../visits/schema.ts';

const options: readonly [AskedBy, string][] = [
  ['patient', 'Patient asked'],
  ['practice', 'We asked'],
];

/** Who wants the visit moved: late counts only where the patient does. */
export function AskedByChips({ value, onPick }: { value: AskedBy; onPick: (value: AskedBy) => void }) {
  return (
    <fieldset className="sc-chips" aria-label="Who asked for the move">
      {options.map(([id, words]) => (
        <button
          key={id}
          type="button"
          className="ui-chip"
          aria-pressed={id === value}
          onClick={() => onPick(id)}
        >
          {words}
        </button>
      ))}
    </fieldset>
  );
}
