import { z } from 'zod';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { FormError, SelectField, TextField } from '../../../ui/fields.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { makeAccessKey, NewAccessKey } from '../access/api.ts';
import { listAccounts } from '../accounts/api.ts';

const schema = NewAccessKey.extend({
  accountId: z.string().min(1, 'Choose whose account it acts for.'),
  days: z.string().transform(Number),
  purpose: z.string().trim().min(3, 'Say in a few words what it reads people for.').max(200),
});
const spans = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
  { value: '730', label: 'Two years' },
];

type AccessKeyDialogProps = { onClose: () => void; onKey: (key: string) => void };

export function AccessKeyDialog({ onClose, onKey }: AccessKeyDialogProps) {
  const accounts = useRead(listAccounts, {}, { topics: ['practice'] });
  const { mutateAsync: make } = useWrite(makeAccessKey, { touches: ['practice'] });
  const form = useForm({
    initial: { label: '', accountId: '', days: '365', purpose: '' },
    schema,
    onSubmit: async (body) => {
      const { key } = await make({ body });
      onClose();
      onKey(key);
    },
  });
  const choices = (accounts.data?.accounts ?? [])
    .filter((account) => !account.disabled)
    .map((account) => ({ value: account.accountId, label: `${account.displayName}, ${account.email}` }));
  return (
    <Dialog
      opened
      title="A key for a program"
      onClose={onClose}
      onSubmit={form.submit}
      busy={form.submitting}
      submitLabel="Make the key"
    >
      <FormError form={form} />
      {accounts.error && <Failure message={accounts.error.message} onRetry={() => void accounts.refetch()} />}
      <div className="set-fields">
        <TextField form={form} path="label" label="Program" required autoFocus placeholder="Online booking" />
        <SelectField
          form={form}
          path="accountId"
          label="Acts for"
          required
          choices={choices}
          hint="Best an account of its own, with only the roles that the program needs."
          disabledReason={accounts.error && 'The accounts are not here yet: try again above.'}
        />
        <TextField
          form={form}
          path="purpose"
          label="Reads people for"
          required
          placeholder="Patients book online"
          hint="On record with what it reads. It never opens a restricted record."
        />
        <SelectField form={form} path="days" label="Works for" required choices={spans} />
      </div>
    </Dialog>
  );
}

/** A key that is shown this once. */
export function KeyDialog({ accessKey, onClose }: { accessKey: string; onClose: () => void }) {
  const toast = useToast();
  const copy = () =>
    navigator.clipboard
      .writeText(accessKey)
      .then(() => toast.done('Copied.'))
      .catch(() => toast.refused('Your browser did not allow copying. Mark the key and press Ctrl C.'));
  return (
    <Dialog
      opened
      title="The program’s key"
      onClose={onClose}
      onSubmit={onClose}
      submitLabel="I have put it into the program"
      cancelLabel="Close"
      aside={<Button onClick={() => void copy()}>Copy</Button>}
    >
      <p>Put it into the program now: it is shown once, and only its fingerprint is kept here.</p>
      <code className="set-password">{accessKey}</code>
    </Dialog>
  );
}
