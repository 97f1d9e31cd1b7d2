import { useQueryClient } from '@tanstack/react-query';
import type { ParsedLine } from '../../../features/schedule/line/rules.ts';
import type { Opening } from '../../../features/schedule/openings/schema.ts';
import type { SetupSummary } from '../../../features/schedule/setup/schema.ts';
import {
  arriveVisit,
  cancelVisit,
  listPatientVisits,
  undoVisit,
} from '../../../features/schedule/visits/api.ts';
import {
  cancelReasonLabels,
  chosenReasons,
  type PatientVisit,
  type Visit,
} from '../../../features/schedule/visits/schema.ts';
import { useBooking, visitWords } from '../../../features/schedule/web/use-booking.ts';
import { localDate } from '../../../platform/calendar/zones.ts';
import { call } from '../../../platform/web/call.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { refreshTopics, useRead } from '../../../platform/web/use-office.ts';
import { formatDuration, formatTime } from '../../../ui/format.ts';
import { useToast } from '../../../ui/toast.tsx';
import { wishOf } from './line-rules.ts';
import { type LineView, type LineWho, nothingYet } from './line-view.ts';
import { itemsOf, openingItems, useOpenings } from './use-openings.ts';

export type ModeInput = {
  active: boolean;
  parsed: ParsedLine;
  who: LineWho | undefined;
  setup: SetupSummary;
  /** Write words into the line, as if typed. */
  add: (words: string) => void;
  close: () => void;
};

/** Book: with a visit type the first openings, without one the visit types to choose from. */
export function useBookMode({ active, parsed, who, setup, add, close }: ModeInput): LineView {
  const booking = useBooking(close);
  const type = setup.visitTypes.find((one) => one.visitTypeId === parsed.visitTypeId);
  const wish =
    active && who && type ? wishOf(parsed, type.visitTypeId, { patientId: who.patientId }) : undefined;
  const openings = useOpenings(wish);
  if (!active) return nothingYet;
  if (!who)
    return { ...nothingYet, does: 'book', head: 'Whom? Type a scrap of the name, then what and when.' };
  if (!type) {
    const items = setup.visitTypes.map((one) => ({
      id: one.visitTypeId,
      lead: one.code,
      title: one.name,
      detail: formatDuration(one.minutes),
      run: () => add(one.code),
    }));
    return { items, fresh: true, does: 'choose', head: `What shall ${who.name} be booked for?` };
  }
  const pick = ({ startsAt, siteId, physicianId, resourceIds, minutes }: Opening) => {
    if (booking.busy) return;
    booking.book({
      patientId: who.patientId,
      visitTypeId: type.visitTypeId,
      ...{ siteId, physicianId, resourceIds, startsAt, minutes },
      ...(parsed.rest ? { reason: parsed.rest } : {}),
    });
  };
  const whatChip = `${type.name}, ${formatDuration(openings.found?.openings[0]?.minutes ?? type.minutes)}`;
  return { ...placed(booking, openings, pick), does: 'book the first', whatChip };
}

type Booking = ReturnType<typeof useBooking>;

/** Openings, or what a refusal offers instead. */
function placed(
  booking: Booking,
  openings: ReturnType<typeof useOpenings>,
  pick: (opening: Opening) => void,
): Omit<LineView, 'does'> {
  if (booking.way)
    return { items: itemsOf(booking.way.openings, pick), head: booking.way.message, fresh: true };
  const view = openingItems(openings, pick);
  return { ...view, fresh: openings.fresh, ...(booking.error ? { head: booking.error } : {}) };
}

function useVisits(patientId: string | undefined) {
  const input = { params: { id: patientId ?? '' } };
  return useRead(listPatientVisits, input, { topics: ['visits'], enabled: patientId !== undefined });
}

const noneAhead = (name: string) => `${name} has no visit ahead. Type “book” to make one.`;

