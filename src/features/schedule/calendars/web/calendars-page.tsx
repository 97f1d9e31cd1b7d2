import { useState } from 'react';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { useConfirm } from '../../../../ui/confirm.tsx';
import { DataTable, type TableColumn } from '../../../../ui/data-table.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { formatCount, formatDayTime } from '../../../../ui/format.ts';
import { Tag } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { failureOf, Section } from '../../../practice/web/settings-page.tsx';
import { changeCalendar, listCalendars, removeCalendar, undoCalendarChange } from '../api.ts';
import type { CalendarRow } from '../schema.ts';
import { CalendarDialog } from './calendar-dialog.tsx';
import { ChangeDialog } from './change-dialog.tsx';

const topics = ['calendars', 'setup'];

/** Where physicians are busy besides the office. */
export function CalendarsPage() {
  const { timeZone } = useSession();
  const read = useRead(listCalendars, {}, { topics });
  const [adding, setAdding] = useState(false);
  const [changing, setChanging] = useState<CalendarRow>();
  const remove = useRemove();
  const pause = usePause();
  return (
    <Section
      title="External calendars"
      text="Times at which a physician is busy elsewhere: they are not offered, and hatched in the schedule. Nothing of what stands there is shown but the times."
      actions={
        <Button look="go" icon="plus" onClick={() => setAdding(true)}>
          Add a calendar
        </Button>
      }
    >
      <DataTable
        label="External calendars"
        columns={columnsWith(timeZone, { remove, pause, change: setChanging })}
        rows={read.data?.calendars}
        rowKey={(row) => row.calendarId}
        failure={failureOf(read)}
        empty={
          <Empty
            icon="calendar"
            title="No external calendar"
            text="Add the address of a physician’s calendar, or a file of it, and its busy times are kept free."
          />
        }
      />
      {adding && <CalendarDialog onClose={() => setAdding(false)} />}
      {changing && <ChangeDialog calendar={changing} onClose={() => setChanging(undefined)} />}
    </Section>
  );
}

function useRemove() {
  const { mutateAsync } = useWrite(removeCalendar, { touches: topics });
  const ask = useConfirm();
  const toast = useToast();
  return async ({ calendarId, name, physicianName, version }: CalendarRow) => {
    const title = `Let go of “${name}” of ${physicianName}?`;
    const text = 'Its busy times are open for booking again.';
    if (!(await ask({ title, text, confirmLabel: 'Let go', danger: true }))) return;
    await mutateAsync({ params: { calendarId }, body: { version } }).then(
      () => toast.done(`“${name}” is read no more.`),
      (error: Error) => toast.refused(error.message),
    );
  };
}

/** Let it rest: it takes no time and is not read, until it goes on. */
function usePause() {
  const { mutateAsync } = useWrite(changeCalendar, { touches: topics });
  const undo = useWrite(undoCalendarChange, { touches: topics });
  const toast = useToast();
  return ({ calendarId, name, pausedAt, version }: CalendarRow) => {
    const params = { calendarId };
    const paused = pausedAt === null;
    return mutateAsync({ params, body: { version, paused } }).then(
      (now) =>
        toast.done(paused ? `“${name}” is paused: its times are open.` : `“${name}” takes its times again.`, {
          undo: () => undo.mutateAsync({ params, body: now }),
        }),
      (error: Error) => toast.refused(error.message),
    );
  };
}

type Acts = {
  remove: (row: CalendarRow) => Promise<void>;
  pause: (row: CalendarRow) => Promise<void>;
  change: (row: CalendarRow) => void;
};

function RowActs({ row, acts }: { row: CalendarRow; acts: Acts }) {
  const of = `${row.name} of ${row.physicianName}`;
  return (
    <span className="set-tags">
      <Button look="quiet" aria-label={`Change ${of}`} onClick={() => acts.change(row)}>
        Change
      </Button>
      <Button
        look="quiet"
        aria-label={`${row.pausedAt ? 'Resume' : 'Pause'} ${of}`}
        onClick={() => void acts.pause(row)}
      >
        {row.pausedAt ? 'Resume' : 'Pause'}
      </Button>
      <Button look="quiet" aria-label={`Let go of ${of}`} onClick={() => void acts.remove(row)}>
        Let go
      </Button>
    </span>
  );
}

function columnsWith(zone: string, acts: Acts): TableColumn<CalendarRow>[] {
  return [
    { id: 'physician', header: 'Physician', main: true, cell: (row) => row.physicianName },
    { id: 'name', header: 'Calendar', cell: (row) => row.name },
    { id: 'busy', header: 'Ahead', cell: (row) => formatCount(row.busyCount, 'busy time') },
    {
      id: 'read',
      header: 'Last read',
      cell: (row) => (
        <span className="set-tags">
          {row.readAt ? formatDayTime(row.readAt, zone) : 'within minutes'}
          {!row.byAddress && <Tag>file</Tag>}
          {row.pausedAt && <Tag sign="‖">paused</Tag>}
          {row.fault && <Tag tone="wrong">{row.fault}</Tag>}
          {row.skipped > 0 && <Tag tone="wait">{formatCount(row.skipped, 'event')} unread</Tag>}
        </span>
      ),
    },
    { id: 'acts', header: 'Do', cell: (row) => <RowActs row={row} acts={acts} /> },
  ];
}
