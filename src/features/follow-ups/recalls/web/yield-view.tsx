import '../../../schedule/reports/web/reports.css';
import { useAddress } from '../../../../platform/web/address.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Empty } from '../../../../ui/empty.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { localDate } from '../../../../ui/format.ts';
import { addDays } from '../../../../ui/parse.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { SaveCsv, Share } from '../../../schedule/reports/web/figures.tsx';
import { type Days, DaysForm } from '../../../schedule/reports/web/reports-page.tsx';
import { readRecallYield } from '../api.ts';
import { yieldLines } from '../rules.ts';
import type { YieldRow } from '../schema.ts';

/** Of those who were to come back in these days: who was tried, booked and came. The address holds the days. */
export function YieldView() {
  const { search, go } = useAddress();
  const { timeZone } = useSession();
  const today = localDate(Date.now(), timeZone);
  const days = { from: search.from ?? addDays(today, -180), to: search.to ?? today };
  return (
    <section aria-label="Yield of recalls">
      <DaysForm
        key={`${days.from} ${days.to}`}
        {...{ days, today }}
        onDays={(next) => go('/follow-ups', { view: 'yield', ...next })}
      />
      <Rows days={days} />
    </section>
  );
}

function Rows({ days }: { days: Days }) {
  const topics = ['follow-ups', 'visits', 'recall-rules'];
  const { data, error, refetch } = useRead(readRecallYield, { query: days }, { topics });
  if (error) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={6} label="Counting the recalls" />;
  if (data.rows.length === 0)
    return (
      <Empty
        title="No recall rule yet"
        text="Once a rule calls people back (Settings, Recalls), what came of it is counted here."
      />
    );
  return (
    <>
      <div className="rp-table">
        <table aria-label="Yield of recalls">
          <thead>
            <tr>
              <th scope="col">Recall</th>
              <th scope="col">Due</th>
              <th scope="col">Contacted, share of due</th>
              <th scope="col">Contacted</th>
              <th scope="col">Booked, share of due</th>
              <th scope="col">Booked</th>
              <th scope="col">Kept, share of due</th>
              <th scope="col">Kept</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <Row key={row.recallRuleId} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="rp-note">
        Recalls whose day lies in these days. Who was booked without being contacted first counts as booked,
        so booked may be more than contacted.
      </p>
      <SaveCsv name={`recalls ${days.from} to ${days.to}`} lines={() => yieldLines(data.rows)} />
    </>
  );
}

const stages = ['contacted', 'booked', 'kept'] as const;

function Row({ row }: { row: YieldRow }) {
  return (
    <tr>
      <th scope="row">{row.name}</th>
      <td className="ui-num">{row.due}</td>
      {stages.flatMap((stage) => [
        <td key={`${stage} share`}>
          <Share rate={{ hits: row[stage], all: row.due }} full={1} />
        </td>,
        <td key={stage} className="ui-num">
          {row[stage]}
        </td>,
      ])}
    </tr>
  );
}
