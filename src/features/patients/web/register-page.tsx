import './patients.css';
import { useEffect, useRef, useState } from 'react';
import { useAddress } from '../../../platform/web/address.ts';
import { CallFailed } from '../../../platform/web/call.ts';
import { useDraft } from '../../../platform/web/drafts.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { FormError, TextAreaField } from '../../../ui/fields.tsx';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { KeyHints } from '../../../ui/kbd.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { type DuplicateOffer, registerPatient } from '../api.ts';
import { DuplicatesPanel, useDuplicates } from './duplicates-panel.tsx';
import { enterMovesOn, useFirstEmptyFocus } from './enter-moves-on.ts';
import { registerDraft } from './patients-page.tsx';
import {
  AddressFields,
  ContactFields,
  GuarantorFields,
  LanguageFields,
  MoreNameFields,
  NameFields,
  PhoneFields,
} from './person-fields.tsx';
import { emptyPerson, type PersonValues, RegisterForm } from './person-values.ts';

const hints = [
  ['enter', 'next field'],
  ['mod+enter', 'register'],
] as const;

/** The route names fields from the body's root; the form names them from the person's. */
function forForm(error: unknown): unknown {
  if (!(error instanceof CallFailed) || !error.fields) return error;
  const fields = Object.entries(error.fields).map(([path, words]) => [path.replace(/^patient\./, ''), words]);
  return { message: error.message, fields: Object.fromEntries(fields) };
}

function useRegistering() {
  const { go } = useAddress();
  const person = usePerson();
  const toast = useToast();
  const draft = useDraft<PersonValues>(registerDraft);
  const write = useWrite(registerPatient, { touches: ['patients'] });
  const [others, setOthers] = useState<ReadonlySet<string>>(new Set());
  const form = useForm({
    initial: draft.initial ?? emptyPerson,
    schema: RegisterForm,
    onSubmit: async (patient) => {
      try {
        const answer = await write.mutateAsync({ body: { patient, notDuplicateOf: [...others] } });
        draft.drop();
        const { patientId, mrn } = answer.patient;
        person.show(patientId);
        toast.done(`Registered. The MRN is ${mrn}.`);
        go(`/patients/${patientId}`, {}, { replace: true });
      } catch (error) {
        throw forForm(error);
      }
    },
  });
  const { values } = form;
  useEffect(() => draft.keep(values), [draft.keep, values]);
  const live = useDuplicates(values);
  const offers = write.error?.code === 'conflict' && live.length === 0 ? offersOf(write.error) : live;
  return { form, offers, others, setOthers, draft, go, person };
}

function offersOf(error: CallFailed): readonly DuplicateOffer[] {
  return Array.isArray(error.detail.offers) ? (error.detail.offers as DuplicateOffer[]) : [];
}

/** One page from top to bottom; who looks the same stands beside it before anything is saved. */
export function RegisterPage() {
  const { form, offers, others, setOthers, draft, go, person } = useRegistering();
  const { line } = useSlots();
  const place = useRef<HTMLFormElement>(null);
  useFirstEmptyFocus(place);
  const settled = offers.every((offer) => others.has(offer.hit.patientId));
  const settle = () => setOthers(new Set(offers.map((offer) => offer.hit.patientId)));
  const open = ({ hit }: DuplicateOffer) => {
    person.show(hit.patientId);
    go(`/patients/${hit.patientId}`);
  };
  const leave = () => {
    draft.drop();
    go('/patients');
  };
  useKeys(
    { 'alt+o': { label: 'this is another person', inFields: true, run: settle } },
    { enabled: offers.length > 0 && !settled },
  );
  return (
    <>
      <PageHeader
        title="Register a person"
        tabTitle="Register"
        line={line}
        actions={<Button onClick={leave}>Let it be</Button>}
      />
      <PageBody>
        <div className="pt-register" data-beside={offers.length > 0 || undefined}>
          <form
            ref={place}
            className="pt-form"
            noValidate
            onSubmit={form.submit}
            onKeyDown={enterMovesOn(() => form.submit())}
          >
            <FormError form={form} />
            <RegisterSections form={form} />
            <div className="pt-form-foot">
              <Button type="submit" look="go" busy={form.submitting}>
                Register
              </Button>
              <KeyHints hints={hints} />
            </div>
          </form>
          <DuplicatesPanel {...{ offers, settled }} onOpen={open} onOther={settle} />
        </div>
      </PageBody>
    </>
  );
}

function RegisterSections({ form }: { form: Parameters<typeof NameFields>[0]['form'] }) {
  return (
    <>
      <fieldset>
        <legend>Who</legend>
        <NameFields form={form} />
      </fieldset>
      <fieldset>
        <legend>Reach</legend>
        <PhoneFields form={form} brief />
        <AddressFields form={form} brief />
      </fieldset>
      <details className="pt-more">
        <summary>More: names, language, contacts, who pays</summary>
        <fieldset>
          <legend>Names</legend>
          <MoreNameFields form={form} />
        </fieldset>
        <fieldset>
          <legend>Language</legend>
          <LanguageFields form={form} />
        </fieldset>
        <fieldset>
          <legend>Contacts</legend>
          <ContactFields form={form} />
        </fieldset>
        <fieldset>
          <legend>Who pays</legend>
          <GuarantorFields form={form} />
        </fieldset>
        <fieldset>
          <legend>Note</legend>
          <TextAreaField form={form} path="note" label="Note" />
        </fieldset>
      </details>
    </>
  );
}
