import { useAddress } from '../../../platform/web/address.ts';
import { call } from '../../../platform/web/call.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { DataTable, type TableColumn } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { formatCount, formatDay, formatDayTime } from '../../../ui/format.ts';
import { Tag } from '../../../ui/tag.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { csvLine } from '../../exports/rules.ts';
import { type FindingRow, listFindings, lookAgain, reviewFinding } from '../snoops/api.ts';
import { saveText } from './save-text.ts';

const topics = ['snoops'];

function Evidence({ row }: { row: FindingRow }) {
  return (
    <ul className="prv-evidence">
      {row.evidence.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

function columns(zone: string): TableColumn<FindingRow>[] {
  return [
    { id: 'at', header: 'When', cell: (row) => formatDayTime(row.at, zone) },
    { id: 'who', header: 'Who', cell: (row) => row.who },
    {
      id: 'whom',
      header: 'Looked at',
      main: true,
      cell: (row) => (row.patientId ? `${row.fileName} · ${row.mrn}` : 'many people'),
    },
    { id: 'why', header: 'Why it is here', cell: (row) => <Evidence row={row} /> },
    {
      id: 'state',
      header: 'Review',
      cell: (row) =>
        row.reviewedAt ? (
          <Tag tone="good">{[row.reviewedBy, row.reviewNote].filter(Boolean).join(': ')}</Tag>
        ) : (
          <Tag tone="wait">open</Tag>
        ),
    },
  ];
}

/** Looks at records that nothing explains, and that may be curiosity. */
export function Findings() {
  const { timeZone, accountId, may } = useSession();
  const { search, go } = useAddress();
  const set = (change: Record<string, string | undefined>) =>
    go('/privacy', { ...search, show: 'report', ...change });
  const query = {
    show: search.all ? ('all' as const) : ('open' as const),
    ...(search.before ? { before: search.before } : {}),
  };
  const read = useRead(listFindings, { query }, { topics });
  const review = useReview(accountId);
  const { again, looking } = useLookAgain();
  const rows = read.data?.findings;
  const oldest = rows?.at(-1);
  const through = read.data?.through;
  return (
    <>
      <div className="prv-filters">
        <Button onClick={() => set({ all: search.all ? undefined : '1', before: undefined })}>
          {search.all ? 'Open ones only' : 'Also reviewed ones'}
        </Button>
        {search.before && <Button onClick={() => set({ before: undefined })}>Back to the newest</Button>}
        {read.data?.more && oldest && <Button onClick={() => set({ before: oldest.at })}>Older</Button>}
        <Button busy={looking} onClick={() => void again()}>
          Look again, today too
        </Button>
        {rows && rows.length > 0 && <SaveButton zone={timeZone} all={search.all !== undefined} />}
        {may('audit.read') && <Button onClick={() => go('/audit')}>The whole audit</Button>}
        <span className="ui-gap" />
        {through && <span className="ui-dim">Looked through up to {formatDay(through)}</span>}
      </div>
      <DataTable
        label="Snooping report"
        columns={columns(timeZone)}
        rows={rows}
        rowKey={(row) => row.findingId}
        onOpen={(row) => void review(row)}
        failure={
          read.error && !rows ? { message: read.error.message, onRetry: () => void read.refetch() } : null
        }
        empty={
          <Empty
            icon="check"
            title="Nothing stands out"
            text="Every night the audit of the day is looked through: looks at colleagues, namesakes and neighbors of the staff, unusual hours and numbers, the same record again and again. What someone’s work explains is never listed."
          />
        }
      />
    </>
  );
}

function useReview(accountId: string) {
  const { mutateAsync } = useWrite(reviewFinding, { touches: topics });
  const ask = useConfirm();
  const toast = useToast();
  const { go } = useAddress();
  const { may } = useSession();
  return async (row: FindingRow) => {
    if (row.reviewedAt || row.accountId === accountId) {
      if (may('audit.read')) go('/audit', { account: row.accountId, subject: row.patientId ?? undefined });
      return;
    }
    const answer = await ask({
      title: `${row.who} looked at ${row.patientId ? row.fileName : 'many people'}`,
      text: <Evidence row={row} />,
      reason: {
        label: 'What you found out',
        required: true,
        usual: ['Was part of the work', 'Talked about it', 'Not justified'],
      },
      confirmLabel: 'Reviewed',
      cancelLabel: 'Not yet',
      run: (note) => mutateAsync({ params: { id: row.findingId }, body: { note } }),
    });
    if (answer) toast.done('Reviewed, and on record.');
  };
}

function useLookAgain() {
  const { mutateAsync, isPending } = useWrite(lookAgain, { touches: topics });
  const toast = useToast();
  const again = async () => {
    try {
      const { days, found } = await mutateAsync({ body: {} });
      toast.done(`${formatCount(days, 'day')} looked through; ${formatCount(found, 'finding')} of today.`);
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'The audit could not be read. Try again.');
    }
  };
  return { again, looking: isPending };
}

function SaveButton({ zone, all }: { zone: string; all: boolean }) {
  const toast = useToast();
  const save = async () => {
    try {
      const { findings } = await call(listFindings, { query: { show: all ? 'all' : 'open', limit: 500 } });
      const lines = findings.map((row) => [
        formatDayTime(row.at, zone),
        row.who,
        row.fileName,
        row.mrn,
        row.evidence.join(' '),
        row.reviewedBy,
        row.reviewNote,
      ]);
      const head = ['When', 'Who', 'Looked at', 'MRN', 'Why', 'Reviewed by', 'Note'];
      saveText('snooping-report.csv', [head, ...lines].map(csvLine).join(''));
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'The report could not be saved. Try again.');
    }
  };
  return <Button onClick={() => void save()}>Save as a table</Button>;
}
