import { describe, expect, it } from 'vitest';
import { ContactDraft, type NewContact } from '../schema.ts';
import { whyAlike } from './rules.ts';

const known: NewContact = {
  familyName: 'Okafor',
  givenName: 'Ben',
  organizationName: 'Alder Heart Group',
  phones: [{ number: '6075550123' }],
  fax: '6075550199',
};
const clinic: NewContact = {
  kind: 'organization',
  organizationName: 'Alder Heart Group',
  phones: [{ number: '6075550100' }],
  address: { city: 'Alderton' },
};
const why = (draft: NewContact, other: NewContact = known) =>
  whyAlike(ContactDraft.parse(draft), ContactDraft.parse(other));

describe('contacts are likely one', () => {
  it.each<[string, NewContact, NewContact, string[]]>([
    ['by NPI', { familyName: 'X', npi: '1000100002' }, { ...known, npi: '1000100002' }, ['same NPI']],
    ['by name and phone', { ...known, fax: '', organizationName: '' }, known, ['same name', 'same number']],
    [
      'by name, and a fax that is the other’s phone',
      { familyName: 'OKAFOR', givenName: 'Ben', fax: '607-555-0123' },
      known,
      ['same name', 'same number'],
    ],
    [
      'by name and organization',
      { familyName: 'Okafor', givenName: 'Ben', organizationName: 'ALDER heart group' },
      known,
      ['same name', 'same organization'],
    ],
    ['by an organization’s name and city', { ...clinic, phones: [] }, clinic, ['same name', 'same city']],
  ])('%s', (_, draft, other, reasons) => expect(why(draft, other)).toEqual(reasons));

  it.each<[string, NewContact, NewContact]>([
    ['two NPIs', { ...known, npi: '1000100002' }, { ...known, npi: '1000100010' }],
    ['one name elsewhere', { familyName: 'Okafor', givenName: 'Ben', fax: '2125550101' }, known],
    ['colleagues who share a phone', { ...known, givenName: 'Ada' }, known],
    [
      'an organization of the name in another city',
      { ...clinic, phones: [], address: { city: 'Ithaca' } },
      clinic,
    ],
    ['an organization and its namesake person', { ...clinic, organizationName: 'Okafor Ben' }, known],
  ])('and not with %s', (_, draft, other) => expect(why(draft, other)).toEqual([]));
});
