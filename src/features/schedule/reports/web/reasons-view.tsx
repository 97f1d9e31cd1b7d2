import { useRead } from '../../../../platform/web/use-office.ts';
import { Empty } from '../../../../ui/empty.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { cancelReasonLabels } from '../../visits/schema.ts';
import { reportReasons } from '../api.ts';
import { SaveCsv, Share } from './figures.tsx';
import type { Days } from './reports-page.tsx';

/** Why visits were cancelled, the most frequent reason first. */
export function ReasonsView({ days }: { days: Days }) {
  const { data, error, refetch } = useRead(reportReasons, { query: days }, { topics: ['visits'] });
  if (error && !data) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={6} label="Counting the reasons" />;
  const all = data.rows.reduce((sum, row) => sum + row.visits, 0);
  if (all === 0)
    return (
      <Empty title="Nothing was cancelled in these days" text="Cancelled visits are counted by reason." />
    );
  const most = (data.rows[0]?.visits ?? 0) / all;
  const lines = () => [
    ['Reason', 'Visits', 'Late'],
    ...data.rows.map((row) => [cancelReasonLabels[row.reason], row.visits, row.late]),
  ];
  return (
    <section>
      <div className="rp-views">
        <SaveCsv name={`cancellations ${days.from} to ${days.to}`} lines={lines} />
      </div>
      <div className="rp-table">
        <table>
          <thead>
            <tr>
              <th scope="col">Reason</th>
              <th scope="col">Share</th>
              <th scope="col">Visits</th>
              <th scope="col">Late</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.reason}>
                <th scope="row">{cancelReasonLabels[row.reason]}</th>
                <td>
                  <Share rate={{ hits: row.visits, all }} full={most} />
                </td>
                <td className="ui-num">{row.visits}</td>
                <td className="ui-num">{row.late}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
