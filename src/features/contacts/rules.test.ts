import { describe, expect, it } from 'vitest';
import { filedName, organizationWords, readSearch, searchName, searchText, spokenName } from './rules.ts';
import { ContactDraft } from './schema.ts';

const okafor = ContactDraft.parse({
  familyName: 'Okafor',
  givenName: 'Benedict',
  middleName: 'A.',
  credentials: 'MD',
  specialty: 'Cardiology',
  npi: '1000100002',
  organizationName: 'Alder Heart Group',
  phones: [{ number: '607-555-0123' }],
  fax: '(607) 555-0199',
  address: { city: 'Port Harlan', state: 'New York', zip: '14994-0001' },
});
const meets = (typed: string, contact = okafor) => {
  const { patterns } = readSearch(typed);
  const text = searchText(contact);
  return patterns.every((pattern) => text.includes(pattern.slice(1, -1)));
};

describe('a contact', () => {
  it('is filed by last name and spoken first name first', () => {
    expect(filedName(okafor)).toBe('Okafor, Benedict A., MD');
    expect(spokenName(okafor)).toBe('Benedict Okafor, MD');
    const clinic = ContactDraft.parse({ kind: 'organization', organizationName: 'Alder Heart Group' });
    expect([filedName(clinic), spokenName(clinic), searchName(clinic)]).toEqual([
      'Alder Heart Group',
      'Alder Heart Group',
      'alderheartgroup',
    ]);
  });

  it('has the state by its code, and numbers as they are kept', () => {
    expect(okafor.address.state).toBe('NY');
    expect(okafor.fax).toBe('+16075550199');
  });

  it.each([
    ['a person without a last name', { givenName: 'Ben' }, 'Type the last name.'],
    ['an organization without a name', { kind: 'organization' }, 'Type the name of the organization.'],
    ['an NPI whose check digit does not fit', { familyName: 'Okafor', npi: '1000100005' }, 'check digit'],
  ])('%s is refused', (_, draft, message) => {
    expect(ContactDraft.safeParse(draft).error?.issues[0]?.message).toContain(message);
  });

  it('that is an organization has no person’s name; who is linked to one does not name it again', () => {
    const organizationId = '018f0000-0000-7000-8000-000000000001';
    const clinic = {
      kind: 'organization',
      organizationName: 'Alder',
      familyName: 'x',
      organizationId,
    } as const;
    expect(ContactDraft.parse(clinic)).toMatchObject({ familyName: '', organizationId: null });
    const linked = { familyName: 'Okafor', organizationName: 'Alder', organizationId };
    expect(ContactDraft.parse(linked)).toMatchObject({ organizationName: '', organizationId });
  });
});

describe('a scrap finds a contact', () => {
  it.each([
    'okafor',
    'oka ben',
    'Dr. Okafor',
    'dr okafor',
    'card',
    'heart okafor',
    'alder port',
    'harlan',
    '1000100002',
    '00100002',
    '5550123',
    '0199',
    '(607) 555-0123',
    '+1 607 555 0199',
    '607.555.0199 okafor',
    'okafor 0123',
    '14994',
  ])('%s', (typed) => expect(meets(typed)).toBe(true));

  it.each(['kafor', 'okafor derm', '5550124', 'albany', '99'])('and %s does not', (typed) => {
    expect(meets(typed)).toBe(false);
  });

  it('nothing typed asks for nothing', () => {
    expect(readSearch('  dr. ')).toEqual({ patterns: [], first: '' });
  });

  it('marks that a pattern knows are no letters of a name', () => {
    expect(readSearch("o'brien %_").patterns).toEqual(['% obrien%']);
  });

  it('the words of an organization stand between blanks; none are nothing', () => {
    expect(organizationWords('Alder Heart')).toBe(' alder heart ');
    expect(organizationWords('')).toBe('');
  });
});
