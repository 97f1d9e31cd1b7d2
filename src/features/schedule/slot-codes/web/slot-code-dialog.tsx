import { useRef } from 'react';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { ColorField } from '../../../../ui/color-field.tsx';
import { useConfirm } from '../../../../ui/confirm.tsx';
import { CheckboxField, TextField } from '../../../../ui/fields.tsx';
import { formatCount } from '../../../../ui/format.ts';
import { useToast } from '../../../../ui/toast.tsx';
import { RecordDialog } from '../../../practice/web/record-dialog.tsx';
import { useRecordForm } from '../../../practice/web/use-record-form.ts';
import { visitTypeColors } from '../../setup/rules.ts';
import type { VisitTypeRow } from '../../setup/schema.ts';
import { addSlotCode, changeSlotCode } from '../api.ts';
import { SlotCodeRow } from '../schema.ts';
import { slotCodeSchema, slotCodeValues } from './slot-code-form.ts';

const touches = ['setup'];
const labels = { code: 'Code', name: 'Kept for', color: 'Color', releaseHours: 'Opens before' };

type SlotCodeDialogProps = {
  code: SlotCodeRow | null;
  types: readonly VisitTypeRow[];
  onClose: () => void;
};

export function SlotCodeDialog({ code, types, onClose }: SlotCodeDialogProps) {
  const add = useWrite(addSlotCode, { touches });
  const change = useWrite(changeSlotCode, { touches });
  const toast = useToast();
  /** Booked visits that the change leaves in time kept for others. */
  const left = useRef(0);
  const record = useRecordForm({
    draftKey: `slot-code ${code?.slotCodeId ?? 'new'}`,
    row: code,
    rowShape: SlotCodeRow,
    schema: slotCodeSchema,
    valuesOf: slotCodeValues,
    save: async (out, version) => {
      if (!code || !version) return add.mutateAsync({ body: out });
      const params = { slotCodeId: code.slotCodeId };
      const { outside } = await change.mutateAsync({ params, body: { ...out, version } });
      left.current = outside.count;
    },
    onDone: () => {
      const now = left.current === 1 ? 'now stands' : 'now stand';
      const more = `${formatCount(left.current, 'booked visit')} ${now} in kept time: see Today.`;
      toast.done(`The slot code is saved. ${left.current > 0 ? more : ''}`.trim());
      onClose();
    },
  });
  const { form } = record;
  return (
    <RecordDialog
      title={code ? `${code.code}: ${code.name}` : 'New slot code'}
      record={record}
      labels={labels}
      onClose={onClose}
      aside={code && <SlotCodeUse code={code} onClose={onClose} />}
    >
      <TextField
        form={form}
        path="code"
        label="Code"
        required
        autoFocus
        maxLength={4}
        placeholder="NP"
        hint="Typed behind hours: 8-9 NP. It stands in the grid."
      />
      <TextField form={form} path="name" label="Kept for" required placeholder="New patients" />
      <TextField
        form={form}
        path="releaseHours"
        label="Opens to every visit so many hours before"
        inputMode="numeric"
        placeholder="never"
        hint="24: what is still free a day before may be booked by anyone. Empty: it stays kept."
      />
      <ColorField form={form} path="color" label="Color" colors={visitTypeColors} />
      <fieldset className="set-choices wide">
        <legend className="ui-field-label">Visit types that may be booked there</legend>
        <p className="ui-dim">None ticked: every visit type; the code is then a name only.</p>
        <ul className="setup-who">
          {types.map((type) => (
            <li key={type.visitTypeId}>
              <CheckboxField form={form} path={`types.${type.visitTypeId}`} label={type.name} />
            </li>
          ))}
        </ul>
      </fieldset>
    </RecordDialog>
  );
}

function SlotCodeUse({ code, onClose }: { code: SlotCodeRow; onClose: () => void }) {
  const { mutateAsync: change } = useWrite(changeSlotCode, { touches });
  const toast = useToast();
  const ask = useConfirm();
  const { active, version, slotCodeId } = code;
  const set = (next: boolean, seen: number) =>
    change({ params: { slotCodeId }, body: { active: next, version: seen } });
  const run = async () => {
    const title = `Take ${code.code} out of use?`;
    const text = 'The hours that carry it become plain time: every visit may be booked there.';
    if (active && !(await ask({ title, text, confirmLabel: 'Take out of use', danger: true }))) return;
    try {
      const changed = await set(!active, version);
      onClose();
      toast.done(`${code.code} is ${active ? 'out of use' : 'in use again'}.`, {
        undo: () => set(active, changed.version),
      });
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This could not be changed.');
    }
  };
  return <Button onClick={() => void run()}>{active ? 'Take out of use' : 'Bring back'}</Button>;
}
