import { type KeyboardEvent, type ReactNode, type RefObject, useCallback, useRef, useState } from 'react';
import { Failure } from './failure.tsx';
import { Skeleton } from './skeleton.tsx';
import type { Tone } from './tag.tsx';

export type TableColumn<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** `end` for numbers and money. */
  align?: 'end';
  width?: number | string;
  /** Shown as the head of the card on a phone, without its label. */
  main?: boolean;
};

export type DataTableProps<Row> = {
  label: string;
  columns: readonly TableColumn<Row>[];
  /** undefined while loading. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  /** Enter, or a click on the row. */
  onOpen?: (row: Row) => void;
  selectedKey?: string | null;
  rowTone?: (row: Row) => Tone | undefined;
  /** Shown in place of the rows when there are none. */
  empty?: ReactNode;
  failure?: { message: string; next?: string; onRetry?: () => void } | null;
  /** Stacked cards below 800 px; on by default. */
  stack?: boolean;
};

/** Dense rows with a keyboard: ↑ ↓ Home End move, Enter opens. One stop for the Tab key. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, onOpen, selectedKey, rowTone, empty, failure, stack = true } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const [stop, setStop] = useState<string | null>(null);
  const keys = rows?.map(rowKey) ?? [];
  const stopKey = stop !== null && keys.includes(stop) ? stop : (selectedKey ?? keys[0]);
  const onKeyDown = useRowKeys(body);

  if (failure) return <Failure {...failure} />;
  if (!rows) return <Skeleton rows={8} />;
  if (rows.length === 0) return <>{empty}</>;
  return (
    <div className="ui-table-box">
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows take the focus, which makes it a grid */}
      <table className="ui-table" role="grid" aria-label={label} data-stack={stack ? undefined : 'no'}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={column.align} style={{ width: column.width }}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={onKeyDown}>
          {rows.map((row, index) => {
            const key = keys[index];
            return (
              <tr
                key={key}
                tabIndex={key === stopKey ? 0 : -1}
                aria-selected={selectedKey === undefined ? undefined : key === selectedKey}
                data-opens={onOpen ? '' : undefined}
                data-tone={rowTone?.(row)}
                onFocus={() => setStop(key ?? null)}
                onClick={(event) => opensBy(event.target) && onOpen?.(row)}
                onKeyDown={(event) => {
                  if (event.key === 'Enter' && event.target === event.currentTarget) onOpen?.(row);
                }}
              >
                {columns.map((column) => (
                  <td
                    key={column.id}
                    className={column.align}
                    data-label={column.header}
                    data-main={column.main ? '' : undefined}
                  >
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** A click on a button or link inside the row is theirs. */
function opensBy(target: EventTarget): boolean {
  return target instanceof Element && target.closest('button, a, input, select, label') === null;
}

function useRowKeys(body: RefObject<HTMLTableSectionElement | null>) {
  return useCallback(
    (event: KeyboardEvent) => {
      const all: HTMLElement[] = [...(body.current?.querySelectorAll('tr') ?? [])];
      const at = event.target instanceof HTMLElement ? all.indexOf(event.target) : -1;
      if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
      const next = to === undefined ? undefined : all[to];
      if (to === undefined) return;
      event.preventDefault();
      next?.focus();
    },
    [body],
  );
}
