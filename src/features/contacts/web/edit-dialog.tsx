import { useState } from 'react';
import { CallFailed } from '../../../platform/web/call.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { FormError } from '../../../ui/fields.tsx';
import { formatCount, formatPhone } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { changeContact, readContact } from '../api.ts';
import { filedName, spokenName } from '../rules.ts';
import { Contact } from '../schema.ts';
import { forForm } from './add-dialog.tsx';
import { ReachFields, WhoFields } from './contact-fields.tsx';
import { ContactForm, contactValuesOf, reachWords } from './contact-values.ts';

type Use = { patients: number; members: number };
type EditProps = { contact: Contact; use: Use; onClose: () => void };

/** One contact: all that is known, to change for who may, else to read. */
export function ContactDialog({ contactId, onClose }: { contactId: string; onClose: () => void }) {
  const { may } = useSession();
  const input = { params: { id: contactId } };
  const read = useRead(readContact, input, { topics: ['contacts'], keys: [contactId] });
  if (read.data && !read.isPlaceholderData) {
    const { contact, ...use } = read.data;
    const props = { contact, use, onClose };
    return may('contacts.change') && !contact.enteredInErrorAt ? (
      <EditDialog key={contactId} {...props} />
    ) : (
      <FactsDialog {...props} />
    );
  }
  return (
    <Dialog opened size="large" title="Contact" onClose={onClose}>
      {read.error ? (
        <Failure message={read.error.message} onRetry={() => void read.refetch()} />
      ) : (
        <Skeleton rows={6} />
      )}
    </Dialog>
  );
}

function useWords({ patients, members }: Use): string {
  const words = [
    patients > 0 ? `${formatCount(patients, 'patient')} here` : '',
    members > 0 ? `${formatCount(members, 'contact')} at this organization` : '',
  ];
  return words.filter(Boolean).join(' · ');
}

function useEditing({ contact, onClose }: EditProps) {
  const toast = useToast();
  const write = useWrite(changeContact, { touches: ['contacts', 'patient-contacts'] });
  const [version, setVersion] = useState(contact.version);
  const [theirs, setTheirs] = useState<Contact>();
  const params = { id: contact.contactId };
  const form = useForm({
    initial: contactValuesOf(contact),
    schema: ContactForm,
    onSubmit: async (change) => {
      try {
        await write.mutateAsync({ params, body: { version, change } });
        toast.done('Saved.');
        onClose();
      } catch (error) {
        const current = error instanceof CallFailed && error.code === 'stale' && error.detail.current;
        const kept = Contact.safeParse(current);
        if (kept.success) {
          setVersion(kept.data.version);
          setTheirs(kept.data);
        }
        throw forForm(error, 'change');
      }
    },
  });
  const use = async (active: boolean) => {
    try {
      const done = await write.mutateAsync({ params, body: { version, change: { active } } });
      const back = { version: done.contact.version, change: { active: !active } };
      toast.done(`${spokenName(contact)} is ${active ? 'in use again' : 'out of use'}.`, {
        undo: () => write.mutateAsync({ params, body: back }),
      });
      onClose();
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This did not work. Please try again.');
    }
  };
  return { form, theirs, use };
}

function EditDialog(props: EditProps) {
  const { contact, onClose } = props;
  const { form, theirs, use } = useEditing(props);
  const words = useWords(props.use);
  return (
    <Dialog
      opened
      size="large"
      title={filedName(contact)}
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel={theirs ? 'Save mine' : 'Save'}
      busy={form.submitting}
      aside={
        <Button look="quiet" onClick={() => void use(!contact.active)}>
          {contact.active ? 'Take out of use' : 'Back in use'}
        </Button>
      }
    >
      <FormError form={form} />
      {theirs && <Facts contact={theirs} label="Now there" />}
      {words && <p className="ui-dim">{words}</p>}
      <WhoFields form={form} />
      <ReachFields form={form} />
    </Dialog>
  );
}

function FactsDialog({ contact, use, onClose }: EditProps) {
  const words = useWords(use);
  return (
    <Dialog opened size="large" title={filedName(contact)} onClose={onClose}>
      {words && <p className="ui-dim">{words}</p>}
      <Facts contact={contact} label="What is known" />
    </Dialog>
  );
}

function Facts({ contact, label }: { contact: Contact; label: string }) {
  const { address, organization } = contact;
  const isPlace = contact.kind === 'organization';
  const facts: readonly (readonly [string, string | null])[] = [
    ['Name', filedName(contact)],
    [isPlace ? 'What it is' : 'Specialty', contact.specialty],
    ['Works at', isPlace ? '' : (organization?.name ?? contact.organizationName)],
    ['NPI', contact.npi],
    ['Phones', contact.phones.map(({ number, note }) => `${formatPhone(number)} ${note}`.trim()).join('; ')],
    ['Phone there', organization ? formatPhone(organization.phone) : ''],
    ['Fax', formatPhone(contact.fax || (organization?.fax ?? ''))],
    ['E-mail', contact.email],
    ['Prefers to be reached', reachWords[contact.reach]],
    [
      'Address',
      [address.line1, address.line2, address.city, address.state, address.zip].filter(Boolean).join(', '),
    ],
    ['Note', contact.note],
    ['In use', contact.active ? '' : 'no'],
  ];
  return (
    <dl className="ct-facts" aria-label={label}>
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
