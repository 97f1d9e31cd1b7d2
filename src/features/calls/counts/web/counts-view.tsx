import '../../web/calls.css';
import { useState } from 'react';
import { z } from 'zod';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { saveCsv } from '../../../../ui/csv.ts';
import { Empty } from '../../../../ui/empty.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { DateField } from '../../../../ui/fields.tsx';
import { formatClock, formatCount } from '../../../../ui/format.ts';
import { addDays } from '../../../../ui/parse.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { countCalls } from '../../api.ts';
import { tabulate } from '../../rules.ts';
import { reasonName } from '../../settings/rules.ts';
import { useTakingDesk } from '../../web/use-taking.ts';

type Table = ReturnType<typeof tabulate>;
const hourLabel = (hour: number) => formatClock(hour * 60);

/** How many calls come when and why: who should be at the phone. */
export function CountsView({ today }: { today: string }) {
  const { settings } = useTakingDesk();
  const [range, setRange] = useState({ from: addDays(today, -13), to: today });
  const form = useForm({
    initial: range,
    schema: z.object({ from: z.string().min(10), to: z.string().min(10) }),
    onSubmit: (next) => setRange(next),
  });
  const { data, error, refetch } = useRead(countCalls, { query: range }, { topics: ['calls'] });
  const table = tabulate(data?.cells ?? []);
  const nameOf = (key: string) => reasonName(key, settings.reasons);
  return (
    <div className="cl-counts">
      <form className="cl-range" onSubmit={form.submit}>
        <DateField form={form} path="from" label="From" {...{ today }} />
        <DateField form={form} path="to" label="Until" {...{ today }} />
        <Button type="submit">Count</Button>
        {table.sum > 0 && (
          <Button look="quiet" icon="document" onClick={() => saveTable(table, nameOf, range)}>
            Save as CSV
          </Button>
        )}
      </form>
      {error && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={8} label="Counting the calls" />}
      {data && table.sum === 0 && (
        <Empty
          title="No calls in these days"
          text="Every call that is logged is counted here by its hour and reason."
        />
      )}
      {table.sum > 0 && (
        <>
          <Chart table={table} />
          <CountTable table={table} nameOf={nameOf} />
        </>
      )}
    </div>
  );
}

function Chart({ table }: { table: Table }) {
  const most = Math.max(...table.rows.map((row) => row.sum));
  const busiest = table.rows.find((row) => row.sum === most);
  const label = `${formatCount(table.sum, 'call')}; most from ${hourLabel(busiest?.hour ?? 0)} on: ${most}`;
  return (
    <figure className="cl-chart">
      <figcaption>{label}</figcaption>
      <ol aria-hidden="true">
        {table.rows.map(({ hour, sum }) => (
          <li key={hour}>
            <span>{hourLabel(hour)}</span>
            <i style={{ width: `${(sum / most) * 100}%` }} />
            <b className="ui-num">{sum}</b>
          </li>
        ))}
      </ol>
    </figure>
  );
}

function CountTable({ table, nameOf }: { table: Table; nameOf: (key: string) => string }) {
  return (
    <div className="cl-table">
      <table>
        <thead>
          <tr>
            <th scope="col">From</th>
            {table.reasons.map((reason) => (
              <th key={reason} scope="col">
                {nameOf(reason)}
              </th>
            ))}
            <th scope="col">All</th>
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ hour, counts, sum }) => (
            <tr key={hour}>
              <th scope="row">{hourLabel(hour)}</th>
              {counts.map((count, index) => (
                <td key={table.reasons[index]} className="ui-num">
                  {count || ''}
                </td>
              ))}
              <td className="ui-num">{sum}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            {table.sums.map((sum, index) => (
              <td key={table.reasons[index]} className="ui-num">
                {sum}
              </td>
            ))}
            <td className="ui-num">{table.sum}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function saveTable(
  table: Table,
  nameOf: (key: string) => string,
  { from, to }: { from: string; to: string },
): void {
  saveCsv(`calls ${from} to ${to}`, [
    ['From', ...table.reasons.map(nameOf), 'All'],
    ...table.rows.map((row) => [hourLabel(row.hour), ...row.counts, row.sum]),
    ['All', ...table.sums, table.sum],
  ]);
}