/** Move the next visit to one of the first openings for it. */
export function useMoveMode({ active, parsed, who, close }: ModeInput): LineView {
  const booking = useBooking(close);
  const visits = useVisits(active ? who?.patientId : undefined);
  const next = visits.data?.next;
  const wish =
    active && who && next
      ? wishOf(parsed, parsed.visitTypeId ?? next.visitTypeId, {
          patientId: who.patientId,
          ignoreVisitId: next.visitId,
          physicianIds: parsed.physicianIds ?? [next.physicianId],
        })
      : undefined;
  const openings = useOpenings(wish);
  if (!active) return nothingYet;
  if (!who) return { ...nothingYet, does: 'move', head: 'Whose visit? Type a scrap of the name.' };
  if (!next)
    return {
      ...nothingYet,
      fresh: !visits.isPending,
      does: 'move',
      ...(visits.data ? { head: noneAhead(who.name) } : {}),
    };
  const pick = ({ startsAt, siteId, physicianId }: Opening) => {
    if (!booking.busy)
      booking.move(next.visitId, {
        version: next.version,
        startsAt,
        siteId,
        physicianId,
        askedBy: 'patient',
      });
  };
  const view = placed(booking, openings, pick);
  const head = view.head ?? `Now ${visitWords(next)}. Move it to:`;
  return {
    ...view,
    fresh: view.fresh && !visits.isPlaceholderData,
    head,
    does: 'move to the first',
    whatChip: next.visitTypeName,
  };
}

/** Send one step of a visit; what is done can be undone. */
function useVisitStep(close: () => void) {
  const client = useQueryClient();
  const toast = useToast();
  const person = usePerson();
  return async (patientId: string, send: () => Promise<{ visit: Visit }>, said: string) => {
    try {
      const { visit } = await send();
      person.show(patientId);
      const undo = async () => {
        await call(undoVisit, { params: { id: visit.visitId }, body: { version: visit.version } });
        await refreshTopics(client, ['visits']);
      };
      toast.done(said, { undo });
      close();
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This did not work. Please try again.');
    }
    await refreshTopics(client, ['visits']);
  };
}

/** Cancel the next visit: the choices are the reasons. */
export function useCancelMode({ active, parsed, who, close }: ModeInput): LineView {
  const step = useVisitStep(close);
  const visits = useVisits(active ? who?.patientId : undefined);
  const next = visits.data?.next;
  if (!active) return nothingYet;
  if (!who) return { ...nothingYet, does: 'cancel', head: 'Whose visit? Type a scrap of the name.' };
  if (!next)
    return {
      ...nothingYet,
      fresh: !visits.isPending,
      does: 'cancel',
      ...(visits.data ? { head: noneAhead(who.name) } : {}),
    };
  const items = chosenReasons.map((reason) => ({
    id: reason,
    lead: cancelReasonLabels[reason],
    title: '',
    run: () =>
      void step(
        who.patientId,
        () =>
          call(cancelVisit, {
            params: { id: next.visitId },
            body: { version: next.version, reason, text: parsed.rest },
          }),
        `Cancelled ${visitWords(next)}.`,
      ),
  }));
  const head = `Cancel ${visitWords(next)}, ${next.visitTypeName}. Why?`;
  return {
    items,
    head,
    fresh: !visits.isPlaceholderData,
    does: 'cancel for the marked reason',
    whatChip: next.visitTypeName,
  };
}

function isToday(visit: PatientVisit, now: number): boolean {
  const zone = visit.timeZone;
  return visit.state === 'booked' && localDate(Date.parse(visit.startsAt), zone) === localDate(now, zone);
}

/** Check in for a visit of today. */
export function useArriveMode({ active, who, close }: ModeInput): LineView {
  const step = useVisitStep(close);
  const visits = useVisits(active ? who?.patientId : undefined);
  if (!active) return nothingYet;
  if (!who) return { ...nothingYet, does: 'check in', head: 'Who is here? Type a scrap of the name.' };
  const today = (visits.data?.visits ?? [])
    .filter((visit) => isToday(visit, Date.now()))
    .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  const items = today.map((visit) => ({
    id: visit.visitId,
    lead: formatTime(visit.startsAt, visit.timeZone),
    title: `${visit.visitTypeName} · ${visit.physicianName} · ${visit.siteName}`,
    detail: visit.reason,
    run: () =>
      void step(
        who.patientId,
        () => call(arriveVisit, { params: { id: visit.visitId }, body: { version: visit.version } }),
        `Checked in: ${who.name}, ${visitWords(visit)}.`,
      ),
  }));
  const none = visits.data && items.length === 0;
  return {
    items,
    fresh: visits.data !== undefined && !visits.isPlaceholderData,
    does: 'check in',
    ...(none
      ? { head: `${who.name} has no visit today that waits for check-in. Type “book” and “today”.` }
      : {}),
  };
}
