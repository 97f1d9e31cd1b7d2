import { z } from 'zod';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { FormError, SelectField } from '../../../../ui/fields.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { assignDuty, listAssignees } from '../api.ts';
import type { MarkedDuty } from './snooze-dialog.tsx';

const everyone = 'everyone';
const Values = z.object({ staffId: z.string().min(1, 'Choose who.') });

/** Give a duty to a colleague, take it, or give it back to everyone. */
export function AssignDialog({
  duty,
  ownerStaffId,
  onClose,
}: {
  duty: MarkedDuty;
  ownerStaffId: string | null;
  onClose: () => void;
}) {
  const session = useSession();
  const toast = useToast();
  const { data } = useRead(listAssignees, {}, { topics: ['practice'] });
  const write = useWrite(assignDuty, { touches: ['duty-marks'] });
  const others = (data?.assignees ?? []).filter((one) => one.staffId !== session.staffId);
  const choices = [
    { value: session.staffId, label: `Me (${session.displayName})` },
    ...others.map((one) => ({ value: one.staffId, label: one.displayName })),
    { value: everyone, label: 'Everyone' },
  ];
  const name = { kind: duty.kind, subjectId: duty.subjectId, dueAt: duty.dueAt };
  const form = useForm({
    initial: { staffId: ownerStaffId === session.staffId ? '' : session.staffId },
    schema: Values,
    onSubmit: async (values) => {
      const staffId = values.staffId === everyone ? null : values.staffId;
      const { mark } = await write.mutateAsync({ body: { ...name, staffId, version: duty.markVersion } });
      const giveBack = () =>
        write.mutateAsync({ body: { ...name, staffId: ownerStaffId, version: mark.version } });
      const to = choices.find((choice) => choice.value === values.staffId)?.label ?? '';
      toast.done(`Given to ${to}: ${duty.title}`, { undo: giveBack });
      onClose();
    },
  });
  return (
    <Dialog
      opened
      size="small"
      title="Who does it?"
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel="Assign"
      busy={form.submitting}
    >
      <FormError form={form} />
      <p className="ui-dim">{duty.title}</p>
      <SelectField
        form={form}
        path="staffId"
        label="Give it to"
        choices={choices}
        required
        autoFocus
        searchable
      />
    </Dialog>
  );
}
