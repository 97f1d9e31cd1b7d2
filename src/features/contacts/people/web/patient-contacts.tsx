import '../../web/contacts.css';
import { useState } from 'react';
import { useAddress } from '../../../../platform/web/address.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { useConfirm } from '../../../../ui/confirm.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { formatDate, formatPhone } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useToday } from '../../../patients/web/use-patient-search.ts';
import { spokenName } from '../../rules.ts';
import { endPatientContact, listPatientContacts, patientContactInError } from '../api.ts';
import { linkRoleLabels, type PatientContact } from '../schema.ts';
import { LinkDialog } from './link-dialog.tsx';

const topics = ['patient-contacts', 'contacts'];

/** Who referred a person and who else treats them, on the person's page. */
export function PatientContacts({ patientId }: { patientId: string }) {
  const { may } = useSession();
  const [adding, setAdding] = useState(false);
  const input = { params: { id: patientId } };
  const { data, error, refetch, isPlaceholderData } = useRead(listPatientContacts, input, {
    topics,
    enabled: may('patients.open'),
  });
  const mayChange = may('patients.change') && may('contacts.see');
  const contacts = isPlaceholderData ? undefined : data?.contacts;
  return (
    <section className="pt-section" aria-label="Doctors">
      <h2>
        Doctors
        {mayChange && (
          <Button look="quiet" icon="plus" onClick={() => setAdding(true)}>
            Add doctor
          </Button>
        )}
      </h2>
      {error && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!error && !contacts && <Skeleton rows={2} />}
      {contacts?.length === 0 && <p className="ui-dim">Nobody yet.</p>}
      <ul className="ct-links">
        {contacts?.map((link) => (
          <LinkLine key={link.linkId} link={link} mayChange={mayChange} />
        ))}
      </ul>
      {adding && <LinkDialog patientId={patientId} onClose={() => setAdding(false)} />}
    </section>
  );
}

function useLinkActions(link: PatientContact) {
  const ask = useConfirm();
  const toast = useToast();
  const today = useToday();
  const end = useWrite(endPatientContact, { touches: topics });
  const remove = useWrite(patientContactInError, { touches: topics });
  const params = { id: link.patientId, linkId: link.linkId };
  const refused = (error: Error) => toast.refused(error.message);
  const stop = () => {
    const back = () => end.mutateAsync({ params, body: { version: link.version + 1, until: null } });
    end.mutate(
      { params, body: { version: link.version, until: today } },
      { onSuccess: () => toast.done('Ended today.', { undo: back }), onError: refused },
    );
  };
  const goOn = () =>
    end.mutate({ params, body: { version: link.version, until: null } }, { onError: refused });
  const inError = async () => {
    const answer = await ask({
      title: 'Was this entered in error?',
      text: `${spokenName(link.contact)} goes from the list; the history keeps it.`,
      confirmLabel: 'Take off',
      danger: true,
      reason: { label: 'Why', required: true, usual: ['Wrong person', 'Entered twice'] },
      run: (reason) => remove.mutateAsync({ params, body: { version: link.version, reason } }),
    });
    if (answer) toast.done('Taken off.');
  };
  return { stop, goOn, inError };
}

function LinkLine({ link, mayChange }: { link: PatientContact; mayChange: boolean }) {
  const { go } = useAddress();
  const { stop, goOn, inError } = useLinkActions(link);
  const { contact, role, since, until } = link;
  const name = spokenName(contact);
  const phone = contact.phones[0]?.number ?? contact.organization?.phone ?? '';
  return (
    <li data-ended={until !== null || undefined}>
      <span>
        <Button look="quiet" onClick={() => go('/contacts', { contact: contact.contactId })}>
          {name}
        </Button>
        <small>
          {[linkRoleLabels[role], contact.specialty, formatPhone(phone)].filter(Boolean).join(' · ')}
          {until ? ` · ${formatDate(since)} to ${formatDate(until)}` : ` · since ${formatDate(since)}`}
        </small>
      </span>
      {mayChange && (
        <span className="ct-link-actions">
          {until ? (
            <Button look="quiet" icon="undo" aria-label={`Goes on: ${name}`} title="Goes on" onClick={goOn} />
          ) : (
            <Button
              look="quiet"
              icon="check"
              aria-label={`Ended: ${name}`}
              title="Ended today"
              onClick={stop}
            />
          )}
          <Button
            look="quiet"
            icon="cross"
            aria-label={`Entered in error: ${name}`}
            title="Entered in error"
            onClick={() => void inError()}
          />
        </span>
      )}
    </li>
  );
}
