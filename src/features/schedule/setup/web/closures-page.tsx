import './setup.css';
import { useState } from 'react';
import { useAddress } from '../../../../platform/web/address.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../../ui/data-table.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { formatCount, formatDay, localDate } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { listSites } from '../../../practice/api.ts';
import { addClosures, listClosures, listHolidays, removeClosure } from '../../../practice/closures/api.ts';
import type { ClosureRow, HolidayRow } from '../../../practice/closures/schema.ts';
import { failureOf, Section } from '../../../practice/web/settings-page.tsx';
import { ClosureDialog } from './closure-dialog.tsx';
import { OutsideNote } from './outside-note.tsx';

const topics = ['practice'];
const touches = ['practice', 'setup'];

export function ClosuresPage() {
  const { timeZone } = useSession();
  const { search, go } = useAddress();
  const today = localDate(Date.now(), timeZone);
  const year = Number(search.year ?? today.slice(0, 4));
  const sites = useRead(listSites, {}, { topics }).data?.sites ?? [];
  const goYear = (next: number) => go('/settings/closures', { year: String(next) }, { replace: true });
  return (
    <>
      <OutsideNote sites={sites} fallbackZone={timeZone} />
      <div className="set-row setup-year">
        <Button icon="chevron-left" aria-label={`Year ${year - 1}`} onClick={() => goYear(year - 1)} />
        <strong className="ui-num">{year}</strong>
        <Button icon="chevron-right" aria-label={`Year ${year + 1}`} onClick={() => goYear(year + 1)} />
      </div>
      <ClosedDays year={year} today={today} sites={sites} />
      <Holidays key={year} year={year} />
    </>
  );
}

type Site = { siteId: string; name: string };
type ClosedDaysProps = { year: number; today: string; sites: readonly Site[] };

function ClosedDays({ year, today, sites }: ClosedDaysProps) {
  const read = useRead(listClosures, { query: { year } }, { topics });
  const { mutateAsync: remove } = useWrite(removeClosure, { touches });
  const { mutateAsync: add } = useWrite(addClosures, { touches });
  const [adding, setAdding] = useState(false);
  const toast = useToast();
  const open = ({ closureId, version, onDate, name, siteId }: ClosureRow) =>
    remove({ params: { closureId }, body: { version } }).then(
      () =>
        toast.done(`Open again on ${formatDay(onDate)}.`, {
          undo: () => add({ body: { closures: [{ onDate, name, siteId }] } }),
        }),
      (error: Error) => toast.refused(error.message),
    );
  const columns: TableColumn<ClosureRow>[] = [
    { id: 'day', header: 'Day', main: true, cell: (row) => formatDay(row.onDate) },
    { id: 'name', header: 'Why', cell: (row) => row.name },
    {
      id: 'site',
      header: 'Where',
      cell: (row) => sites.find((site) => site.siteId === row.siteId)?.name ?? 'the whole practice',
    },
    {
      id: 'open',
      header: 'Open again',
      cell: (row) => (
        <Button
          look="quiet"
          icon="cross"
          aria-label={`Open again on ${formatDay(row.onDate)}`}
          onClick={() => void open(row)}
        />
      ),
    },
  ];
  return (
    <Section
      title="Closed days"
      text="Nothing is offered on these days, and deadlines counted in business days pass over them."
      actions={
        <Button look="go" icon="plus" onClick={() => setAdding(true)}>
          Close on a day
        </Button>
      }
    >
      <DataTable
        label={`Closed days of ${year}`}
        columns={columns}
        rows={read.data?.closures}
        rowKey={(row) => row.closureId}
        failure={failureOf(read)}
        empty={
          <Empty
            icon="door"
            title={`No closed day in ${year} yet`}
            text="Take the holidays below with one button."
          />
        }
      />
      {adding && <ClosureDialog sites={sites} today={today} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function Holidays({ year }: { year: number }) {
  const read = useRead(listHolidays, { query: { year } }, { topics });
  const { mutateAsync: add, isPending } = useWrite(addClosures, { touches });
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const toast = useToast();
  const failure = failureOf(read);
  const holidays = read.data?.holidays ?? [];
  const open = holidays.filter((day) => day.closureId === null);
  const chosen = open.filter((day) => !left.has(day.observedOn));
  const flip = (day: HolidayRow) =>
    setLeft((now) => {
      const next = new Set(now);
      if (!next.delete(day.observedOn)) next.add(day.observedOn);
      return next;
    });
  const take = () =>
    add({ body: { closures: chosen.map((day) => ({ onDate: day.observedOn, name: day.name })) } }).then(
      ({ closureIds }) => toast.done(`Closed on ${formatCount(closureIds.length, 'more day')}.`),
      (error: Error) => toast.refused(error.message),
    );
  return (
    <Section
      title={`Federal holidays of ${year}`}
      text="On the weekday on which offices observe them. Untick those on which you are open."
    >
      {failure && <Failure {...failure} />}
      {!read.data && !failure && <Skeleton rows={6} />}
      <ul className="setup-holidays">
        {holidays.map((day) => (
          <li key={day.observedOn}>
            <label>
              <input
                type="checkbox"
                checked={day.closureId !== null || !left.has(day.observedOn)}
                disabled={day.closureId !== null}
                onChange={() => flip(day)}
              />
              <span>
                {formatDay(day.observedOn)}: {day.name}
                {day.closureId !== null && <span className="ui-dim"> (closed)</span>}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {read.data && (
        <Button
          look="go"
          busy={isPending}
          disabledReason={
            open.length === 0
              ? 'You are closed on all of them.'
              : chosen.length === 0 && 'Tick a holiday first.'
          }
          onClick={() => void take()}
        >
          {open.length === 0 ? 'All taken' : `Close on these ${formatCount(chosen.length, 'day')}`}
        </Button>
      )}
    </Section>
  );
}
