import './flow.css';
import { useState } from 'react';
import { useAddress } from '../../../../platform/web/address.ts';
import { useSlots } from '../../../../platform/web/slots.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { formatDay } from '../../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../../ui/frame.tsx';
import { useKeys } from '../../../../ui/keys.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import type { DayVisit } from '../../day/schema.ts';
import { AfterCheckOut } from '../../web/after-check-out.tsx';
import type { StepKey } from '../../web/visit-words.ts';
import { WayOnDialog } from '../../web/way-on-dialog.tsx';
import { FlowLanes } from './flow-lanes.tsx';
import { FlowRooms, RoomDialog } from './flow-rooms.tsx';
import { FlowTimes } from './flow-times.tsx';
import { FlowWall } from './flow-wall.tsx';
import { type Flow, type FlowActs, isChosen, useFlow, useFlowActs } from './use-flow.ts';

/** Who waits where, for how long. The address holds site and physician, and whether it hangs on the wall. */
export function FlowPage() {
  const { search } = useAddress();
  return search.wall === 'on' ? <FlowWall /> : <FlowDesk />;
}

function FlowDesk() {
  const flow = useFlow();
  const acts = useFlowActs(flow);
  const slots = useSlots();
  const { go } = useAddress();
  const [showsTimes, setShowsTimes] = useState(false);
  const { data } = flow;
  const { error } = flow.read;
  const openWall = () => go('/flow', { ...flow.search, wall: 'on' });
  const toggleTimes = () => setShowsTimes(!showsTimes);
  useFlowKeys(flow, acts, { openWall, toggleTimes });
  return (
    <>
      <PageHeader
        tabTitle="Flow"
        title="Flow"
        small={formatDay(flow.asked)}
        line={slots.line}
        actions={
          <>
            <FlowFilters flow={flow} />
            <Button
              icon="chart"
              aria-pressed={showsTimes}
              title="Medians by physician (T)"
              onClick={toggleTimes}
            >
              Times
            </Button>
            <Button icon="screen" title="Initials only, for a screen on the wall (V)" onClick={openWall}>
              Wall
            </Button>
          </>
        }
      />
      <PageBody>
        {error && (
          <Failure
            message={error.message}
            next={data ? 'What you see is the last that was heard.' : undefined}
            onRetry={() => void flow.read.refetch()}
          />
        )}
        {!data && !error && <Skeleton rows={10} label="Reading who is here" />}
        {data && (
          <div className="fl">
            {showsTimes && <FlowTimes flow={flow} />}
            <FlowRooms flow={flow} limits={data.limits} onRoom={(room) => pressRoom(room, flow, acts)} />
            <FlowLanes flow={flow} acts={acts} limits={data.limits} />
          </div>
        )}
      </PageBody>
      {acts.leaving && <AfterCheckOut visit={acts.leaving} onClose={acts.left} />}
      {acts.rooming && <RoomDialog visit={acts.rooming} flow={flow} acts={acts} />}
      {acts.actions.refused && (
        <WayOnDialog
          way={{ message: acts.actions.refused.message, openings: [] }}
          onClose={acts.actions.letRefusedGo}
          onOpening={acts.actions.letRefusedGo}
          onOverride={acts.actions.letRefusedGo}
        />
      )}
    </>
  );
}

/** A taken room shows who is in it; a free one takes who was chosen last, else who waits longest. */
function pressRoom(room: { resourceId: string; name: string }, flow: Flow, acts: FlowActs): void {
  const inside = flow.inside.get(room.resourceId);
  if (inside) {
    acts.show(inside);
    return;
  }
  const chosen = chosenVisit(flow);
  const who =
    chosen && chosen.state !== 'booked' && chosen.state !== 'checked_out' ? chosen : flow.lanes.arrived[0];
  if (who) acts.putInto(who, room);
}

/** The card that had the focus last. */
function chosenVisit(flow: Flow): DayVisit | undefined {
  return flow.visits.find((one) => isChosen(one.visitId));
}

const steps: readonly [string, StepKey, string][] = [
  ['a', 'arrive', 'check in'],
  ['r', 'room', 'in the room booked'],
  ['d', 'with-physician', 'with physician'],
  ['o', 'check-out', 'check out'],
];

function useFlowKeys(flow: Flow, acts: FlowActs, pages: { openWall: () => void; toggleTimes: () => void }) {
  const toast = useToast();
  const { go } = useAddress();
  const onChosen = (run: (visit: DayVisit) => void) => () => {
    const visit = chosenVisit(flow);
    if (visit) run(visit);
    else toast.refused('Choose a patient first: Tab, then the arrows.');
  };
  useKeys({
    ...Object.fromEntries(
      steps.map(([key, step, label]) => [
        key,
        { label: `${label} (on a patient)`, run: onChosen((visit) => acts.step(visit, step)) },
      ]),
    ),
    x: { label: 'choose or change the room', run: onChosen((visit) => acts.chooseRoom(visit)) },
    e: {
      label: 'open on the day',
      run: onChosen((visit) => go('/schedule', { date: flow.asked, visitId: visit.visitId })),
    },
    u: { label: 'undo', run: () => toast.undoLast() },
    t: { label: 'medians by physician', run: pages.toggleTimes },
    v: { label: 'screen on the wall', run: pages.openWall },
    j: { label: 'to the cards', run: () => document.querySelector<HTMLElement>('.fl-card')?.focus() },
  });
}

function FlowFilters({ flow }: { flow: Flow }) {
  const { go } = useAddress();
  const { data, search } = flow;
  const physicians = data?.resources.filter((one) => one.kind === 'physician') ?? [];
  const choose = (change: object) => go('/flow', { ...search, ...change }, { replace: true });
  return (
    <>
      {(data?.sites.length ?? 0) > 1 && (
        <select
          className="fl-select"
          aria-label="Site"
          value={search.site ?? ''}
          onChange={(event) => choose({ site: event.currentTarget.value || undefined })}
        >
          <option value="">All sites</option>
          {data?.sites.map((site) => (
            <option key={site.siteId} value={site.siteId}>
              {site.name}
            </option>
          ))}
        </select>
      )}
      {physicians.length > 1 && (
        <select
          className="fl-select"
          aria-label="Physician"
          value={search.physician ?? ''}
          onChange={(event) => choose({ physician: event.currentTarget.value || undefined })}
        >
          <option value="">All physicians</option>
          {physicians.map((one) => (
            <option key={one.resourceId} value={one.resourceId}>
              {one.name}
            </option>
          ))}
        </select>
      )}
    </>
  );
}

export function FlowHelp() {
  return (
    <div className="sc-help">
      <p>
        Everyone of today from the door to the door: expected, waiting, in a room, with the physician, left.
        Each lane has who waits longest on top; the minutes count since the step that brought them there. Over
        the limit of your practice (Settings, Flow and holds) a card turns red and says so, and stands on
        Today.
      </p>
      <p>
        Walk with the arrows; Enter takes the next step. X chooses or changes the room; pressing a free room
        puts the chosen patient there, or who waits longest. Checking out asks at once for the follow-up. U
        takes it back.
      </p>
      <p>
        Times shows medians from arrival to departure by physician, today and in the last thirty days, and
        within what nine of ten were done. Wall shows initials and times only, for a desk whose screen others
        see; leaving it locks the desk. A screen that hangs in the waiting room has an address of its own:
        Settings, Flow and holds.
      </p>
    </div>
  );
}
