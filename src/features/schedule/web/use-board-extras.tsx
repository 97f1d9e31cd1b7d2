import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { z } from 'zod';
import { minutesOf } from '../../../platform/calendar/zones.ts';
import { call } from '../../../platform/web/call.ts';
import { refreshTopics } from '../../../platform/web/use-office.ts';
import { formatDayTime, formatDuration, localDate, localMinutes } from '../../../ui/format.ts';
import type { GridPlace, GridSpan } from '../../../ui/time-grid/grid-types.ts';
import { useToast } from '../../../ui/toast.tsx';
import type { Block } from '../blocks/schema.ts';
import type { DayVisit } from '../day/schema.ts';
import { holdOpening, releaseHold } from '../holds/api.ts';
import { minutesLeft } from '../holds/rules.ts';
import type { Hold } from '../holds/schema.ts';
import type { bookVisit } from '../visits/api.ts';
import { BlockDialog, type BlockStart } from './block-dialog.tsx';
import type { BoardColumn, BoardFacts } from './board.ts';
import { blockAt, blockIdOf, blockItems, holdIdOf, holdItems, localTime } from './board-extras.ts';
import { takeClip, useClip } from './clipboard.ts';
import { placeAt } from './places.ts';
import { wordsOf } from './refusals.ts';
import { useBlockActs } from './use-block-acts.ts';
import { type Board, focusVisit } from './use-board.ts';
import { useBooking } from './use-booking.ts';
import { startingType, useSetup } from './use-setup.ts';
import { minutesOfVisit } from './visit-words.ts';
import { WayOnDialog } from './way-on-dialog.tsx';

export type ExtrasProps = {
  columns: readonly BoardColumn[];
  facts: BoardFacts;
  board: Board;
  holds: readonly Hold[];
  blocks: readonly Block[];
  /** Put the visit that was cut here. */
  putCut: (column: BoardColumn, startMinutes: number) => void;
};

const refused = 'Your roles do not include this. A manager can change that in Settings.';

/** Beside the visits: held openings, blocked time, and what is copied; with their keys. */
export function useBoardExtras(props: ExtrasProps) {
  const { columns, facts, board, holds, blocks } = props;
  const held = useHolding(facts, board);
  const blocking = useBlocking(props);
  const paste = usePaste(props, blocking);
  const items = useMemo(
    () => [...blockItems(columns, blocks, facts), ...holdItems(columns, holds, facts)],
    [columns, blocks, holds, facts],
  );
  const hold = (id: string) => holds.find((one) => one.holdId === holdIdOf(id));
  const columnOf = (id: string) => columns.find((one) => one.id === id);
  return {
    items,
    /** True when the item is none of the visits. */
    open: (id: string): boolean => {
      const [own, block] = [hold(id), blocking.find(id)];
      if (own) held.open(own);
      else if (block) blocking.open(block);
      return own !== undefined || block !== undefined;
    },
    move: (id: string, to: GridPlace): boolean => blocking.move(id, columnOf(to.columnId), to.startMinutes),
    resize: (id: string, endMinutes: number): boolean => blocking.resize(id, endMinutes),
    itemKey: (keys: string, id: string): boolean => {
      const own = hold(id);
      if (own && keys === 'delete') held.release(own);
      else if (own) return false;
      else return blocking.key(keys, id) || paste.copyKey(keys, id);
      return true;
    },
    slotKey: (keys: string, place: GridPlace): boolean => {
      const column = columnOf(place.columnId);
      if (!column) return false;
      if (keys === 'shift+enter') held.hold(column, place.startMinutes);
      else if (keys === '.') blocking.start({ ...place, endMinutes: place.startMinutes + 30 });
      else if (keys === 'mod+v') paste.at(column, place.startMinutes);
      else return false;
      return true;
    },
    span: (span: GridSpan) => blocking.start(span),
    dialogs: (
      <>
        {blocking.dialog}
        {paste.dialog}
      </>
    ),
  };
}

function useHolding(facts: BoardFacts, board: Board) {
  const client = useQueryClient();
  const toast = useToast();
  const { setup } = useSetup();
  const fresh = () => refreshTopics(client, ['holds']);
  const give = async (hold: Hold) => {
    await call(releaseHold, { params: { id: hold.holdId } });
    await fresh();
  };
  const take = async (column: BoardColumn, startMinutes: number) => {
    const place = placeAt(column, startMinutes, facts);
    if (!place.physicianId) return toast.refused('Hold a time in the column of a physician.');
    const { startsAt, siteId, physicianId, resourceIds } = place;
    const visitTypeId = startingType(setup, physicianId);
    try {
      const body = { visitTypeId, siteId, physicianId, resourceIds, startsAt };
      const { hold } = await call(holdOpening, { body });
      const minutes = formatDuration(minutesLeft(hold, facts.nowMs));
      toast.done(`Held ${formatDayTime(startsAt, facts.zone)} with ${column.name}, ${minutes}.`, {
        undo: () => give(hold),
      });
    } catch (error) {
      toast.refused(wordsOf(error));
    }
    await fresh();
  };
  return {
    hold: (column: BoardColumn, startMinutes: number) => void take(column, startMinutes),
    open: (hold: Hold) => {
      if (hold.accountId !== facts.accountId) {
        const left = formatDuration(minutesLeft(hold, facts.nowMs));
        return toast.refused(`${hold.byName || 'A colleague'} holds this time for a call, ${left} more.`);
      }
      const { startsAt, siteId, physicianId, visitTypeId } = hold;
      const [date, startMinutes] = [localDate(startsAt, facts.zone), localMinutes(startsAt, facts.zone)];
      const place = { startsAt, date, startMinutes, siteId, physicianId, resourceIds: [] };
      board.startBooking(place, '', { hold, visitTypeId });
    },
    release: (hold: Hold) => {
      if (hold.accountId !== facts.accountId) return toast.refused('Only who holds it gives it back.');
      void give(hold).catch((error) => toast.refused(wordsOf(error)));
    },
  };
}

