import './calls.css';
import { type RefObject, useRef } from 'react';
import { useDraft } from '../../../platform/web/drafts.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { CheckboxField, FormError, PhoneField, SelectField, TextField } from '../../../ui/fields.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { useToast } from '../../../ui/toast.tsx';
import { type Form, useForm } from '../../../ui/use-form.ts';
import { findRedFlags } from '../../messages/danger/rules.ts';
import { openPatientCard } from '../../patients/api.ts';
import { PatientPicker } from '../../patients/web/patient-search.tsx';
import { PersonWarnings } from '../../patients/web/person-warnings.tsx';
import { callInError, takeCall } from '../api.ts';
import { kindWords, whatMayBeTold } from '../rules.ts';
import { type Caller, callerKinds } from '../schema.ts';
import type { CallSettings } from '../settings/schema.ts';
import { owedOf, promiseOf, reasonOf, type TakingDesk } from '../taking/rules.ts';
import { type CallValues, callForm, emptyCall, valuesOfCaller } from './call-values.ts';
import { CallerField } from './caller-field.tsx';
import { IdentityFields } from './identity-fields.tsx';
import { useTakingDesk } from './use-taking.ts';

const kindChoices = callerKinds.map((value) => ({ value, label: kindWords[value] }));
const sayWho = 'Say who called: choose one, or keep what is typed.';

function useCallForm(desk: TakingDesk, onClose: () => void) {
  const toast = useToast();
  const { timeZone, today } = desk;
  const person = usePerson();
  const take = useWrite(takeCall, { touches: ['calls'] });
  const remove = useWrite(callInError, { touches: ['calls'] });
  const draft = useDraft<CallValues>('call');
  const form = useForm({
    initial: draft.initial ?? emptyCall,
    schema: callForm(desk),
    onSubmit: async (body) => {
      const { call } = await take.mutateAsync({ body });
      draft.drop();
      const undo = () =>
        remove.mutateAsync({
          params: { id: call.callId },
          body: { version: call.version, reason: 'taken back at once' },
        });
      const whose = call.ownerName || (call.ownerRole ? `any ${call.ownerRole}` : 'anyone');
      const owed = call.promisedAt && `Owed ${formatDayTime(call.promisedAt, timeZone, today)}, ${whose}: `;
      toast.done(`${owed || 'On record: '}${call.text}`, { undo });
      if (call.patientId) person.show(call.patientId);
      onClose();
    },
  });
  if (form.dirty) draft.keep(form.values);
  return { form, drop: draft.drop };
}

/** Log a call in under a minute, by keyboard: who, what, promised by when and to whom. */
export function CallDialog({ onClose }: { onClose: () => void }) {
  const { desk, settings } = useTakingDesk();
  const { form, drop } = useCallForm(desk, onClose);
  const place = useRef<HTMLDivElement>(null);
  const { values } = form;
  const known = values.caller !== null || values.stranger;
  const leave = () => {
    drop();
    onClose();
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      title="Log a call"
      onSubmit={form.submit}
      submitLabel="Log call"
      busy={form.submitting}
      size="large"
      submitDisabledReason={!known && sayWho}
      aside={
        form.dirty && (
          <Button look="quiet" onClick={leave}>
            Throw away
          </Button>
        )
      }
    >
      <div ref={place} className="cl-form">
        <FormError form={form} />
        <WhoCalls form={form} place={place} />
        <RedFlags text={values.text} settings={settings} />
        <TextField form={form} path="text" label="What about" required maxLength={2000} autoFocus={known} />
        <div className="pt-fields">
          <TextField
            form={form}
            path="promise"
            label="Promised"
            placeholder="3pm nurse"
            hint={<OwedHint values={values} desk={desk} />}
          />
          <SelectField
            form={form}
            path="reason"
            label="Reason"
            choices={reasonChoices(desk)}
            placeholder={reasonOf(values.text, desk.reasons)?.name ?? ''}
            clearable
          />
          <PhoneField form={form} path="callbackPhone" label="Call back at" />
          <TextField form={form} path="bestTime" label="Best time" placeholder="after 5" />
        </div>
        {known && <Before form={form} />}
      </div>
    </Dialog>
  );
}

/** Until one is chosen, the field shows what the words mean. */
function reasonChoices({ reasons }: TakingDesk) {
  return reasons.filter((one) => one.active).map(({ key, name }) => ({ value: key, label: name }));
}

