import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../test/office.ts';
import { addPeople } from '../../../test/practice.ts';
import { newId } from '../../platform/id.ts';
import { openPatient } from '../patients/api.ts';
import { mergePatients, takeApart } from '../patients/merging/api.ts';
import * as api from './api.ts';
import * as people from './people/api.ts';
import type { Contact, NewContact } from './schema.ts';

let office: TestOffice;
let practice: TestPractice;
let ana: Desk;

const add = async (contact: NewContact, notSameAs: string[] = []): Promise<Contact> =>
  (await ana.do(api.addContact, { body: { contact, notSameAs } })).contact;
const find = async (text: string, options = {}) =>
  (await ana.do(api.searchContacts, { body: { text, ...options } })).contacts.map((one) => one.contactId);
const change = (one: Contact, fields: Record<string, unknown>, version = one.version) =>
  ana.ask(api.changeContact, { params: { id: one.contactId }, body: { version, change: fields } });

const clinic: NewContact = {
  kind: 'organization',
  organizationName: 'Alder Heart Group',
  phones: [{ number: '6075550100' }],
  fax: '6075550109',
  address: { city: 'Alderton', state: 'NY' },
};
const okafor: NewContact = {
  familyName: 'Okafor',
  givenName: 'Ben',
  credentials: 'MD',
  specialty: 'Cardiology',
  npi: '1000100002',
  phones: [{ number: '607-555-0123' }],
};

describe.each(eitherStorage)('the directory on %s', (storage) => {
  beforeAll(async () => {
    office = await openTestOffice({ storage });
  });
  afterAll(() => office.close());
  beforeEach(async () => {
    practice = await office.practice();
    ana = await practice.as('secretary');
  });

  it('finds a doctor by name, specialty, number, and by the organization they work at', async () => {
    const group = await add(clinic);
    const ben = await add({ ...okafor, organizationId: group.contactId });
    await add({ familyName: 'Lopez', givenName: 'Okalani', specialty: 'Dermatology' });
    expect(ben.organization).toEqual({
      name: 'Alder Heart Group',
      phone: '+16075550100',
      fax: '+16075550109',
    });
    expect((await find('oka'))[0]).toBe(ben.contactId);
    for (const text of ['cardio', '1000100002', '0123', 'dr okafor', 'heart ben', 'alderton okafor']) {
      expect(await find(text), text).toEqual([ben.contactId]);
    }
    expect(await find('heart')).toEqual([group.contactId, ben.contactId]);
    expect(await find('heart', { kind: 'organization' })).toEqual([group.contactId]);
    const renamed = await change(group, { organizationName: 'Harbor Heart' });
    expect(renamed.status).toBe(200);
    expect(await find('harbor')).toEqual([group.contactId, ben.contactId]);
    expect(await find('group okafor')).toEqual([]);
  });

  it('lists in order, some at a time, and says that there are more', async () => {
    for (const familyName of ['Cruz', 'Abbot', 'Baker']) await add({ familyName });
    const { contacts, more } = await ana.do(api.searchContacts, { body: { limit: 2 } });
    expect(contacts.map((one) => one.familyName)).toEqual(['Abbot', 'Baker']);
    expect(more).toBe(true);
  });

  it('shows one likely the same before it adds, and adds another one when told', async () => {
    const ben = await add({ ...okafor, npi: null });
    const body = { contact: { ...okafor, npi: null, specialty: '' } };
    const { likely } = await ana.do(api.findLikelySame, { body });
    expect(likely).toMatchObject([
      { contact: { contactId: ben.contactId }, why: ['same name', 'same number'] },
    ]);
    const refused = await ana.ask(api.addContact, { body });
    expect(refused.status).toBe(409);
    expect(refused.body.offers).toHaveLength(1);
    const other = await add(body.contact, [ben.contactId]);
    expect(other.contactId).not.toBe(ben.contactId);
  });

  it('has one record for one NPI, also when two desks add it at once', async () => {
    const answers = await Promise.all(
      ['Okafor', 'Okafort'].map((familyName) =>
        ana.ask(api.addContact, { body: { contact: { ...okafor, familyName } } }),
      ),
    );
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409]);
    const refused = answers.find((one) => one.status === 409);
    expect(refused?.body.fields?.['contact.npi']).toContain('belongs to Okafor');
    const lopez = await add({ familyName: 'Lopez' });
    const taken = await change(lopez, { npi: okafor.npi });
    expect(taken.status).toBe(409);
    expect(taken.body.fields?.['change.npi']).toContain('Check the number');
  });

  it('is changed by version, goes out of use and comes back', async () => {
    const ben = await add(okafor);
    const off = await change(ben, { active: false });
    expect(off.body.contact).toMatchObject({ active: false, version: 2 });
    expect(await find('okafor')).toEqual([]);
    expect(await find('okafor', { inactive: true })).toEqual([ben.contactId]);
    const stale = await change(ben, { specialty: 'Surgery' });
    expect(stale.status).toBe(409);
    expect(stale.body.current).toMatchObject({ active: false, version: 2 });
    expect((await change(ben, { active: false }, 2)).body.contact).toMatchObject({ version: 2 });
    expect((await change(ben, { familyName: '' }, 2)).body.fields).toEqual({
      'change.familyName': 'Type the last name.',
    });
  });

  it('keeps an organization that others work at, and one entered in error is found no more', async () => {
    const group = await add(clinic);
    const ben = await add({ ...okafor, organizationId: group.contactId });
    const wrong = (one: Contact) =>
      ana.ask(api.contactInError, {
        params: { id: one.contactId },
        body: { version: one.version, reason: 'entered twice' },
      });
    expect((await wrong(group)).status).toBe(409);
    const person = await change(group, { kind: 'physician', familyName: 'Alder' });
    expect(person.body.message).toContain('Others work at this organization');
    expect((await wrong(ben)).status).toBe(200);
    expect((await wrong(group)).status).toBe(200);
    expect(await find('')).toEqual([]);
    // its NPI is free again
    await add(okafor);
    const nowhere = { ...okafor, npi: null, familyName: 'X', organizationId: newId() };
    expect((await ana.ask(api.addContact, { body: { contact: nowhere } })).status).toBe(400);
  });

  it('is changed by secretary, biller and manager, and seen by everyone', async () => {
    const ben = await add(okafor);
    for (const role of ['nurse', 'physician', 'auditor'] as const) {
      const desk = await practice.as(role);
      expect((await desk.do(api.readContact, { params: { id: ben.contactId } })).contact.familyName).toBe(
        'Okafor',
      );
      expect((await desk.ask(api.addContact, { body: { contact: clinic } })).status).toBe(403);
    }
  });
});

