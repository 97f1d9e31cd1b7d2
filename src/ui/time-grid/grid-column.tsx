import { type CSSProperties, memo, useMemo } from 'react';
import { formatClock } from '../format.ts';
import type { GridBand, GridItem } from './grid-types.ts';
import { type Lane, layoutLanes } from './layout.ts';

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
  /** Off screen at first: laid out in the frame after the first. */
  later: boolean;
};

// One text block per item, its lines broken by hand: a third of the boxes, which is most of the cost of a day.
const lineHeight = 16;
const narrowest = 14;
// Below this height a second line would be cut through, so all stands on one.
const twoLines = 2 * lineHeight + 4;

/** One column. Redrawn only when something of its own changed; all its events are caught at the grid's root. */
export const GridColumnView = memo(function GridColumnView(props: GridColumnProps) {
  const { columnId, title, items, bands, fromMinutes, pixelsPerMinute, later } = props;
  const lanes = useMemo(() => layoutLanes(items), [items]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a column
    <div className={later ? 'tg-col later' : 'tg-col'} role="group" aria-label={title} data-column={columnId}>
      {bands.map((band) => (
        <div
          key={`${band.kind}-${band.startMinutes}-${band.endMinutes}`}
          className={`tg-band ${band.kind}`}
          style={{
            top: (band.startMinutes - fromMinutes) * pixelsPerMinute,
            height: (band.endMinutes - band.startMinutes) * pixelsPerMinute,
            ...(band.color ? groundOf(band.color) : {}),
          }}
        >
          {band.label}
        </div>
      ))}
      {items.map((item, index) => drawItem(item, lanes[index] ?? { lane: 0, lanes: 1 }, props))}
    </div>
  );
});

function groundOf(color: string): CSSProperties {
  return { '--tg-ground': color } as CSSProperties;
}

// A plain function and not a component: 1,200 components fewer to mount.
function drawItem(item: GridItem, { lane, lanes }: Lane, props: GridColumnProps) {
  const { gridId, fromMinutes, pixelsPerMinute, tabId, selectedId } = props;
  const height = Math.max(narrowest, (item.endMinutes - item.startMinutes) * pixelsPerMinute - 2);
  const top = (item.startMinutes - fromMinutes) * pixelsPerMinute + 1;
  const marked = item.marks !== undefined && item.marks.length > 0;
  const signed = item.marks?.some((mark) => !mark.action) === true;
  // A low item keeps room for what may be pressed on it; on others that stands below the title.
  const acting = height < twoLines && item.marks?.some((mark) => mark.action && mark.tone) === true;
  return (
    <button
      key={item.id}
      id={`${gridId}${item.id}`}
      type="button"
      data-item={item.id}
      className={`${itemClass(item, height, signed)}${acting ? ' acting' : ''}`}
      aria-label={item.label}
      aria-current={item.id === selectedId || undefined}
      tabIndex={item.id === tabId ? 0 : -1}
      style={
        lanes === 1
          ? { top, height }
          : { top, height, left: `${(lane / lanes) * 100}%`, width: `${100 / lanes}%` }
      }
    >
      <span>
        {item.color && <i className="tg-color" style={{ background: item.color }} />}
        <b>{item.title}</b>
        {itemText(item, height)}
      </span>
      {marked && drawMarks(item)}
      {item.resizable && <i className="tg-resize" data-resize="" />}
    </button>
  );
}

/** The time and as many lines as fit whole. */
function itemText(item: GridItem, height: number): string {
  const time = ` ${formatClock(item.startMinutes).slice(0, -3)}`;
  if (item.lines.length === 0) return time;
  if (height < twoLines) return `${time} ${item.lines.join(' · ')}`;
  const fitting = Math.floor((height - 4) / lineHeight) - 1;
  return [time, ...item.lines.slice(0, fitting)].join('\n');
}

function drawMarks(item: GridItem) {
  return (
    <span className="tg-marks">
      {item.marks?.map((mark) => (
        <i
          key={mark.label}
          className={mark.action ? `act ${mark.tone ?? ''}` : mark.tone}
          title={mark.label}
          data-action={mark.action}
        >
          {mark.sign}
        </i>
      ))}
    </span>
  );
}

function itemClass(item: GridItem, height: number, marked: boolean): string {
  const low = height < twoLines ? (height < 19 ? ' low tiny' : ' low') : '';
  return `tg-item ${item.tone}${item.done ? ' done' : ''}${low}${marked ? ' marked' : ''}`;
}
