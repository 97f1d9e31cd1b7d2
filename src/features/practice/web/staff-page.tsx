import { useState } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { formatAgo } from '../../../ui/format.ts';
import { Tag } from '../../../ui/tag.tsx';
import { listAccounts } from '../accounts/api.ts';
import type { AccountRow } from '../accounts/schema.ts';
import { listStaff } from '../api.ts';
import type { StaffRow } from '../schema.ts';
import { AccountDialog, PasswordDialog } from './account-dialog.tsx';
import { roleWords } from './role-words.ts';
import { failureOf, Section } from './settings-page.tsx';
import { StaffDialog } from './staff-dialog.tsx';
import { staffKindLabels } from './staff-words.ts';

const topics = ['practice'];
type Shown = { name: string; password: string };

export function StaffPage() {
  const session = useSession();
  const manages = session.may('accounts.manage');
  const read = useRead(listStaff, {}, { topics });
  const accounts = useRead(listAccounts, {}, { topics, enabled: manages });
  const [opened, setOpened] = useState<StaffRow | 'new' | null>(null);
  const [signsIn, setSignsIn] = useState<StaffRow | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const byStaff = new Map(accounts.data?.accounts.map((account) => [account.staffId, account]));
  const columns = [...staffColumns, ...(manages ? accountColumns(byStaff, setSignsIn) : [])];
  return (
    <Section
      title="Staff and accounts"
      text="Everyone who works here. An account lets a person sign in; its roles say what they may do."
      actions={
        <Button look="go" icon="plus" onClick={() => setOpened('new')}>
          Add someone
        </Button>
      }
    >
      <DataTable
        label="Staff"
        columns={columns}
        rows={manages && !accounts.data && !accounts.error ? undefined : read.data?.staff}
        rowKey={(staff) => staff.staffId}
        onOpen={setOpened}
        failure={failureOf(read) ?? (manages ? failureOf(accounts) : null)}
        empty={<Empty icon="people" title="Nobody yet" text="Add the people who work here." />}
      />
      {opened && <StaffDialog staff={opened === 'new' ? null : opened} onClose={() => setOpened(null)} />}
      {signsIn && (
        <AccountDialog
          staffId={signsIn.staffId}
          name={signsIn.displayName}
          account={byStaff.get(signsIn.staffId) ?? null}
          onClose={() => setSignsIn(null)}
          onPassword={(password) => setShown({ name: signsIn.displayName, password })}
        />
      )}
      {shown && <PasswordDialog {...shown} onClose={() => setShown(null)} />}
    </Section>
  );
}

const staffColumns: TableColumn<StaffRow>[] = [
  {
    id: 'name',
    header: 'Name',
    main: true,
    cell: (staff) => (
      <span className={staff.active ? undefined : 'set-off'}>
        {staff.displayName}
        {staff.credentials && `, ${staff.credentials}`}
        {!staff.active && ' (left)'}
      </span>
    ),
  },
  { id: 'kind', header: 'Is', cell: (staff) => staffKindLabels[staff.kind] },
  { id: 'specialty', header: 'Specialty', cell: (staff) => staff.specialty },
  {
    id: 'npi',
    header: 'NPI',
    cell: (staff) =>
      staff.npi ?? (staff.kind === 'physician' && staff.active ? <Tag tone="wait">missing</Tag> : ''),
  },
];

function accountColumns(
  accounts: ReadonlyMap<string, AccountRow>,
  onOpen: (staff: StaffRow) => void,
): TableColumn<StaffRow>[] {
  return [
    {
      id: 'roles',
      header: 'Roles',
      cell: (staff) => <Roles account={accounts.get(staff.staffId)} />,
    },
    {
      id: 'seen',
      header: 'Last here',
      cell: (staff) => {
        const seenAt = accounts.get(staff.staffId)?.lastSeenAt;
        return seenAt ? formatAgo(seenAt, Date.now()) : '';
      },
    },
    {
      id: 'account',
      header: 'Account',
      cell: (staff) => {
        const account = accounts.get(staff.staffId);
        if (!account && !staff.active) return '';
        return (
          <Button
            look="quiet"
            aria-label={`${account ? 'Change account of' : 'Make an account for'} ${staff.displayName}`}
            onClick={() => onOpen(staff)}
          >
            {account ? account.email : 'Make an account'}
          </Button>
        );
      },
    },
  ];
}

function Roles({ account }: { account: AccountRow | undefined }) {
  if (!account) return null;
  if (account.disabled) return <Tag tone="wrong">disabled</Tag>;
  return (
    <span className="set-tags">
      {account.roles.map((role) => (
        <Tag key={role}>{roleWords[role]}</Tag>
      ))}
      {account.secondStep && <Tag tone="good">second step</Tag>}
      {account.mustChangePassword && <Tag tone="wait">new password</Tag>}
    </span>
  );
}
