import { z } from 'zod';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { PhoneField, SelectField, TextField } from '../../../ui/fields.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { addStaff, changeStaff } from '../api.ts';
import { proposeDisplayName } from '../rules.ts';
import { NewStaff, StaffRow } from '../schema.ts';
import { RecordDialog } from './record-dialog.tsx';
import { staffKindChoices } from './staff-words.ts';
import { useRecordForm } from './use-record-form.ts';

const touches = ['practice', 'setup'];
const labels = {
  givenName: 'First name',
  familyName: 'Last name',
  displayName: 'As the office says it',
  kind: 'Is',
  credentials: 'Credentials',
  specialty: 'Specialty',
  npi: 'NPI',
  phone: 'Phone',
};

// Left empty, the name as the office says it is the one proposed.
const schema = NewStaff.extend({ displayName: z.string().trim().max(100) }).transform((staff) => ({
  ...staff,
  displayName: staff.displayName || proposeDisplayName(staff.kind, staff.givenName, staff.familyName),
}));

const valuesOf = (row: StaffRow | null) => ({
  givenName: row?.givenName ?? '',
  familyName: row?.familyName ?? '',
  displayName: row?.displayName ?? '',
  kind: String(row?.kind ?? ''),
  credentials: row?.credentials ?? '',
  specialty: row?.specialty ?? '',
  npi: row?.npi ?? '',
  phone: row?.phone ?? '',
});

export function StaffDialog({ staff, onClose }: { staff: StaffRow | null; onClose: () => void }) {
  const add = useWrite(addStaff, { touches });
  const change = useWrite(changeStaff, { touches });
  const toast = useToast();
  const record = useRecordForm({
    draftKey: `staff ${staff?.staffId ?? 'new'}`,
    row: staff,
    rowShape: StaffRow,
    schema,
    valuesOf,
    save: (out, version) =>
      staff && version
        ? change.mutateAsync({ params: { staffId: staff.staffId }, body: { ...out, version } })
        : add.mutateAsync({ body: out }),
    onDone: () => {
      toast.done('Saved.');
      onClose();
    },
  });
  const { form } = record;
  const { kind, givenName, familyName } = form.values;
  return (
    <RecordDialog
      title={staff ? staff.displayName : 'New staff member'}
      record={record}
      labels={labels}
      onClose={onClose}
      aside={staff && <StaffUse staff={staff} onClose={onClose} />}
    >
      <TextField form={form} path="givenName" label="First name" required autoFocus />
      <TextField form={form} path="familyName" label="Last name" required />
      <SelectField form={form} path="kind" label="Is" required choices={staffKindChoices} />
      <TextField
        form={form}
        path="displayName"
        label="As the office says it"
        placeholder={proposeDisplayName(kind, givenName, familyName) || 'Dr. Lee'}
        hint="Stands on columns and visits."
      />
      <TextField form={form} path="credentials" label="Credentials" placeholder="MD, FACP" />
      <TextField form={form} path="specialty" label="Specialty" />
      <TextField
        form={form}
        path="npi"
        label="NPI"
        inputMode="numeric"
        hint="10 digits; the last one checks the others."
      />
      <PhoneField form={form} path="phone" label="Phone" />
    </RecordDialog>
  );
}

/** Record that someone left, or came back. */
function StaffUse({ staff, onClose }: { staff: StaffRow; onClose: () => void }) {
  const { mutateAsync: change } = useWrite(changeStaff, { touches });
  const toast = useToast();
  const ask = useConfirm();
  const { displayName: name, active, staffId } = staff;
  const run = async () => {
    const leaving = {
      title: `${name} no longer works here?`,
      text: 'They are signed out and leave the schedule. Visits booked with them stay and are shown as outside hours. Nothing is deleted.',
      confirmLabel: 'They left',
      danger: true,
    };
    if (active && !(await ask(leaving))) return;
    try {
      await change({ params: { staffId }, body: { version: staff.version, active: !active } });
      onClose();
      toast.done(active ? `${name} left.` : `${name} is back. Enable the account and the column as needed.`);
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This could not be changed.');
    }
  };
  return <Button onClick={() => void run()}>{active ? 'No longer works here' : 'Bring back'}</Button>;
}
