import './templates.css';
import { useState } from 'react';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { CheckboxField, DateField, FormError } from '../../../../ui/fields.tsx';
import { formatCount, formatDay } from '../../../../ui/format.ts';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import type { ResourceRow } from '../../setup/schema.ts';
import { applyTemplate, previewTemplate, undoApplication } from '../api.ts';
import type { Preview, WeekTemplate } from '../schema.ts';
import { type Applying, applySchema } from './apply-form.ts';
import { PreviewView } from './preview-view.tsx';

const touches = ['setup', 'visits'];

type ApplyDialogProps = {
  template: WeekTemplate;
  resources: readonly ResourceRow[];
  zoneOf: (siteId: string) => string;
  today: string;
  onClose: () => void;
};

/** Who works by a template, and when: first what it changes is shown, then it is applied. */
export function ApplyDialog({ template, resources, zoneOf, today, onClose }: ApplyDialogProps) {
  const { mutateAsync: look } = useWrite(previewTemplate, { touches: [] });
  const { mutateAsync: apply } = useWrite(applyTemplate, { touches });
  const { mutateAsync: undo } = useWrite(undoApplication, { touches });
  const toast = useToast();
  const [seen, setSeen] = useState<{ of: string; preview: Preview }>();
  const { templateId, version, name, weeks } = template;
  const form = useForm({
    initial: { who: {} as Record<string, boolean>, from: today, to: '', weekOf: '' },
    schema: applySchema,
    onSubmit: async (applying) => {
      const asked = { params: { templateId }, body: { ...applying, version } };
      if (seen?.of !== JSON.stringify(form.values)) {
        setSeen({ of: JSON.stringify(form.values), preview: await look(asked) });
        return;
      }
      const { applicationId, outside } = await apply(asked);
      onClose();
      toast.done(appliedWords(name, applying, { outside: outside.count, resources }), {
        undo: () => undo({ params: { applicationId } }),
      });
    },
  });
  const isSeen = seen?.of === JSON.stringify(form.values);
  return (
    <Dialog
      opened
      size="large"
      title={`Apply ${name}`}
      onClose={onClose}
      onSubmit={form.submit}
      busy={form.submitting}
      submitLabel={isSeen ? 'Apply' : 'Show what changes'}
    >
      <FormError form={form} />
      <div className="set-fields">
        <DateField form={form} path="from" label="First day" required autoFocus today={today} years="near" />
        <DateField
          form={form}
          path="to"
          label="Last day"
          placeholder="until further notice"
          hint="After it the hours go on as they were."
          today={today}
          years="near"
        />
        {weeks > 1 && (
          <DateField
            form={form}
            path="weekOf"
            label="A day of a week A"
            placeholder="the week of the first day"
            today={today}
            years="near"
          />
        )}
        <Who form={form} resources={resources} />
        {isSeen && <PreviewView preview={seen.preview} zoneOf={zoneOf} />}
      </div>
      <div role="status" className="ui-dim">
        {isSeen && 'Nothing is applied yet.'}
      </div>
    </Dialog>
  );
}

type WhoProps = {
  form: Parameters<typeof CheckboxField>[0]['form'];
  resources: readonly ResourceRow[];
};

function Who({ form, resources }: WhoProps) {
  const fault = form.error('who');
  return (
    <fieldset className="set-choices wide">
      <legend className="ui-field-label">Who works by it</legend>
      {fault && (
        <p className="setup-fault" role="alert">
          {fault}
        </p>
      )}
      <ul className="setup-who">
        {resources.map((one) => (
          <li key={one.resourceId}>
            <CheckboxField form={form} path={`who.${one.resourceId}`} label={one.name} />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

type Left = { outside: number; resources: readonly ResourceRow[] };

function appliedWords(
  name: string,
  { from, to, resourceIds }: Applying,
  { outside, resources }: Left,
): string {
  const names = resources.filter((one) => resourceIds.includes(one.resourceId)).map((one) => one.name);
  const who = names.length > 3 ? `${names.length} columns` : names.join(', ');
  const until = to ? ` until ${formatDay(to)}` : '';
  const left = outside === 0 ? '' : ` ${formatCount(outside, 'booked visit')} outside: see Today.`;
  return `${name} holds from ${formatDay(from)}${until} for ${who}.${left}`;
}
