import './contacts.css';
import { Checkbox, TextInput } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { useAddress } from '../../../platform/web/address.ts';
import { useDraft } from '../../../platform/web/drafts.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { KeyHints } from '../../../ui/kbd.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { useSpeak } from '../../../ui/live-region.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useEnterWhenFresh } from '../../../ui/typing.ts';
import type { Contact } from '../schema.ts';
import { AddDialog, addDraft } from './add-dialog.tsx';
import { ContactList, optionId } from './contact-list.tsx';
import { type ContactValues, contactFromSearch } from './contact-values.ts';
import { ContactDialog } from './edit-dialog.tsx';
import { type ContactSearch, useContactSearch } from './use-contact-search.ts';

const hints = [
  ['arrowup arrowdown', 'choose'],
  ['enter', 'open'],
  ['mod+enter', 'add who is typed'],
] as const;

/** The directory of referring doctors and organizations. */
export function ContactsPage() {
  const { search: address, go } = useAddress();
  const { line } = useSlots();
  const { may } = useSession();
  const draft = useDraft<ContactValues>(addDraft);
  const [adding, setAdding] = useState(draft.initial);
  const mayChange = may('contacts.change');
  const open = (contact: Contact) => go('/contacts', { contact: contact.contactId });
  const add = (typed: string) => setAdding(contactFromSearch(typed));
  useKeys({ n: { label: 'add a contact', run: () => add('') } }, { enabled: mayChange });
  const { contact: contactId = '' } = address;
  const field = useRef<HTMLInputElement>(null);
  const isOver = contactId !== '' || adding !== undefined;
  // From one dialog to the next search without the mouse.
  useEffect(() => {
    if (!isOver) field.current?.focus();
  }, [isOver]);
  return (
    <>
      <PageHeader
        title="Contacts"
        tabTitle="Contacts"
        line={line}
        actions={
          mayChange && (
            <Button icon="plus" onClick={() => add('')}>
              Add
            </Button>
          )
        }
      />
      <PageBody>
        <Directory field={field} onOpen={open} {...(mayChange ? { onAdd: add } : {})} />
      </PageBody>
      {contactId !== '' && (
        <ContactDialog contactId={contactId} onClose={() => go('/contacts', {}, { replace: true })} />
      )}
      {adding && (
        <AddDialog
          initial={adding}
          onClose={() => setAdding(undefined)}
          onOpen={(contact) => {
            setAdding(undefined);
            open(contact);
          }}
        />
      )}
    </>
  );
}

type DirectoryProps = {
  field: RefObject<HTMLInputElement | null>;
  onOpen: (contact: Contact) => void;
  onAdd?: (typed: string) => void;
};

/** What is typed, and who fits: ↑ ↓ move, Enter opens, also before the answer is there. */
function Directory({ field, onOpen, onAdd }: DirectoryProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [inactive, setInactive] = useState(false);
  const [at, setAt] = useState(0);
  const search = useContactSearch(text, { inactive });
  const { contacts } = search;
  const typed = text.trim();
  const offersAdd = onAdd !== undefined && typed !== '' && search.fresh;
  const take = (index: number) => {
    const contact = contacts[index];
    if (contact) onOpen(contact);
    else if (offersAdd) onAdd(typed);
  };
  const { enter, forget } = useEnterWhenFresh(search, take);
  useFoundSpoken(search, typed);
  const most = contacts.length - 1 + (offersAdd ? 1 : 0);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(most, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onAdd?.(typed);
    else if (event.key === 'Enter') enter(Math.min(at, Math.max(most, 0)));
    else return;
    event.preventDefault();
  };
  const shown = contacts.length > 0 || offersAdd;
  return (
    <div className="ct-directory">
      <TextInput
        label="Find a doctor or organization"
        role="combobox"
        aria-expanded={shown}
        aria-controls={shown ? id : undefined}
        aria-activedescendant={shown ? optionId(id, at) : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        ref={field}
        placeholder="Name, specialty, organization, number, NPI or city"
        classNames={{ label: 'ui-field-label', input: 'ui-field-input' }}
        maxLength={200}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
          forget();
        }}
        onKeyDown={onKeyDown}
      />
      <Checkbox
        label="Also those out of use"
        checked={inactive}
        onChange={(event) => setInactive(event.currentTarget.checked)}
      />
      <KeyHints hints={onAdd ? hints : hints.slice(0, 2)} />
      <Nothing {...{ search, typed }} {...(onAdd ? { onAdd } : {})} />
      {shown && (
        <ContactList
          {...{ id, contacts, at }}
          onPick={onOpen}
          onHover={setAt}
          {...(offersAdd
            ? { last: { label: `Add “${typed}” as a new contact …`, onPick: () => onAdd(typed) } }
            : {})}
        />
      )}
      {search.more && <p className="ui-dim">There are more. Type another scrap to narrow the list.</p>}
    </div>
  );
}

function useFoundSpoken(search: ContactSearch, typed: string): void {
  const speak = useSpeak();
  const count = search.contacts.length;
  useEffect(() => {
    if (search.fresh && typed !== '') speak(count === 0 ? 'Nobody found' : `${count} found`);
  }, [search.fresh, typed, count, speak]);
}

type NothingProps = { search: ContactSearch; typed: string; onAdd?: (typed: string) => void };

/** In place of the list: still loading, failed, or nobody. */
function Nothing({ search, typed, onAdd }: NothingProps) {
  if (search.error) return <Failure message={search.error} onRetry={search.retry} />;
  if (search.loading) return <Skeleton rows={8} />;
  if (!search.fresh || search.contacts.length > 0) return null;
  if (typed !== '')
    return <p className="ui-dim">Nobody is found. Try fewer letters, a specialty, a city or a number.</p>;
  return (
    <Empty
      icon="building"
      title="No contacts yet"
      text="The doctors who send people here, and the places that get a note back. Add them one by one, or bring a table in under Settings, Bring records in."
      {...(onAdd ? { action: <Button onClick={() => onAdd('')}>Add a contact</Button> } : {})}
    />
  );
}
