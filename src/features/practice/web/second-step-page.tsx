import { useState } from 'react';
import { z } from 'zod';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../ui/data-table.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { FormError, SelectField } from '../../../ui/fields.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { Tag } from '../../../ui/tag.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { Role } from '../schema.ts';
import { askRole, listAskedRoles } from '../second-step/api.ts';
import type { AskedRoleRow } from '../second-step/schema.ts';
import { failureOf, Section } from './settings-page.tsx';

const topics = ['practice'];

/** Of which roles more than a password is asked, from when on, and who is ready for it. */
export function SecondStepPage() {
  const read = useRead(listAskedRoles, {}, { topics });
  const [asking, setAsking] = useState<AskedRoleRow | null>(null);
  return (
    <Section
      title="Second step at sign-in"
      text="An authenticator app or a passkey beside the password. Whoever can manage accounts should always need one: their password alone would open everything."
    >
      <DataTable
        label="Roles"
        columns={columnsOf(setAsking)}
        rows={read.data?.roles}
        rowKey={(row) => row.role}
        failure={failureOf(read)}
        empty={<Empty icon="key" title="No roles" text="Roles come with the program." />}
      />
      {asking && <AskDialog row={asking} onClose={() => setAsking(null)} />}
    </Section>
  );
}

function columnsOf(onAsk: (row: AskedRoleRow) => void): TableColumn<AskedRoleRow>[] {
  return [
    { id: 'role', header: 'Role', main: true, cell: (row) => row.label },
    { id: 'ready', header: 'Have one', cell: (row) => `${row.ready} of ${row.people}` },
    { id: 'asked', header: 'Asked', cell: (row) => <Asked row={row} /> },
    { id: 'change', header: 'Change', cell: (row) => <Change row={row} onAsk={onAsk} /> },
  ];
}

function Asked({ row }: { row: AskedRoleRow }) {
  const { timeZone } = useSession();
  if (row.requiredFrom === null)
    return row.role === 'manager' ? <Tag tone="wait">no: recommended</Tag> : <Tag>no</Tag>;
  const words = formatDayTime(row.requiredFrom, timeZone);
  return Date.parse(row.requiredFrom) <= Date.now() ? (
    <Tag tone="good">{`since ${words}`}</Tag>
  ) : (
    <Tag tone="calm">{`from ${words}`}</Tag>
  );
}

function Change({ row, onAsk }: { row: AskedRoleRow; onAsk: (row: AskedRoleRow) => void }) {
  const toast = useToast();
  const { mutate, isPending } = useWrite(askRole, { touches: topics });
  const role = Role.parse(row.role);
  const stop = () =>
    mutate(
      { params: { role }, body: { graceDays: null, was: row.requiredFrom } },
      {
        onSuccess: () => toast.done(`${row.label}: a password is enough again.`),
        onError: (failure) => toast.refused(failure.message),
      },
    );
  return row.requiredFrom === null ? (
    <Button look="quiet" aria-label={`Ask for it: ${row.label}`} onClick={() => onAsk(row)}>
      Ask for it
    </Button>
  ) : (
    <Button look="quiet" busy={isPending} aria-label={`No longer: ${row.label}`} onClick={stop}>
      No longer
    </Button>
  );
}

const schema = z.object({ graceDays: z.string().transform(Number) });
const spans = [
  { value: '0', label: 'At once: at their next sign-in' },
  { value: '3', label: 'In 3 days' },
  { value: '7', label: 'In a week' },
  { value: '14', label: 'In two weeks' },
  { value: '30', label: 'In 30 days' },
];

function AskDialog({ row, onClose }: { row: AskedRoleRow; onClose: () => void }) {
  const toast = useToast();
  const { mutateAsync } = useWrite(askRole, { touches: topics });
  const form = useForm({
    initial: { graceDays: '7' },
    schema,
    onSubmit: async ({ graceDays }) => {
      await mutateAsync({
        params: { role: Role.parse(row.role) },
        body: { graceDays, was: row.requiredFrom },
      });
      toast.done(`${row.label}: a second step is asked.`);
      onClose();
    },
  });
  const waiting = row.people - row.ready;
  return (
    <Dialog
      opened
      size="small"
      title={`A second step for the role ${row.label}`}
      onClose={onClose}
      onSubmit={form.submit}
      busy={form.submitting}
      submitLabel="Ask for it"
    >
      <FormError form={form} />
      <p>
        {waiting === 0
          ? 'Everyone with this role has one.'
          : `${waiting} of ${row.people} with this role have none yet. They are reminded until then, and set it up at the first sign-in after.`}
      </p>
      <SelectField form={form} path="graceDays" label="From when on" choices={spans} required autoFocus />
    </Dialog>
  );
}
