import '../../../messages/web/messages.css';
import { useState } from 'react';
import { z } from 'zod';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { CheckboxField, FormError, TextField } from '../../../../ui/fields.tsx';
import { formatClock } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { Section } from '../../../practice/web/settings-page.tsx';
import { useSetup } from '../../../schedule/web/use-setup.ts';
import { Chips } from '../../../waitlist/web/chips.tsx';
import { listReminderRules, saveReminderRule } from '../../api.ts';
import { usualSteps } from '../../rules.ts';
import { type ReminderRule, ReminderRuleDraft, type ReminderStep } from '../../schema.ts';

type Values = { name: string; visitTypeIds: string[]; steps: string; active: boolean };

const sayStep = ({ daysBefore, at }: ReminderStep) => {
  const [hours = '0', minutes = '0'] = at.split(':');
  const day =
    daysBefore === 0 ? 'the day itself' : daysBefore === 1 ? 'the day before' : `${daysBefore} days before`;
  return `${day} at ${formatClock(Number(hours) * 60 + Number(minutes))}`;
};

/** `3 10:00, 1 10:00` as it is typed. */
const typeSteps = (steps: readonly ReminderStep[]) =>
  steps.map((one) => `${one.daysBefore} ${one.at}`).join(', ');

const FormSchema = z
  .custom<Values>()
  .transform(({ steps, ...rest }) => ({
    ...rest,
    steps: steps
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean)
      .map((one) => {
        const [days = '', at = ''] = one.split(/\s+/);
        return { daysBefore: Number(days || Number.NaN), at };
      }),
  }))
  .pipe(ReminderRuleDraft);

/** When visits are reminded of, by type. */
export function ReminderRulesPage() {
  const { data, error, refetch } = useRead(listReminderRules, {}, { topics: ['reminders'] });
  const { setup } = useSetup();
  const [editing, setEditing] = useState<ReminderRule | 'new'>();
  if (error && !data) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={5} label="Looking up the rules" />;
  const names = new Map(setup.visitTypes.map((one) => [one.visitTypeId, one.name]));
  const forWhich = (rule: ReminderRule) =>
    rule.visitTypeIds.map((id) => names.get(id) ?? 'a type').join(', ') || 'all other visits';
  const isAlone = data.rules.length === 0;
  return (
    <Section
      title="Reminders"
      text="When people are reminded of their visits, by the clock of the site."
      actions={
        <Button look="go" icon="plus" onClick={() => setEditing('new')}>
          Add a rule
        </Button>
      }
    >
      <ul className="ms-items" aria-label="Rules of reminders">
        {data.rules.map((rule) => (
          <li key={rule.ruleId}>
            <Button look="quiet" icon="edit" onClick={() => setEditing(rule)}>
              {rule.name}
            </Button>{' '}
            {!rule.active && <Tag tone="calm">off</Tag>}
            <small>
              {forWhich(rule)}: {rule.steps.map(sayStep).join(', ') || 'no reminders'}
            </small>
          </li>
        ))}
        {!data.rules.some((one) => one.visitTypeIds.length === 0) && (
          <li>
            The usual
            <small>
              {isAlone ? 'all visits' : 'all other visits'}: {usualSteps.map(sayStep).join(', ')}
            </small>
          </li>
        )}
      </ul>
      {editing && (
        <RuleDialog rule={editing === 'new' ? null : editing} onClose={() => setEditing(undefined)} />
      )}
    </Section>
  );
}

/** What was typed, read back; how to type it where it cannot be read. */
function stepsHint(values: Values): string {
  const read = FormSchema.safeParse({ ...values, name: values.name || '?' });
  if (!read.success) return 'Days before and a time, a comma between several: 3 10:00, 1 10:00';
  return read.data.steps.map(sayStep).join(', ') || 'No reminders for these visits';
}

function RuleDialog({ rule, onClose }: { rule: ReminderRule | null; onClose: () => void }) {
  const toast = useToast();
  const { setup } = useSetup();
  const write = useWrite(saveReminderRule, { touches: ['reminders'] });
  const form = useForm<Values, ReminderRuleDraft>({
    initial: {
      ...{ name: rule?.name ?? '', visitTypeIds: rule?.visitTypeIds ?? [], active: rule?.active ?? true },
      steps: typeSteps(rule?.steps ?? usualSteps),
    },
    schema: FormSchema,
    onSubmit: async (draft) => {
      await write.mutateAsync({
        body: { ruleId: rule?.ruleId ?? null, version: rule?.version ?? 0, rule: draft },
      });
      toast.done('Saved.');
      onClose();
    },
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={rule ? 'Reminders' : 'New reminders'}
      onSubmit={form.submit}
      busy={form.submitting}
      submitLabel="Save"
    >
      <FormError form={form} />
      <TextField form={form} path="name" label="Name" />
      <Chips
        label="For these visits"
        none="All others"
        options={setup.visitTypes.map((one) => [one.visitTypeId, one.name] as const)}
        chosen={form.values.visitTypeIds}
        onChange={(chosen) => form.set('visitTypeIds', chosen)}
      />
      <TextField form={form} path="steps" label="When: days before and time" hint={stepsHint(form.values)} />
      <CheckboxField form={form} path="active" label="In use" />
    </Dialog>
  );
}
