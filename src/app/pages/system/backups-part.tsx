import { useState } from 'react';
import { z } from 'zod';
import { RecordDialog } from '../../../features/practice/web/record-dialog.tsx';
import { useRecordForm } from '../../../features/practice/web/use-record-form.ts';
import {
  BackupPlan,
  type BackupRun,
  type Backups,
  backUpNow,
  getBackups,
  noteDrill,
  planBackups,
} from '../../../platform/backups/api.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { DataTable, type TableColumn } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { SelectField, TextField, TimeField } from '../../../ui/fields.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { useToast } from '../../../ui/toast.tsx';

const touches = ['backups'];

/** On the System page: the plan, its backups, and the last try to restore one. */
export function BackupsPart() {
  const read = useRead(getBackups, {}, { topics: touches });
  if (read.error && !read.data)
    return <Failure message={read.error.message} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Skeleton rows={4} />;
  return <Planned backups={read.data} />;
}

function Planned({ backups }: { backups: Backups }) {
  const { timeZone } = useSession();
  const [planning, setPlanning] = useState(false);
  const { plan, lastDrillAt } = backups;
  return (
    <section aria-label="Backups" className="system-backups">
      <h2>Backups by themselves</h2>
      <p>
        {plan
          ? `Every day at ${plan.atLocal} into ${plan.folder}, the last ${plan.keep} are kept; next ${formatDayTime(plan.nextAt, timeZone)}. ${lastDrillAt ? `A restore was last tried ${formatDayTime(lastDrillAt, timeZone)}.` : 'A restore was not tried yet.'}`
          : 'Not planned yet: until then someone has to run “frontdesk backup” by hand.'}{' '}
        {plan && backups.passphrase === 'missing' && (
          <Tag tone="wrong">the passphrase is missing: type it again</Tag>
        )}
      </p>
      <Buttons plan={plan} onPlan={() => setPlanning(true)} />
      {plan && (
        <DataTable
          label="Backups"
          columns={columnsOf(timeZone)}
          rows={backups.runs}
          rowKey={(run) => run.runId}
          empty={
            <Empty icon="box" title="None yet" text="The first comes at its time, or press “Back up now”." />
          }
        />
      )}
      {planning && <PlanDialog backups={backups} onClose={() => setPlanning(false)} />}
    </section>
  );
}

function Buttons({ plan, onPlan }: { plan: Backups['plan']; onPlan: () => void }) {
  const toast = useToast();
  const ask = useConfirm();
  const { mutate, isPending } = useWrite(backUpNow, { touches });
  const { mutateAsync: note } = useWrite(noteDrill, { touches });
  const now = () =>
    mutate(
      {},
      {
        onSuccess: () => toast.done('A backup begins within half a minute and appears below.'),
        onError: (failure) => toast.refused(failure.message),
      },
    );
  const drill = () =>
    ask({
      title: 'A restore was tried',
      text: 'Best on another machine or in an empty folder, with “frontdesk restore <file>”.',
      confirmLabel: 'Note it',
      cancelLabel: 'Cancel',
      reason: { label: 'What did you restore, and what did you see?', required: true },
      run: (reason) => note({ body: { reason } }),
    });
  return (
    <div className="help-actions">
      <Button look={plan ? 'plain' : 'go'} onClick={onPlan}>
        {plan ? 'Change the plan' : 'Plan the backups'}
      </Button>
      {plan && (
        <>
          <Button busy={isPending} onClick={now}>
            Back up now
          </Button>
          <Button onClick={() => void drill()}>A restore was tried</Button>
        </>
      )}
    </div>
  );
}

function columnsOf(timeZone: string): TableColumn<BackupRun>[] {
  return [
    { id: 'due', header: 'For', main: true, cell: (run) => formatDayTime(run.dueAt, timeZone) },
    { id: 'state', header: 'State', cell: (run) => <RunState run={run} /> },
    { id: 'file', header: 'File', cell: (run) => run.file },
    {
      id: 'size',
      header: 'Size',
      cell: (run) => (run.bytes === null ? '' : sizeOf(run.bytes)),
    },
  ];
}

const sizeOf = (bytes: number) =>
  bytes < 1_048_576 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`;

function RunState({ run }: { run: BackupRun }) {
  if (run.finishedAt) return <Tag tone="good">read back whole</Tag>;
  if (run.fault) return <Tag tone="wrong">{run.fault}</Tag>;
  return <Tag tone="calm">at it</Tag>;
}

const schema = BackupPlan.extend({
  keep: z.string().transform(Number).pipe(BackupPlan.shape.keep),
  drillDays: z.string().transform(Number).pipe(BackupPlan.shape.drillDays),
  passphrase: planBackups.body.shape.passphrase,
});
const labels = { atLocal: 'Time', folder: 'Folder', keep: 'Kept', drillDays: 'Reminder' };
const rowShape = BackupPlan.extend({ version: z.number() });
const valuesOf = (row: z.output<typeof rowShape> | null) => ({
  atLocal: row?.atLocal ?? '02:30',
  folder: row?.folder ?? 'backups',
  keep: String(row?.keep ?? 14),
  drillDays: String(row?.drillDays ?? 90),
  passphrase: '',
});
const kept = [7, 14, 30, 90].map((count) => ({ value: String(count), label: `The last ${count}` }));
const reminders = [
  { value: '30', label: 'Every month' },
  { value: '90', label: 'Every three months' },
  { value: '180', label: 'Every half year' },
  { value: '0', label: 'Not at all' },
];

function PlanDialog({ backups, onClose }: { backups: Backups; onClose: () => void }) {
  const toast = useToast();
  const { mutateAsync } = useWrite(planBackups, { touches });
  const record = useRecordForm({
    draftKey: 'backup plan',
    row: backups.plan,
    rowShape,
    schema,
    valuesOf,
    save: async (out, version) => {
      await mutateAsync({ body: { ...out, version: version ?? 0 } });
      toast.done('The office backs itself up.');
    },
    onDone: onClose,
  });
  const { form } = record;
  const known = backups.passphrase !== 'missing';
  return (
    <RecordDialog title="Backups by themselves" record={record} labels={labels} onClose={onClose}>
      <TimeField
        form={form}
        path="atLocal"
        label="Every day at"
        required
        autoFocus
        hint="Best in the night."
      />
      <SelectField form={form} path="keep" label="Keep" required choices={kept} />
      <div className="wide">
        <TextField
          form={form}
          path="folder"
          label="Folder on the office’s machine"
          required
          hint="Best on another disk. A name without a slash stands in the data folder."
        />
      </div>
      <div className="wide">
        <TextField
          form={form}
          path="passphrase"
          label="Passphrase"
          type="password"
          autoComplete="new-password"
          required={!known}
          hint={
            backups.passphrase === 'environment'
              ? 'Given by the host (FRONTDESK_BACKUP_PASSPHRASE).'
              : `At least 12 characters. ${known ? 'Left empty, it stays as it is.' : 'Write it down and keep it apart: without it nobody can restore.'}`
          }
          disabledReason={
            backups.passphrase === 'environment' && 'The host gives it (FRONTDESK_BACKUP_PASSPHRASE).'
          }
        />
      </div>
      <SelectField
        form={form}
        path="drillDays"
        label="Remind me to try a restore"
        required
        choices={reminders}
      />
    </RecordDialog>
  );
}
