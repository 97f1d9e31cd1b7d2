import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { refreshTopics } from '../../../platform/web/use-office.ts';
import { type Offer, useToast } from '../../../ui/toast.tsx';
import { underway } from '../../../ui/underway.ts';
import type { DayVisit } from '../day/schema.ts';
import { type NoticeFacts, useAskedOffer } from '../notice/web/use-asked-offer.ts';
import {
  asDayVisit,
  dropPending,
  noteVersion,
  pendingOf,
  settlePending,
  showPending,
  versionOf,
} from './pending-visits.ts';
import { type WayOn, wayOnOf, wordsOf } from './refusals.ts';
import { moveWrite, undoWrite, type VisitWrite } from './visit-writes.ts';

/** A refused write, with what would do it otherwise. */
export type Refused = WayOn & { write: VisitWrite };

export type VisitActions = {
  /** Do it: shown at once, sent, undone by a key; a refusal takes it back and says the way on. */
  act(write: VisitWrite): Promise<boolean>;
  /** Put it elsewhere, or make it longer. Several in a row are sent as one. */
  place(visit: DayVisit, after: DayVisit, said: string): void;
  /** Take back the last step of a visit. */
  undo(visit: DayVisit): void;
  /** Whether the last thing done was to say that the patient asked for a move. */
  saidAsked: { current: boolean };
  refused: Refused | undefined;
  letRefusedGo(): void;
};

type Waiting = {
  from: DayVisit;
  after: DayVisit;
  said: string;
  timer: ReturnType<typeof setTimeout>;
  sent: () => void;
};

// Long enough for a key held down to become one move, too short to notice.
const gatherMs = 250;

/** A move that still gathers keys is begun, for an undo that comes before it is sent. */
function beginWaiting(): () => void {
  let end = () => {};
  const sent = new Promise<void>((resolve) => {
    end = resolve;
  });
  void underway(sent);
  return end;
}

/** Writes of one visit go one after the other: each needs the version that the one before made. */
const lines = new Map<string, Promise<unknown>>();
let onTheWay = 0;

function inLine<T>(visitId: string, work: () => Promise<T>): Promise<T> {
  onTheWay += 1;
  const mine = (lines.get(visitId) ?? Promise.resolve()).then(work, work).finally(() => {
    onTheWay -= 1;
  });
  lines.set(visitId, mine);
  return mine;
}

/** Sends one write at a time: shown at once, taken back when it is refused, undone by a key. */
function useRun(
  offerFor: (write: VisitWrite) => Offer | undefined,
  onRefused: (refused: Refused) => void,
): (write: VisitWrite) => Promise<boolean> {
  const client = useQueryClient();
  const toast = useToast();
  const send = useCallback(
    async (write: VisitWrite): Promise<void> => {
      const { visitId } = write.visit;
      const answer = await inLine(visitId, () => write.send(versionOf(write.visit)));
      noteVersion(visitId, answer.visit.version);
      // A newer change of this desk stays on top until it has its own answer.
      if (pendingOf(visitId) === write.after) settlePending(asDayVisit(answer.visit, write.after));
      await refreshTopics(client, ['visits']);
    },
    [client],
  );

  return useCallback(
    async (write: VisitWrite): Promise<boolean> => {
      showPending(write.after);
      try {
        await send(write);
      } catch (error) {
        dropPending(write.visit.visitId);
        const way = wayOnOf(error);
        if (way) onRefused({ ...way, write });
        else toast.refused(wordsOf(error));
        void refreshTopics(client, ['visits']);
        return false;
      }
      const undo = async () => {
        const back = undoWrite(write.after, write.visit);
        showPending(back.after);
        await send(back).catch((error) => {
          dropPending(write.visit.visitId);
          throw error;
        });
      };
      const options = { undo, undoneMessage: `Undone: ${write.said}`, offer: offerFor(write) };
      toast.done(write.said, write.mayUndo === false ? {} : options);
      return true;
    },
    [client, send, toast, onRefused, offerFor],
  );
}

/** @param facts of a board on which visits move in time */
export function useVisitActions(facts?: NoticeFacts): VisitActions {
  const [refused, setRefused] = useState<Refused>();
  const waiting = useRef(new Map<string, Waiting>());
  const { offerFor, said } = useAskedOffer(facts);
  const run = useRun(offerFor, setRefused);

  const flush = useCallback(
    (visitId: string): void => {
      const one = waiting.current.get(visitId);
      if (!one) return;
      clearTimeout(one.timer);
      waiting.current.delete(visitId);
      void run(moveWrite(one.from, one.after, one.said));
      one.sent();
    },
    [run],
  );

  useEffect(() => {
    const all = waiting.current;
    const flushAll = () => [...all.keys()].forEach(flush);
    // A page that is left takes what was not sent yet with it: the browser asks first.
    const holdPage = (event: BeforeUnloadEvent) => {
      flushAll();
      if (onTheWay > 0) event.preventDefault();
    };
    window.addEventListener('pagehide', flushAll);
    window.addEventListener('beforeunload', holdPage);
    return () => {
      window.removeEventListener('beforeunload', holdPage);
      window.removeEventListener('pagehide', flushAll);
      flushAll();
    };
  }, [flush]);

  return useMemo(() => {
    const act = (write: VisitWrite) => {
      flush(write.visit.visitId);
      return run(write);
    };
    const place: VisitActions['place'] = (visit, after, said) => {
      const known = waiting.current.get(visit.visitId);
      if (known) clearTimeout(known.timer);
      showPending(after);
      const timer = setTimeout(flush, gatherMs, visit.visitId);
      const sent = known?.sent ?? beginWaiting();
      waiting.current.set(visit.visitId, { from: known?.from ?? visit, after, said, timer, sent });
    };
    const undo = (visit: DayVisit) => void act(undoWrite(visit));
    return { act, place, undo, saidAsked: said, refused, letRefusedGo: () => setRefused(undefined) };
  }, [flush, run, refused, said]);
}
