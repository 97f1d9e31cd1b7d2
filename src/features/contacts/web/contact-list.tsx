import { formatPhone } from '../../../ui/format.ts';
import { Tag } from '../../../ui/tag.tsx';
import { filedName } from '../rules.ts';
import type { Contact } from '../schema.ts';

/** One contact in a list: the name as it is filed, what they do and where, and how to reach them. */
export function ContactFace({ contact }: { contact: Contact }) {
  const { specialty, organization, organizationName, phones, fax, address, kind } = contact;
  const at = kind === 'organization' ? '' : (organization?.name ?? organizationName);
  const phone = phones[0]?.number ?? organization?.phone ?? '';
  const faxNumber = fax || (organization?.fax ?? '');
  return (
    <>
      <span className="ct-name">
        <b>{filedName(contact)}</b>
        {!contact.active && <Tag>not in use</Tag>}
      </span>
      <span>{specialty}</span>
      <span className="ui-dim">{[at, address.city].filter(Boolean).join(', ')}</span>
      <span className="ui-num">{formatPhone(phone)}</span>
      <span className="ui-num ui-dim">{faxNumber && `fax ${formatPhone(faxNumber)}`}</span>
    </>
  );
}

export type ContactListProps = {
  id: string;
  contacts: readonly Contact[];
  /** The one that Enter takes. */
  at: number;
  onPick: (contact: Contact) => void;
  onHover: (at: number) => void;
  /** A last choice below: to add who is typed. */
  last?: { label: string; onPick: () => void };
};

export const optionId = (id: string, at: number) => `${id}-${at}`;

/** The options of the search field; focus stays in the field, which names the active one. */
export function ContactList({ id, contacts, at, onPick, onHover, last }: ContactListProps) {
  const option = (index: number) => ({
    id: optionId(id, index),
    role: 'option',
    'aria-selected': index === at,
    onMouseDown: (event: { preventDefault(): void }) => event.preventDefault(),
    onMouseMove: () => onHover(index),
  });
  return (
    <div className="ct-list" id={id} role="listbox" aria-label="Contacts">
      {contacts.map((contact, index) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: its role is spread in
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field's keys do it
        <div key={contact.contactId} className="ct-row" {...option(index)} onClick={() => onPick(contact)}>
          <ContactFace contact={contact} />
        </div>
      ))}
      {last && (
        // biome-ignore lint/a11y/noStaticElementInteractions: its role is spread in
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field's keys do it
        <div className="ct-row ct-last" {...option(contacts.length)} onClick={last.onPick}>
          {last.label}
        </div>
      )}
    </div>
  );
}
