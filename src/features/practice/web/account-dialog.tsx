import { useState } from 'react';
import { z } from 'zod';
import { type RoleKey, roleKeys } from '../../../platform/contributions.ts';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { CheckboxField, TextField } from '../../../ui/fields.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { addAccount, changeAccount, resetPassword } from '../accounts/api.ts';
import { AccountRow } from '../accounts/schema.ts';
import { resetSecondStep } from '../second-step/api.ts';
import { RecordDialog } from './record-dialog.tsx';
import { roleWords } from './role-words.ts';
import { useRecordForm } from './use-record-form.ts';

const touches = ['practice'];
const labels = { email: 'E-mail', roles: 'Roles' };

const schema = z
  .object({
    email: z.email('Type an e-mail address, like name@example.com.').max(254),
    roles: z.record(z.string(), z.boolean()),
  })
  .transform(({ email, roles }) => ({ email, roles: roleKeys.filter((role) => roles[role]) }))
  .refine(({ roles }) => roles.length > 0, {
    message: 'Choose at least one role.',
    path: ['roles.secretary'],
  });

const valuesOf = (row: AccountRow | null) => ({
  email: row?.email ?? '',
  roles: Object.fromEntries(roleKeys.map((role) => [role, row?.roles.includes(role) ?? false])),
});

type AccountDialogProps = {
  staffId: string;
  name: string;
  account: AccountRow | null;
  onClose: () => void;
  /** The password is shown once, by the page. */
  onPassword: (password: string) => void;
};

export function AccountDialog({ staffId, name, account, onClose, onPassword }: AccountDialogProps) {
  const add = useWrite(addAccount, { touches });
  const change = useWrite(changeAccount, { touches });
  const toast = useToast();
  const record = useRecordForm({
    draftKey: `account ${staffId}`,
    row: account,
    rowShape: AccountRow,
    schema,
    valuesOf,
    save: async (out, version) => {
      if (account && version) {
        const params = { accountId: account.accountId };
        await change.mutateAsync({ params, body: { ...out, version } });
        toast.done('The account is saved.');
      } else {
        onPassword((await add.mutateAsync({ body: { ...out, staffId } })).password);
      }
    },
    onDone: onClose,
  });
  const { form } = record;
  return (
    <RecordDialog
      title={account ? `${name}’s account` : `An account for ${name}`}
      record={record}
      labels={labels}
      show={showValue}
      onClose={onClose}
      submitLabel={account ? 'Save' : 'Make the account'}
      aside={account && <AccountUse account={account} name={name} {...{ onClose, onPassword }} />}
    >
      <div className="wide">
        <TextField form={form} path="email" label="E-mail to sign in with" required autoFocus type="email" />
      </div>
      <fieldset className="set-choices wide">
        <legend className="ui-field-label">Roles; a person may have several</legend>
        <div>
          {roleKeys.map((role: RoleKey) => (
            <CheckboxField key={role} form={form} path={`roles.${role}`} label={roleWords[role]} />
          ))}
        </div>
      </fieldset>
    </RecordDialog>
  );
}

function showValue(path: string, value: unknown): string {
  if (path !== 'roles') return String(value);
  const chosen = z.record(z.string(), z.boolean()).parse(value);
  return roleKeys
    .filter((role) => chosen[role])
    .map((role) => roleWords[role])
    .join(', ');
}

type AccountUseProps = Pick<AccountDialogProps, 'name' | 'onClose' | 'onPassword'> & { account: AccountRow };

function AccountUse({ account, name, onClose, onPassword }: AccountUseProps) {
  const { mutateAsync: change } = useWrite(changeAccount, { touches });
  const { mutateAsync: reset } = useWrite(resetPassword, { touches });
  const { mutateAsync: resetStep } = useWrite(resetSecondStep, { touches });
  const [busy, setBusy] = useState(false);
  const toast = useToast();
  const ask = useConfirm();
  const params = { accountId: account.accountId };
  const { version, disabled } = account;
  const attempt = async (work: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await work();
      onClose();
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This could not be changed.');
    }
    setBusy(false);
  };
  const toggle = async () => {
    const title = `Disable ${name}’s account?`;
    const text = 'They are signed out at once and cannot sign in until it is enabled again.';
    if (!disabled && !(await ask({ title, text, confirmLabel: 'Disable', danger: true }))) return;
    await attempt(async () => {
      await change({ params, body: { version, disabled: !disabled } });
      toast.done(disabled ? `${name} can sign in again.` : `${name} can no longer sign in.`);
    });
  };
  const newPassword = async () => {
    const title = `A new password for ${name}?`;
    const text = 'The old one stops working and they are signed out. The new one is shown once.';
    if (!(await ask({ title, text, confirmLabel: 'Reset the password', cancelLabel: 'Cancel' }))) return;
    await attempt(async () => onPassword((await reset({ params, body: { version } })).password));
  };
  const newSecondStep = async () => {
    const title = `Reset ${name}’s second step?`;
    const text =
      'Their app, passkeys and recovery codes stop working and they are signed out. They sign in with their password alone and set it up again. Be sure that it is really they who ask.';
    const reason = { label: 'Why? They read it at their desk.', required: true };
    const answer = await ask({ title, text, confirmLabel: 'Reset', danger: true, reason });
    if (!answer) return;
    await attempt(async () => {
      await resetStep({ params, body: { version, reason: answer.reason } });
      toast.done(`${name}’s second step is reset.`);
    });
  };
  return (
    <span className="set-row">
      {account.secondStep && (
        <Button busy={busy} onClick={() => void newSecondStep()}>
          Reset second step
        </Button>
      )}
      <Button busy={busy} onClick={() => void newPassword()}>
        Reset password
      </Button>
      <Button busy={busy} onClick={() => void toggle()}>
        {disabled ? 'Enable' : 'Disable'}
      </Button>
    </span>
  );
}

/** A password that is shown this once. */
export function PasswordDialog({
  password,
  name,
  onClose,
}: {
  password: string;
  name: string;
  onClose: () => void;
}) {
  const toast = useToast();
  const copy = () =>
    navigator.clipboard
      .writeText(password)
      .then(() => toast.done('Copied.'))
      .catch(() => toast.refused('Your browser did not allow copying. Mark the password and press Ctrl C.'));
  return (
    <Dialog
      opened
      size="small"
      title={`${name}’s password`}
      onClose={onClose}
      onSubmit={onClose}
      submitLabel="I have passed it on"
      cancelLabel="Close"
      aside={<Button onClick={() => void copy()}>Copy</Button>}
    >
      <p>Read it out or write it down now: it is shown once. They choose their own at the first sign-in.</p>
      <code className="set-password">{password}</code>
    </Dialog>
  );
}
