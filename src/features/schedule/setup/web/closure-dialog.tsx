import { useEffect } from 'react';
import { z } from 'zod';
import { useDraft } from '../../../../platform/web/drafts.ts';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { DateField, FormError, SelectField, TextField } from '../../../../ui/fields.tsx';
import { formatDay } from '../../../../ui/format.ts';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { addClosures } from '../../../practice/closures/api.ts';
import { NewClosure } from '../../../practice/closures/schema.ts';

const schema = NewClosure.extend({ siteId: z.string().transform((id) => id || null) });
const empty = { onDate: '', name: '', siteId: '' };

type ClosureDialogProps = {
  sites: readonly { siteId: string; name: string }[];
  today: string;
  onClose: () => void;
};

export function ClosureDialog({ sites, today, onClose }: ClosureDialogProps) {
  const { mutateAsync: add } = useWrite(addClosures, { touches: ['practice', 'setup'] });
  const toast = useToast();
  const draft = useDraft<typeof empty>('closure new');
  const form = useForm({
    initial: draft.initial ?? empty,
    schema,
    onSubmit: async (closure) => {
      await add({ body: { closures: [closure] } });
      draft.drop();
      toast.done(`Closed on ${formatDay(closure.onDate, today)}.`);
      onClose();
    },
  });
  const { dirty, values } = form;
  useEffect(() => {
    if (dirty) draft.keep(values);
  }, [dirty, values, draft.keep]);
  return (
    <Dialog
      opened
      title="Close on a day"
      onClose={onClose}
      onSubmit={form.submit}
      busy={form.submitting}
      submitLabel="Close"
    >
      <FormError form={form} />
      <div className="set-fields">
        <DateField form={form} path="onDate" label="Day" required autoFocus today={today} />
        <TextField form={form} path="name" label="Why" required placeholder="Staff training" />
        <SelectField
          form={form}
          path="siteId"
          label="Where"
          clearable
          placeholder="The whole practice"
          hint="Left empty: the whole practice."
          choices={sites.map((site) => ({ value: site.siteId, label: site.name }))}
        />
      </div>
    </Dialog>
  );
}
