import './privacy.css';
import { z } from 'zod';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { CheckboxField, FormError, SelectField, TextField } from '../../../ui/fields.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { failureOf, Section } from '../../practice/web/settings-page.tsx';
import { changePrivacySettings, readPrivacySettings } from '../api.ts';
import { PrivacySettings } from '../schema.ts';

type Answer = z.output<(typeof readPrivacySettings)['answer']>;

const number = (text: string) =>
  z
    .string()
    .regex(/^\d{1,3}$/, text)
    .transform(Number);
const schema = z.object({
  asks: z.boolean(),
  daysBefore: number('Days, a number.').pipe(PrivacySettings.shape.daysBefore),
  daysAfter: number('Days, a number.').pipe(PrivacySettings.shape.daysAfter),
  glassMinutes: number('Minutes, a number.').pipe(PrivacySettings.shape.glassMinutes),
  emergencyMinutes: number('Minutes, a number.').pipe(PrivacySettings.shape.emergencyMinutes),
  lookerWords: PrivacySettings.shape.lookerWords,
  roleModes: PrivacySettings.shape.roleModes,
});
const modes = [
  { value: 'asks', label: 'asked' },
  { value: 'notes', label: 'asked, never blocked' },
  { value: 'off', label: 'not asked' },
];

/** When the office asks why a record is opened. */
export function PrivacySettingsPage() {
  const read = useRead(readPrivacySettings, {}, { topics: ['privacy'] });
  const failure = failureOf(read);
  return (
    <Section
      title="Need to know"
      text="Whoever opens the record of a person without work near today says why. Every change here is on record."
    >
      {failure && <Failure {...failure} />}
      {!read.data && !failure && <Skeleton rows={10} />}
      {read.data && <SettingsForm answer={read.data} />}
    </Section>
  );
}

function SettingsForm({ answer }: { answer: Answer }) {
  const { settings, roles, reasons } = answer;
  const { mutateAsync } = useWrite(changePrivacySettings, { touches: ['privacy'] });
  const toast = useToast();
  const form = useForm({
    initial: {
      asks: settings.asks,
      daysBefore: String(settings.daysBefore),
      daysAfter: String(settings.daysAfter),
      glassMinutes: String(settings.glassMinutes),
      emergencyMinutes: String(settings.emergencyMinutes),
      lookerWords: settings.lookerWords as string,
      roleModes: Object.fromEntries(roles.map(({ role, mode }) => [role, mode as string])),
    },
    schema,
    version: settings.version,
    onSubmit: async (body) => {
      await mutateAsync({ body: { ...body, version: settings.version } });
      toast.done('Kept. It holds at once, on every desk.');
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <FormError form={form} />
      <div className="set-fields">
        <div className="wide">
          <CheckboxField
            form={form}
            path="asks"
            label="Ask why, when a person is not near today"
            hint={`Not asked where there is ${reasons.join(', ')}.`}
          />
        </div>
        <TextField
          form={form}
          path="daysBefore"
          label="Days before today that are near"
          inputMode="numeric"
        />
        <TextField form={form} path="daysAfter" label="Days after today that are near" inputMode="numeric" />
        {roles.map(({ role, label }) => (
          <SelectField key={role} form={form} path={`roleModes.${role}`} label={label} choices={modes} />
        ))}
        <TextField
          form={form}
          path="glassMinutes"
          label="A broken glass closes after minutes"
          inputMode="numeric"
        />
        <TextField
          form={form}
          path="emergencyMinutes"
          label="Emergency access ends after minutes"
          inputMode="numeric"
        />
        <SelectField
          form={form}
          path="lookerWords"
          label="What a patient reads of who looked"
          choices={[
            { value: 'name', label: 'name and role' },
            { value: 'role', label: 'role only' },
          ]}
        />
      </div>
      <p className="prv-save">
        <Button
          type="submit"
          look="go"
          busy={form.submitting}
          disabledReason={!form.dirty && 'Nothing is changed.'}
        >
          Save
        </Button>
      </p>
    </form>
  );
}
