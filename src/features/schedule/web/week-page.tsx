import './schedule.css';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { addDays, isDate } from '../../../platform/calendar/dates.ts';
import { useAddress } from '../../../platform/web/address.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useMaySession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatDay, localDate, localMinutes } from '../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { useKeys } from '../../../ui/keys.ts';
import type { Week } from '../day/schema.ts';
import type { SetupSummary } from '../setup/schema.ts';
import { weekColumns } from './day-columns.ts';
import { DayPicker, DaySteps } from './day-steps.tsx';
import { ColumnPicker } from './day-toolbar.tsx';
import { FindTime } from './find-time.tsx';
import { GridSkeleton } from './grid-skeleton.tsx';
import { ScheduleBoard } from './schedule-board.tsx';
import { useBoardFacts, useShownVisits, useWeek, visitsOf } from './use-day.ts';
import { useSetup } from './use-setup.ts';

/** The week of one physician, Monday to Sunday. */
export function WeekPage() {
  const { search } = useAddress();
  const session = useMaySession();
  const slots = useSlots();
  const { setup, ready } = useSetup();
  const own = session?.timeZone ?? 'America/New_York';
  const date = search.date && isDate(search.date) ? search.date : localDate(new Date(), own);
  const physician = chosenPhysician(setup, search.physician, session?.staffId);
  const { read, nowMs } = useWeek(physician?.resourceId, date);
  const today = localDate(nowMs, own);
  const nav = useWeekNavigation(date, today, physician?.resourceId);
  const { data, error } = read;
  const days = data?.days.map((day) => day.date) ?? [];
  const title = days[0] ? `${formatDay(days[0], today)} – ${formatDay(days.at(-1) ?? date)}` : 'Week';
  return (
    <>
      <PageHeader
        tabTitle="Schedule, week"
        title={title}
        line={slots.line}
        actions={
          <>
            <DaySteps
              onStep={nav.step}
              onToday={() => nav.goDate(today)}
              isToday={days.includes(today)}
              days={7}
            />
            <DayPicker value={date} onPick={nav.goDate} />
            <Button look="go" icon="plus" onClick={nav.find}>
              Book
            </Button>
          </>
        }
      />
      <PageBody flush>
        <div className="sc-bar">
          <select
            className="sc-select"
            aria-label="Physician"
            value={physician?.resourceId ?? ''}
            onChange={(event) => nav.goPhysician(event.currentTarget.value)}
          >
            {setup.physicians.map((one) => (
              <option key={one.resourceId} value={one.resourceId}>
                {one.name}
              </option>
            ))}
          </select>
          <Button look="quiet" onClick={nav.goDay} title="The whole office, one day (W)">
            Day
          </Button>
        </div>
        {error && (
          <div className="sc-note">
            <Failure
              message={error.message}
              next={data ? 'What you see is the last that was heard.' : undefined}
              onRetry={() => void read.refetch()}
            />
          </div>
        )}
        {ready && !physician && (
          <Empty
            icon="calendar"
            title="No physician yet"
            text="Add one in Settings; the week appears here."
          />
        )}
        {data && <WeekBoard week={data} setup={setup} nowMs={nowMs} own={own} onFind={nav.find} />}
        {!data && !error && physician && <GridSkeleton columns={7} />}
      </PageBody>
      {nav.finding && (
        <FindTime
          today={today}
          patientId={nav.finding.patientId}
          wish={physician ? { physicianIds: [physician.resourceId] } : {}}
          onClose={nav.stopFinding}
        />
      )}
    </>
  );
}

/** The one asked for, else the one who sits at this desk, else the first. */
function chosenPhysician(setup: SetupSummary, wanted: string | undefined, staffId: string | undefined) {
  const { physicians } = setup;
  const own = staffId ? physicians.find((one) => one.staffId === staffId) : undefined;
  return physicians.find((one) => one.resourceId === wanted) ?? own ?? physicians[0];
}

function useWeekNavigation(date: string, today: string, physician: string | undefined) {
  const { go } = useAddress();
  const person = usePerson();
  const [finding, setFinding] = useState<{ patientId?: string }>();
  const goDate = (to: string) => go('/schedule/week', { date: to, physician });
  const step = (days: number) => goDate(addDays(date, days));
  const find = () => setFinding({ patientId: person.patientId });
  const goDay = () => go('/schedule', { date: date === today ? undefined : date });
  useKeys({
    '[': { label: 'week before', run: () => step(-7) },
    ']': { label: 'week after', run: () => step(7) },
    arrowleft: () => step(-7),
    arrowright: () => step(7),
    t: { label: 'this week', run: () => goDate(today) },
    w: { label: 'back to the day', run: goDay },
    b: { label: 'book with this physician', run: find },
    f: { label: 'first available', run: find },
  });
  return {
    goDate,
    step,
    find,
    goDay,
    goPhysician: (to: string) => go('/schedule/week', { date, physician: to }),
    finding,
    stopFinding: () => setFinding(undefined),
  };
}

type BoardProps = { week: Week; setup: SetupSummary; nowMs: number; own: string; onFind: () => void };

function WeekBoard({ week, setup, nowMs, own, onFind }: BoardProps) {
  const { go } = useAddress();
  const phone = useMediaQuery('(max-width: 799px)', undefined, { getInitialValueInEffect: false });
  const [column, setColumn] = useState<string>();
  const zone = week.sites[0]?.timeZone ?? own;
  const all = useMemo(() => weekColumns(week, zone), [week, zone]);
  const today = localDate(nowMs, zone);
  const visits = useShownVisits(
    useMemo(() => visitsOf(week), [week]),
    all.map((one) => one.date),
    zone,
    false,
  );
  const resources = useMemo(() => [...setup.physicians, ...setup.rooms, ...setup.devices], [setup]);
  const names = useMemo(() => new Map(resources.map((one) => [one.resourceId, one.name])), [resources]);
  const kinds = useMemo(() => new Map(resources.map((one) => [one.resourceId, one.kind])), [resources]);
  const facts = useBoardFacts({ ...week, names, zone, nowMs });
  const groups = useMemo(() => week.days.flatMap((one) => one.groups), [week]);
  const picked = all.find((one) => one.id === column) ?? all.find((one) => one.date === today) ?? all[0];
  const columns = useMemo(
    () => (phone && picked ? all.filter((one) => one.id === picked.id) : all),
    [all, phone, picked],
  );
  return (
    <div className="sc-day">
      {phone && <ColumnPicker columns={all} chosen={picked} onChoose={setColumn} />}
      <ScheduleBoard
        label={`Week of ${week.physicianName}`}
        columns={columns}
        visits={visits}
        groups={groups}
        onGroup={(id) => go('/schedule/groups', { id })}
        facts={facts}
        holds={week.holds}
        blocks={week.blocks}
        kinds={kinds}
        byDay
        nowMinutes={columns.some((one) => one.date === today) ? localMinutes(nowMs, zone) : null}
        onNextFree={onFind}
      />
    </div>
  );
}
