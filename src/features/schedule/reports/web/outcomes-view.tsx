import { useRead } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { formatDate } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { reportOutcomes } from '../api.ts';
import { lateCancelRate, noShowRate, shareOf } from '../rules.ts';
import { type OutcomeGroup, type Outcomes, type OutcomesReport, outcomeGroups } from '../schema.ts';
import { Compared, percent, SaveCsv, Share } from './figures.tsx';
import type { Days } from './reports-page.tsx';

const groupLabels: Record<OutcomeGroup, string> = {
  physician: 'Physician',
  'visit-type': 'Visit type',
  weekday: 'Weekday',
  lead: 'Days ahead',
  month: 'Month',
};

type Props = { days: Days; by: string | undefined; onBy: (by: OutcomeGroup) => void };

/** What became of visits, told apart by one thing, beside the practice's own year before. */
export function OutcomesView({ days, by: asked, onBy }: Props) {
  const by = outcomeGroups.find((one) => one === asked) ?? 'physician';
  const { data, error, refetch } = useRead(
    reportOutcomes,
    { query: { ...days, by } },
    { topics: ['visits'] },
  );
  return (
    <section>
      <div className="rp-views">
        {outcomeGroups.map((one) => (
          <Button key={one} aria-pressed={by === one} onClick={() => onBy(one)}>
            {groupLabels[one]}
          </Button>
        ))}
        {data && data.rows.length > 0 && (
          <SaveCsv name={`visits by ${by} ${days.from} to ${days.to}`} lines={() => linesOf(data, by)} />
        )}
      </div>
      {error && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={8} label="Counting the visits" />}
      {data && data.rows.length === 0 && (
        <Empty title="No visits in these days" text="Choose days in which the office saw patients." />
      )}
      {data && data.rows.length > 0 && (
        <>
          <Figures report={data} />
          <OutcomeTable report={data} by={by} />
        </>
      )}
    </section>
  );
}

function Figures({ report: { all, baseline, baselineFrom } }: { report: OutcomesReport }) {
  const usual = `year from ${formatDate(baselineFrom)}`;
  const figures = [
    { label: 'Missed', rate: noShowRate(all), was: noShowRate(baseline) },
    { label: 'Late cancels', rate: lateCancelRate(all), was: lateCancelRate(baseline) },
  ];
  return (
    <dl className="rp-figures">
      {figures.map(({ label, rate, was }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="ui-num">
            {percent(rate)} <Compared rate={rate} usual={was} />
            <small>
              {rate.hits} of {rate.all} · {usual}: {percent(was)}
            </small>
          </dd>
        </div>
      ))}
      <div>
        <dt>Kept</dt>
        <dd className="ui-num">
          {all.kept}
          <small>of {all.visits} visits</small>
        </dd>
      </div>
    </dl>
  );
}

const columns: readonly { key: keyof Outcomes; label: string }[] = [
  { key: 'visits', label: 'Visits' },
  { key: 'kept', label: 'Kept' },
  { key: 'noShows', label: 'Missed' },
  { key: 'leftUnseen', label: 'Left unseen' },
  { key: 'cancelledByPatient', label: 'Cancelled by patient' },
  { key: 'lateCancels', label: 'Late cancels' },
  { key: 'lateMoves', label: 'Late moves' },
  { key: 'cancelledByPractice', label: 'Cancelled by us' },
  { key: 'open', label: 'Open' },
];

function OutcomeTable({ report: { rows, all, baseline }, by }: { report: OutcomesReport; by: OutcomeGroup }) {
  const most = (rate: (one: Outcomes) => Parameters<typeof shareOf>[0]) =>
    Math.max(...rows.map((row) => shareOf(rate(row)) ?? 0));
  const [missed, late] = [most(noShowRate), most(lateCancelRate)];
  return (
    <div className="rp-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{groupLabels[by]}</th>
            <th scope="col">Missed, share</th>
            <th scope="col">Late cancels, share</th>
            {columns.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                {row.label} <Compared rate={noShowRate(row)} usual={noShowRate(baseline)} />
              </th>
              <td>
                <Share rate={noShowRate(row)} full={missed} />
              </td>
              <td>
                <Share rate={lateCancelRate(row)} full={late} />
              </td>
              <Cells of={row} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            <td className="ui-num">{percent(noShowRate(all))}</td>
            <td className="ui-num">{percent(lateCancelRate(all))}</td>
            <Cells of={all} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Cells({ of }: { of: Outcomes }) {
  return columns.map(({ key }) => (
    <td key={key} className="ui-num">
      {of[key]}
    </td>
  ));
}

function linesOf({ rows, all, baseline }: OutcomesReport, by: OutcomeGroup) {
  const line = (label: string, one: Outcomes) => [
    label,
    ...columns.map(({ key }) => one[key]),
    shareOf(noShowRate(one)) ?? '',
    shareOf(lateCancelRate(one)) ?? '',
  ];
  return [
    [groupLabels[by], ...columns.map(({ label }) => label), 'Missed, share', 'Late cancels, share'],
    ...rows.map((row) => line(row.label, row)),
    line('All', all),
    line('The year before', baseline),
  ];
}
