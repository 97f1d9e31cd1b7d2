import { useEffect, useMemo, useState } from 'react';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useMaySession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useToast } from '../../../ui/toast.tsx';
import type { DayVisit } from '../day/schema.ts';
import type { Hold } from '../holds/schema.ts';
import { usePinActs } from '../pinboard/web/pinboard.tsx';
import type { BoardFacts } from './board.ts';
import { dropClip } from './clipboard.ts';
import { cutVisit, useCutVisit } from './moving.ts';
import type { Place } from './places.ts';
import { useVisitActions, type VisitActions } from './use-visit-actions.ts';
import type { VisitCommand } from './visit-panel.tsx';
import { confirmWrite, leftWrite, noShowWrite, reinstateWrite, stepWrite } from './visit-writes.ts';

export type BoardDialog =
  | { kind: 'book'; place: Place; text: string; hold?: Hold; visitTypeId?: string }
  | { kind: 'cancel' | 'error' | 'find' | 'later' | 'follow-up'; visit: DayVisit };

/** What each thing needs; the server holds to it too. */
const permissions: Record<VisitCommand, string> = {
  arrive: 'visits.arrive',
  room: 'visits.arrive',
  'with-physician': 'visits.arrive',
  'check-out': 'visits.arrive',
  confirm: 'visits.confirm',
  move: 'visits.move',
  find: 'visits.move',
  pin: 'visits.move',
  cancel: 'visits.cancel',
  'no-show': 'visits.cancel',
  left: 'visits.cancel',
  later: 'visits.move',
  reinstate: 'visits.cancel',
  error: 'visits.correct',
  undo: 'visits.see',
};

/** Put the focus on a visit once the grid has drawn it, unless a hand was quicker than the time it was booked on. */
export function focusVisit(visitId: string, tries = 60): void {
  setTimeout(() => {
    const item = document.querySelector<HTMLElement>(`[data-item="${visitId}"]`);
    if (item) item.focus();
    else if (tries > 0 && document.activeElement?.matches('body, .tg-slot')) focusVisit(visitId, tries - 1);
  }, 40);
}

type PerformWith = {
  actions: VisitActions;
  facts: BoardFacts;
  setDialog: (dialog: BoardDialog | undefined) => void;
  closePanel: () => void;
};

/** One command on one visit, whoever gave it: key, card or panel. */
function usePerform({ actions, facts, setDialog, closePanel }: PerformWith) {
  const pins = usePinActs();
  const asksFollowUp = useSlots().followUp !== undefined;
  const checkOut = async (visit: DayVisit) => {
    if (asksFollowUp) setDialog({ kind: 'follow-up', visit });
    const done = await actions.act(stepWrite(visit, 'check-out', new Date(facts.nowMs).toISOString()));
    if (!done) setDialog(undefined);
  };
  const perform = (visit: DayVisit, command: VisitCommand) => {
    switch (command) {
      case 'arrive':
      case 'room':
      case 'with-physician':
        return void actions.act(stepWrite(visit, command, new Date(facts.nowMs).toISOString()));
      case 'check-out':
        return void checkOut(visit);
      case 'confirm':
        return void actions.act(confirmWrite(visit, !visit.confirmed));
      case 'no-show':
        return void actions.act(noShowWrite(visit));
      case 'left':
        return void actions.act(leftWrite(visit));
      case 'reinstate':
        return void actions.act(reinstateWrite(visit));
      case 'undo':
        return actions.undo(visit);
      case 'move':
        closePanel();
        focusVisit(visit.visitId);
        dropClip();
        return cutVisit(visit);
      case 'pin':
        return visit.pinnedBy ? pins.unpin(visit) : pins.pin(visit);
      case 'cancel':
      case 'error':
      case 'find':
      case 'later':
        return setDialog({ kind: command, visit });
    }
  };
  return perform;
}

/** What is open and what is done on a board of visits. */
export function useBoard(visits: readonly DayVisit[], facts: BoardFacts) {
  const person = usePerson();
  const session = useMaySession();
  const toast = useToast();
  const actions = useVisitActions(facts);
  const cut = useCutVisit();
  const [openAs, setOpenAs] = useState<{ visitId: string; byKeyboard: boolean }>();
  const [dialog, setDialog] = useState<BoardDialog>();
  const byId = useMemo(() => new Map(visits.map((visit) => [visit.visitId, visit])), [visits]);
  const openVisit = openAs && byId.get(openAs.visitId);

  const may = (permission: string) => !session || session.may(permission);
  const perform = usePerform({ actions, facts, setDialog, closePanel: () => setOpenAs(undefined) });

  const open = (visitId: string, byKeyboard: boolean) => {
    const visit = byId.get(visitId);
    if (!visit) return;
    person.show(visit.patientId);
    setOpenAs({ visitId, byKeyboard });
  };
  const close = () => {
    if (openAs) focusVisit(openAs.visitId);
    setOpenAs(undefined);
  };
  const run = (visitId: string, command: VisitCommand) => {
    const visit = byId.get(visitId);
    if (!visit) return;
    if (!may(permissions[command]))
      return toast.refused('Your roles do not include this. A manager can change that in Settings.');
    person.show(visit.patientId);
    perform(visit, command);
  };
  return {
    actions,
    byId,
    cut,
    cutOut: cutVisit,
    opened: openVisit && { visit: openVisit, byKeyboard: openAs.byKeyboard },
    open,
    close,
    run,
    dialog,
    closeDialog: () => setDialog(undefined),
    startBooking: (place: Place, text: string, held: { hold?: Hold; visitTypeId?: string } = {}) => {
      if (may('visits.book')) setDialog({ kind: 'book', place, text, ...held });
      else toast.refused('Your roles do not include booking. A manager can change that in Settings.');
    },
  };
}

export type Board = ReturnType<typeof useBoard>;

/** A link named a visit: it is opened once its day is here, and then only again when it is asked for again. */
export function useWanted(
  board: Board,
  wanted: string | undefined,
  onOpened: (() => void) | undefined,
): void {
  const isHere = wanted !== undefined && board.byId.has(wanted);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once it is here; the board is another at every draw
  useEffect(() => {
    if (!isHere) return;
    board.open(wanted, true);
    onOpened?.();
  }, [isHere, wanted]);
}
