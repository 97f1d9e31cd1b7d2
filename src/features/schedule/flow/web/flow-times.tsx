import { useRead } from '../../../../platform/web/use-office.ts';
import { DataTable, type TableColumn } from '../../../../ui/data-table.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { formatDay } from '../../../../ui/format.ts';
import { failureOf } from '../../../practice/web/settings-page.tsx';
import { readFlowTimes } from '../api.ts';
import type { Leg, PhysicianTimes } from '../schema.ts';
import type { Flow } from './use-flow.ts';

const minutes = (leg: Leg | null) =>
  leg ? (
    <span title={`${leg.count} measured`}>
      {Math.round(leg.median)} <span className="ui-dim">({Math.round(leg.p90)})</span>
    </span>
  ) : (
    '–'
  );

/** Medians from arrival to departure, and within what nine of ten were done, by physician. */
export function FlowTimes({ flow }: { flow: Flow }) {
  const { siteId } = { siteId: flow.search.site };
  const query = { date: flow.asked, ...(siteId ? { siteId } : {}) };
  const read = useRead(readFlowTimes, { query }, { topics: ['visits'], keys: [flow.asked] });
  const columns: TableColumn<PhysicianTimes>[] = [
    {
      id: 'physician',
      header: 'Physician',
      main: true,
      cell: (row) => flow.names.get(row.physicianId)?.name ?? 'not here today',
    },
    { id: 'visits', header: 'Visits', align: 'end', cell: (row) => row.visits },
    { id: 'waiting', header: 'To the room', align: 'end', cell: (row) => minutes(row.waiting) },
    { id: 'inRoom', header: 'To the physician', align: 'end', cell: (row) => minutes(row.inRoom) },
    { id: 'with', header: 'To departure', align: 'end', cell: (row) => minutes(row.withPhysician) },
    { id: 'whole', header: 'All in all', align: 'end', cell: (row) => minutes(row.whole) },
  ];
  const parts = [
    { title: 'Today', rows: read.data?.today },
    {
      title: read.data ? `${formatDay(read.data.latelyFrom)} to yesterday` : 'The last 30 days',
      rows: read.data?.lately,
    },
  ];
  return (
    <div className="fl-times">
      {parts.map(({ title, rows }, at) => (
        <section key={at === 0 ? 'today' : 'lately'} aria-label={title}>
          <h2>
            {title} <span className="ui-dim">median minutes (nine of ten within)</span>
          </h2>
          <DataTable
            label={title}
            columns={columns}
            rows={rows?.filter((row) => !flow.search.physician || row.physicianId === flow.search.physician)}
            rowKey={(row) => row.physicianId}
            failure={failureOf(read)}
            empty={
              <Empty
                icon="clock"
                title="Nothing measured yet"
                text="Times appear when patients are checked in and out."
              />
            }
          />
        </section>
      ))}
    </div>
  );
}
