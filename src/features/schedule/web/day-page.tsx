import './schedule.css';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import { addDays, isDate } from '../../../platform/calendar/dates.ts';
import { useAddress } from '../../../platform/web/address.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useMaySession } from '../../../platform/web/session.tsx';
import { type ShownDay, useSlots } from '../../../platform/web/slots.tsx';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatCount, formatDay, localDate, localMinutes } from '../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { useKeys } from '../../../ui/keys.ts';
import type { Day } from '../day/schema.ts';
import { chosenOf, hourHeightOf } from '../views/rules.ts';
import { ViewChoice } from '../views/web/view-choice.tsx';
import type { Seen } from '../views/web/view-dialog.tsx';
import { WalkInDialog } from '../walk-ins/web/walk-in-dialog.tsx';
import { dayColumns, type ViewId, viewOf, views } from './day-columns.ts';
import { DayPicker, DaySteps } from './day-steps.tsx';
import { type ColumnChoice, ColumnPicker, DayToolbar } from './day-toolbar.tsx';
import { FindTime } from './find-time.tsx';
import { GridSkeleton } from './grid-skeleton.tsx';
import { ScheduleBoard } from './schedule-board.tsx';
import { useBoardFacts, useDay, useShownVisits } from './use-day.ts';
import { isOver } from './visit-words.ts';

/** The day of the office in columns. The address holds date, site and view. */
export function DayPage() {
  const { search } = useAddress();
  const date = search.date && isDate(search.date) ? search.date : undefined;
  const { read, asked, nowMs, own } = useDay(date);
  const { data, error } = read;
  const slots = useSlots();
  const nav = useDayNavigation(asked, localDate(nowMs, data ? zoneOf(data, search.site, own) : own));
  const counts = data && !read.isPlaceholderData ? formatCount(data.counts.visits, 'visit') : undefined;
  return (
    <>
      <PageHeader
        tabTitle="Schedule"
        title={formatDay(asked, nav.today)}
        small={counts}
        line={slots.line}
        actions={
          <>
            <DaySteps onStep={nav.step} onToday={nav.goToday} isToday={asked === nav.today} />
            <DayPicker value={asked} onPick={nav.goDate} />
            {data && data.date === asked && slots.dayActions?.(shownDay(data, search.site))}
            <Button icon="person-check" onClick={nav.walkIn} title="Walk-in (H)">
              Walk-in
            </Button>
            <Button look="go" icon="plus" onClick={nav.find}>
              Book
            </Button>
          </>
        }
      />
      <PageBody flush>
        {error && (
          <div className="sc-note">
            <Failure
              message={error.message}
              next={data ? 'What you see is the last that was heard.' : undefined}
              onRetry={() => void read.refetch()}
            />
          </div>
        )}
        {data && <DayBoard day={data} stale={data.date !== asked} nowMs={nowMs} own={own} nav={nav} />}
        {!data && !error && <GridSkeleton />}
      </PageBody>
      {nav.walkingIn && <WalkInDialog siteId={search.site} onClose={nav.stopWalkIn} />}
      {nav.finding && (
        <FindTime
          today={nav.today}
          patientId={nav.finding.patientId}
          wish={nav.finding.from ? { from: nav.finding.from } : {}}
          onClose={nav.stopFinding}
        />
      )}
    </>
  );
}

/** What others may do something with: the visits that take place. */
function shownDay({ date, visits }: Day, siteId: string | undefined): ShownDay {
  const shown = visits.filter((one) => !isOver(one.state) && (!siteId || one.siteId === siteId));
  return {
    date,
    siteId,
    visits: shown.map(({ visitId, patientId, resourceIds: [physicianId = ''] }) => ({
      visitId,
      patientId,
      physicianId,
    })),
  };
}

function zoneOf(day: Day, siteId: string | undefined, own: string): string {
  const site = day.sites.find((one) => one.siteId === siteId) ?? day.sites[0];
  return site?.timeZone ?? own;
}

/** Where keys and buttons lead: other days, the week, finding a time. */
function useDayNavigation(date: string, today: string) {
  const { search, go } = useAddress();
  const person = usePerson();
  const [finding, setFinding] = useState<{ patientId?: string; from?: string }>();
  const [walkingIn, setWalkingIn] = useState(false);
  const goDate = (to: string) => go('/schedule', { ...search, date: to === today ? undefined : to });
  const step = (days: number) => goDate(addDays(date, days));
  const goToday = () => goDate(today);
  // Other columns: whose were chosen of the ones before says nothing of these
  const anew = { column: undefined, who: undefined, saved: undefined };
  const setView = (view: ViewId) => go('/schedule', { ...search, ...anew, view });
  const setSite = (site: string | undefined) => go('/schedule', { ...search, ...anew, site });
  const see = (seen: Seen) =>
    go('/schedule', { ...search, ...seen, saved: undefined, column: undefined }, { replace: true });
  const find = () => setFinding({ patientId: person.patientId, ...(date > today ? { from: date } : {}) });
  useKeys({
    '[': { label: 'day before', run: () => step(-1) },
    ']': { label: 'day after', run: () => step(1) },
    arrowleft: () => step(-1),
    arrowright: () => step(1),
    t: { label: 'today', run: goToday },
    w: {
      label: 'week of one physician',
      run: () => go('/schedule/week', { date, physician: physicianInFocus() }),
    },
    b: { label: 'book the person in view, or anyone', run: find },
    h: { label: 'walk-in: here now, without a visit', run: () => setWalkingIn(true) },
    f: { label: 'first available', run: () => setFinding({ patientId: person.patientId }) },
    ...Object.fromEntries(
      views.map(({ id, label }, at) => [
        String(at + 1),
        { label: `see ${label.toLowerCase()}`, run: () => setView(id) },
      ]),
    ),
  });
  return {
    walkingIn,
    walkIn: () => setWalkingIn(true),
    stopWalkIn: () => setWalkingIn(false),
    today,
    goDate,
    step,
    goToday,
    setView,
    setSite,
    see,
    find,
    finding,
    stopFinding: () => setFinding(undefined),
  };
}

