import './online.css';
import { useAddress } from '../../../platform/web/address.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { DataTable, type TableColumn } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { listRequests } from '../api.ts';
import { whyWords } from '../requests/rules.ts';
import type { OnlineRequest } from '../requests/schema.ts';
import { RequestSheet } from './request-sheet.tsx';

function Standing({ request: { outcome, why } }: { request: OnlineRequest }) {
  if (outcome) return <Tag tone={outcome === 'booked' ? 'good' : 'calm'}>{outcome}</Tag>;
  if (!why) return <Tag tone="calm">is being looked up</Tag>;
  return (
    <span>
      <Tag tone="wait">waits</Tag> {whyWords[why]}
    </span>
  );
}

function columns(zone: string): TableColumn<OnlineRequest>[] {
  return [
    { id: 'who', header: 'Who', main: true, cell: (one) => `${one.givenName} ${one.familyName}` },
    { id: 'what', header: 'Asks for', cell: (one) => `${one.visitTypeName}, ${one.physicianName}` },
    { id: 'when', header: 'Time', cell: (one) => formatDayTime(one.startsAt, one.timeZone) },
    { id: 'asked', header: 'Asked', cell: (one) => formatDayTime(one.askedAt, zone) },
    { id: 'state', header: 'State', cell: (one) => <Standing request={one} /> },
  ];
}

/** Times that people asked for on the booking page. */
export function OnlinePage() {
  const { timeZone } = useSession();
  const { line, besides } = useSlots();
  const { search, go } = useAddress();
  const read = useRead(listRequests, { query: {} }, { topics: ['online'] });
  return (
    <>
      <PageHeader
        title="Online"
        small="what people asked for on the booking page"
        tabTitle="Online"
        actions={besides}
        line={line}
      />
      <PageBody>
        <DataTable
          label="Requests"
          columns={columns(timeZone)}
          rows={read.data?.requests}
          rowKey={(one) => one.requestId}
          onOpen={(one) => go('/online', { request: one.requestId })}
          empty={
            <Empty
              title="Nobody asked for a time"
              text="Open the booking page in Settings, Patients’ pages; what is asked for there appears here."
            />
          }
          failure={read.error ? { message: read.error.message, onRetry: () => void read.refetch() } : null}
        />
        {search.request && (
          <RequestSheet key={search.request} requestId={search.request} onClose={() => go('/online')} />
        )}
      </PageBody>
    </>
  );
}
