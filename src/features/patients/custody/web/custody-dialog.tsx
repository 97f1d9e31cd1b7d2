import { z } from 'zod';
import { useDraft } from '../../../../platform/web/drafts.ts';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { CheckboxField, FormError, TextField } from '../../../../ui/fields.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import type { PatientAlert } from '../../api.ts';
import { addCustody, changeCustody } from '../api.ts';
import { Custody } from '../schema.ts';

type Values = { mustNotTell: string; mayBring: string; mayDecide: string; courtOrder: boolean };
const empty: Values = { mustNotTell: '', mayBring: '', mayDecide: '', courtOrder: false };

const FormSchema = z.preprocess((values) => {
  const { mustNotTell, ...rest } = values as Values;
  const names = mustNotTell.split(';').map((name) => name.trim());
  return { ...rest, mustNotTell: names.filter(Boolean) };
}, Custody);

type Props = {
  patientId: string;
  /** The note that is changed; left out: a new one. */
  alert?: PatientAlert;
  onClose: () => void;
};

function valuesOf(custody: NonNullable<PatientAlert['custody']>): Values {
  return { ...custody, mustNotTell: custody.mustNotTell.join('; ') };
}

/** Add or change, with the way back of a change. */
function useCustodyWrite(patientId: string, alert: PatientAlert | undefined) {
  const { mutateAsync: add } = useWrite(addCustody, { touches: ['patients'] });
  const { mutateAsync: change } = useWrite(changeCustody, { touches: ['patients'] });
  const toast = useToast();
  return async (body: Custody) => {
    if (!alert) return void (await add({ params: { id: patientId }, body }));
    const params = { id: patientId, alertId: alert.alertId };
    const changed = await change({ params, body: { version: alert.version, custody: body } });
    const { custody } = alert;
    const undo = () => change({ params, body: { version: changed.alert.version, custody: custody ?? body } });
    toast.done('Custody note changed.', { undo });
  };
}

/** Who may bring a child, who decides, and who must not be told. */
export function CustodyDialog({ patientId, alert, onClose }: Props) {
  const write = useCustodyWrite(patientId, alert);
  const draft = useDraft<Values>(`custody of ${patientId} ${alert?.alertId ?? ''}`.trim());
  const form = useForm<Values, Custody>({
    initial: draft.initial ?? (alert?.custody ? valuesOf(alert.custody) : empty),
    schema: FormSchema,
    onSubmit: async (body) => {
      await write(body);
      draft.drop();
      onClose();
    },
  });
  if (form.dirty) draft.keep(form.values);
  return (
    <Dialog opened onClose={onClose} title="Custody note" onSubmit={form.submit} busy={form.submitting}>
      <FormError form={form} />
      <TextField
        form={form}
        path="mustNotTell"
        label="Must NOT be told"
        hint="names; several: put ; between them"
        autoFocus
      />
      <TextField form={form} path="mayBring" label="May bring the child" />
      <TextField form={form} path="mayDecide" label="Decides about care" />
      <CheckboxField form={form} path="courtOrder" label="A court order is on file" />
    </Dialog>
  );
}