function useBlocking({ columns, facts, blocks }: ExtrasProps) {
  const acts = useBlockActs();
  const toast = useToast();
  const [dialog, setDialog] = useState<BlockStart>();
  const find = (id: string) => blocks.find((one) => one.blockId === blockIdOf(id));
  const columnFor = (block: Block) =>
    columns.find((one) => one.resourceId === block.resourceId && one.date === block.onDate);
  const may = () => {
    if (!facts.mayBlock) toast.refused(refused);
    return facts.mayBlock;
  };
  const close = () => setDialog(undefined);
  const { block } = dialog ?? {};
  return {
    acts,
    find,
    may,
    open: (one: Block) => {
      if (may()) setDialog({ ...one, block: one });
    },
    start: ({ columnId, startMinutes, endMinutes }: GridSpan) => {
      const column = columns.find((one) => one.id === columnId);
      if (!column || !may()) return;
      const { resourceId, date: onDate } = column;
      const ends = localTime(Math.min(1440, endMinutes));
      setDialog({ resourceId, onDate, startsLocal: localTime(startMinutes), endsLocal: ends });
    },
    move: (id: string, column: BoardColumn | undefined, startMinutes: number): boolean => {
      const one = find(id);
      if (one && column) void acts.change(one, blockAt(one, column, startMinutes));
      return one !== undefined;
    },
    resize: (id: string, endMinutes: number): boolean => {
      const one = find(id);
      const column = one && columnFor(one);
      if (one && column) void acts.change(one, blockAt(one, column, minutesOf(one.startsLocal), endMinutes));
      return one !== undefined;
    },
    key: (keys: string, id: string): boolean => {
      const one = find(id);
      if (!one) return false;
      if (keys === 'delete') void (may() && acts.remove(one));
      else if (keys === 'mod+x' || keys === 'mod+c')
        takeClip({ kind: 'block', block: one, cut: keys === 'mod+x' });
      else return false;
      return true;
    },
    dialog: dialog && (
      <BlockDialog
        start={dialog}
        name={facts.names.get(dialog.resourceId) ?? ''}
        onClose={close}
        onSave={(wanted) => {
          close();
          void (block ? acts.change(block, wanted) : acts.add(wanted));
        }}
        {...(block
          ? {
              onRemove: () => {
                close();
                void acts.remove(block);
              },
            }
          : {})}
      />
    ),
  };
}

type ToBook = z.input<typeof bookVisit.body>;

/** Cut is moved, copied is booked or blocked again; what is in the way is said, with the next free times. */
function usePaste({ facts, board, putCut }: ExtrasProps, blocking: ReturnType<typeof useBlocking>) {
  const toast = useToast();
  const clip = useClip();
  const [asked, setAsked] = useState<ToBook>();
  const booking = useBooking((visit) => focusVisit(visit.visitId));
  const book = (body: ToBook) => {
    setAsked(body);
    booking.book(body);
  };
  const bookAgain = (visit: DayVisit, column: BoardColumn, startMinutes: number) => {
    const {
      startsAt,
      siteId,
      physicianId = visit.resourceIds[0] ?? '',
      resourceIds,
    } = placeAt(column, startMinutes, facts);
    const { patientId, visitTypeId, reason = '' } = visit;
    const what = { patientId, visitTypeId, reason, minutes: minutesOfVisit(visit) };
    book({ ...what, siteId, physicianId, resourceIds, startsAt });
  };
  return {
    copyKey: (keys: string, id: string): boolean => {
      const visit = board.byId.get(id.split('@')[0] ?? id);
      if (!visit || (keys !== 'mod+x' && keys !== 'mod+c')) return false;
      if (keys === 'mod+x') board.run(visit.visitId, 'move');
      else takeClip({ kind: 'visit', visit });
      return true;
    },
    at: (column: BoardColumn, startMinutes: number) => {
      if (board.cut) return putCut(column, startMinutes);
      if (clip?.kind === 'visit') return bookAgain(clip.visit, column, startMinutes);
      if (clip?.kind !== 'block')
        return toast.refused('Nothing is cut or copied. Ctrl X cuts, Ctrl C copies.');
      if (!blocking.may()) return;
      const wanted = blockAt(clip.block, column, startMinutes);
      if (!clip.cut) return void blocking.acts.add(wanted);
      takeClip(undefined);
      void blocking.acts.change(clip.block, wanted);
    },
    dialog: booking.way && asked && (
      <WayOnDialog
        way={booking.way}
        busy={booking.busy}
        onClose={booking.letWayGo}
        onOpening={({ startsAt, physicianId, siteId, resourceIds, minutes }) =>
          book({ ...asked, startsAt, physicianId, siteId, resourceIds, minutes })
        }
        onOverride={(overrideReason) => book({ ...asked, overrideReason })}
      />
    ),
  };
}
