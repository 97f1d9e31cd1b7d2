import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { formatCount } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import type { Day } from '../day/schema.ts';
import { countWords, type ViewId, views } from './day-columns.ts';

type ToolbarProps = {
  day: Day;
  view: ViewId;
  siteId: string | undefined;
  showsCancelled: boolean;
  onView: (view: ViewId) => void;
  onSite: (siteId: string | undefined) => void;
  onCancelled: () => void;
  onWeek: () => void;
  onGroups: () => void;
  /** Whose columns, and saved views. */
  choice: ReactNode;
};

/** What is looked at: view, site, what was cancelled; and what the day has to say. */
export function DayToolbar(props: ToolbarProps) {
  const { day, view, siteId, showsCancelled, onView, onSite, onCancelled, onWeek, onGroups } = props;
  const { counts } = day;
  const kinds = new Set<string>(day.resources.map((one) => one.kind));
  const shown = views.filter((one) => one.id === 'all' || one.kinds.some((kind) => kinds.has(kind)));
  return (
    <div className="sc-bar">
      {shown.length > 2 && (
        <fieldset className="sc-views" aria-label="View">
          {shown.map((one) => (
            <button
              key={one.id}
              type="button"
              aria-pressed={one.id === view}
              title={`${one.label} (${views.indexOf(one) + 1})`}
              onClick={() => onView(one.id)}
            >
              {one.label}
            </button>
          ))}
        </fieldset>
      )}
      {day.sites.length > 1 && (
        <select
          className="sc-select"
          aria-label="Site"
          value={siteId ?? ''}
          onChange={(event) => onSite(event.currentTarget.value || undefined)}
        >
          <option value="">All sites</option>
          {day.sites.map((site) => (
            <option key={site.siteId} value={site.siteId}>
              {site.name}
            </option>
          ))}
        </select>
      )}
      {props.choice}
      <Button look="quiet" onClick={onWeek} title="Week of one physician (W)">
        Week
      </Button>
      <Button look="quiet" onClick={onGroups}>
        Groups
      </Button>
      <span className="ui-gap" />
      <DayNotes notes={day.notes} />
      {countWords(counts).map((words) => (
        <span key={words} className="ui-dim">
          {words}
        </span>
      ))}
      {counts.unconfirmed > 0 && <span className="ui-dim">? {counts.unconfirmed} unconfirmed</span>}
      {counts.noShows > 0 && <span className="ui-dim">⊘ {formatCount(counts.noShows, 'no-show')}</span>}
      {(counts.cancelled > 0 || showsCancelled) && (
        <button type="button" className="sc-link" aria-pressed={showsCancelled} onClick={onCancelled}>
          {showsCancelled ? 'Hide cancelled' : `${counts.cancelled} cancelled`}
        </button>
      )}
    </div>
  );
}

/** One note stands as it is; several fold into one line that opens. */
function DayNotes({ notes }: { notes: readonly string[] }) {
  const [first] = notes;
  if (!first) return null;
  if (notes.length === 1)
    return (
      <span className="sc-daynote" title={first}>
        <Icon name="info" size={14} /> {first}
      </span>
    );
  return (
    <details className="sc-daynotes">
      <summary className="sc-daynote">
        <Icon name="info" size={14} /> {notes.length} notes on this day
      </summary>
      <ul>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </details>
  );
}

export type ColumnChoice = { id: string; title: string; subtitle: string };

type PickerProps = {
  columns: readonly ColumnChoice[];
  chosen: ColumnChoice | undefined;
  onChoose: (columnId: string) => void;
};

/** On a phone one column at a time: which one. */
export function ColumnPicker({ columns, chosen, onChoose }: PickerProps) {
  const at = columns.findIndex((column) => column.id === chosen?.id);
  const beside = (by: number) => columns[(at + by + columns.length) % columns.length];
  const step = (by: number) => {
    const to = beside(by);
    if (to) onChoose(to.id);
  };
  if (columns.length < 2) return null;
  return (
    <div className="sc-columns">
      <Button icon="chevron-left" aria-label="The column before" onClick={() => step(-1)} />
      <select
        className="sc-select"
        aria-label="Column"
        value={chosen?.id}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {columns.map((column) => (
          <option key={column.id} value={column.id}>
            {column.title}
          </option>
        ))}
      </select>
      <Button icon="chevron-right" aria-label="The next column" onClick={() => step(1)} />
    </div>
  );
}
