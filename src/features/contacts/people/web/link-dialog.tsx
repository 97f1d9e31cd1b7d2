import { useState } from 'react';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { DateField, FormError, SelectField } from '../../../../ui/fields.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { useToday } from '../../../patients/web/use-patient-search.ts';
import { spokenName } from '../../rules.ts';
import type { Contact } from '../../schema.ts';
import { addPatientContact } from '../api.ts';
import { linkRoleLabels, linkRoles, NewLink } from '../schema.ts';
import { ContactPicker } from './contact-picker.tsx';

const roleChoices = linkRoles.map((value) => ({ value, label: linkRoleLabels[value] }));

/** Say who referred or treats a person. */
export function LinkDialog({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const today = useToday();
  const toast = useToast();
  const [contact, setContact] = useState<Contact>();
  const write = useWrite(addPatientContact, { touches: ['patient-contacts', 'contacts'] });
  const form = useForm({
    initial: { contactId: '', role: 'referring', since: today },
    schema: NewLink,
    onSubmit: async (body) => {
      await write.mutateAsync({ params: { id: patientId }, body });
      toast.done('Added.');
      onClose();
    },
  });
  const pick = (chosen: Contact | undefined) => {
    setContact(chosen);
    form.set('contactId', chosen?.contactId ?? '');
  };
  return (
    <Dialog
      opened
      size="large"
      title="Add a doctor"
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel="Add"
      busy={form.submitting}
    >
      <FormError form={form} />
      {contact ? (
        <div className="ct-works">
          <b>{spokenName(contact)}</b>
          <Button look="quiet" onClick={() => pick(undefined)}>
            Choose another
          </Button>
        </div>
      ) : (
        <ContactPicker error={form.error('contactId')} onPick={pick} />
      )}
      <div className="ct-fields">
        <SelectField form={form} path="role" label="Is" choices={roleChoices} />
        <DateField form={form} path="since" label="Since" today={today} years="past" />
      </div>
    </Dialog>
  );
}
