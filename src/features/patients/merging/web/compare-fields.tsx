import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useSession } from '../../../../platform/web/session.tsx';
import { Button } from '../../../../ui/button.tsx';
import { formatDate, localDate } from '../../../../ui/format.ts';
import { Tag } from '../../../../ui/tag.tsx';
import type { PatientRecord } from '../../api.ts';
import { fileName } from '../../rules.ts';
import { type ChosenField, isAlike, unitedFields } from '../rules.ts';
import { fieldLabels, valueText } from './merge-words.ts';
import type { Comparison } from './use-comparison.ts';

type Sides = { one: PatientRecord; other: PatientRecord; comparison: Comparison };

/** Both records: who they are, what differs with a choice each, what both keep, and what is the same, folded. */
export function CompareFields({ one, other, comparison }: Sides) {
  const table = useRef<HTMLDivElement>(null);
  const { fields, same } = comparison;
  useEffect(() => {
    table.current?.querySelector<HTMLInputElement>('input:checked')?.focus();
  }, []);
  const united = unitedFields.filter((field) => !isAlike(one[field], other[field]));
  const alike = unitedFields.filter((field) => isAlike(one[field], other[field]));
  const known = [...same, ...alike].filter((field) => valueText(field, one));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows of the radio buttons inside
    <div className="mg-compare" ref={table} onKeyDown={onArrows}>
      <div className="mg-row mg-heads">
        <span className="mg-label" />
        <RecordHead record={one} comparison={comparison} />
        <RecordHead record={other} comparison={comparison} />
      </div>
      {fields.length === 0 && <p className="mg-all-same">Every field says the same on both records.</p>}
      {fields.map((field) => (
        <ChoiceRow key={field} {...{ field, one, other, comparison }} />
      ))}
      {united.length > 0 && <h2>Kept from both</h2>}
      {united.map((field) => (
        <PlainRow key={field} {...{ field, one, other }} />
      ))}
      <details className="mg-same">
        <summary>{known.length === 1 ? '1 field is' : `${known.length} fields are`} the same on both</summary>
        <dl>
          {known.map((field) => (
            <div key={field}>
              <dt>{fieldLabels[field]}</dt>
              <dd>{valueText(field, one)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}

/** ← → choose a side, ↑ ↓ go to the choice of the field above or below. */
function onArrows(event: KeyboardEvent<HTMLDivElement>): void {
  const { target, key, currentTarget } = event;
  if (!(target instanceof HTMLInputElement) || target.type !== 'radio' || !key.startsWith('Arrow')) return;
  event.preventDefault();
  const rows = [...currentTarget.querySelectorAll<HTMLElement>('[role=radiogroup]')];
  const row = rows.findIndex((one) => one.contains(target));
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const radios = rows[row]?.querySelectorAll<HTMLInputElement>('input');
    const radio = radios?.[key === 'ArrowLeft' ? 0 : 1];
    radio?.focus();
    radio?.click();
  } else {
    const next = rows[key === 'ArrowDown' ? row + 1 : row - 1];
    next?.querySelector<HTMLInputElement>('input:checked')?.focus();
  }
}

function RecordHead({ record, comparison }: { record: PatientRecord; comparison: Comparison }) {
  const { timeZone } = useSession();
  const stays = comparison.survivor === record;
  const day = (instant: string) => formatDate(localDate(instant, timeZone));
  return (
    <div className="mg-head" data-stays={stays || undefined}>
      <b>{fileName(record)}</b>
      <span className="ui-num">MRN {record.mrn}</span>
      <span className="ui-dim ui-num">
        registered {day(record.createdAt)}, changed {day(record.updatedAt)}
      </span>
      {stays ? (
        <Tag tone="good">this record stays</Tag>
      ) : (
        <Button look="quiet" aria-keyshortcuts="S" onClick={comparison.swap}>
          Keep this one instead
        </Button>
      )}
    </div>
  );
}

type RowProps = { one: PatientRecord; other: PatientRecord };

function ChoiceRow({
  field,
  one,
  other,
  comparison,
}: RowProps & { field: ChosenField; comparison: Comparison }) {
  const label = fieldLabels[field];
  return (
    <div className="mg-row" role="radiogroup" aria-label={label}>
      <span className="mg-label">{label}</span>
      {[one, other].map((record) => (
        <label key={record.patientId} className="mg-side">
          <input
            type="radio"
            name={`merge-${field}`}
            checked={comparison.choiceOf(field) === record.patientId}
            onChange={() => comparison.choose(field, record.patientId)}
          />
          <span className="ui-num">
            {valueText(field, record) || <i className="ui-dim">nothing</i>}
            <span className="ui-unseen">, from MRN {record.mrn}</span>
          </span>
        </label>
      ))}
    </div>
  );
}

function PlainRow({ field, one, other }: RowProps & { field: (typeof unitedFields)[number] }) {
  return (
    <div className="mg-row">
      <span className="mg-label">{fieldLabels[field]}</span>
      {[one, other].map((record) => (
        <span key={record.patientId} className="mg-side mg-plain">
          {valueText(field, record) || <span className="ui-dim">none</span>}
        </span>
      ))}
    </div>
  );
}
