import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useId, useState } from 'react';
import { useEnterWhenFresh } from '../../../../ui/typing.ts';
import type { Contact } from '../../schema.ts';
import { ContactList, optionId } from '../../web/contact-list.tsx';
import { useContactSearch } from '../../web/use-contact-search.ts';

type PickerProps = { error?: string | undefined; onPick: (contact: Contact) => void };

/** A contact as a field of a form: results as one types, ↑ ↓ move, Enter takes. */
export function ContactPicker({ error, onPick }: PickerProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const typed = text.trim();
  const search = useContactSearch(text, { limit: 6, enabled: typed !== '' });
  const contacts = typed === '' ? [] : search.contacts;
  const { enter, forget } = useEnterWhenFresh(search, (index) => {
    const contact = contacts[index];
    if (contact) onPick(contact);
  });
  const shown = contacts.length > 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(contacts.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === 'Enter' && typed !== '') enter(at);
    else return;
    event.preventDefault();
  };
  return (
    <div className="ct-directory">
      <TextInput
        label="Doctor or organization"
        error={error ?? search.error}
        role="combobox"
        aria-expanded={shown}
        aria-controls={shown ? id : undefined}
        aria-activedescendant={shown ? optionId(id, at) : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        placeholder="Name, specialty, organization, number or city"
        classNames={{ label: 'ui-field-label', input: 'ui-field-input', error: 'ui-field-error' }}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
          forget();
        }}
        onKeyDown={onKeyDown}
      />
      {shown && <ContactList {...{ id, contacts, at }} onPick={onPick} onHover={setAt} />}
      {typed !== '' && search.fresh && !shown && (
        <p className="ui-dim">Nobody is found. Try fewer letters, or add them under Contacts first.</p>
      )}
    </div>
  );
}
