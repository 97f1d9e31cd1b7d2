import { useAddress } from '../../../platform/web/address.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { DateField, FormError } from '../../../ui/fields.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { markDeceased, type PatientRecord, removePatient } from '../api.ts';
import { useToday } from './use-patient-search.ts';

/** Say that a person has died; what is booked is offered for cancelling by the schedule. */
export function DeceasedDialog({ patient, onClose }: { patient: PatientRecord; onClose: () => void }) {
  const today = useToday();
  const write = useWrite(markDeceased, { touches: ['patients'] });
  const deceased = !patient.deceased;
  const form = useForm({
    initial: { deceasedOn: '' },
    schema: markDeceased.body.pick({ deceasedOn: true }),
    onSubmit: async ({ deceasedOn }) => {
      const body = { version: patient.version, deceased, deceasedOn };
      await write.mutateAsync({ params: { id: patient.patientId }, body });
      onClose();
    },
  });
  return (
    <Dialog
      opened
      size="small"
      onClose={onClose}
      title={deceased ? 'This person has died' : 'This person is alive'}
      onSubmit={form.submit}
      busy={form.submitting}
      submitLabel={deceased ? 'Mark as deceased' : 'Take it back'}
    >
      <FormError form={form} />
      {deceased ? (
        <DateField
          form={form}
          path="deceasedOn"
          label="Died on"
          hint="if known"
          {...{ today }}
          years="past"
          autoFocus
        />
      ) : (
        <p>The mark and its date are taken back. The history keeps both.</p>
      )}
    </Dialog>
  );
}

/** The whole record was a mistake: kept, and found no more. */
export function RemoveButton({ patient }: { patient: PatientRecord }) {
  const ask = useConfirm();
  const toast = useToast();
  const person = usePerson();
  const { go } = useAddress();
  const write = useWrite(removePatient, { touches: ['patients'] });
  const remove = async () => {
    const answer = await ask({
      title: 'Mark this whole record as entered in error?',
      text: 'It is kept for the audit, and nobody finds it any more.',
      confirmLabel: 'Mark it',
      danger: true,
      reason: { label: 'Why', required: true, usual: ['Registered twice', 'Not a patient here', 'A test'] },
      run: (reason) =>
        write.mutateAsync({ params: { id: patient.patientId }, body: { version: patient.version, reason } }),
    });
    if (!answer) return;
    person.letGo();
    toast.done('Marked as entered in error.');
    go('/patients');
  };
  return (
    <Button look="quiet" icon="trash" onClick={() => void remove()}>
      Entered in error …
    </Button>
  );
}
