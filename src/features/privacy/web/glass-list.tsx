import { useAddress } from '../../../platform/web/address.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { DataTable, type TableColumn } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { formatDayTime, formatTime } from '../../../ui/format.ts';
import { Tag } from '../../../ui/tag.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { type GlassRow, listGlass, reviewGlass } from '../api.ts';

const topics = ['glass'];

function columns(zone: string): TableColumn<GlassRow>[] {
  return [
    {
      id: 'at',
      header: 'When',
      cell: (row) => `${formatDayTime(row.at, zone)} to ${formatTime(row.until, zone)}`,
    },
    { id: 'who', header: 'Who', cell: (row) => row.who },
    {
      id: 'whom',
      header: 'Opened',
      main: true,
      cell: (row) => (row.patientId ? `${row.fileName} · ${row.mrn}` : 'everything, as an emergency'),
    },
    { id: 'why', header: 'Reason', cell: (row) => row.reason },
    {
      id: 'state',
      header: 'Review',
      cell: (row) =>
        row.reviewedAt ? (
          <Tag tone="good" title={row.reviewNote}>{`${row.reviewedBy}: ${row.reviewNote}`}</Tag>
        ) : (
          <Tag tone="wrong">to review</Tag>
        ),
    },
  ];
}

/** Restricted records that were opened all the same, and rights raised in an emergency. */
export function GlassList() {
  const { timeZone, accountId, may } = useSession();
  const { search, go } = useAddress();
  const query = { show: search.all ? ('all' as const) : ('open' as const) };
  const read = useRead(listGlass, { query }, { topics });
  const { mutateAsync } = useWrite(reviewGlass, { touches: [...topics, 'duties'] });
  const ask = useConfirm();
  const toast = useToast();
  const review = async (row: GlassRow) => {
    if (row.reviewedAt) return;
    if (row.accountId === accountId) return toast.refused('Your own is reviewed by someone else.');
    const answer = await ask({
      title: `${row.who} ${row.patientId ? `opened ${row.fileName}` : 'raised their rights'}`,
      text: `“${row.reason}”`,
      reason: {
        label: 'What you found',
        required: true,
        usual: ['Justified', 'Talked about it', 'Not justified'],
      },
      confirmLabel: 'Reviewed',
      cancelLabel: 'Not yet',
      run: (note) => mutateAsync({ params: { id: row.glassId }, body: { note } }),
    });
    if (answer) toast.done('Reviewed, and on record.');
  };
  return (
    <>
      <div className="prv-filters">
        <Button onClick={() => go('/privacy', { show: 'glass', all: search.all ? undefined : '1' })}>
          {search.all ? 'Open ones only' : 'Also reviewed ones'}
        </Button>
        {search.glass && may('audit.read') && <Button onClick={() => go('/audit')}>The whole audit</Button>}
      </div>
      <DataTable
        label="Broken glass"
        columns={columns(timeZone)}
        rows={read.data?.glass}
        rowKey={(row) => row.glassId}
        {...(search.glass ? { selectedKey: search.glass } : {})}
        onOpen={(row) => void review(row)}
        failure={
          read.error && !read.data
            ? { message: read.error.message, onRetry: () => void read.refetch() }
            : null
        }
        empty={
          <Empty
            icon="check"
            title="No broken glass to review"
            text="When someone opens a restricted record, or raises their rights in an emergency, it appears here and on Today at once."
          />
        }
      />
    </>
  );
}
