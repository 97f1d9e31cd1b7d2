import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../../../platform/web/call.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { refreshTopics, useWrite } from '../../../platform/web/use-office.ts';
import { formatDayTime } from '../../../ui/format.ts';
import { useToast } from '../../../ui/toast.tsx';
import { bookVisit, cancelVisit, moveVisit, undoVisit } from '../visits/api.ts';
import type { Visit } from '../visits/schema.ts';
import { noteVersion, versionOf } from './pending-visits.ts';
import { type WayOn, wayOnOf, wordsOf } from './refusals.ts';
import { rememberType } from './use-setup.ts';

type ToBook = z.input<typeof bookVisit.body>;
type ToMove = z.input<typeof moveVisit.body>;
/** Another way to book than the plain one: a follow-up takes the visit in the same write. */
export type BookBy = (body: ToBook) => Promise<{ visit: Visit }>;

/** `Tue Mar 3, 10:30 am with Dr. Lee` */
export function visitWords(visit: Pick<Visit, 'startsAt' | 'timeZone' | 'physicianName'>): string {
  return `${formatDayTime(visit.startsAt, visit.timeZone)} with ${visit.physicianName}`;
}

/** Book, or move by choosing a time: refusals come back with their way on, what is done can be undone. */
export function useBooking(onDone: (visit: Visit) => void, bookBy?: BookBy) {
  const client = useQueryClient();
  const person = usePerson();
  const toast = useToast();
  const [booking, moving] = [useWrite(bookVisit), useWrite(moveVisit)];
  const [way, setWay] = useState<WayOn>();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  const done = (visit: Visit, said: string, booked: boolean) => {
    noteVersion(visit.visitId, visit.version);
    person.show(visit.patientId);
    const undo = async () => {
      const version = versionOf(visit);
      const params = { id: visit.visitId };
      // A booking is no step that could be undone: it is cancelled
      const cancel = { version, reason: 'other', text: 'Taken back at once' } as const;
      const answer = booked
        ? await call(cancelVisit, { params, body: cancel })
        : await call(undoVisit, { params, body: { version } });
      noteVersion(visit.visitId, answer.visit.version);
      await refreshTopics(client, ['visits']);
    };
    toast.done(said, { undo });
    setWay(undefined);
    void refreshTopics(client, ['visits']);
    onDone(visit);
  };
  const failed = (problem: unknown) => {
    const on = wayOnOf(problem);
    setWay(on);
    setError(on ? undefined : wordsOf(problem));
  };
  const run = async (send: () => Promise<{ visit: Visit }>, then: (visit: Visit) => void) => {
    setBusy(true);
    try {
      then((await send()).visit);
    } catch (problem) {
      failed(problem);
    } finally {
      setBusy(false);
    }
  };
  return {
    book: (body: ToBook) =>
      void run(
        () => (bookBy ? bookBy(body) : booking.mutateAsync({ body })),
        (visit) => {
          rememberType(body.visitTypeId);
          done(visit, `Booked ${visitWords(visit)}.`, true);
        },
      ),
    move: (visitId: string, body: ToMove) =>
      void run(
        () => moving.mutateAsync({ params: { id: visitId }, body }),
        (visit) => done(visit, `Moved to ${visitWords(visit)}.`, false),
      ),
    busy,
    way,
    error,
    letWayGo: () => setWay(undefined),
  };
}
