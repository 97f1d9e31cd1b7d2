import { useState } from 'react';
import { z } from 'zod';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormError, SelectField } from '../../../ui/fields.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import type { PatientHit } from '../../patients/api.ts';
import { PatientPicker } from '../../patients/web/patient-search.tsx';
import { linkStaff } from '../api.ts';

type StaffLinkDialogProps = { staff: readonly { id: string; name: string }[]; onClose: () => void };

const schema = z.object({
  staffId: z.string().min(1, 'Choose who works here.'),
  patientId: z.string().min(1, 'Choose their record.'),
});

/** Someone who works here is a patient as well. */
export function StaffLinkDialog({ staff, onClose }: StaffLinkDialogProps) {
  const { mutateAsync } = useWrite(linkStaff, { touches: ['privacy'] });
  const toast = useToast();
  const [hit, setHit] = useState<PatientHit>();
  const form = useForm({
    initial: { staffId: '', patientId: '' },
    schema,
    onSubmit: async (body) => {
      await mutateAsync({ body });
      toast.done('Linked. They cannot open their own chart from now on.');
      onClose();
    },
  });
  const pick = (one: PatientHit | undefined) => {
    setHit(one);
    form.set('patientId', one?.patientId ?? '');
  };
  const error = form.error('patientId');
  return (
    <Dialog
      opened
      title="A colleague who is a patient"
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel="Link"
      busy={form.submitting}
    >
      <FormError form={form} />
      <SelectField
        form={form}
        path="staffId"
        label="Who works here"
        required
        autoFocus
        searchable
        choices={staff.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {hit ? (
        <p>
          <b>{hit.fileName}</b> · MRN {hit.mrn}{' '}
          <Button look="quiet" onClick={() => pick(undefined)}>
            Choose another
          </Button>
        </p>
      ) : (
        <PatientPicker label="Their record" onPick={pick} {...(error ? { error } : {})} />
      )}
    </Dialog>
  );
}
