import { useState } from 'react';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { DataTable, type TableColumn } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { formatAgo, formatDay } from '../../../ui/format.ts';
import { Tag } from '../../../ui/tag.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { type AccessKeyRow, listAccessKeys, revokeAccessKey } from '../access/api.ts';
import { AccessKeyDialog, KeyDialog } from './access-key-dialog.tsx';
import { failureOf, Section } from './settings-page.tsx';

const topics = ['practice'];

/** The keys with which other programs sign in. */
export function ProgramsPage() {
  const read = useRead(listAccessKeys, {}, { topics });
  const [making, setMaking] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const revoke = useRevoke();
  return (
    <Section
      title="Programs"
      text="An access key lets another program act for an account, over FHIR R4 at /fhir/R4 or the office’s own API. It may do what that account may do, and everything that it does is on record."
      actions={
        <Button look="go" icon="plus" onClick={() => setMaking(true)}>
          Make a key
        </Button>
      }
    >
      <DataTable
        label="Access keys"
        columns={columnsWith(revoke)}
        rows={read.data?.keys}
        rowKey={(key) => key.accessKeyId}
        failure={failureOf(read)}
        empty={<Empty icon="lock" title="No program signs in" text="Make a key for a program that should." />}
      />
      {making && <AccessKeyDialog onClose={() => setMaking(false)} onKey={setShown} />}
      {shown && <KeyDialog accessKey={shown} onClose={() => setShown(null)} />}
    </Section>
  );
}

function useRevoke() {
  const { mutateAsync } = useWrite(revokeAccessKey, { touches: topics });
  const ask = useConfirm();
  const toast = useToast();
  return async ({ accessKeyId, label }: AccessKeyRow) => {
    const title = `Revoke the key of ${label}?`;
    const text = 'The program is signed out at once. This cannot be undone; make a new key for it instead.';
    if (!(await ask({ title, text, confirmLabel: 'Revoke', danger: true }))) return;
    try {
      await mutateAsync({ params: { accessKeyId }, body: {} });
      toast.done(`${label} can no longer sign in.`);
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'The key could not be revoked.');
    }
  };
}

const hasEnded = (key: AccessKeyRow) => key.revokedAt !== null || Date.parse(key.expiresAt) <= Date.now();

function columnsWith(revoke: (key: AccessKeyRow) => Promise<void>): TableColumn<AccessKeyRow>[] {
  return [
    {
      id: 'label',
      header: 'Program',
      main: true,
      cell: (key) => <span className={hasEnded(key) ? 'set-off' : undefined}>{key.label}</span>,
    },
    { id: 'account', header: 'Acts for', cell: (key) => key.displayName },
    {
      id: 'used',
      header: 'Last used',
      cell: (key) => (key.lastUsedAt ? formatAgo(key.lastUsedAt, Date.now()) : 'never'),
    },
    { id: 'until', header: 'Until', cell: (key) => formatDay(key.expiresAt.slice(0, 10)) },
    {
      id: 'state',
      header: 'Key',
      cell: (key) => {
        if (key.revokedAt) return <Tag>revoked</Tag>;
        if (hasEnded(key)) return <Tag tone="wait">expired</Tag>;
        return (
          <span className="set-tags">
            {key.accountDisabled && <Tag tone="wrong">account disabled</Tag>}
            <Button
              look="quiet"
              aria-label={`Revoke the key of ${key.label}`}
              onClick={() => void revoke(key)}
            >
              Revoke
            </Button>
          </span>
        );
      },
    },
  ];
}
