import '../../web/calls.css';
import { z } from 'zod';
import { roleKeys } from '../../../../platform/contributions.ts';
import { CallFailed } from '../../../../platform/web/call.ts';
import { useDraft } from '../../../../platform/web/drafts.ts';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { CheckboxField, FormError, SelectField, TextAreaField, TextField } from '../../../../ui/fields.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { type Form, useForm } from '../../../../ui/use-form.ts';
import { changeCallSettings, readCallSettings } from '../../api.ts';
import { CallSettings, type KeptCallSettings } from '../schema.ts';

type ReasonValues = {
  key: string;
  name: string;
  role: string;
  minutes: string;
  purpose: string;
  words: string;
  active: boolean;
};
type Values = { instruction: string; redFlags: string; urgentRole: string; reasons: ReasonValues[] };

const roleChoices = roleKeys
  .filter((role) => role !== 'auditor')
  .map((role) => ({ value: role, label: `Any ${role}` }));
const purposeChoices = [
  { value: 'appointments', label: 'Appointments' },
  { value: 'results', label: 'Results and care' },
  { value: 'billing', label: 'Billing' },
];
const emptyReason: ReasonValues = {
  ...{
    key: '',
    name: '',
    role: 'secretary',
    minutes: '240',
    purpose: 'appointments',
    words: '',
    active: true,
  },
};

function valuesOf({ instruction, redFlags, urgentRole, reasons }: KeptCallSettings): Values {
  return {
    instruction,
    redFlags: redFlags.join('\n'),
    urgentRole,
    reasons: reasons.map((one) => ({
      ...one,
      role: one.role ?? '',
      minutes: String(one.minutes),
      words: one.words.join(' '),
    })),
  };
}

const keyOf = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);

const FormSchema = z.preprocess((values) => {
  const { reasons, redFlags, ...rest } = values as Values;
  return {
    ...rest,
    redFlags: redFlags
      .split('\n')
      .map((flag) => flag.trim())
      .filter(Boolean),
    reasons: reasons.map((one) => ({
      ...one,
      key: one.key || keyOf(one.name),
      role: one.role || null,
      minutes: Number(one.minutes),
      words: one.words.split(/[\s,]+/).filter(Boolean),
    })),
  };
}, CallSettings);

/** Reasons of calls, words of danger and the practice's own instruction. */
export function CallSettingsPage() {
  const { data, error, refetch } = useRead(readCallSettings, {}, { topics: ['calls'], keys: ['settings'] });
  if (error && !data) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={10} label="Looking up the settings" />;
  return <SettingsForm kept={data.settings} />;
}

function SettingsForm({ kept }: { kept: KeptCallSettings }) {
  const toast = useToast();
  const write = useWrite(changeCallSettings, { touches: ['calls'] });
  const draft = useDraft<Values>(`call settings ${kept.version}`);
  const form = useForm<Values, CallSettings>({
    initial: draft.initial ?? valuesOf(kept),
    schema: FormSchema,
    version: kept.version,
    onSubmit: async (settings) => {
      try {
        await write.mutateAsync({ body: { version: kept.version, settings } });
      } catch (error) {
        if (!(error instanceof CallFailed) || !error.fields) throw error;
        const fields = Object.entries(error.fields).map(([path, words]) => [
          path.replace(/^settings\./, ''),
          words,
        ]);
        throw { message: error.message, fields: Object.fromEntries(fields) };
      }
      draft.drop();
      toast.done('Saved.');
    },
  });
  if (form.dirty) draft.keep(form.values);
  return (
    <form className="cl-form" noValidate onSubmit={form.submit}>
      <FormError form={form} />
      <h2>When words of danger are heard</h2>
      <TextAreaField form={form} path="instruction" label="What whoever takes the call does" rows={4} />
      <TextAreaField
        form={form}
        path="redFlags"
        label="Words of danger"
        hint="one a line; * lets a word go on"
        rows={8}
      />
      <SelectField form={form} path="urgentRole" label="Goes to" choices={roleChoices} />
      <h2>Reasons</h2>
      {form.values.reasons.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the list
        <ReasonRow key={index} form={form} index={index} />
      ))}
      <p>
        <Button
          look="quiet"
          icon="plus"
          onClick={() => form.set('reasons', [...form.values.reasons, emptyReason])}
        >
          Another reason
        </Button>
      </p>
      <p>
        <Button type="submit" look="go" busy={form.submitting}>
          Save
        </Button>
      </p>
    </form>
  );
}

function ReasonRow({ form, index }: { form: Form<Values>; index: number }) {
  const at = `reasons.${index}`;
  return (
    <fieldset className="cl-reason">
      <legend className="ui-field-label">{form.values.reasons[index]?.name || 'New reason'}</legend>
      <div className="pt-fields">
        <TextField form={form} path={`${at}.name`} label="Name" />
        <SelectField form={form} path={`${at}.role`} label="Calls back" choices={roleChoices} />
        <TextField form={form} path={`${at}.minutes`} label="Within minutes" inputMode="numeric" />
        <SelectField form={form} path={`${at}.purpose`} label="Is about" choices={purposeChoices} />
        <TextField form={form} path={`${at}.words`} label="Words" hint="several: a blank between" />
        <CheckboxField form={form} path={`${at}.active`} label="In use" />
      </div>
    </fieldset>
  );
}
