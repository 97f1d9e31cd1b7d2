import { useEffect, useState } from 'react';
import { CallFailed } from '../../../platform/web/call.ts';
import { useDraft } from '../../../platform/web/drafts.ts';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormError } from '../../../ui/fields.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { addContact, LikelySame } from '../api.ts';
import { spokenName } from '../rules.ts';
import type { Contact } from '../schema.ts';
import { ReachFields, WhoFields } from './contact-fields.tsx';
import { ContactFace } from './contact-list.tsx';
import { ContactForm, type ContactValues } from './contact-values.ts';
import { useLikelySame } from './use-contact-search.ts';

export const addDraft = 'contacts/add';

/** The route names fields from the body's root; the form names them from the contact's. */
export function forForm(error: unknown, root: 'contact' | 'change'): unknown {
  if (!(error instanceof CallFailed) || !error.fields) return error;
  const fields = Object.entries(error.fields).map(([path, words]) => [path.replace(`${root}.`, ''), words]);
  return { message: error.message, fields: Object.fromEntries(fields) };
}

export type AddDialogProps = {
  initial: ContactValues;
  onClose: () => void;
  /** One who is here already is the one meant. */
  onOpen: (contact: Contact) => void;
};

function useAdding({ initial, onClose }: AddDialogProps) {
  const toast = useToast();
  const draft = useDraft<ContactValues>(addDraft);
  const write = useWrite(addContact, { touches: ['contacts'] });
  const [others, setOthers] = useState<ReadonlySet<string>>(new Set());
  const form = useForm({
    initial,
    schema: ContactForm,
    onSubmit: async (contact) => {
      try {
        const made = await write.mutateAsync({ body: { contact, notSameAs: [...others] } });
        draft.drop();
        toast.done(`Added: ${spokenName(made.contact)}`);
        onClose();
      } catch (error) {
        throw forForm(error, 'contact');
      }
    },
  });
  const { values } = form;
  useEffect(() => draft.keep(values), [draft.keep, values]);
  const live = useLikelySame(values, true);
  const refused = LikelySame.array().safeParse(write.error?.detail.offers);
  const likely = live.length === 0 && refused.success ? refused.data : live;
  const settled = likely.every((one) => others.has(one.contact.contactId));
  const settle = () => setOthers(new Set(likely.map((one) => one.contact.contactId)));
  return { form, likely, settled, settle, drop: draft.drop };
}

/** Add one to the directory; who is likely the same stands above the fields before anything is saved. */
export function AddDialog(props: AddDialogProps) {
  const { form, likely, settled, settle, drop } = useAdding(props);
  const leave = () => {
    drop();
    props.onClose();
  };
  const open = (contact: Contact) => {
    drop();
    props.onOpen(contact);
  };
  return (
    <Dialog
      opened
      size="large"
      title="Add a contact"
      onClose={leave}
      onSubmit={form.submit}
      submitLabel="Add"
      busy={form.submitting}
    >
      <FormError form={form} />
      <Likely {...{ likely, settled, settle }} onOpen={open} />
      <WhoFields form={form} />
      <ReachFields form={form} />
    </Dialog>
  );
}

type LikelyProps = {
  likely: readonly LikelySame[];
  settled: boolean;
  settle: () => void;
  onOpen: (contact: Contact) => void;
};

function Likely({ likely, settled, settle, onOpen }: LikelyProps) {
  useKeys(
    { 'alt+o': { label: 'this is another one', inFields: true, run: settle } },
    { scope: 'dialog', enabled: likely.length > 0 && !settled },
  );
  if (likely.length === 0) return null;
  return (
    <section className="ct-likely" aria-label="Already here?" data-settled={settled || undefined}>
      <h3>
        <Icon name={settled ? 'check' : 'warning'} size={16} /> {settled ? 'Another one' : 'Already here?'}
      </h3>
      <ul>
        {likely.map(({ contact, why }) => (
          <li key={contact.contactId}>
            <button type="button" className="ct-likely-one" onClick={() => onOpen(contact)}>
              <ContactFace contact={contact} />
              <span className="ui-dim">{why.join(', ')}</span>
            </button>
          </li>
        ))}
      </ul>
      {!settled && (
        <Button onClick={settle} aria-keyshortcuts="Alt+O">
          This is another one
        </Button>
      )}
    </section>
  );
}
