import '../../web/waitlist.css';
import { useState } from 'react';
import { z } from 'zod';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../../ui/data-table.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { DateField } from '../../../../ui/fields.tsx';
import { formatDuration, localDate } from '../../../../ui/format.ts';
import { addDays } from '../../../../ui/parse.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { readFigures } from '../../api.ts';
import { figuresCsv, fillRate } from '../rules.ts';
import type { FigureRow, Figures } from '../schema.ts';

/** How much of the freed time was filled from the waitlist, and how fast. */
export function FiguresView() {
  const { timeZone } = useSession();
  const [today] = useState(() => localDate(Date.now(), timeZone));
  const [range, setRange] = useState({ from: addDays(today, -29), to: today });
  const form = useForm({
    initial: range,
    schema: z.object({ from: z.string().min(10), to: z.string().min(10) }),
    onSubmit: (next) => setRange(next),
  });
  const { data, error, refetch } = useRead(readFigures, { query: range }, { topics: ['waitlist'] });
  return (
    <>
      <form className="wl-filters" onSubmit={form.submit}>
        <DateField form={form} path="from" label="From" {...{ today }} />
        <DateField form={form} path="to" label="Until" {...{ today }} />
        <Button type="submit">Count</Button>
        {data && data.all.opened > 0 && (
          <Button look="quiet" icon="document" onClick={() => saveCsv(data, range)}>
            Save as CSV
          </Button>
        )}
      </form>
      {error && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={8} label="Counting the openings" />}
      {data && <Sums figures={data} />}
      {data && data.all.opened === 0 && (
        <Empty
          icon="calendar"
          title="No openings in these days"
          text="Time that is given away while someone waits is counted here, whether it was filled or not."
        />
      )}
      {data && data.all.opened > 0 && (
        <DataTable
          label="Openings by physician and visit type"
          columns={columns}
          rows={data.rows}
          rowKey={(row) => `${row.physicianId} ${row.visitTypeId}`}
        />
      )}
    </>
  );
}

const percent = (row: { offered: number; filled: number }) => {
  const rate = fillRate(row);
  return rate === null ? '–' : `${rate}%`;
};
const minutes = (value: number | null) => (value === null ? '–' : formatDuration(Math.round(value)));

const columns: readonly TableColumn<FigureRow>[] = [
  { id: 'physician', header: 'Physician', cell: (row) => row.physicianName, main: true },
  { id: 'type', header: 'Visit type', cell: (row) => row.visitTypeName },
  { id: 'opened', header: 'Openings', align: 'end', cell: (row) => row.opened },
  { id: 'offered', header: 'Offered', align: 'end', cell: (row) => row.offered },
  { id: 'filled', header: 'Filled', align: 'end', cell: (row) => row.filled },
  { id: 'rate', header: 'Fill rate', align: 'end', cell: percent },
  { id: 'minutes', header: 'To fill (median)', align: 'end', cell: (row) => minutes(row.minutesToFill) },
];

function Sums({ figures: { all, waiting } }: { figures: Figures }) {
  const facts = [
    ['Waiting now', waiting],
    ['Openings', all.opened],
    ['Offered', all.offered],
    ['Filled', all.filled],
    ['Fill rate', percent(all)],
    ['To fill (median)', minutes(all.minutesToFill)],
  ] as const;
  return (
    <dl className="wl-sum">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="ui-num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function saveCsv(figures: Figures, { from, to }: { from: string; to: string }): void {
  const url = URL.createObjectURL(new Blob([figuresCsv(figures)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `waitlist ${from} to ${to}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
