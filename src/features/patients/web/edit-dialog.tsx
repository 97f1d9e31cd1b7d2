import { type ReactNode, useEffect, useState } from 'react';
import { CallFailed } from '../../../platform/web/call.ts';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormError } from '../../../ui/fields.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { changePatient, PatientRecord } from '../api.ts';
import { factText } from './fact-text.ts';
import type { PersonForm } from './person-fields.tsx';
import { type ChangeKey, changeForm, valuesOf } from './person-values.ts';

export type EditDialogProps = {
  patient: PatientRecord;
  title: string;
  /** The fields that this dialog changes. */
  keys: readonly ChangeKey[];
  children: (form: PersonForm) => ReactNode;
  onClose: () => void;
  /** Told when something is typed that is not saved, and when it is. */
  onDirty?: (dirty: boolean) => void;
};

const Kept = PatientRecord.omit({ age: true, alerts: true });

/** Change some fields of a person. When someone else was faster, both stand side by side and saving again wins. */
export function EditDialog({ patient, title, keys, children, onClose, onDirty }: EditDialogProps) {
  const toast = useToast();
  const write = useWrite(changePatient, { touches: ['patients'] });
  const [version, setVersion] = useState(patient.version);
  const [theirs, setTheirs] = useState<Record<string, unknown>>();
  const form = useForm({
    initial: valuesOf(patient),
    schema: changeForm(keys),
    onSubmit: async (change) => {
      const params = { id: patient.patientId };
      try {
        await write.mutateAsync({ params, body: { version, change } });
        toast.done('Saved.');
        onClose();
      } catch (error) {
        const current =
          error instanceof CallFailed && error.code === 'stale' ? error.detail.current : undefined;
        const kept = Kept.safeParse(current);
        if (kept.success) {
          setVersion(kept.data.version);
          setTheirs(kept.data);
        }
        if (!(error instanceof CallFailed) || !error.fields) throw error;
        const fields = Object.entries(error.fields).map(([path, words]) => [
          path.replace(/^change\./, ''),
          words,
        ]);
        throw { message: error.message, fields: Object.fromEntries(fields) };
      }
    },
  });
  const { dirty } = form;
  useEffect(() => onDirty?.(dirty), [dirty, onDirty]);
  return (
    <Dialog
      opened
      onClose={onClose}
      title={title}
      onSubmit={form.submit}
      busy={form.submitting}
      size="large"
      submitLabel={theirs ? 'Save mine' : 'Save'}
    >
      <FormError form={form} />
      {theirs && (
        <dl className="pt-theirs">
          {keys.map((key) => (
            <div key={key}>
              <dt>Now there: {key}</dt>
              <dd>{factText(theirs[key]) || '(empty)'}</dd>
            </div>
          ))}
        </dl>
      )}
      {children(form)}
    </Dialog>
  );
}
