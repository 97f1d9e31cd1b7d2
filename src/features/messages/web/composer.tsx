import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { call } from '../../../platform/web/call.ts';
import { useDraft } from '../../../platform/web/drafts.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { FormError, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { useKeys } from '../../../ui/keys.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { prepareMessage, type Reachability, sendMessage } from '../api.ts';
import { formatNumber } from '../people/rules.ts';
import {
  type MessageChannel,
  type MessageLanguage,
  type MessagePurpose,
  messagePurposes,
  NewMessage,
} from '../schema.ts';
import { checkWords } from '../templates/checks/rules.ts';
import { TemplateKey, templateKeys } from '../templates/schema.ts';
import { usualTemplates } from '../templates/usual/rules.ts';
import { purposeWords } from './message-words.ts';
import { SegmentCount } from './segment-count.tsx';

export type MessageStart = { channel: MessageChannel; body: string };

export type ComposerProps = {
  to: { patientId: string | null; address: string };
  ways: readonly Reachability[];
  language: MessageLanguage;
  quietUntil: string | null;
  /** The last message that stands above it, all before it too: those are answered. null: none was shown. */
  seenUpTo: string | null;
  /** They wrote: an answer is fine also where nobody asked for consent. */
  hasWritten: boolean;
  /** Words that were typed elsewhere; they come below a draft that was left. */
  start?: MessageStart | undefined;
  onSent?: () => void;
  /** In a dialog one has come to write. */
  takesFocus?: boolean;
};

type Values = {
  channel: MessageChannel;
  template: string;
  subject: string;
  body: string;
  purpose: MessagePurpose;
  language: MessageLanguage;
};

const typedTemplates = templateKeys.filter((key) => !usualTemplates[key].isAutomatic);
const templateChoices = typedTemplates.map((key) => ({ value: key, label: usualTemplates[key].label }));
const channelChoices = [
  { value: 'text', label: 'Text' },
  { value: 'email', label: 'E-mail' },
];
const purposeChoices = messagePurposes.map((value) => ({ value, label: purposeWords[value] }));

function begun(values: Values, start: MessageStart | undefined): Values {
  if (!start) return values;
  const body = [values.body, start.body].filter(Boolean).join('\n');
  return { ...values, channel: start.channel, body };
}

function useComposer({ to, ways, language, seenUpTo, start, onSent }: ComposerProps) {
  const toast = useToast();
  const write = useWrite(sendMessage, { touches: ['messages'] });
  const draft = useDraft<Values>(`message to ${to.patientId ?? to.address}`);
  const usual =
    ways.find((one) => one.purpose === 'other' && one.why === '')?.channel ??
    (to.address.includes('@') ? 'email' : 'text');
  const empty: Values = { channel: usual, template: '', subject: '', body: '', purpose: 'other', language };
  const form = useForm<Values, NewMessage>({
    initial: begun(draft.initial ?? empty, start),
    schema: z
      .custom<Values>()
      .transform((values): z.input<typeof NewMessage> => ({ ...values, ...to, seenUpTo }))
      .pipe(NewMessage),
    onSubmit: async (message) => {
      await write.mutateAsync({ body: message });
      draft.drop();
      form.reset(empty);
      toast.done('It goes out.');
      onSent?.();
    },
  });
  if (form.dirty) draft.keep(form.values);
  return form;
}

/** What is written, with its length, what it had better not say, and whether it may go there at all. */
export function Composer(props: ComposerProps) {
  const { to, ways, hasWritten, takesFocus = false } = props;
  const { may } = useSession();
  const form = useComposer(props);
  const box = useRef<HTMLFormElement>(null);
  const { values } = form;
  useEffect(() => {
    if (takesFocus) box.current?.querySelector('textarea')?.focus();
  }, [takesFocus]);
  useKeys({ r: { label: 'answer', run: () => box.current?.querySelector('textarea')?.focus() } });
  if (!may('messages.send')) return null;
  const way = ways.find((one) => one.channel === values.channel && one.purpose === values.purpose);
  const why = way && way.why !== '' && !(hasWritten && way.may === 'ask') ? way.why : '';
  return (
    <form ref={box} className="ms-composer" noValidate onSubmit={form.submit} aria-label="Write a message">
      <FormError form={form} />
      <ComposerTop {...props} form={form} />
      {values.channel === 'email' && <TextField form={form} path="subject" label="Subject" maxLength={200} />}
      <TextAreaField form={form} path="body" label="Message" rows={3} />
      <Checks values={values} />
      <p className="ms-send">
        <Button
          type="submit"
          look="go"
          busy={form.submitting}
          disabledReason={why !== '' && `Not possible: ${why}.`}
        >
          Send
        </Button>
        <SendNote {...props} way={way} why={why} isText={values.channel === 'text'} address={to.address} />
      </p>
    </form>
  );
}

type FormOf = ReturnType<typeof useComposer>;

function ComposerTop({ to, ways, form }: ComposerProps & { form: FormOf }) {
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const { patientId } = to;
  const take = async (template: string) => {
    if (!patientId || template === '') return;
    setBusy(true);
    try {
      const body = { patientId, template, channel: form.values.channel };
      const made = await call(prepareMessage, { body });
      form.setAll({ template, ...made });
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This did not work. Please try again.');
    } finally {
      setBusy(false);
    }
  };
  if (!patientId) return null;
  return (
    <div className="ms-top">
      {ways.length > 1 && <SelectField form={form} path="channel" label="By" choices={channelChoices} />}
      <SelectField form={form} path="purpose" label="About" choices={purposeChoices} />
      <div className="ms-templates">
        <span className="ui-field-label">Start from</span>
        {templateChoices.map(({ value, label }) => (
          <Button key={value} busy={busy} onClick={() => void take(value)}>
            {label}
          </Button>
        ))}
      </div>
    </div>
  );
}

function Checks({ values }: { values: Values }) {
  const key = TemplateKey.safeParse(values.template);
  const isAutomatic = key.success && usualTemplates[key.data].isAutomatic;
  const findings =
    values.body.trim() === ''
      ? []
      : checkWords(values.body, { isText: values.channel === 'text', isAutomatic });
  return (
    <div className="ms-checks">
      {values.channel === 'text' && values.body !== '' && <SegmentCount body={values.body} />}
      {findings.map((one) => (
        <p key={one.words} data-tone={one.tone} role="status">
          {one.words}
        </p>
      ))}
    </div>
  );
}

type NoteProps = ComposerProps & {
  way: Reachability | undefined;
  why: string;
  isText: boolean;
  address: string;
};

function SendNote({ way, why, quietUntil, isText, address }: NoteProps) {
  const { timeZone } = useSession();
  if (why) return <small className="ms-why">Not possible: {why}.</small>;
  const to = way?.address ?? address;
  return (
    <small className="ui-dim">
      {to && `to ${formatNumber(to)}`}
      {way?.proxyName && ` (${way.proxyName})`}
      {way?.may === 'ask' && ' · only as an answer: nobody asked them yet'}
      {quietUntil &&
        isText &&
        ` · quiet there: goes out ${formatDayTime(quietUntil, timeZone)}, unless it answers them`}
    </small>
  );
}
