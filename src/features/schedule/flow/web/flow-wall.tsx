import { useEffect } from 'react';
import { lockDesk } from '../../../../platform/http/api.ts';
import { useAddress } from '../../../../platform/web/address.ts';
import { call } from '../../../../platform/web/call.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { formatDuration, formatTime, localDate } from '../../../../ui/format.ts';
import { useKeys } from '../../../../ui/keys.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useTickingNow } from '../../web/use-day.ts';
import { readWall } from '../api.ts';
import { flowLanes, isOverWait, minutesInState, minutesLate } from '../rules.ts';
import type { Wall, WallVisit } from '../schema.ts';

const shown = [
  { state: 'booked', title: 'Next' },
  { state: 'arrived', title: 'Waiting' },
  { state: 'in_room', title: 'In room' },
  { state: 'with_physician', title: 'With physician' },
] as const;
const atMost = 14;
const awakeMs = 60_000;

/** For a screen on the wall: initials and minutes, large. Nobody touches it, so it stays awake; leaving it locks. */
export function FlowWall() {
  const { search, go } = useAddress();
  const session = useSession();
  const date = localDate(new Date(), session.timeZone);
  const query = {
    date,
    ...(search.site ? { siteId: search.site } : {}),
    ...(search.physician ? { physicianId: search.physician } : {}),
  };
  const read = useRead(readWall, { query }, { topics: ['visits', 'setup'], keys: [date] });
  const nowMs = useTickingNow(read.data?.now, read.dataUpdatedAt);
  const leave = () => {
    session.hide();
    void call(lockDesk).catch(() => undefined);
    go('/flow', { ...search, wall: undefined }, { replace: true });
  };
  useStayAwake();
  // As a dialog: the keys of the page and of the desk are silent on a screen that stands open to everyone.
  useKeys({ escape: { label: 'leave, and lock this desk', run: leave } }, { scope: 'dialog' });
  return (
    <div className="fl-wall">
      <header>
        <b>{formatTime(nowMs, read.data?.timeZone ?? session.timeZone)}</b>
        <Button look="quiet" icon="lock" onClick={leave}>
          Leave and lock
        </Button>
      </header>
      {read.error && <Failure message={read.error.message} onRetry={() => void read.refetch()} />}
      {!read.data && !read.error && <Skeleton rows={8} label="Reading who is here" />}
      {read.data && <WallLanes wall={read.data} nowMs={nowMs} />}
    </div>
  );
}

function WallLanes({ wall, nowMs }: { wall: Wall; nowMs: number }) {
  const lanes = flowLanes(wall.visits);
  return (
    <div className="fl-wall-lanes">
      {shown.map(({ state, title }) => (
        <section key={state} aria-label={title}>
          <h2>
            {title} <span>{lanes[state].length}</span>
          </h2>
          <ul>
            {lanes[state].slice(0, atMost).map((visit) => (
              <WallLine key={visit.visitId} visit={visit} wall={wall} nowMs={nowMs} />
            ))}
          </ul>
          {lanes[state].length === 0 && <p>Nobody</p>}
        </section>
      ))}
    </div>
  );
}

function WallLine({ visit, wall, nowMs }: { visit: WallVisit; wall: Wall; nowMs: number }) {
  const over = isOverWait(visit, wall.limits, nowMs);
  const late = visit.state === 'booked' ? minutesLate(visit, nowMs) : 0;
  const minutes = minutesInState(visit, nowMs);
  const word = over ? '! long' : late > 0 ? `! ${formatDuration(late)} late` : '';
  return (
    <li className={over || late > 0 ? 'wrong' : undefined}>
      <b>{visit.initials || '–'}</b> <span>{formatTime(visit.startsAt, wall.timeZone)}</span>
      <span className="fl-wall-min">{minutes === null ? word : `${formatDuration(minutes)} ${word}`}</span>
      <small>
        {[visit.physicianName, visit.state === 'arrived' ? '' : visit.roomName].filter(Boolean).join(' · ')}
      </small>
    </li>
  );
}

/** A desk that nobody touches locks itself; this screen is looked at and not touched. */
function useStayAwake(): void {
  useEffect(() => {
    const timer = setInterval(() => window.dispatchEvent(new Event('pointermove')), awakeMs);
    return () => clearInterval(timer);
  }, []);
}
