import { useState } from 'react';
import type { z } from 'zod';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { DataTable, type TableColumn } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { Section } from '../../practice/web/settings-page.tsx';
import {
  liftRestriction,
  listRestricted,
  type RestrictedRow,
  type StaffLinkRow,
  unlinkStaff,
} from '../api.ts';
import { restrictionLabels } from '../schema.ts';
import { RestrictDialog } from './restrict-dialog.tsx';
import { StaffLinkDialog } from './staff-link-dialog.tsx';

type Answer = z.output<(typeof listRestricted)['answer']>;
export const restrictedTopics = ['privacy'];

function whoOf(row: RestrictedRow, accounts: Answer['accounts']): string {
  const names = accounts.filter((one) => row.accountIds.includes(one.id)).map((one) => one.name);
  return [
    ...row.roles.map((role) => `every ${role}`),
    ...names,
    row.careTeam ? 'physicians who treat them' : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** Records that only some may open, and colleagues who are patients. */
export function RestrictedList() {
  const read = useRead(listRestricted, {}, { topics: restrictedTopics });
  const [editing, setEditing] = useState<RestrictedRow | 'new' | null>(null);
  const [links, setLinks] = useState(false);
  const lift = useLift();
  const unlink = useUnlink();
  const failure =
    read.error && !read.data ? { message: read.error.message, onRetry: () => void read.refetch() } : null;
  const accounts = read.data?.accounts ?? [];
  return (
    <>
      <Section
        title="Restricted records"
        text="Only those named here open them. Everyone else sees “Restricted record” on the day, finds nobody in a search, and can break the glass with a reason if their role allows it."
        actions={
          <Button look="go" icon="plus" onClick={() => setEditing('new')}>
            Restrict a record
          </Button>
        }
      >
        <DataTable
          label="Restricted records"
          columns={restrictedColumns(accounts, lift)}
          rows={read.data?.restricted}
          rowKey={(row) => row.patientId}
          onOpen={setEditing}
          failure={failure}
          empty={
            <Empty
              icon="lock"
              title="No record is restricted"
              text="Restrict a colleague’s, or one that an order protects."
            />
          }
        />
      </Section>
      {read.data && (
        <Section
          title="Colleagues who are patients"
          text="Nobody opens their own chart here, and the report names those who look at a colleague’s."
          actions={<Button onClick={() => setLinks(true)}>Link a colleague</Button>}
        >
          <DataTable
            label="Colleagues who are patients"
            columns={linkColumns(unlink)}
            rows={read.data.links}
            rowKey={(row) => row.staffId}
            empty={
              <Empty
                icon="person"
                title="Nobody is linked"
                text="Say which record belongs to someone who works here."
              />
            }
          />
        </Section>
      )}
      {editing && read.data && (
        <RestrictDialog
          row={editing === 'new' ? null : editing}
          known={read.data.restricted}
          accounts={accounts}
          onClose={() => setEditing(null)}
        />
      )}
      {links && read.data && <StaffLinkDialog staff={read.data.staff} onClose={() => setLinks(false)} />}
    </>
  );
}

function restrictedColumns(
  accounts: Answer['accounts'],
  lift: (row: RestrictedRow) => Promise<void>,
): TableColumn<RestrictedRow>[] {
  return [
    { id: 'whom', header: 'Record', main: true, cell: (row) => `${row.fileName} · ${row.mrn}` },
    { id: 'kind', header: 'Because', cell: (row) => restrictionLabels[row.kind] },
    {
      id: 'who',
      header: 'Who may open it',
      cell: (row) => whoOf(row, accounts) || 'nobody without breaking the glass',
    },
    { id: 'note', header: 'Note', cell: (row) => row.note },
    {
      id: 'lift',
      header: 'Restriction',
      cell: (row) => (
        <Button
          look="quiet"
          aria-label={`Lift the restriction of ${row.fileName}`}
          onClick={() => void lift(row)}
        >
          Lift …
        </Button>
      ),
    },
  ];
}

function linkColumns(unlink: (row: StaffLinkRow) => Promise<void>): TableColumn<StaffLinkRow>[] {
  return [
    { id: 'staff', header: 'Colleague', main: true, cell: (row) => row.displayName },
    { id: 'record', header: 'Is the patient', cell: (row) => `${row.fileName} · ${row.mrn}` },
    {
      id: 'state',
      header: 'Record',
      cell: (row) =>
        row.restricted ? <Tag tone="good">restricted</Tag> : <Tag tone="wait">open to all</Tag>,
    },
    {
      id: 'unlink',
      header: 'Link',
      cell: (row) => (
        <Button look="quiet" aria-label={`Unlink ${row.displayName}`} onClick={() => void unlink(row)}>
          Unlink
        </Button>
      ),
    },
  ];
}

function useLift() {
  const { mutateAsync } = useWrite(liftRestriction, { touches: 'everything' });
  const ask = useConfirm();
  const toast = useToast();
  return async ({ patientId, fileName, version }: RestrictedRow) => {
    const answer = await ask({
      title: `Lift the restriction of ${fileName}?`,
      text: 'Everyone with a reason can open the record again.',
      reason: { label: 'Why', required: true, usual: ['No longer needed', 'Set by mistake'] },
      confirmLabel: 'Lift it',
      run: (reason) => mutateAsync({ params: { id: patientId }, body: { version, reason } }),
    });
    if (answer) toast.done('Lifted.');
  };
}

function useUnlink() {
  const { mutateAsync } = useWrite(unlinkStaff, { touches: restrictedTopics });
  const toast = useToast();
  return async ({ staffId, displayName }: StaffLinkRow) => {
    try {
      await mutateAsync({ params: { staffId }, body: {} });
      toast.done(`${displayName} is no longer linked to a record.`);
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'The link stays for now. Try again.');
    }
  };
}
