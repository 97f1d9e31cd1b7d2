import { z } from 'zod';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { useConfirm } from '../../../../ui/confirm.tsx';
import { type Choice, SelectField, TextField } from '../../../../ui/fields.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { listSites, listStaff } from '../../../practice/api.ts';
import { RecordDialog } from '../../../practice/web/record-dialog.tsx';
import { useRecordForm } from '../../../practice/web/use-record-form.ts';
import { addResource, changeResource } from '../api.ts';
import { NewResource, type ResourceKind, ResourceRow } from '../schema.ts';
import { resourceWords } from './resource-words.ts';

const touches = ['setup'];
const topics = ['practice'];
const labels = { name: 'Name', siteId: 'Stands at', capacity: 'Visits at once' };

const schema = z.object({
  name: z.string(),
  staffId: z.string().transform((id) => id || null),
  siteId: z.string().transform((id) => id || null),
  capacity: z.coerce.number().pipe(NewResource.shape.capacity.unwrap()),
});

type ResourceDialogProps = {
  kind: ResourceKind;
  resource: ResourceRow | null;
  /** Staff who stand on the schedule already. */
  taken: ReadonlySet<string>;
  onClose: () => void;
};

export function ResourceDialog({ kind, resource, taken, onClose }: ResourceDialogProps) {
  const staff = useRead(listStaff, {}, { topics, enabled: kind === 'physician' }).data?.staff ?? [];
  const sites = (useRead(listSites, {}, { topics }).data?.sites ?? []).filter((site) => site.active);
  const add = useWrite(addResource, { touches });
  const change = useWrite(changeResource, { touches });
  const toast = useToast();
  const nameOf = (staffId: string | null) => staff.find((one) => one.staffId === staffId)?.displayName ?? '';
  const record = useRecordForm({
    draftKey: `resource ${resource?.resourceId ?? kind}`,
    row: resource,
    rowShape: ResourceRow,
    schema,
    valuesOf: (row) => ({
      name: row?.name ?? '',
      staffId: row?.staffId ?? '',
      siteId: row?.siteId ?? (kind !== 'physician' && sites.length === 1 ? (sites[0]?.siteId ?? '') : ''),
      capacity: String(row?.capacity ?? 1),
    }),
    save: ({ name, staffId, siteId, capacity }, version) => {
      const facts = { name: name.trim() || nameOf(staffId), siteId, capacity };
      return resource && version
        ? change.mutateAsync({ params: { resourceId: resource.resourceId }, body: { ...facts, version } })
        : add.mutateAsync({ body: { ...facts, kind, staffId } });
    },
    onDone: () => {
      toast.done(`The ${resourceWords[kind].one} is saved.`);
      onClose();
    },
  });
  const { form } = record;
  const physicians = staff.filter((one) => one.active && one.kind === 'physician' && !taken.has(one.staffId));
  return (
    <RecordDialog
      title={resource ? resource.name : `New ${resourceWords[kind].one}`}
      record={record}
      labels={labels}
      show={(path, value) =>
        path === 'siteId' ? (sites.find((site) => site.siteId === value)?.name ?? '(none)') : String(value)
      }
      onClose={onClose}
      aside={resource && <ResourceUse resource={resource} onClose={onClose} />}
    >
      {kind === 'physician' && !resource && (
        <div className="wide">
          <SelectField
            form={form}
            path="staffId"
            label="Who"
            required
            choices={physicians.map((one) => ({ value: one.staffId, label: one.displayName }))}
            hint={
              physicians.length === 0
                ? 'Every physician of the staff is here already. Add others under Staff and accounts first.'
                : 'Physicians of the staff who are not on the schedule yet.'
            }
          />
        </div>
      )}
      <TextField
        form={form}
        path="name"
        label="Name"
        required={kind !== 'physician'}
        autoFocus={kind !== 'physician' || resource !== null}
        placeholder={kind === 'physician' ? nameOf(String(form.get('staffId'))) : undefined}
        hint="Stands over the column."
      />
      {kind !== 'physician' && (
        <SelectField form={form} path="siteId" label="Stands at" required choices={sites.map(asChoice)} />
      )}
      <TextField
        form={form}
        path="capacity"
        label="Visits at once"
        inputMode="numeric"
        hint="Usually 1; more are shown side by side."
      />
    </RecordDialog>
  );
}

function asChoice(site: { siteId: string; name: string }): Choice {
  return { value: site.siteId, label: site.name };
}

function ResourceUse({ resource, onClose }: { resource: ResourceRow; onClose: () => void }) {
  const { mutateAsync: change } = useWrite(changeResource, { touches });
  const toast = useToast();
  const ask = useConfirm();
  const { name, active, version, resourceId } = resource;
  const set = (next: boolean, seen: number) =>
    change({ params: { resourceId }, body: { active: next, version: seen } });
  const run = async () => {
    const title = `Take ${name} out of use?`;
    const text = 'Nothing new is booked there. Visits already booked stay, and are shown as outside hours.';
    if (active && !(await ask({ title, text, confirmLabel: 'Take out of use', danger: true }))) return;
    try {
      const changed = await set(!active, version);
      onClose();
      toast.done(`${name} is ${active ? 'out of use' : 'in use again'}.`, {
        undo: () => set(active, changed.version),
      });
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This could not be changed.');
    }
  };
  return <Button onClick={() => void run()}>{active ? 'Take out of use' : 'Bring back'}</Button>;
}
