import { useMemo, useState } from 'react';
import { useAddress } from '../../../../platform/web/address.ts';
import { usePerson } from '../../../../platform/web/person-in-view.tsx';
import { useMaySession } from '../../../../platform/web/session.tsx';
import { useSlots } from '../../../../platform/web/slots.tsx';
import { useRead } from '../../../../platform/web/use-office.ts';
import { useToast } from '../../../../ui/toast.tsx';
import type { Day, DayResource, DayVisit } from '../../day/schema.ts';
import { useDay, useShownVisits } from '../../web/use-day.ts';
import { useVisitActions } from '../../web/use-visit-actions.ts';
import { nextStep, type StepKey } from '../../web/visit-words.ts';
import { stepWrite } from '../../web/visit-writes.ts';
import { listFaces } from '../api.ts';
import { flowLanes } from '../rules.ts';
import { roomWrite } from './flow-writes.ts';

/** Whose card had the focus last: keys and rooms mean them, also while the card goes to another lane. */
let chosenId: string | undefined;

export function choose(visitId: string): void {
  chosenId = visitId;
}

export function isChosen(visitId: string): boolean {
  return chosenId === visitId;
}

const noVisits: readonly DayVisit[] = [];
const noResources: readonly DayResource[] = [];

/** Today's visits in their lanes, and who is in which room. */
export function useFlow() {
  const { search } = useAddress();
  const { read, asked, nowMs, own } = useDay(undefined);
  const { data } = read;
  const zone = zoneOf(data, search.site, own);
  const all = useShownVisits(data?.visits ?? noVisits, [asked], zone, false);
  const resources = data?.resources ?? noResources;
  const kinds = useMemo(() => new Map(resources.map((one) => [one.resourceId, one])), [resources]);
  const visits = useMemo(
    () =>
      all.filter(
        (one) =>
          (!search.site || one.siteId === search.site) &&
          (!search.physician || one.resourceIds[0] === search.physician),
      ),
    [all, search.site, search.physician],
  );
  const faces = useFaces(asked);
  const lanes = useMemo(() => flowLanes(visits), [visits]);
  const roomOf = (visit: DayVisit) => visit.resourceIds.find((id) => kinds.get(id)?.kind === 'room');
  const rooms = resources.filter(
    (one) => one.kind === 'room' && (!search.site || one.siteId === search.site),
  );
  const inside = new Map(
    all
      .filter((one) => one.state === 'in_room' || one.state === 'with_physician')
      .map((one) => [roomOf(one) ?? '', one]),
  );
  return {
    read,
    data,
    asked,
    nowMs,
    zone,
    lanes,
    visits,
    rooms,
    inside,
    roomOf,
    names: kinds,
    search,
    faces,
  };
}

const noFaces: ReadonlyMap<string, string> = new Map();

/** Who of the day has a picture, by person. */
function useFaces(date: string): ReadonlyMap<string, string> {
  const enabled = useMaySession()?.may('patients.open') ?? false;
  const { data } = useRead(
    listFaces,
    { query: { date } },
    { topics: ['visits', 'patients'], keys: [date], enabled },
  );
  return useMemo(
    () => (data ? new Map(data.faces.map((one) => [one.patientId, one.photoId])) : noFaces),
    [data],
  );
}

export type Flow = ReturnType<typeof useFlow>;

function zoneOf(day: Day | undefined, siteId: string | undefined, own: string): string {
  const site = day?.sites.find((one) => one.siteId === siteId) ?? day?.sites[0];
  return site?.timeZone ?? own;
}

/** What is done on the board: a step, another room; each with undo, and a word where the roles do not allow it. */
export function useFlowActs(flow: Flow) {
  const actions = useVisitActions();
  const person = usePerson();
  const toast = useToast();
  const session = useMaySession();
  const asksFollowUp = useSlots().followUp !== undefined;
  const [leaving, setLeaving] = useState<DayVisit>();
  const [rooming, setRooming] = useState<string>();
  const now = () => new Date(flow.nowMs).toISOString();
  const may = () => {
    const allowed = !session || session.may('visits.arrive');
    if (!allowed) toast.refused('Your roles do not include this. A manager can change that in Settings.');
    return allowed;
  };
  const checkOut = async (visit: DayVisit) => {
    if (asksFollowUp) setLeaving(visit);
    if (!(await actions.act(stepWrite(visit, 'check-out', now())))) setLeaving(undefined);
  };
  const step = (visit: DayVisit, key: StepKey | undefined) => {
    if (!key || !may()) return;
    if (key === 'check-out') void checkOut(visit);
    else void actions.act(stepWrite(visit, key, now()));
  };
  return {
    actions,
    show: (visit: DayVisit) => person.show(visit.patientId),
    step,
    next: (visit: DayVisit) => step(visit, nextStep(visit.state)),
    putInto: (visit: DayVisit, room: { resourceId: string; name: string }) => {
      setRooming(undefined);
      if (may()) void actions.act(roomWrite(visit, room, flow.roomOf(visit), now()));
    },
    /** Who was just checked out, to be asked when they shall come again. */
    leaving,
    left: () => setLeaving(undefined),
    rooming: flow.visits.find((one) => one.visitId === rooming),
    chooseRoom: (visit: DayVisit | undefined) => {
      if (!visit || (visit.state !== 'booked' && visit.state !== 'checked_out')) setRooming(visit?.visitId);
      else toast.refused('Check the patient in first, then choose the room.');
    },
  };
}

export type FlowActs = ReturnType<typeof useFlowActs>;
