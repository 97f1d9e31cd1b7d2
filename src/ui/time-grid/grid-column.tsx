import { memo, useMemo } from 'react';
import { formatClock } from '../format.ts';
import type { GridBand, GridItem } from './grid-types.ts';
import { layoutLanes } from './layout.ts';

export type GridColumnProps = {
  gridId: string;
  columnId: string;
  title: string;
  items: readonly GridItem[];
  bands: readonly GridBand[];
  fromMinutes: number;
  pixelsPerMinute: number;
  /** The one item of this column that Tab reaches, if it is here. */
  tabId: string | null;
  selectedId: string | null;
};

// Below this height the second line would be cut through, so all stands on one.
const twoLines = 37;

/** One column. Redrawn only when something of its own changed; all its events are caught at the grid's root. */
export const GridColumnView = memo(function GridColumnView(props: GridColumnProps) {
  const { columnId, title, items, bands, fromMinutes, pixelsPerMinute } = props;
  const lanes = useMemo(() => layoutLanes(items), [items]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a column
    <div className="tg-col" role="group" aria-label={title} data-column={columnId}>
      {bands.map((band) => (
        <div
          key={`${band.kind}-${band.startMinutes}-${band.endMinutes}`}
          className={`tg-band ${band.kind}`}
          style={{
            top: (band.startMinutes - fromMinutes) * pixelsPerMinute,
            height: (band.endMinutes - band.startMinutes) * pixelsPerMinute,
          }}
        >
          {band.label}
        </div>
      ))}
      {items.map((item, index) => drawItem(item, lanes[index] ?? { lane: 0, lanes: 1 }, props))}
    </div>
  );
});

// A plain function and not a component: 1,200 components fewer to mount.
function drawItem(item: GridItem, { lane, lanes }: { lane: number; lanes: number }, props: GridColumnProps) {
  const { gridId, fromMinutes, pixelsPerMinute, tabId, selectedId } = props;
  const height = Math.max(14, (item.endMinutes - item.startMinutes) * pixelsPerMinute - 2);
  const low = height < twoLines;
  const time = formatClock(item.startMinutes).slice(0, -3);
  return (
    <button
      key={item.id}
      id={`${gridId}${item.id}`}
      type="button"
      data-item={item.id}
      className={itemClass(item, low, height)}
      aria-label={item.label}
      aria-current={item.id === selectedId || undefined}
      tabIndex={item.id === tabId ? 0 : -1}
      style={{
        top: (item.startMinutes - fromMinutes) * pixelsPerMinute + 1,
        height,
        left: `calc(${(lane / lanes) * 100}% + 3px)`,
        width: `calc(${100 / lanes}% - 6px)`,
      }}
    >
      <span className="tg-head-line">
        {item.color && <i className="tg-color" style={{ background: item.color }} />}
        <b>{item.title}</b> {time}
        {low && item.lines.length > 0 && ` ${item.lines.join(' · ')}`}
      </span>
      {!low && item.lines.map((line) => <span key={line}>{line}</span>)}
      {item.marks && item.marks.length > 0 && drawMarks(item)}
      {item.resizable && <i className="tg-resize" data-resize="" />}
    </button>
  );
}

function drawMarks(item: GridItem) {
  return (
    <span className="tg-marks">
      {item.marks?.map((mark) => (
        <i key={mark.label} className={mark.tone} title={mark.label}>
          {mark.sign}
        </i>
      ))}
    </span>
  );
}

function itemClass(item: GridItem, low: boolean, height: number): string {
  return `tg-item ${item.tone}${item.done ? ' done' : ''}${low ? ' low' : ''}${height < 19 ? ' tiny' : ''}${
    item.draggable ? ' movable' : ''
  }`;
}
