import { useAddress } from '../../../../platform/web/address.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../../ui/data-table.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { formatDayTime } from '../../../../ui/format.ts';
import { listMerges, type PatientMerge } from '../api.ts';
import { ApartNote } from './merges-section.tsx';
import { useTakeApart } from './use-merging.ts';

/** The latest merges of the practice; each can be taken apart. */
export function MergesOfPractice() {
  const { timeZone } = useSession();
  const { go } = useAddress();
  const read = useRead(listMerges, {}, { topics: ['merges'] });
  const { run, result, busy } = useTakeApart();
  const columns: TableColumn<PatientMerge>[] = [
    { id: 'from', header: 'Record', main: true, cell: (one) => `MRN ${one.fromMrn}`, width: 130 },
    { id: 'into', header: 'Became part of', cell: (one) => one.into },
    { id: 'at', header: 'When', cell: (one) => formatDayTime(one.at, timeZone) },
    { id: 'by', header: 'By', cell: (one) => one.by || 'the office' },
    {
      id: 'apart',
      header: '',
      align: 'end',
      cell: (one) => (
        <Button
          icon="undo"
          busy={busy === one.mergeId}
          aria-label={`Take record ${one.fromMrn} apart`}
          onClick={() => void run(one)}
        >
          Take apart
        </Button>
      ),
    },
  ];
  return (
    <div className="mg-page">
      {result && <ApartNote apart={result} />}
      <DataTable
        label="Merged records"
        columns={columns}
        rows={read.data?.merges}
        rowKey={(one) => one.mergeId}
        onOpen={(one) => go(`/patients/${one.intoId}`)}
        failure={
          read.error && !read.data
            ? { message: read.error.message, onRetry: () => void read.refetch() }
            : null
        }
        empty={
          <Empty
            icon="people"
            title="No merged records"
            text="When two records become one, the merge stands here and can be taken apart."
          />
        }
      />
    </div>
  );
}
