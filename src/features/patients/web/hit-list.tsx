import { formatDate, formatPhone } from '../../../ui/format.ts';
import { Tag } from '../../../ui/tag.tsx';
import type { PatientHit } from '../api.ts';

/** One person in a list: the name as it is filed, then what tells two of one name apart. */
export function HitFace({ hit }: { hit: PatientHit }) {
  const age = hit.age === null ? '' : `, ${hit.age}`;
  return (
    <>
      <span className="pt-hit-name">
        <b>{hit.fileName}</b>
        {hit.preferredName && <span className="ui-dim"> “{hit.preferredName}”</span>}
        {hit.pronouns && <span className="ui-dim"> {hit.pronouns}</span>}
      </span>
      <span className="pt-hit-born ui-num">
        {hit.bornOn ? `${formatDate(hit.bornOn)}${age}` : 'no birth date'}
      </span>
      <span className="pt-hit-mrn ui-num ui-dim">MRN {hit.mrn}</span>
      <span className="pt-hit-phone ui-num">{formatPhone(hit.phone)}</span>
      <span className="pt-hit-tags">
        {hit.deceased && <Tag sign="✝">deceased</Tag>}
        {hit.alertCount > 0 && (
          <Tag tone="wait">{hit.alertCount === 1 ? '1 alert' : `${hit.alertCount} alerts`}</Tag>
        )}
        {hit.matched.length > 0 && <span className="ui-dim">{hit.matched.join(', ')}</span>}
      </span>
    </>
  );
}

export type HitListProps = {
  id: string;
  hits: readonly PatientHit[];
  /** The one that Enter takes. */
  at: number;
  onPick: (hit: PatientHit) => void;
  onHover: (at: number) => void;
  /** A last choice below the people, e.g. to register a new one. */
  last?: { label: string; onPick: () => void };
};

export const optionId = (id: string, at: number) => `${id}-${at}`;

/** The options of a search field; focus stays in the field, which names the active one. */
export function HitList({ id, hits, at, onPick, onHover, last }: HitListProps) {
  const keepFocus = (event: { preventDefault(): void }) => event.preventDefault();
  return (
    <div className="pt-hits" id={id} role="listbox" aria-label="People">
      {hits.map((hit, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field's keys do it
        <div
          key={hit.patientId}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === at}
          className="pt-hit"
          onMouseDown={keepFocus}
          onMouseMove={() => onHover(index)}
          onClick={() => onPick(hit)}
        >
          <HitFace hit={hit} />
        </div>
      ))}
      {last && (
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field's keys do it
        <div
          id={optionId(id, hits.length)}
          role="option"
          aria-selected={at === hits.length}
          className="pt-hit pt-hit-last"
          onMouseDown={keepFocus}
          onMouseMove={() => onHover(hits.length)}
          onClick={last.onPick}
        >
          {last.label}
        </div>
      )}
    </div>
  );
}
