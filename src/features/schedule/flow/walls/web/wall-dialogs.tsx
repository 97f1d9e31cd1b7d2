import { z } from 'zod';
import { useRead, useWrite } from '../../../../../platform/web/use-office.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Dialog } from '../../../../../ui/dialog.tsx';
import { FormError, SelectField, TextField } from '../../../../../ui/fields.tsx';
import { useToast } from '../../../../../ui/toast.tsx';
import { useForm } from '../../../../../ui/use-form.ts';
import { listSites } from '../../../../practice/api.ts';
import { makeWall } from '../api.ts';
import { NewWall } from '../schema.ts';

const Typed = z.object({ name: NewWall.shape.name, siteId: z.string() });

export function NewWallDialog(props: { onClose: () => void; onMade: (path: string) => void }) {
  const { onClose, onMade } = props;
  const sites = (useRead(listSites, {}, { topics: ['practice'] }).data?.sites ?? []).filter(
    (site) => site.active,
  );
  const { mutateAsync: make } = useWrite(makeWall, { touches: ['walls'] });
  const form = useForm({
    initial: { name: '', siteId: 'all' },
    schema: Typed,
    onSubmit: async ({ name, siteId }) => {
      const { path } = await make({ body: { name, siteId: siteId === 'all' ? null : siteId } });
      onMade(path);
    },
  });
  const choices = [
    { value: 'all', label: 'All sites' },
    ...sites.map((site) => ({ value: site.siteId, label: site.name })),
  ];
  return (
    <Dialog
      opened
      title="A screen on the wall"
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel="Make the address"
      busy={form.submitting}
    >
      <FormError form={form} />
      <div className="set-fields">
        <TextField form={form} path="name" label="Which screen" required placeholder="Waiting room" />
        {sites.length > 1 && (
          <SelectField form={form} path="siteId" label="Shows" required choices={choices} />
        )}
      </div>
    </Dialog>
  );
}

/** An address that is shown this once. */
export function WallAddressDialog({ path, onClose }: { path: string; onClose: () => void }) {
  const toast = useToast();
  const address = new URL(path, window.location.origin).href;
  const copy = () =>
    navigator.clipboard
      .writeText(address)
      .then(() => toast.done('Copied.'))
      .catch(() => toast.refused('Your browser did not allow copying. Mark the address and press Ctrl C.'));
  return (
    <Dialog
      opened
      title="The screen’s address"
      onClose={onClose}
      onSubmit={onClose}
      submitLabel="The screen shows it"
      cancelLabel="Close"
      aside={<Button onClick={() => void copy()}>Copy</Button>}
    >
      <p>
        Open it in the browser of the screen. It is shown once. Who has it sees initials and times, and
        nothing else of the office.
      </p>
      <code className="set-password">{address}</code>
    </Dialog>
  );
}
