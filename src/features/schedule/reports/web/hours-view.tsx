import { useRead } from '../../../../platform/web/use-office.ts';
import { Empty } from '../../../../ui/empty.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { formatDate } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { reportUtilization } from '../api.ts';
import type { UtilizationRow } from '../schema.ts';
import { SaveCsv, Share } from './figures.tsx';
import type { Days } from './reports-page.tsx';

const hours = (minutes: number) => (minutes / 60).toFixed(1);

/** Booked and kept minutes beside the hours, by physician and week. */
export function HoursView({ days }: { days: Days }) {
  const topics = ['visits', 'setup'];
  const { data, error, refetch } = useRead(reportUtilization, { query: days }, { topics });
  if (error && !data) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={8} label="Adding up the hours" />;
  if (data.rows.length === 0)
    return <Empty title="Nobody had hours in these days" text="Hours are set up in Settings, Hours." />;
  const lines = () => [
    ['Week of', 'Physician', 'Open minutes', 'Booked minutes', 'Kept minutes', 'Missed minutes'],
    ...data.rows.map((row) => [
      ...[row.weekOf, row.physicianName, row.openMinutes],
      ...[row.bookedMinutes, row.keptMinutes, row.missedMinutes],
    ]),
  ];
  return (
    <section>
      <div className="rp-views">
        <SaveCsv name={`hours ${days.from} to ${days.to}`} lines={lines} />
      </div>
      <div className="rp-table">
        <table>
          <thead>
            <tr>
              <th scope="col">Week of</th>
              <th scope="col" className="rp-left">
                Physician
              </th>
              <th scope="col">Booked of open</th>
              <th scope="col">Open, hours</th>
              <th scope="col">Booked</th>
              <th scope="col">Kept</th>
              <th scope="col">Missed</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row, at) => (
              <HoursRow
                key={`${row.weekOf} ${row.physicianId}`}
                row={row}
                isFirst={data.rows[at - 1]?.weekOf !== row.weekOf}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** The week stands once, at its first physician. */
function HoursRow({ row, isFirst }: { row: UtilizationRow; isFirst: boolean }) {
  return (
    <tr>
      <th scope="row">
        <span className={isFirst ? undefined : 'ui-unseen'}>{formatDate(row.weekOf)}</span>
      </th>
      <th scope="row">{row.physicianName}</th>
      <td>
        <Share rate={{ hits: row.bookedMinutes, all: row.openMinutes }} full={1} />
      </td>
      <td className="ui-num">{hours(row.openMinutes)}</td>
      <td className="ui-num">{hours(row.bookedMinutes)}</td>
      <td className="ui-num">{hours(row.keptMinutes)}</td>
      <td className="ui-num">{hours(row.missedMinutes)}</td>
    </tr>
  );
}
