import { useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { ColorField } from '../../../../ui/color-field.tsx';
import { useConfirm } from '../../../../ui/confirm.tsx';
import { CheckboxField, TextField } from '../../../../ui/fields.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import type { Form } from '../../../../ui/use-form.ts';
import { RecordDialog } from '../../../practice/web/record-dialog.tsx';
import { useRecordForm } from '../../../practice/web/use-record-form.ts';
import { addVisitType, changeVisitType } from '../api.ts';
import { visitTypeColors } from '../rules.ts';
import { type ResourceRow, VisitTypeRow } from '../schema.ts';
import { type VisitTypeValues, visitTypeSchema, visitTypeValues } from './visit-type-form.ts';

const touches = ['setup'];
const labels = {
  name: 'Name',
  code: 'Code',
  minutes: 'Minutes',
  bufferBeforeMinutes: 'Minutes before',
  bufferAfterMinutes: 'Minutes after',
  color: 'Color',
  noticeHours: 'Hours of notice',
};

type VisitTypeDialogProps = {
  type: VisitTypeRow | null;
  resources: readonly ResourceRow[];
  onClose: () => void;
};

export function VisitTypeDialog({ type, resources, onClose }: VisitTypeDialogProps) {
  const add = useWrite(addVisitType, { touches });
  const change = useWrite(changeVisitType, { touches });
  const toast = useToast();
  const record = useRecordForm({
    draftKey: `visit-type ${type?.visitTypeId ?? 'new'}`,
    row: type,
    rowShape: VisitTypeRow,
    schema: visitTypeSchema,
    valuesOf: visitTypeValues,
    save: (out, version) =>
      type && version
        ? change.mutateAsync({ params: { visitTypeId: type.visitTypeId }, body: { ...out, version } })
        : add.mutateAsync({ body: out }),
    onDone: () => {
      toast.done('The visit type is saved.');
      onClose();
    },
  });
  const { form } = record;
  const inUse = resources.filter((one) => one.active);
  return (
    <RecordDialog
      title={type ? type.name : 'New visit type'}
      record={record}
      labels={labels}
      onClose={onClose}
      size="large"
      aside={type && <VisitTypeUse type={type} onClose={onClose} />}
    >
      <TextField form={form} path="name" label="Name" required autoFocus placeholder="Follow-up" />
      <TextField
        form={form}
        path="code"
        label="Code"
        required
        placeholder="fu"
        hint="What is typed in the line: smith jo fu 3m"
      />
      <TextField form={form} path="minutes" label="Minutes" required inputMode="numeric" />
      <ColorField form={form} path="color" label="Color" colors={visitTypeColors} />
      <TextField
        form={form}
        path="bufferBeforeMinutes"
        label="Minutes to prepare before"
        inputMode="numeric"
        hint="Kept free, and not told to the patient."
      />
      <TextField
        form={form}
        path="bufferAfterMinutes"
        label="Minutes to clean up after"
        inputMode="numeric"
      />
      <TextField
        form={form}
        path="noticeHours"
        label="Hours of notice"
        inputMode="numeric"
        hint="Who cancels or moves later does it late. Empty: as under Flow and holds."
      />
      <Physicians form={form} physicians={inUse.filter((one) => one.kind === 'physician')} />
      <Needs form={form} resources={inUse} />
    </RecordDialog>
  );
}

type VisitTypeForm = Form<VisitTypeValues>;

function Physicians({ form, physicians }: { form: VisitTypeForm; physicians: readonly ResourceRow[] }) {
  if (physicians.length === 0) return null;
  return (
    <fieldset className="set-choices wide">
      <legend className="ui-field-label">Who does it, and how long each takes</legend>
      <p className="ui-dim">Nobody ticked: every physician. Minutes left empty: {form.values.minutes}.</p>
      <ul className="setup-who">
        {physicians.map(({ resourceId, name }) => (
          <li key={resourceId}>
            <CheckboxField form={form} path={`physicians.${resourceId}`} label={name} />
            <input
              className="setup-minutes"
              inputMode="numeric"
              aria-label={`Minutes with ${name}`}
              aria-invalid={form.error(`minutesBy.${resourceId}`) !== undefined || undefined}
              title={form.error(`minutesBy.${resourceId}`)}
              placeholder={form.values.minutes}
              value={form.values.minutesBy[resourceId] ?? ''}
              onChange={(event) => form.set(`minutesBy.${resourceId}`, event.currentTarget.value)}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function Needs({ form, resources }: { form: VisitTypeForm; resources: readonly ResourceRow[] }) {
  const { needs } = form.values;
  const add = (kind: 'room' | 'device') => form.set('needs', [...needs, { kind, ids: {} }]);
  const remove = (index: number) =>
    form.set(
      'needs',
      needs.filter((_, at) => at !== index),
    );
  return (
    <fieldset className="set-choices wide">
      <legend className="ui-field-label">Needs besides the physician</legend>
      {needs.map((need, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a need has no identity but its place
        <fieldset key={index} className="setup-need">
          <legend className="ui-field-label">
            A {need.kind}; none ticked: any {need.kind} of the site
          </legend>
          <div>
            {resources
              .filter((one) => one.kind === need.kind)
              .map((one) => (
                <CheckboxField
                  key={one.resourceId}
                  form={form}
                  path={`needs.${index}.ids.${one.resourceId}`}
                  label={one.name}
                />
              ))}
            <Button look="quiet" icon="cross" onClick={() => remove(index)}>
              Does not need it
            </Button>
          </div>
        </fieldset>
      ))}
      <div className="set-row">
        <Button icon="plus" onClick={() => add('room')}>
          Needs a room
        </Button>
        <Button icon="plus" onClick={() => add('device')}>
          Needs a device
        </Button>
      </div>
    </fieldset>
  );
}

function VisitTypeUse({ type, onClose }: { type: VisitTypeRow; onClose: () => void }) {
  const { mutateAsync: change } = useWrite(changeVisitType, { touches });
  const toast = useToast();
  const ask = useConfirm();
  const { name, active, version, visitTypeId } = type;
  const set = (next: boolean, seen: number) =>
    change({ params: { visitTypeId }, body: { active: next, version: seen } });
  const run = async () => {
    const title = `Take ${name} out of use?`;
    const text = 'It is no longer offered for new visits. Booked ones stay as they are.';
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