/** What will be owed, as it is typed. */
function OwedHint({ values, desk }: { values: CallValues; desk: TakingDesk }) {
  const read = promiseOf(values, desk);
  const reason = desk.reasons.find((one) => one.key === values.reason) ?? reasonOf(values.text, desk.reasons);
  const owed = read && owedOf(read.promise, reason, desk);
  if (!owed?.promisedAt) return <>nothing promised: only on record</>;
  const due = formatDayTime(owed.promisedAt, desk.timeZone, desk.today);
  return (
    <>
      owed {due} · {owed.owner?.label ?? 'anyone'}
    </>
  );
}

function WhoCalls({ form, place }: { form: Form<CallValues>; place: RefObject<HTMLDivElement | null> }) {
  const { values } = form;
  const onToText = () =>
    setTimeout(() => place.current?.querySelector<HTMLElement>('[data-path=text]')?.focus());
  const pick = (caller: Caller | null, typed: string) => {
    form.setAll(valuesOfCaller(caller, typed));
    onToText();
  };
  if (!values.caller && !values.stranger) {
    return (
      <CallerField
        initialText={values.typed}
        error={form.error('callerName')}
        onType={(typed) => form.set('typed', typed)}
        onPick={(caller) => pick(caller, values.typed)}
        onStranger={(typed) => pick(null, typed)}
      />
    );
  }
  const change = () => form.setAll({ caller: null, stranger: false });
  return (
    <div className="cl-who">
      <p>
        <b>{values.caller?.name ?? (values.callerName || values.callbackPhone)}</b>{' '}
        <span className="ui-dim">{values.caller?.detail ?? 'nobody here, kept as typed'}</span>{' '}
        <Button look="quiet" onClick={change}>
          Someone else
        </Button>
      </p>
      <SelectField form={form} path="callerKind" label="Calls as" choices={kindChoices} searchable />
      {values.callerKind !== 'patient' && values.caller?.kind === 'patient' && (
        <TextField form={form} path="callerName" label="Name of who calls" maxLength={120} />
      )}
    </div>
  );
}

/** The practice's own instruction, as soon as a word of danger is typed. */
export function RedFlags({ text, settings }: { text: string; settings: CallSettings }) {
  const met = findRedFlags(text, settings.redFlags);
  if (met.length === 0) return null;
  return (
    <div className="cl-red" role="alert">
      <b>! {met.map((flag) => flag.replace('*', '…')).join(', ')}</b>
      <p>{settings.instruction}</p>
    </div>
  );
}

/** A pharmacy, a payer or a stranger may call about a patient; the one in view is one key away. */
function AboutWhom({ form }: { form: Form<CallValues> }) {
  const { patientId } = usePerson();
  return (
    <div>
      <PatientPicker
        label="About which patient, if any"
        onPick={(hit) => form.set('patientId', hit.patientId)}
      />
      {patientId && (
        <Button look="quiet" icon="person" onClick={() => form.set('patientId', patientId)}>
          The person in view
        </Button>
      )}
    </div>
  );
}

/** Before anything is told: who it is, what they may hear, and whom a custody note keeps out. */
function Before({ form }: { form: Form<CallValues> }) {
  const { may } = useSession();
  const { values } = form;
  const { patientId } = values;
  const { data, isPlaceholderData } = useRead(
    openPatientCard,
    { params: { id: patientId } },
    { topics: ['patients'], keys: [patientId], enabled: patientId !== '' && may('patients.open') },
  );
  const card = isPlaceholderData ? undefined : data?.card;
  if (patientId === '' || !card)
    return (
      <>
        {patientId === '' && <AboutWhom form={form} />}
        <CheckboxField form={form} path="urgent" label="Urgent: to the top" />
      </>
    );
  const identity = values.failed ? 'failed' : values.identifiers.length >= 2 ? 'verified' : 'unchecked';
  const told = whatMayBeTold(
    {
      callerKind: values.callerKind,
      callerName: values.callerName,
      relationId: values.caller?.kind === 'relation' ? values.caller.id : null,
      identity,
    },
    card,
  );
  return (
    <>
      {told && (
        <p className="cl-told" data-tone={told.tone} role="status">
          {told.words}
        </p>
      )}
      <PersonWarnings patientId={patientId} />
      <IdentityFields form={form} card={card} />
      <CheckboxField form={form} path="urgent" label="Urgent: to the top" />
    </>
  );
}
