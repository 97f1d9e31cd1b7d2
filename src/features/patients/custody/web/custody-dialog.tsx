import { z } from 'zod';
import { useDraft } from '../../../../platform/web/drafts.ts';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { CheckboxField, FormError, TextField } from '../../../../ui/fields.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { addCustody } from '../api.ts';
import { Custody } from '../schema.ts';

type Values = { mustNotTell: string; mayBring: string; mayDecide: string; courtOrder: boolean };
const empty: Values = { mustNotTell: '', mayBring: '', mayDecide: '', courtOrder: false };

const FormSchema = z.preprocess((values) => {
  const { mustNotTell, ...rest } = values as Values;
  const names = mustNotTell.split(';').map((name) => name.trim());
  return { ...rest, mustNotTell: names.filter(Boolean) };
}, Custody);

/** Who may bring a child, who decides, and who must not be told. */
export function CustodyDialog({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const write = useWrite(addCustody, { touches: ['patients'] });
  const draft = useDraft<Values>(`custody of ${patientId}`);
  const form = useForm<Values, Custody>({
    initial: draft.initial ?? empty,
    schema: FormSchema,
    onSubmit: async (body) => {
      await write.mutateAsync({ params: { id: patientId }, body });
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
