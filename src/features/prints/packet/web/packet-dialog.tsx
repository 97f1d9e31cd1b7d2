import { z } from 'zod';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { CheckboxField, FormError, SelectField, TextField, TimeField } from '../../../../ui/fields.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { changePackets } from '../api.ts';
import { PacketChange, type PacketSettings } from '../schema.ts';

const Typed = z
  .object({
    enabled: z.boolean(),
    atLocal: PacketChange.shape.atLocal,
    openDays: z.string().transform(Number),
    keep: z.string().transform(Number).pipe(PacketChange.shape.keep),
    folder: PacketChange.shape.folder,
    withPassword: z.boolean(),
    password: z.string(),
    hadPassword: z.boolean(),
  })
  .superRefine(({ withPassword, password, hadPassword }, context) => {
    const isFine = !withPassword || password.length >= 8 || (password === '' && hadPassword);
    if (!isFine) context.addIssue({ code: 'custom', path: ['password'], message: 'At least 8 letters.' });
  });

const days = [1, 2, 3, 4, 5].map((count) => ({
  value: String(count),
  label: count === 1 ? 'The next open day' : `The next ${count} open days`,
}));

export function PacketDialog({ settings, onClose }: { settings: PacketSettings; onClose: () => void }) {
  const { mutateAsync: change } = useWrite(changePackets, { touches: ['packets'] });
  const toast = useToast();
  const { version, enabled, atLocal, folder, hasPassword } = settings;
  const form = useForm({
    initial: {
      ...{ enabled, atLocal, folder },
      openDays: String(settings.openDays),
      keep: String(settings.keep),
      withPassword: hasPassword,
      password: '',
      hadPassword: hasPassword,
    },
    schema: Typed,
    onSubmit: async ({ withPassword, password, hadPassword: _had, ...rest }) => {
      const kept = withPassword ? password || null : '';
      await change({ body: { ...rest, version, password: kept } });
      toast.done('The downtime packet is set.');
      onClose();
    },
  });
  return (
    <Dialog opened title="Downtime packet" onClose={onClose} onSubmit={form.submit} busy={form.submitting}>
      <FormError form={form} />
      <div className="set-fields">
        <CheckboxField form={form} path="enabled" label="Write it every day" />
        <TimeField form={form} path="atLocal" label="At" required />
        <SelectField form={form} path="openDays" label="Holds" required choices={days} />
        <TextField
          form={form}
          path="keep"
          label="Keep"
          hint="so many packets; older ones are removed"
          required
          inputMode="numeric"
        />
        <TextField
          form={form}
          path="folder"
          label="Folder"
          hint="The whole path on the machine that runs the office, e.g. of a shared drive; empty: in its data folder."
        />
        <CheckboxField
          form={form}
          path="withPassword"
          label="The file opens only with a password"
          hint="Keep it on paper where the packet is used: nobody can open the file without it."
        />
        {form.values.withPassword && (
          <TextField
            form={form}
            path="password"
            label="Password"
            type="password"
            autoComplete="new-password"
            hint={hasPassword ? 'Empty: as it is.' : 'At least 8 letters.'}
          />
        )}
      </div>
    </Dialog>
  );
}
