import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import { useAddress } from '../../../platform/web/address.ts';
import { formatClock, formatDay, formatDuration } from '../../../ui/format.ts';
import type { GridColumn, GridSpan } from '../../../ui/time-grid/grid-types.ts';
import { TimeGrid } from '../../../ui/time-grid/time-grid.tsx';
import type { DayGroup, DayVisit } from '../day/schema.ts';
import { groupItems, sessionIdOf } from '../groups/web/group-items.ts';
import {
  type BoardColumn,
  type BoardFacts,
  boardBands,
  boardItems,
  boardSpan,
  movedTo,
  movedWords,
  placeAt,
  visitIdOf,
} from './board.ts';
import { BoardDialogs } from './board-dialogs.tsx';
import { MovingBar } from './moving-bar.tsx';
import { focusVisit, useBoard } from './use-board.ts';
import { useBoardKeys } from './use-board-keys.ts';
import { VisitPanel } from './visit-panel.tsx';

export type ScheduleBoardProps = {
  label: string;
  columns: readonly BoardColumn[];
  visits: readonly DayVisit[];
  facts: BoardFacts;
  /** Of the resources: physician, room, device. */
  kinds: ReadonlyMap<string, string>;
  /** Local minutes of now, on a day that shows it. */
  nowMinutes: number | null;
  /** The columns are days: a move names the day. */
  byDay?: boolean;
  /** Group sessions: one block each, instead of the visits of those who come. */
  groups?: readonly DayGroup[];
  /** What `n` does when no visit is meant. */
  onNextFree: () => void;
};

const none: readonly DayGroup[] = [];

/** The grid of a day or a week with all that is done in it; the pages around it say what to show. */
export function ScheduleBoard(props: ScheduleBoardProps) {
  const { columns, visits, facts, kinds, byDay } = props;
  const byKeyboard = useRef(false);
  const board = useBoard(visits, facts);
  const { go } = useAddress();
  const { actions, cut, opened } = board;
  useBoardKeys(board, props.onNextFree);

  const { groups = none } = props;
  const items = useMemo(() => {
    const inGroups = new Set(groups.map((one) => one.sessionId));
    const alone = visits.filter((visit) => !visit.sessionId || !inGroups.has(visit.sessionId));
    return [...boardItems(columns, alone, facts), ...groupItems(columns, groups, facts)];
  }, [columns, visits, groups, facts]);
  const span = useMemo(() => boardSpan(columns, items, facts.zone), [columns, items, facts.zone]);
  const bands = useMemo(() => boardBands(columns, items, facts, span), [columns, items, facts, span]);
  const heads = useMemo<GridColumn[]>(
    () => columns.map(({ id, title, subtitle, tone }) => ({ id, title, subtitle, tone })),
    [columns],
  );
  const find = (itemId: string, columnId?: string) => {
    const item = items.find((one) => one.id === itemId);
    const column = columns.find((one) => one.id === (columnId ?? item?.columnId));
    const visit = board.byId.get(visitIdOf(itemId));
    return item && column && visit ? { item, column, visit } : undefined;
  };
  const words = (column: BoardColumn, startMinutes: number) =>
    movedWords(column, startMinutes, byDay ? formatDay(column.date) : undefined);

  const describeMove = (id: string, to: GridSpan): string => {
    const found = find(id, to.columnId);
    if (!found) return '';
    const { item, column } = found;
    const stays = item.columnId === to.columnId && item.startMinutes === to.startMinutes;
    if (!stays) return words(column, to.startMinutes);
    return `Now ${formatDuration(to.endMinutes - to.startMinutes)}, until ${formatClock(to.endMinutes)}`;
  };
  const onMove = (id: string, to: { columnId: string; startMinutes: number }) => {
    const found = find(id, to.columnId);
    if (!found) return;
    const after = movedTo(found.visit, found.column, to.startMinutes, { ...facts, kinds });
    actions.place(found.visit, after, `${words(found.column, to.startMinutes)}.`);
  };
  const onResize = (id: string, { endMinutes }: { endMinutes: number }) => {
    const found = find(id);
    if (!found) return;
    const minutes = endMinutes - found.item.startMinutes;
    const endsMs = Date.parse(found.visit.startsAt) + minutes * 60_000;
    const after = { ...found.visit, endsAt: new Date(endsMs).toISOString() };
    actions.place(found.visit, after, `Now ${formatDuration(minutes)}.`);
  };
  const onSlot = (slot: { columnId: string; startMinutes: number; text: string }) => {
    const column = columns.find((one) => one.id === slot.columnId);
    if (!column) return;
    if (!cut) return board.startBooking(placeAt(column, slot.startMinutes, facts), slot.text);
    if (slot.text !== '') return;
    actions.place(
      cut,
      movedTo(cut, column, slot.startMinutes, { ...facts, kinds }),
      `${words(column, slot.startMinutes)}.`,
    );
    board.cutOut(undefined);
    focusVisit(cut.visitId);
  };
  const describeSlot = ({ columnId, startMinutes }: { columnId: string; startMinutes: number }) => {
    const title = columns.find((one) => one.id === columnId)?.title ?? '';
    const at = `${formatClock(startMinutes)}, ${title}`;
    return cut ? `${at}: put ${cut.patient} here` : `${at}, free. Type a name to book.`;
  };
  const open = (id: string) => {
    const sessionId = sessionIdOf(id);
    if (sessionId) go('/schedule/groups', { id: sessionId });
    else board.open(visitIdOf(id), byKeyboard.current);
  };
  const openedId = opened?.visit.visitId;
  useEffect(() => {
    // The panel takes room below: what was opened must stay in sight above it.
    if (openedId) document.querySelector(`[data-item="${openedId}"]`)?.scrollIntoView?.({ block: 'nearest' });
  }, [openedId]);
  const noteKey = useCallback((event: KeyboardEvent) => {
    if (event.key === 'Enter') byKeyboard.current = true;
  }, []);
  return (
    <>
      {cut && <MovingBar visit={cut} onStop={() => board.cutOut(undefined)} />}
      <div
        className={cut ? 'sc-grid moving' : 'sc-grid'}
        onKeyDownCapture={noteKey}
        onPointerDownCapture={() => {
          byKeyboard.current = false;
        }}
      >
        <TimeGrid
          label={props.label}
          columns={heads}
          items={items}
          bands={bands}
          {...span}
          stepMinutes={5}
          nowMinutes={props.nowMinutes}
          selectedId={opened?.visit.visitId ?? null}
          onOpen={open}
          onAction={(id) => board.run(visitIdOf(id), 'arrive')}
          {...{ onMove, onResize, onSlot, describeMove, describeSlot }}
        />
      </div>
      {opened && (
        <VisitPanel
          visit={opened.visit}
          facts={facts}
          takeFocus={opened.byKeyboard}
          onDo={(command) => board.run(opened.visit.visitId, command)}
          onClose={board.close}
        />
      )}
      <BoardDialogs board={board} facts={facts} />
    </>
  );
}
