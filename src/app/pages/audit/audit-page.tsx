import '../system/system.css';
import { Select } from '@mantine/core';
import { useState } from 'react';
import { type AuditRow, listAudit, listAuditPeople } from '../../../platform/audit/api.ts';
import { useAddress } from '../../../platform/web/address.ts';
import type { DeskPage } from '../../../platform/web/desk-page.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../ui/data-table.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';

function columns(zone: string): TableColumn<AuditRow>[] {
  return [
    { id: 'seq', header: 'No.', cell: (row) => row.seq, align: 'end', width: 80 },
    { id: 'at', header: 'When', cell: (row) => formatDayTime(row.at, zone) },
    { id: 'who', header: 'Who', cell: (row) => row.who },
    { id: 'action', header: 'Did', main: true, cell: (row) => row.action },
    { id: 'about', header: 'About', cell: (row) => aboutOf(row) },
    { id: 'reason', header: 'Reason', cell: (row) => row.reason ?? '' },
  ];
}

function aboutOf(row: AuditRow): string {
  const count = row.subjectIds.length;
  return count === 1 ? row.subjectKind : `${count} × ${row.subjectKind}`;
}

function AuditPage() {
  const { timeZone } = useSession();
  const { line } = useSlots();
  const { search, go } = useAddress();
  const [opened, setOpened] = useState<AuditRow>();
  const before = search.before ? Number(search.before) : undefined;
  const query = { accountId: search.account, subjectId: search.subject, before };
  const read = useRead(listAudit, { query }, { topics: [] });
  const people = useRead(listAuditPeople, {}, { topics: [] });
  const records = read.data?.records;
  const oldest = records?.at(-1)?.seq;
  return (
    <>
      <PageHeader title="Audit" small="who did or saw what, newest first" tabTitle="Audit" line={line} />
      <PageBody>
        <div className="audit-filters">
          <Select
            label="Who"
            placeholder="Everyone"
            clearable
            searchable
            data={(people.data?.people ?? []).map((one) => ({
              value: one.accountId,
              label: one.displayName,
            }))}
            value={search.account ?? null}
            onChange={(account) =>
              go('/audit', { ...search, account: account ?? undefined, before: undefined })
            }
          />
          {(before || search.subject) && <Button onClick={() => go('/audit')}>Back to the newest</Button>}
          {read.data?.more && oldest && (
            <Button onClick={() => go('/audit', { ...search, before: String(oldest) })}>Older</Button>
          )}
        </div>
        <DataTable
          label="Audit records"
          columns={columns(timeZone)}
          rows={records}
          rowKey={(row) => String(row.seq)}
          onOpen={setOpened}
          empty={
            <Empty
              title="Nothing recorded here"
              text="Every read and write of a chart appears here at once."
            />
          }
          failure={read.error ? { message: read.error.message, onRetry: () => void read.refetch() } : null}
        />
        {opened && <RecordDialog row={opened} onClose={() => setOpened(undefined)} />}
      </PageBody>
    </>
  );
}

function RecordDialog({ row, onClose }: { row: AuditRow; onClose: () => void }) {
  return (
    <Dialog opened onClose={onClose} title={`Record ${row.seq}: ${row.action}`}>
      <p>
        {row.who}, {row.at}
        {row.reason && `. Reason: ${row.reason}`}
      </p>
      {row.before !== null && <Facts title="Before" value={row.before} />}
      {row.after !== null && <Facts title="After" value={row.after} />}
      <p className="ui-dim">About {row.subjectIds.join(', ') || 'nothing in particular'}</p>
    </Dialog>
  );
}

function Facts({ title, value }: { title: string; value: unknown }) {
  return (
    <section>
      <h3>{title}</h3>
      <pre className="audit-facts">{JSON.stringify(value, null, 2)}</pre>
    </section>
  );
}

export const auditPages: readonly DeskPage[] = [
  {
    path: '/audit',
    title: 'Audit',
    permission: 'audit.read',
    Page: AuditPage,
    rail: { label: 'Audit', icon: 'shield', order: 80 },
    help: (
      <p>
        Every read and write is recorded here and can be changed by nobody. Enter opens a record with what was
        before and after. “frontdesk audit verify” proves that none was altered.
      </p>
    ),
  },
];
