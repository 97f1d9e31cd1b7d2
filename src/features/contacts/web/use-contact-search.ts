import { useRead } from '../../../platform/web/use-office.ts';
import { useRested } from '../../../ui/typing.ts';
import { findLikelySame, type LikelySame, searchContacts } from '../api.ts';
import type { Contact, ContactKind, NewContact } from '../schema.ts';
import { ContactForm, type ContactValues } from './contact-values.ts';

export type ContactSearch = {
  contacts: readonly Contact[];
  more: boolean;
  /** The contacts are those of what stands in the field now. */
  fresh: boolean;
  error: string | undefined;
  loading: boolean;
  retry: () => void;
};

type Wanted = { inactive?: boolean; kind?: ContactKind; limit?: number; enabled?: boolean };

const restMs = 60;

/** Contacts for what is typed, as it is typed; the beginning of the directory while nothing is. */
export function useContactSearch(typed: string, { enabled = true, ...wanted }: Wanted = {}): ContactSearch {
  const text = typed.trim().slice(0, 200);
  const asked = useRested(text, restMs);
  const body = { text: asked, inactive: false, limit: 50, ...wanted };
  const { data, error, isPlaceholderData, refetch } = useRead(
    searchContacts,
    { body },
    { topics: ['contacts'], enabled },
  );
  return {
    contacts: data?.contacts ?? [],
    more: data?.more ?? false,
    fresh: asked === text && !isPlaceholderData && data !== undefined,
    error: error?.message,
    loading: data === undefined && error === null,
    retry: () => void refetch(),
  };
}

/** Who of those here may be the one in the form; asked when the form rests and is whole. */
export function useLikelySame(values: ContactValues, enabled: boolean): readonly LikelySame[] {
  const read = ContactForm.safeParse(values);
  const draft = useRested(read.success ? JSON.stringify(read.data) : '', 250);
  const contact: NewContact = draft === '' ? { familyName: '-' } : JSON.parse(draft);
  const asks = enabled && draft !== '';
  const { data } = useRead(findLikelySame, { body: { contact } }, { topics: ['contacts'], enabled: asks });
  return asks ? (data?.likely ?? []) : [];
}
