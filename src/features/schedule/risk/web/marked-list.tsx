import { useAddress } from '../../../../platform/web/address.ts';
import { useRead } from '../../../../platform/web/use-office.ts';
import { DataTable, type TableColumn } from '../../../../ui/data-table.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { formatDayTime, localDate } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { listMarked } from '../api.ts';
import type { MarkedVisit } from '../schema.ts';

const columns: readonly TableColumn<MarkedVisit>[] = [
  { id: 'who', header: 'Who', cell: (row) => row.patientName, main: true, width: 150 },
  { id: 'when', header: 'When', cell: (row) => formatDayTime(row.startsAt, row.timeZone), width: 180 },
  { id: 'why', header: 'Why', cell: (row) => row.reasons.join(' · ') },
  { id: 'with', header: 'With', cell: (row) => `${row.visitTypeName}, ${row.physicianName}` },
];

/** Whom to call first: unconfirmed visits of the next seven days, with the reasons in words. */
export function MarkedList() {
  const { go } = useAddress();
  const { data, error, refetch } = useRead(listMarked, {}, { topics: ['visits', 'visit-risk', 'patients'] });
  if (error && !data) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={6} label="Looking at the visits ahead" />;
  const none = `Of ${data.looked} unconfirmed visits of the next seven days none stands out.`;
  return (
    <section className="rk-part">
      <h2>Call first</h2>
      <DataTable
        label="Visits that may be missed"
        columns={columns}
        rows={data.rows}
        rowKey={(row) => row.visitId}
        onOpen={({ startsAt, timeZone, visitId }) =>
          go('/schedule', { date: localDate(startsAt, timeZone), visitId })
        }
        empty={<Empty title="Nobody to call first" text={none} />}
      />
      {data.rows.length > 0 && (
        <p className="rp-note">
          {data.rows.length} of {data.looked} unconfirmed visits of the next seven days
          {data.looked >= 500 ? ' (the next 500 are looked at)' : ''}. Enter opens one.
        </p>
      )}
    </section>
  );
}
