import '../../web/messages.css';
import { z } from 'zod';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { CheckboxField, FormError, SelectField, TextField, TimeField } from '../../../../ui/fields.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { type Form, useForm } from '../../../../ui/use-form.ts';
import { Section } from '../../../practice/web/settings-page.tsx';
import { changeMessageSettings, readMessageSettings } from '../../api.ts';
import { type MessageSettings, SettingsChange } from '../schema.ts';

type Values = {
  rules: Omit<MessageSettings['rules'], 'aDay' | 'aWeek'> & { aDay: string; aWeek: string };
  hasTexts: boolean;
  texts: { baseUrl: string; accountSid: string; from: string };
  textToken: string;
  hasEmail: boolean;
  email: {
    host: string;
    port: string;
    security: string;
    user: string;
    from: string;
    fromName: string;
    replyTo: string;
  };
  emailPassword: string;
};

const securityChoices = [
  { value: 'starttls', label: 'STARTTLS (587)' },
  { value: 'tls', label: 'TLS (465)' },
  { value: 'none', label: 'None: only within this machine' },
];

function valuesOf({ rules, texts, email }: MessageSettings): Values {
  return {
    rules: { ...rules, aDay: String(rules.aDay), aWeek: String(rules.aWeek) },
    ...{ hasTexts: texts !== null, hasEmail: email !== null, textToken: '', emailPassword: '' },
    texts: texts ?? { baseUrl: 'https://api.twilio.com', accountSid: '', from: '' },
    email: email
      ? { ...email, port: String(email.port) }
      : { host: '', port: '587', security: 'starttls', user: '', from: '', fromName: '', replyTo: '' },
  };
}

const formSchema = (version: number) =>
  z
    .custom<Values>()
    .transform(({ rules, hasTexts, texts, textToken, hasEmail, email, emailPassword }) => ({
      ...{ version, textToken, emailPassword },
      rules: { ...rules, aDay: Number(rules.aDay), aWeek: Number(rules.aWeek) },
      texts: hasTexts ? texts : null,
      email: hasEmail ? { ...email, port: Number(email.port) } : null,
    }))
    .pipe(z.preprocess((value) => value, SettingsChange));

/** Through whom texts and e-mail go, and when. */
export function MessageSettingsPage() {
  const { data, error, refetch } = useRead(
    readMessageSettings,
    {},
    { topics: ['messages'], keys: ['settings'] },
  );
  if (error && !data) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={10} label="Looking up the settings" />;
  return <SettingsForm settings={data.settings} publicUrl={data.publicUrl} />;
}

function SettingsForm({ settings, publicUrl }: { settings: MessageSettings; publicUrl: string | null }) {
  const toast = useToast();
  const write = useWrite(changeMessageSettings, { touches: ['messages'] });
  const form = useForm<Values, SettingsChange>({
    initial: valuesOf(settings),
    schema: formSchema(settings.version),
    version: settings.version,
    onSubmit: async (body) => {
      await write.mutateAsync({ body });
      // Secrets stand in no field once they are kept
      form.setAll({ textToken: '', emailPassword: '' });
      toast.done('Saved.');
    },
  });
  return (
    <form className="ms-form" noValidate onSubmit={form.submit}>
      <FormError form={form} />
      {settings.isDemo && (
        <p className="ms-demo" role="note">
          This is a demo practice: whatever stands here, nothing leaves it.
        </p>
      )}
      <Section title="When">
        <div className="ms-row">
          <TimeField form={form} path="rules.quietFrom" label="Nothing goes out from" />
          <TimeField form={form} path="rules.quietTo" label="until" />
          <TextField form={form} path="rules.aDay" label="Reminders a day, at most" inputMode="numeric" />
          <TextField form={form} path="rules.aWeek" label="Reminders a week, at most" inputMode="numeric" />
        </div>
        <div className="ms-row">
          <TextField
            form={form}
            path="rules.practiceName"
            label="How you call yourself"
            hint="Empty: the practice’s name"
          />
          <TextField
            form={form}
            path="rules.phone"
            label="Number to call back"
            hint="Empty: the practice’s"
          />
        </div>
        <CheckboxField
          form={form}
          path="rules.offersByText"
          label="Offer openings to the waitlist by message"
        />
        <CheckboxField
          form={form}
          path="rules.receipt"
          label="Answer words of danger at once with: call 911"
        />
      </Section>
      <TextsPart form={form} settings={settings} publicUrl={publicUrl} />
      <EmailPart form={form} settings={settings} />
      <p>
        <Button type="submit" look="go" busy={form.submitting}>
          Save
        </Button>
      </p>
    </form>
  );
}

type PartProps = { form: Form<Values>; settings: MessageSettings };
const kept = (has: boolean) => (has ? 'One is kept; empty leaves it' : '');

function TextsPart({ form, settings, publicUrl }: PartProps & { publicUrl: string | null }) {
  return (
    <Section title="Texts">
      <CheckboxField form={form} path="hasTexts" label="Send texts" />
      {form.values.hasTexts && (
        <>
          <div className="ms-row">
            <TextField form={form} path="texts.baseUrl" label="Address of the provider" />
            <TextField form={form} path="texts.accountSid" label="Account" />
            <TextField form={form} path="texts.from" label="Your number" />
            <TextField
              form={form}
              path="textToken"
              label="Secret token"
              type="password"
              autoComplete="off"
              hint={kept(settings.hasTextToken)}
            />
          </div>
          <p className="ui-dim">
            {settings.hookPath === '' && 'Save once: then the address for incoming texts is shown here.'}
            {settings.hookPath !== '' && publicUrl && `Incoming texts: ${publicUrl}${settings.hookPath}/text`}
            {settings.hookPath !== '' &&
              !publicUrl &&
              'This office has no public address, so nothing can come in: set FRONTDESK_PUBLIC_URL.'}
          </p>
        </>
      )}
    </Section>
  );
}

function EmailPart({ form, settings }: PartProps) {
  return (
    <Section title="E-mail">
      <CheckboxField form={form} path="hasEmail" label="Send e-mail" />
      {form.values.hasEmail && (
        <div className="ms-row">
          <TextField form={form} path="email.host" label="Mail server" />
          <TextField form={form} path="email.port" label="Port" inputMode="numeric" />
          <SelectField form={form} path="email.security" label="Encryption" choices={securityChoices} />
          <TextField form={form} path="email.user" label="User" autoComplete="off" />
          <TextField
            form={form}
            path="emailPassword"
            label="Password"
            type="password"
            autoComplete="off"
            hint={kept(settings.hasEmailPassword)}
          />
          <TextField form={form} path="email.from" label="From" type="email" />
          <TextField form={form} path="email.fromName" label="Name" />
          <TextField form={form} path="email.replyTo" label="Answers to" type="email" />
        </div>
      )}
    </Section>
  );
}
