import '../../web/messages.css';
import { useState } from 'react';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { FormError, TextAreaField, TextField } from '../../../../ui/fields.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { Section } from '../../../practice/web/settings-page.tsx';
import { changeTemplate, listTemplates } from '../../api.ts';
import { SegmentCount } from '../../web/segment-count.tsx';
import { checkWords } from '../checks/rules.ts';
import { compose, exampleFields } from '../rules.ts';
import { Template, type TemplateKey } from '../schema.ts';
import { usualTemplates } from '../usual/rules.ts';

const languageWords = { en: 'English', es: 'Spanish' };
type Practice = { practiceName: string; phone: string };

/** The words of messages, with how each reads and how long it is. */
export function TemplatesPage() {
  const { data, error, refetch } = useRead(listTemplates, {}, { topics: ['messages'], keys: ['templates'] });
  const [editing, setEditing] = useState<Template>();
  if (error && !data) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={10} label="Looking up the words" />;
  const { templates, practiceName, phone } = data;
  return (
    <Section title="Words of messages" text="What reminders, offers and answers say. Open one to change it.">
      <ul className="ms-items" aria-label="Templates">
        {templates.map((one) => (
          <li key={`${one.template} ${one.language}`}>
            <Button look="quiet" icon="edit" onClick={() => setEditing(one)}>
              {usualTemplates[one.template].label}, {languageWords[one.language]}
            </Button>{' '}
            {one.version > 0 && <Tag tone="calm">your words</Tag>}
            <small>{preview(one, { practiceName, phone })}</small>
          </li>
        ))}
      </ul>
      {editing && (
        <TemplateDialog
          template={editing}
          practice={{ practiceName, phone }}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Section>
  );
}

function preview(
  template: Pick<Template, 'subject' | 'body' | 'language'>,
  { practiceName, phone }: Practice,
): string {
  return compose(template, exampleFields(practiceName, phone, template.language), 'text').body;
}

type DialogProps = { template: Template; practice: Practice; onClose: () => void };

function TemplateDialog({ template, practice, onClose }: DialogProps) {
  const toast = useToast();
  const write = useWrite(changeTemplate, { touches: ['messages'] });
  const form = useForm<Template, Template>({
    initial: template,
    schema: Template,
    onSubmit: async (body) => {
      await write.mutateAsync({ body });
      toast.done('Saved.');
      onClose();
    },
  });
  const shown = preview({ ...template, body: form.values.body }, practice);
  return (
    <Dialog
      opened
      size="large"
      onClose={onClose}
      title={`${usualTemplates[template.template].label}, ${languageWords[template.language]}`}
      onSubmit={form.submit}
      busy={form.submitting}
      submitLabel="Save"
    >
      <FormError form={form} />
      <TextField form={form} path="subject" label="Subject of an e-mail" />
      <TextAreaField
        form={form}
        path="body"
        label="Words"
        rows={4}
        hint="What stands in braces is filled in; what stands in [ ] falls away where its field is empty."
      />
      <div>
        <span className="ui-field-label">So it reads</span>
        <p className="ms-preview">{shown}</p>
      </div>
      <Findings body={form.values.body} shown={shown} template={template.template} />
    </Dialog>
  );
}

function Findings({ body, shown, template }: { body: string; shown: string; template: TemplateKey }) {
  const findings = checkWords(body, { isText: true, isAutomatic: usualTemplates[template].isAutomatic });
  return (
    <div className="ms-checks">
      <SegmentCount body={shown} />
      {findings.map((one) => (
        <p key={one.words} data-tone={one.tone}>
          {one.words}
        </p>
      ))}
    </div>
  );
}
