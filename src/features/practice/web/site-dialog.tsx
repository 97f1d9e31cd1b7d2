import { useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { PhoneField, SelectField, TextField } from '../../../ui/fields.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { addSite, changeSite } from '../api.ts';
import { NewSite, SiteRow } from '../schema.ts';
import { RecordDialog } from './record-dialog.tsx';
import { useRecordForm } from './use-record-form.ts';
import { zoneChoices } from './zones.ts';

const touches = ['practice', 'setup'];
const labels = { name: 'Name', timeZone: 'Time zone', phone: 'Phone', address: 'Address' };
const nowhere = { line1: '', line2: '', city: '', state: '', zip: '' };

type SiteDialogProps = { site: SiteRow | null; timeZone: string; onClose: () => void };

export function SiteDialog({ site, timeZone, onClose }: SiteDialogProps) {
  const add = useWrite(addSite, { touches });
  const change = useWrite(changeSite, { touches });
  const toast = useToast();
  const record = useRecordForm({
    draftKey: `site ${site?.siteId ?? 'new'}`,
    row: site,
    rowShape: SiteRow,
    schema: NewSite,
    valuesOf: (row) => ({
      name: row?.name ?? '',
      timeZone: row?.timeZone ?? timeZone,
      phone: row?.phone ?? '',
      address: row?.address ?? nowhere,
    }),
    save: (out, version) =>
      site && version
        ? change.mutateAsync({ params: { siteId: site.siteId }, body: { ...out, version } })
        : add.mutateAsync({ body: out }),
    onDone: () => {
      toast.done('The site is saved.');
      onClose();
    },
  });
  const { form } = record;
  return (
    <RecordDialog
      title={site ? site.name : 'New site'}
      record={record}
      labels={labels}
      onClose={onClose}
      aside={site && <SiteUse site={site} onClose={onClose} />}
    >
      <TextField form={form} path="name" label="Name" required autoFocus placeholder="Elm Street" />
      <SelectField
        form={form}
        path="timeZone"
        label="Time zone"
        required
        choices={zoneChoices}
        hint="Hours and visits here are in this zone."
      />
      <PhoneField form={form} path="phone" label="Phone" />
      <TextField form={form} path="address.line1" label="Street" />
      <TextField form={form} path="address.line2" label="Suite, floor" />
      <TextField form={form} path="address.city" label="City" />
      <TextField form={form} path="address.state" label="State" />
      <TextField form={form} path="address.zip" label="ZIP" inputMode="numeric" />
    </RecordDialog>
  );
}

/** Take a site out of use, or back into it. */
function SiteUse({ site, onClose }: { site: SiteRow; onClose: () => void }) {
  const { mutateAsync: change } = useWrite(changeSite, { touches });
  const toast = useToast();
  const ask = useConfirm();
  const set = (active: boolean, version: number) =>
    change({ params: { siteId: site.siteId }, body: { version, active } });
  const run = async () => {
    const agreed = site.active
      ? await ask({
          title: `Take ${site.name} out of use?`,
          text: 'It is no longer offered for new visits. Booked visits and everything recorded stay.',
          confirmLabel: 'Take out of use',
          danger: true,
        })
      : true;
    if (!agreed) return;
    try {
      const { version } = await set(!site.active, site.version);
      onClose();
      const words = site.active ? 'out of use' : 'in use again';
      toast.done(`${site.name} is ${words}.`, { undo: () => set(site.active, version) });
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This could not be changed.');
    }
  };
  return <Button onClick={() => void run()}>{site.active ? 'Take out of use' : 'Bring back'}</Button>;
}