/** The physician in whose column the focus stands. */
function physicianInFocus(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-column]')?.dataset.column;
}

type DayBoardProps = {
  day: Day;
  /** Another day is asked for and on its way. */
  stale: boolean;
  nowMs: number;
  own: string;
  nav: ReturnType<typeof useDayNavigation>;
};

function DayBoard({ day, stale, nowMs, own, nav }: DayBoardProps) {
  const session = useMaySession();
  const { search, go } = useAddress();
  const phone = useMediaQuery('(max-width: 799px)', undefined, { getInitialValueInEffect: false });
  const view = useSavedView(search.view);
  const siteId = day.sites.some((site) => site.siteId === search.site) ? search.site : undefined;
  const zone = zoneOf(day, siteId, own);
  const showsCancelled = search.show === 'cancelled';
  const visits = useShownVisits(day.visits, [day.date], zone, showsCancelled);
  const names = useMemo(
    () => new Map(day.resources.map((one) => [one.resourceId, one.name])),
    [day.resources],
  );
  const kinds = useMemo(
    () => new Map(day.resources.map((one) => [one.resourceId, one.kind])),
    [day.resources],
  );
  const facts = useBoardFacts({ ...day, names, zone, nowMs, siteId });
  const all = useMemo(
    () => dayColumns(day, visits, { view, siteId, zone, nowMs }),
    [day, visits, view, siteId, zone, nowMs],
  );
  const chosen = useMemo(() => chosenOf(all, search.who), [all, search.who]);
  const wanted = visits.find((visit) => visit.visitId === search.visitId);
  const picked: ColumnChoice | undefined =
    chosen.find((column) => wanted?.resourceIds.includes(column.id)) ??
    chosen.find((column) => column.id === search.column) ??
    chosen[0];
  const columns = phone && picked ? chosen.filter((column) => column.id === picked.id) : chosen;
  if (!day.resources.some((one) => one.kind === 'physician')) return <NobodyYet />;
  const isToday = localDate(nowMs, zone) === day.date;
  return (
    <div className="sc-day" data-stale={stale || undefined}>
      <DayToolbar
        day={day}
        view={view}
        siteId={siteId}
        showsCancelled={showsCancelled}
        onView={nav.setView}
        onSite={nav.setSite}
        choice={<ViewChoice columns={all} view={view} siteId={siteId} date={search.date} onSee={nav.see} />}
        onCancelled={() => go('/schedule', { ...search, show: showsCancelled ? undefined : 'cancelled' })}
        onWeek={() => go('/schedule/week', { date: day.date })}
        onGroups={() => go('/schedule/groups')}
      />
      {phone && (
        <ColumnPicker
          columns={chosen}
          chosen={picked}
          onChoose={(column) => go('/schedule', { ...search, column }, { replace: true })}
        />
      )}
      {columns.length === 0 ? (
        <Empty
          icon="calendar"
          title={`No ${viewOf(view).label.toLowerCase()} here`}
          text={
            session?.may('practice.manage')
              ? 'Add them in Settings, or look at another view or site.'
              : 'Look at another view or site.'
          }
          {...(search.who
            ? { action: <Button onClick={() => nav.see({ who: undefined })}>See all</Button> }
            : {})}
        />
      ) : (
        <ScheduleBoard
          label={`Schedule of ${formatDay(day.date)}`}
          columns={columns}
          visits={visits}
          groups={day.groups}
          onGroup={(id) => go('/schedule/groups', { id })}
          facts={facts}
          holds={day.holds}
          blocks={day.blocks}
          hourHeight={hourHeightOf(search.zoom)}
          kinds={kinds}
          wanted={search.visitId}
          onWanted={() =>
            // Not left there: to come back to this day is not to open it again
            go(
              '/schedule',
              { ...search, visitId: undefined, ...(phone && picked ? { column: picked.id } : {}) },
              { replace: true },
            )
          }
          nowMinutes={isToday ? localMinutes(nowMs, zone) : null}
          onNextFree={nav.find}
        />
      )}
    </div>
  );
}

const viewKey = 'frontdesk.schedule.view';

/** The view of the address, else the one looked at last at this desk. */
function useSavedView(wanted: string | undefined): ViewId {
  const [saved] = useState(() => localStorage.getItem(viewKey) ?? undefined);
  const { id } = viewOf(wanted ?? saved);
  useEffect(() => {
    if (wanted) localStorage.setItem(viewKey, id);
  }, [wanted, id]);
  return id;
}

function NobodyYet() {
  return (
    <Empty
      icon="calendar"
      title="The schedule is ready when there is someone to see"
      text="Add a physician with weekly hours, and a visit type. Then the day appears here, and visits can be booked."
      action={
        <a className="ui-btn go" href="/settings">
          Set up the office
        </a>
      }
    />
  );
}
