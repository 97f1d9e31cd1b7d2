import { Select } from '@mantine/core';
import { useState } from 'react';
import { useAddress } from '../../../platform/web/address.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { DataTable, type TableColumn } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { formatCount, formatDayTime } from '../../../ui/format.ts';
import { Tag } from '../../../ui/tag.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { type LookUpRow, listLookUps, reviewLookUps } from '../api.ts';
import { LookUpKind, reasonLabels } from '../schema.ts';

const topics = ['look-ups'];

function columns(zone: string): TableColumn<LookUpRow>[] {
  return [
    { id: 'at', header: 'When', cell: (row) => formatDayTime(row.at, zone) },
    { id: 'who', header: 'Who', cell: (row) => row.who },
    { id: 'whom', header: 'Looked up', main: true, cell: (row) => `${row.fileName} · ${row.mrn}` },
    {
      id: 'why',
      header: 'Reason',
      cell: (row) => (row.text ? `${reasonLabels[row.kind]}: ${row.text}` : reasonLabels[row.kind]),
    },
    {
      id: 'since',
      header: 'What followed',
      cell: (row) => (row.since ? <Tag tone="good">{row.since}</Tag> : <Tag tone="wait">nothing yet</Tag>),
    },
    {
      id: 'state',
      header: 'Review',
      cell: (row) =>
        row.reviewedAt ? (
          <Tag tone="good" title={row.reviewNote}>
            {row.reviewedBy}
          </Tag>
        ) : (
          <Tag>open</Tag>
        ),
    },
  ];
}

/** Everyone who was looked up without being near that day. */
export function LookUps() {
  const { timeZone, accountId } = useSession();
  const { search, go } = useAddress();
  const set = (change: Record<string, string | undefined>) =>
    go('/privacy', { ...search, show: 'look-ups', before: undefined, ...change });
  const kind = LookUpKind.safeParse(search.kind);
  const query = {
    show: search.all ? ('all' as const) : ('open' as const),
    ...(search.account ? { accountId: search.account } : {}),
    ...(kind.success ? { kind: kind.data } : {}),
    ...(search.before ? { before: search.before } : {}),
  };
  const read = useRead(listLookUps, { query }, { topics });
  const rows = read.data?.lookUps;
  const oldest = rows?.at(-1);
  const review = useReview();
  const mine = rows?.filter((row) => row.accountId !== accountId && !row.reviewedAt) ?? [];
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <>
      <div className="prv-filters">
        <Select
          label="Who"
          placeholder="Everyone"
          clearable
          searchable
          data={(read.data?.people ?? []).map((one) => ({ value: one.accountId, label: one.displayName }))}
          value={search.account ?? null}
          onChange={(account) => set({ account: account ?? undefined })}
        />
        <Select
          label="Reason"
          placeholder="Any"
          clearable
          data={Object.entries(reasonLabels).map(([value, label]) => ({ value, label }))}
          value={search.kind ?? null}
          onChange={(value) => set({ kind: value ?? undefined })}
        />
        <Button onClick={() => set({ all: search.all ? undefined : '1' })}>
          {search.all ? 'Open ones only' : 'Also reviewed ones'}
        </Button>
        {search.before && <Button onClick={() => set({})}>Back to the newest</Button>}
        {read.data?.more && oldest && <Button onClick={() => set({ before: oldest.at })}>Older</Button>}
        <span className="ui-gap" />
        <Button
          look="go"
          disabledReason={
            mine.length === 0 && 'Nothing here waits for you. Your own are reviewed by someone else.'
          }
          onClick={() => void review(mine, false)}
        >
          {`Reviewed: ${formatCount(mine.length, 'look-up')}`}
        </Button>
      </div>
      <DataTable
        label="Look-ups"
        columns={columns(timeZone)}
        rows={rows}
        rowKey={(row) => row.lookUpId}
        selectedKey={opened}
        onOpen={(row) => {
          setOpened(row.lookUpId);
          if (!row.reviewedAt && row.accountId !== accountId) void review([row], true);
        }}
        failure={
          read.error && !rows ? { message: read.error.message, onRetry: () => void read.refetch() } : null
        }
        empty={
          <Empty
            icon="check"
            title="Nothing to review"
            text="When someone opens the record of a person who is not near that day, their reason appears here."
          />
        }
      />
    </>
  );
}

/** One with a note, or all that are shown at once. */
function useReview() {
  const { mutateAsync } = useWrite(reviewLookUps, { touches: topics });
  const ask = useConfirm();
  const toast = useToast();
  return async (rows: readonly LookUpRow[], withNote: boolean) => {
    const [first] = rows;
    const title =
      withNote && first ? `${first.who} looked up ${first.fileName}` : 'Mark all of these as reviewed?';
    const lookUpIds = rows.map((row) => row.lookUpId);
    const answer = await ask({
      title,
      text: withNote
        ? first?.text || reasonLabels[first?.kind ?? 'none']
        : formatCount(rows.length, 'look-up'),
      confirmLabel: 'Reviewed',
      cancelLabel: 'Not yet',
      ...(withNote ? { reason: { label: 'Note, if any' } } : {}),
      run: (note) => mutateAsync({ body: { lookUpIds, note } }),
    });
    if (answer) toast.done(`${formatCount(rows.length, 'look-up')} reviewed.`);
  };
}
