import { useWrite } from '../../../platform/web/use-office.ts';
import { PhoneField, SelectField, TextField } from '../../../ui/fields.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { changePractice } from '../api.ts';
import { PracticeChange, PracticeFacts } from '../schema.ts';
import { RecordDialog } from './record-dialog.tsx';
import { useRecordForm } from './use-record-form.ts';
import { zoneChoices } from './zones.ts';

const labels = { name: 'Name', phone: 'Phone', timeZone: 'Time zone' };
const schema = PracticeChange.omit({ version: true }).required();

export function PracticeDialog({ practice, onClose }: { practice: PracticeFacts; onClose: () => void }) {
  const change = useWrite(changePractice, { touches: ['practice', 'setup'] });
  const toast = useToast();
  const record = useRecordForm({
    draftKey: 'practice',
    row: practice,
    rowShape: PracticeFacts,
    schema,
    valuesOf: (row) => ({
      name: row?.name ?? '',
      phone: row?.phone ?? '',
      timeZone: row?.timeZone ?? '',
    }),
    save: (out, version) => change.mutateAsync({ body: { ...out, version: version ?? 1 } }),
    onDone: () => {
      toast.done('The practice is saved.');
      onClose();
    },
  });
  const { form } = record;
  return (
    <RecordDialog title="The practice" record={record} labels={labels} onClose={onClose}>
      <TextField form={form} path="name" label="Name" required autoFocus />
      <PhoneField form={form} path="phone" label="Phone" />
      <SelectField
        form={form}
        path="timeZone"
        label="Time zone"
        required
        choices={zoneChoices}
        hint="Deadlines and Today follow it; each site has its own."
      />
    </RecordDialog>
  );
}