describe.each(eitherStorage)('who referred a patient on %s', (storage) => {
  let patientId: string;
  let otherId: string;
  let ben: Contact;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
  });
  afterAll(() => office.close());
  beforeEach(async () => {
    practice = await office.practice();
    ana = await practice.as('secretary');
    [patientId = '', otherId = ''] = await practice.tx((tx) => addPeople(tx, 2));
    ben = await add(okafor);
  });

  type Said = { contactId: string; role: 'primary_care' | 'referring' | 'other'; since?: string };
  const say = (body: Said, id = patientId) => ana.ask(people.addPatientContact, { params: { id }, body });
  const listed = async (id = patientId) =>
    (await ana.do(people.listPatientContacts, { params: { id } })).contacts;

  it('is said, ends, goes on and is taken off', async () => {
    await say({ contactId: ben.contactId, role: 'referring', since: '2026-02-01' });
    const [one] = await listed();
    expect(one).toMatchObject({ role: 'referring', since: '2026-02-01', until: null });
    expect(one?.contact.familyName).toBe('Okafor');
    const params = { id: patientId, linkId: one?.linkId ?? '' };
    const end = (version: number, until: string | null) =>
      ana.ask(people.endPatientContact, { params, body: { version, until } });
    expect((await end(1, '2026-01-31')).status).toBe(400);
    expect((await end(1, '2026-03-04')).body.contacts[0]).toMatchObject({ until: '2026-03-04' });
    expect((await end(1, null)).status).toBe(409);
    expect((await end(2, null)).body.contacts[0]).toMatchObject({ until: null });
    const off = { version: 3, reason: 'wrong person' };
    await ana.do(people.patientContactInError, { params, body: off });
    expect(await listed()).toEqual([]);
  });

  it('a new primary care doctor ends the one before; the same one twice is refused', async () => {
    const lopez = await add({ familyName: 'Lopez' });
    await say({ contactId: ben.contactId, role: 'primary_care', since: '2025-01-01' });
    await say({ contactId: ben.contactId, role: 'referring' });
    expect((await say({ contactId: ben.contactId, role: 'referring' })).status).toBe(409);
    await say({ contactId: lopez.contactId, role: 'primary_care' });
    const all = (await listed()).map(({ contact, role, until }) => [contact.familyName, role, until]);
    expect(all).toEqual([
      ['Lopez', 'primary_care', null],
      ['Okafor', 'referring', null],
      ['Okafor', 'primary_care', '2026-03-04'],
    ]);
    const { patients } = await ana.do(api.readContact, { params: { id: ben.contactId } });
    expect(patients).toBe(1);
  });

  it('nobody, nothing and a day ahead are refused', async () => {
    expect((await say({ contactId: ben.contactId, role: 'other' }, newId())).status).toBe(404);
    expect((await say({ contactId: newId(), role: 'other' })).status).toBe(404);
    const ahead = await say({ contactId: ben.contactId, role: 'other', since: '2026-03-05' });
    expect(ahead.body.fields?.since).toContain('lies ahead');
  });

  it('two desks that name a primary care doctor at once leave one', async () => {
    const lopez = await add({ familyName: 'Lopez' });
    await Promise.all([ben, lopez].map(({ contactId }) => say({ contactId, role: 'primary_care' })));
    expect((await listed()).filter((one) => one.until === null)).toHaveLength(1);
  });

  it('goes along when two records become one, and back when they are taken apart', async () => {
    const lopez = await add({ familyName: 'Lopez' });
    await say({ contactId: ben.contactId, role: 'primary_care' });
    await say({ contactId: ben.contactId, role: 'primary_care' }, otherId);
    await say({ contactId: lopez.contactId, role: 'referring' }, otherId);
    const body = { version: 1, otherId, otherVersion: 1, choices: {} };
    const { mergeId } = await ana.do(mergePatients, { params: { id: patientId }, body });
    expect((await listed()).map((one) => one.contact.familyName)).toEqual(['Okafor', 'Lopez']);
    const { patient } = await ana.do(openPatient, { params: { id: patientId } });
    await ana.do(takeApart, { params: { id: mergeId }, body: { version: patient.version } });
    expect((await listed()).map((one) => one.contact.familyName)).toEqual(['Okafor']);
    expect((await listed(otherId)).map((one) => one.contact.familyName)).toEqual(['Okafor', 'Lopez']);
  });
});
