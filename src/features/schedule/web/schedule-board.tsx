import { type DragEvent, type KeyboardEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import { formatClock, formatDay, formatDuration } from '../../../ui/format.ts';
import type { GridColumn, GridSpan } from '../../../ui/time-grid/grid-types.ts';
import { TimeGrid } from '../../../ui/time-grid/time-grid.tsx';
import type { Block } from '../blocks/schema.ts';
import type { DayGroup, DayVisit } from '../day/schema.ts';
import { groupItems, sessionIdOf } from '../groups/web/group-items.ts';
import type { Hold } from '../holds/schema.ts';
import { Pinboard, pinMime, usePinActs, usePins } from '../pinboard/web/pinboard.tsx';
import { type BoardColumn, type BoardFacts, boardBands, boardItems, boardSpan, visitIdOf } from './board.ts';
import { BoardDialogs } from './board-dialogs.tsx';
import { ClipBar } from './clip-bar.tsx';
import { spokenCode } from './coded-bands.ts';
import { MovingBar } from './moving-bar.tsx';
import { asDayVisit } from './pending-visits.ts';
import { movedTo, movedWords, placeAt } from './places.ts';
import { focusVisit, useBoard, useWanted } from './use-board.ts';
import { useBoardExtras } from './use-board-extras.tsx';
import { useBoardKeys } from './use-board-keys.ts';
import { VisitPanel } from './visit-panel.tsx';

export type ScheduleBoardProps = {
  label: string;
  columns: readonly BoardColumn[];
  visits: readonly DayVisit[];
  facts: BoardFacts;
  /** Openings held for a call, and blocked time, of the days shown. */
  holds?: readonly Hold[];
  blocks?: readonly Block[];
  /** Pixels per hour. */
  hourHeight?: number;
  /** Of the resources: physician, room, device. */
  kinds: ReadonlyMap<string, string>;
  /** Local minutes of now, on a day that shows it. */
  nowMinutes: number | null;
  /** The columns are days: a move names the day. */
  byDay?: boolean;
  /** Group sessions: one block each, instead of the visits of those who come. */
  groups?: readonly DayGroup[];
  onGroup?: (sessionId: string) => void;
  /** The visit that the address names, to be opened; said back once it is. */
  wanted?: string | undefined;
  onWanted?: () => void;
  /** What `n` does when no visit is meant. */
  onNextFree: () => void;
};

const none: readonly DayGroup[] = [];

/** The grid of a day or a week with all that is done in it; the pages around it say what to show. */
export function ScheduleBoard(props: ScheduleBoardProps) {
  const { columns, visits, facts, kinds, byDay, holds = noHolds, blocks = noBlocks } = props;
  const byKeyboard = useRef(false);
  const board = useBoard(visits, facts);
  const { actions, cut, opened } = board;
  useBoardKeys(board, props.onNextFree);
  useWanted(board, props.wanted, props.onWanted);

  const put = (visit: DayVisit, column: BoardColumn, startMinutes: number) =>
    actions.place(
      visit,
      movedTo(visit, column, startMinutes, { ...facts, kinds }),
      `${words(column, startMinutes)}.`,
    );
  const putCut = (column: BoardColumn, startMinutes: number) => {
    if (!cut) return;
    put(cut, column, startMinutes);
    board.cutOut(undefined);
    focusVisit(cut.visitId);
  };
  const extras = useBoardExtras({ columns, facts, board, holds, blocks, putCut });
  const pins = usePins();
  const pinActs = usePinActs();
  const extraItems = extras.items;
  const { groups = none } = props;
  const items = useMemo(() => {
    const inGroups = new Set(groups.map((one) => one.sessionId));
    const alone = visits.filter((visit) => !visit.sessionId || !inGroups.has(visit.sessionId));
    return [...boardItems(columns, alone, facts), ...groupItems(columns, groups, facts), ...extraItems];
  }, [columns, visits, groups, facts, extraItems]);
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
    if (found) put(found.visit, found.column, to.startMinutes);
    else extras.move(id, to);
  };
  const onResize = (id: string, { endMinutes }: { endMinutes: number }) => {
    const found = find(id);
    if (!found) return void extras.resize(id, endMinutes);
    const minutes = endMinutes - found.item.startMinutes;
    const endsMs = Date.parse(found.visit.startsAt) + minutes * 60_000;
    const after = { ...found.visit, endsAt: new Date(endsMs).toISOString() };
    actions.place(found.visit, after, `Now ${formatDuration(minutes)}.`);
  };
  const onSlot = (slot: { columnId: string; startMinutes: number; text: string }) => {
    const column = columns.find((one) => one.id === slot.columnId);
    if (!column) return;
    if (!cut) return board.startBooking(placeAt(column, slot.startMinutes, facts), slot.text);
    if (slot.text === '') putCut(column, slot.startMinutes);
  };
  const dropPin = (event: DragEvent<HTMLElement>) => {
    const pin = pins.find((one) => one.visit.visitId === event.dataTransfer.getData(pinMime));
    const at = pin && droppedAt(event, span);
    const column = columns.find((one) => one.id === at?.columnId);
    if (!pin || !at || !column) return;
    event.preventDefault();
    put(asDayVisit(pin.visit), column, at.startMinutes);
  };
  const onDropOutside = (id: string, on: string) => {
    const visit = board.byId.get(visitIdOf(id));
    if (visit && on === 'pinboard') pinActs.pin(visit);
  };
  const describeSlot = ({ columnId, startMinutes }: { columnId: string; startMinutes: number }) => {
    const title = columns.find((one) => one.id === columnId)?.title ?? '';
    const column = columns.find((one) => one.id === columnId);
    const kept = column ? spokenCode(column, startMinutes, facts) : '';
    const at = [formatClock(startMinutes), title, kept].filter(Boolean).join(', ');
    return cut ? `${at}: put ${cut.patient} here` : `${at}, free. Type a name to book.`;
  };
  const open = (id: string) => {
    const sessionId = sessionIdOf(id);
    if (sessionId) props.onGroup?.(sessionId);
    else if (!extras.open(id)) board.open(visitIdOf(id), byKeyboard.current);
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
      <ClipBar />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: what is dragged here is put by keys in the grid */}
      <div
        className={cut ? 'sc-grid moving' : 'sc-grid'}
        onKeyDownCapture={noteKey}
        onPointerDownCapture={() => {
          byKeyboard.current = false;
        }}
        onDragOver={(event) => event.dataTransfer.types.includes(pinMime) && event.preventDefault()}
        onDrop={dropPin}
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
          hourHeight={props.hourHeight}
          onOpen={open}
          onItemKey={extras.itemKey}
          onSlotKey={extras.slotKey}
          onSpan={extras.span}
          onDropOutside={onDropOutside}
          onAction={(id) => board.run(visitIdOf(id), 'arrive')}
          {...{ onMove, onResize, onSlot, describeMove, describeSlot }}
        />
        <Pinboard pins={pins} />
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
      {extras.dialogs}
    </>
  );
}

const noHolds: readonly Hold[] = [];
const noBlocks: readonly Block[] = [];

/** Where on the grid a pin was let go, in steps of five minutes. */
function droppedAt(event: DragEvent<HTMLElement>, span: { fromMinutes: number; toMinutes: number }) {
  const column =
    event.target instanceof Element ? event.target.closest<HTMLElement>('.tg-col[data-column]') : null;
  const columnId = column?.dataset.column;
  if (!column || columnId === undefined) return undefined;
  const { top, height } = column.getBoundingClientRect();
  const at = span.fromMinutes + ((event.clientY - top) / height) * (span.toMinutes - span.fromMinutes);
  return { columnId, startMinutes: Math.floor(at / 15) * 15 };
}
