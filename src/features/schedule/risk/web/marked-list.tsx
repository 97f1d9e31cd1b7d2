import { useAddress } from '../../../../platform/web/address.ts';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { formatDayTime, localDate } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { listMarked } from '../api.ts';
import type { MarkedVisit } from '../schema.ts';

/** Whom to call first: unconfirmed visits of the next seven days, with the reasons in words. */
export function MarkedList() {
  const { data, error, refetch } = useRead(listMarked, {}, { topics: ['visits', 'visit-risk', 'patients'] });
  if (error && !data) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={6} label="Looking at the visits ahead" />;
  if (data.rows.length === 0)
    return (
      <Empty
        title="Nobody to call first"
        text={`Of ${data.looked} unconfirmed visits of the next seven days none stands out.`}
      />
    );
  return (
    <section className="rk-part">
      <h2>Call first</h2>
      <div className="rp-table rk-marked">
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col" className="rp-left">
                Who
              </th>
              <th scope="col" className="rp-left">
                Why
              </th>
              <th scope="col" className="rp-left">
                With
              </th>
              <th scope="col">
                <span className="ui-unseen">Open</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <MarkedRow key={row.visitId} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="rp-note">
        {data.rows.length} of {data.looked} unconfirmed visits of the next seven days
        {data.looked >= 500 ? ' (the next 500 are looked at)' : ''}.
      </p>
    </section>
  );
}

function MarkedRow({ row }: { row: MarkedVisit }) {
  const { go } = useAddress();
  const date = localDate(row.startsAt, row.timeZone);
  return (
    <tr>
      <th scope="row">{formatDayTime(row.startsAt, row.timeZone)}</th>
      <th scope="row">{row.patientName}</th>
      <td className="rk-why">{row.reasons.join(' · ')}</td>
      <td className="rk-with">
        {row.visitTypeName}, {row.physicianName}
      </td>
      <td>
        <Button onClick={() => go('/schedule', { date, visitId: row.visitId })}>Open</Button>
      </td>
    </tr>
  );
}
