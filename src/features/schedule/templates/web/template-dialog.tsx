import './templates.css';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { SelectField, TextField } from '../../../../ui/fields.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { RecordDialog } from '../../../practice/web/record-dialog.tsx';
import { useRecordForm } from '../../../practice/web/use-record-form.ts';
import type { SlotCodeRow } from '../../slot-codes/schema.ts';
import { addTemplate, changeTemplate } from '../api.ts';
import { WeekTemplate, weeksAtMost } from '../schema.ts';
import { readTemplateLines, templateSchema, templateValues, withWeeks } from './template-form.ts';
import { TemplateLines } from './template-lines.tsx';
import { WeekPicture } from './week-picture.tsx';

const touches = ['setup'];
const labels = { name: 'Name', weeks: 'Weeks', lines: 'Hours' };
const weekChoices = Array.from({ length: Math.min(4, weeksAtMost) }, (_, index) => ({
  value: String(index + 1),
  label:
    index === 0
      ? 'every week the same'
      : index === 1
        ? 'weeks A and B in turn'
        : `${index + 1} weeks in turn`,
}));

type TemplateDialogProps = {
  template: WeekTemplate | null;
  codes: readonly SlotCodeRow[];
  sites: readonly { siteId: string; name: string }[];
  onClose: () => void;
};

export function TemplateDialog({ template, codes, sites, onClose }: TemplateDialogProps) {
  const add = useWrite(addTemplate, { touches });
  const change = useWrite(changeTemplate, { touches });
  const toast = useToast();
  const siteId = sites[0]?.siteId ?? '';
  const record = useRecordForm({
    draftKey: `template ${template?.templateId ?? 'new'}`,
    row: template,
    rowShape: WeekTemplate,
    schema: templateSchema(codes),
    valuesOf: (row) => templateValues(row, { siteId, codes }),
    save: (out, version) =>
      template && version
        ? change.mutateAsync({ params: { templateId: template.templateId }, body: { ...out, version } })
        : add.mutateAsync({ body: out }),
    onDone: () => {
      toast.done('The template is saved. Apply it to let someone work by it.');
      onClose();
    },
  });
  const { form } = record;
  const weeks = Number(form.values.weeks);
  const { rows } = readTemplateLines(form.values.lines, codes, weeks);
  return (
    <RecordDialog
      title={template ? template.name : 'New week template'}
      record={record}
      labels={labels}
      show={showValue}
      onClose={onClose}
      size="large"
      aside={template && <TemplateUse template={template} onClose={onClose} />}
    >
      <TextField form={form} path="name" label="Name" required autoFocus placeholder="Primary care, winter" />
      <SelectField
        form={form}
        path="weeks"
        label="Weeks"
        choices={weekChoices}
        onChosen={(chosen) => form.set('lines', withWeeks(form.values.lines, Number(chosen), siteId))}
      />
      <TemplateLines form={form} sites={sites} />
      <div className="wide">
        {Array.from({ length: weeks }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: weeks are told apart by their number
          <WeekPicture key={index} rows={rows.filter((row) => row.week === index + 1)} codes={codes} />
        ))}
      </div>
    </RecordDialog>
  );
}

/** The hours in short, where two people changed them at once. */
function showValue(path: string, value: unknown): string {
  if (path !== 'lines' || !Array.isArray(value)) return String(value ?? '') || '(empty)';
  const texts = value.flatMap((line: { weekday?: number; text?: string }) => line.text || []);
  return texts.join('; ') || '(empty)';
}

function TemplateUse({ template, onClose }: { template: WeekTemplate; onClose: () => void }) {
  const { mutateAsync: change } = useWrite(changeTemplate, { touches });
  const toast = useToast();
  const { active, name, templateId, version } = template;
  const set = (next: boolean, seen: number) =>
    change({ params: { templateId }, body: { active: next, version: seen } });
  const run = async () => {
    try {
      const changed = await set(!active, version);
      onClose();
      toast.done(`${name} is ${active ? 'out of use; hours made of it stay' : 'in use again'}.`, {
        undo: () => set(active, changed.version),
      });
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This could not be changed.');
    }
  };
  return <Button onClick={() => void run()}>{active ? 'Take out of use' : 'Bring back'}</Button>;
}
