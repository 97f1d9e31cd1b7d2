import type { CSSProperties } from 'react';
import { formatClock } from '../format.ts';
import type { Ghost } from './grid-drag.ts';
import type { GridColumn, TimeGridProps } from './grid-types.ts';
import type { GridCursor } from './navigation.ts';

export function GridHead({ columns }: { columns: readonly GridColumn[] }) {
  return (
    <div className="tg-heads">
      <div className="tg-corner" />
      {columns.map((column) => (
        <div key={column.id} className="tg-colhead">
          {column.title}
          {column.subtitle && <small className={column.tone}>{column.subtitle}</small>}
        </div>
      ))}
    </div>
  );
}

type HoursProps = {
  fromMinutes: number;
  toMinutes: number;
  pixelsPerMinute: number;
  nowMinutes: number | null;
};

export function GridHours({ fromMinutes, toMinutes, pixelsPerMinute, nowMinutes }: HoursProps) {
  const first = Math.ceil((fromMinutes + 1) / 60);
  const hours = Array.from(
    { length: Math.max(0, Math.ceil(toMinutes / 60) - first) },
    (_, index) => first + index,
  );
  const showsNow = nowMinutes !== null && nowMinutes >= fromMinutes && nowMinutes <= toMinutes;
  return (
    <div className="tg-hours" aria-hidden="true">
      {hours.map((hour) => (
        <span key={hour} style={{ top: (hour * 60 - fromMinutes) * pixelsPerMinute }}>
          {formatClock(hour * 60).replace(':00', '')}
        </span>
      ))}
      {showsNow && (
        <b style={{ top: (nowMinutes - fromMinutes) * pixelsPerMinute }}>
          {formatClock(nowMinutes).slice(0, -3)}
        </b>
      )}
    </div>
  );
}

type OverlayProps = {
  props: TimeGridProps;
  gridId: string;
  cursor: GridCursor | null;
  ghost: Ghost | null;
  pixelsPerMinute: number;
  slotMinutes: number;
};

/** What floats over the columns: now, the cursor for free time, the ghost of a drag. */
export function GridOverlay({ props, gridId, cursor, ghost, pixelsPerMinute, slotMinutes }: OverlayProps) {
  const { columns, fromMinutes, toMinutes, nowMinutes } = props;
  const place = (columnId: string, startMinutes: number, minutes: number): CSSProperties => ({
    top: (startMinutes - fromMinutes) * pixelsPerMinute,
    height: minutes * pixelsPerMinute,
    left: `${(columns.findIndex((column) => column.id === columnId) / columns.length) * 100}%`,
    width: `${100 / columns.length}%`,
  });
  const slot = cursor?.kind === 'slot' ? cursor : null;
  const title = columns.find((column) => column.id === slot?.columnId)?.title ?? '';
  const showsNow = typeof nowMinutes === 'number' && nowMinutes >= fromMinutes && nowMinutes <= toMinutes;
  return (
    <>
      {showsNow && <div className="tg-now" style={{ top: (nowMinutes - fromMinutes) * pixelsPerMinute }} />}
      {slot && (
        <button
          key={`${slot.columnId} ${slot.startMinutes}`}
          id={`${gridId}:slot`}
          type="button"
          className="tg-slot"
          data-column={slot.columnId}
          aria-label={props.describeSlot?.(slot) ?? `${formatClock(slot.startMinutes)}, ${title}, free`}
          style={place(slot.columnId, slot.startMinutes, slotMinutes)}
        >
          {formatClock(slot.startMinutes)}
        </button>
      )}
      {ghost && (
        <div
          className="tg-ghost"
          style={place(ghost.columnId, ghost.startMinutes, ghost.endMinutes - ghost.startMinutes)}
        >
          <b>
            {formatClock(ghost.startMinutes).slice(0, -3)}–{formatClock(ghost.endMinutes)}
          </b>{' '}
          {ghost.title}
        </div>
      )}
    </>
  );
}
