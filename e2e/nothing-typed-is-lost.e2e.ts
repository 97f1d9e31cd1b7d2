import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listOpenCalls } from '../src/features/calls/api.ts';
import { addContact, searchContacts } from '../src/features/contacts/api.ts';
import { addPatientContact, listPatientContacts } from '../src/features/contacts/people/api.ts';
import { changePatient, openPatient } from '../src/features/patients/api.ts';
import { listAccessKeys } from '../src/features/practice/access/api.ts';
import { bookSeries } from '../src/features/schedule/series/api.ts';
import { sessionCookie } from '../src/platform/http/guard.ts';
import { type Messaging, openMessaging } from '../test/messaging.ts';
import { setUpSchedule } from '../test/practice.ts';
import { rounds } from '../test/rounds.ts';
import { type Job, keepPictures, openJob, password, watchRest } from './desk.ts';

let job: Job;
let page: Page;
let mara: string;
let rest: () => Promise<void>;
const ids = { person: '', same: '', double: '', contact: '', series: '', written: '' };
let messaging: Messaging;
beforeAll(async () => {
  job = await openJob({ allowInner: true });
  messaging = await openMessaging(job.office, job.practice);
  ids.written = await messaging.person({}, { channel: 'text', purpose: 'results' });
  ids.person = await job.person('Nell', 'Quarry', '1961-03-14');
  ids.same = await job.person('Nel', 'Quarry', '1961-03-14');
  ids.double = await job.person('Ida', 'Larch', '1950-01-02');
  const { manager } = job.practice;
  const { contact } = await manager.do(addContact, { body: { contact: { familyName: 'Okafor' } } });
  ids.contact = contact.contactId;
  await manager.do(addPatientContact, {
    params: { id: ids.same },
    body: { contactId: ids.contact, role: 'referring', since: '2026-01-05' },
  });
  const {
    patients,
    followUp: visitTypeId,
    main: siteId,
    lee: physicianId,
  } = await setUpSchedule(job.practice);
  const pattern = { startsOn: '2026-03-10', time: '09:00', count: 3 };
  const body = { visitTypeId, siteId, physicianId, patientId: patients[0]!, pattern };
  ids.series = (await manager.do(bookSeries, { body })).seriesId;
  mara = await job.account('Mara', 'manager');
});
// One that fails leaves no other offline or signed out.
let failed = true;
beforeEach(async ({ task }) => {
  if (failed) {
    await page?.context().close();
    page = await job.desk(mara);
    rest = watchRest(page);
  }
  failed = true;
  return () => {
    failed = task.result?.state === 'fail';
  };
});
afterAll(async () => {
  await messaging?.close();
  await job?.close();
});
keepPictures(() => job);

const dialog = () => page.getByRole('dialog').filter({ visible: true });
const cover = () => page.getByRole('dialog', { name: 'This desk is locked' });
const offline = () => page.getByText('The office did not answer').filter({ visible: true });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const contactsFound = async (text: string) =>
  (await job.practice.manager.do(searchContacts, { body: { text } })).contacts.length;
const doctorsOf = async (id: string) =>
  (await job.practice.manager.do(listPatientContacts, { params: { id } })).contacts.length;

/** Something typed or chosen, and how it reads. */
type Typed = { at: () => Locator; text: string };
type Place = {
  name: string;
  path: () => string;
  open?: () => Promise<unknown>;
  /** It stands on the page, not over it. */
  onPage?: true;
  typed: Typed[];
  /** What is typed has been looked at. */
  ready?: () => Promise<unknown>;
  send: () => Promise<unknown>;
  /** The work went on. */
  done: () => Promise<unknown>;
};

const record = () => `/patients/${ids.person}`;
const field = (name: string) => () => dialog().getByRole('textbox', { name, exact: true });
const ctrlEnter = () => page.keyboard.press('Control+Enter');

const places: Place[] = [
  {
    name: 'a contact that is added',
    path: () => '/contacts',
    open: () => button('Add').first().click(),
    typed: [
      { at: field('Last name'), text: 'Aldermann' },
      { at: field('Note'), text: 'Ask for Bea' },
    ],
    send: ctrlEnter,
    done: async () => {
      await page.getByText('Added: Aldermann').first().waitFor();
      expect(await contactsFound('aldermann')).toBe(1);
    },
  },
  {
    name: 'an organization that is added',
    path: () => '/contacts',
    open: async () => {
      await button('Add').first().click();
      await dialog().getByLabel('Kind').click();
      await page.getByRole('option', { name: 'Organization' }).click();
    },
    typed: [{ at: field('Name'), text: 'Quarry Imaging' }],
    send: ctrlEnter,
    done: () => page.getByText('Added: Quarry Imaging').first().waitFor(),
  },
  {
    name: 'a contact that is changed',
    path: () => `/contacts?contact=${ids.contact}`,
    typed: [{ at: field('Specialty'), text: 'Cardiology' }],
    send: ctrlEnter,
    done: async () => {
      await page.getByText('Saved.').first().waitFor();
      expect(await contactsFound('cardiology')).toBe(1);
    },
  },
  {
    name: 'a patient’s doctor',
    path: record,
    open: async () => {
      await button('Add doctor').click();
      await dialog().getByRole('combobox', { name: 'Doctor or organization' }).fill('okafor');
      await dialog().getByRole('option', { name: 'Okafor' }).click();
    },
    typed: [{ at: field('Since'), text: '02/03/2026' }],
    send: ctrlEnter,
    done: async () => {
      await page.getByText('since 02/03/2026').waitFor();
      expect(await doctorsOf(ids.person)).toBe(1);
    },
  },
  {
    name: 'why a doctor is taken off',
    path: () => `/patients/${ids.same}`,
    open: () => button('Entered in error: Okafor').click(),
    typed: [{ at: field('Why'), text: 'Heard wrongly on the phone' }],
    send: ctrlEnter,
    done: async () => {
      await dialog().waitFor({ state: 'detached' });
      await expect.poll(() => doctorsOf(ids.same)).toBe(0);
    },
  },
  {
    name: 'who receives a record',
    path: record,
    open: () => button('Export record …').click(),
    typed: [
      { at: field('Who receives it'), text: 'Nell herself' },
      { at: field('What for'), text: 'Asked at the window' },
    ],
    send: ctrlEnter,
    done: () => page.getByText('The record is saved as a file').first().waitFor(),
  },
  {
    name: 'a note about a person',
    path: record,
    open: () => button('Edit note').click(),
    typed: [{ at: field('Note'), text: 'Side door, rings twice' }],
    send: ctrlEnter,
    done: async () => {
      await dialog().waitFor({ state: 'detached' });
      const { patient } = await job.practice.manager.do(openPatient, { params: { id: ids.person } });
      expect(patient.note).toBe('Side door, rings twice');
    },
  },
  {
    name: 'the program that gets a key',
    path: () => '/settings/programs',
    open: async () => {
      await button('Make a key').click();
      await dialog().getByLabel('Acts for').click();
      await page.getByRole('option', { name: 'Mara Ruiz' }).click();
    },
    typed: [
      { at: field('Program'), text: 'Online booking' },
      { at: field('Reads people for'), text: 'Patients book online' },
    ],
    send: () => page.keyboard.press('Enter'),
    done: async () => {
      await page.getByRole('dialog', { name: 'The program’s key' }).waitFor();
      expect((await job.practice.manager.do(listAccessKeys)).keys).toHaveLength(1);
    },
  },
];

const textBox = (name: string) => () => page.getByRole('textbox', { name, exact: true });
const said = (words: string) => page.locator('.ui-toast-message').filter({ hasText: words }).waitFor();

places.push(
  {
    name: 'a call',
    path: () => '/calls',
    open: async () => {
      await page.getByRole('heading', { name: 'Calls', level: 1 }).waitFor();
      await page.keyboard.press('F2');
      await dialog().getByRole('combobox', { name: 'Who calls' }).fill('Dana Ostrow');
      await dialog().getByRole('option', { name: 'keep as typed' }).click();
    },
    typed: [
      { at: field('What about'), text: 'Asks for the form' },
      { at: field('Promised'), text: '3pm nurse' },
    ],
    send: ctrlEnter,
    done: async () => {
      await said('Asks for the form');
      const { calls } = await job.practice.manager.do(listOpenCalls, {});
      expect(calls.map((one) => one.callerName)).toEqual(['Dana Ostrow']);
    },
  },
  {
    name: 'a change of a series',
    path: () => `/schedule/series?id=${ids.series}`,
    open: () => button('Change from here').first().click(),
    typed: [
      { at: field('Days later (−1: a day earlier)'), text: '1' },
      { at: field('Minutes'), text: '20' },
    ],
    ready: () => button('Change 3 visits').waitFor(),
    send: ctrlEnter,
    done: () => said('Changed: 3 visits of the series.'),
  },
  {
    name: 'an absence',
    path: () => '/team',
    open: async () => {
      await page.getByRole('heading', { name: 'Team', level: 1 }).waitFor();
      await button(/^Away/).first().click();
    },
    typed: [
      { at: field('Until, with this day'), text: '03/06/2026' },
      { at: field('Note'), text: 'A course upstate' },
    ],
    send: ctrlEnter,
    done: () => said('is away.'),
  },
  {
    name: 'a week template',
    path: () => '/settings/templates',
    open: () => button('Add a template').first().click(),
    typed: [
      { at: field('Name'), text: 'Short weeks' },
      { at: field('Hours on Monday'), text: '8-12, 1-5' },
    ],
    send: ctrlEnter,
    done: () => page.getByText('Short weeks').first().waitFor(),
  },
  {
    name: 'a rule of booking',
    path: () => '/settings/booking-rules',
    open: () => button('Add a rule').first().click(),
    typed: [
      { at: field('In your words'), text: 'Two new patients a day' },
      { at: field('Allow so many'), text: '2' },
    ],
    send: ctrlEnter,
    done: () => said('The rule is saved'),
  },
  {
    name: 'a hand-off',
    path: () => '/team/hand-off?to=role:nurse',
    onPage: true,
    typed: [{ at: textBox('What the next one needs to know'), text: 'The lab calls before three' }],
    send: () => button(/^Hand off/).click(),
    done: () => said('Handed off to any nurse'),
  },
  {
    name: 'a note of the office',
    path: record,
    onPage: true,
    typed: [{ at: textBox('New note'), text: 'Her sister drives her' }],
    send: () => button('Add note').click(),
    done: async () => {
      await page.locator('.team-notes li').filter({ hasText: 'Her sister drives her' }).waitFor();
      expect(await textBox('New note')().inputValue()).toBe('');
    },
  },
  {
    name: 'a message to someone',
    path: () => `/patients/${ids.written}`,
    open: () => button('Write').first().click(),
    typed: [{ at: field('Message'), text: 'Your form is ready at the desk' }],
    send: () => dialog().getByRole('button', { name: 'Send' }).click(),
    done: () => said('It goes out.'),
  },
  {
    name: 'how messages are sent',
    path: () => '/settings/messages',
    onPage: true,
    typed: [
      { at: textBox('How you call yourself'), text: 'Elm Street' },
      { at: textBox('Reminders a week, at most'), text: '4' },
    ],
    send: () => button('Save').click(),
    done: () => said('Saved.'),
  },
  {
    name: 'what patients read of a visit',
    path: () => '/settings/online',
    open: () => page.getByRole('row', { name: 'Ultrasound' }).click(),
    typed: [
      { at: field('Name for patients, English'), text: 'A picture by sound' },
      { at: field('How to prepare, English'), text: 'Drink a glass of water.' },
    ],
    send: ctrlEnter,
    done: () => page.getByRole('row', { name: 'A picture by sound' }).waitFor(),
  },
  {
    name: 'a group session',
    path: () => '/schedule/groups',
    open: () => button('Plan a session').first().click(),
    typed: [
      { at: field('Name of the group'), text: 'Walking group' },
      { at: field('Places'), text: '6' },
    ],
    send: ctrlEnter,
    done: () => said('Planned: Walking group, 6 places.'),
  },
);

function placeOf(name: string): Place {
  const place = places.find((one) => one.name === name);
  if (!place) throw new Error(`No place is called ${name}.`);
  return place;
}

async function fill(place: Place): Promise<void> {
  for (const { at, text } of place.typed) await at().fill(text);
  await place.ready?.();
}

async function expectKept(place: Place): Promise<void> {
  for (const { at, text } of place.typed) expect(await at().inputValue()).toBe(text);
}

/** Nothing below can be seen, its dialogs neither, and Escape there closes none of them. */
async function signInOver(dialogs = 1): Promise<void> {
  await cover().waitFor();
  await expect.poll(() => dialog().count()).toBe(1);
  expect(await page.locator('[data-covered] [role=dialog]').count()).toBe(dialogs);
  await page.keyboard.press('Escape');
  expect(await cover().getByLabel('E-mail').inputValue()).toBe(mara);
  await cover().getByRole('textbox', { name: 'Password' }).fill(password);
  await page.keyboard.press('Enter');
  await cover().waitFor({ state: 'detached' });
}

/** The desk was locked by a key, over whatever is open. */
async function unlock(): Promise<void> {
  await cover().waitFor();
  await expect.poll(() => dialog().count()).toBe(1);
  await cover().getByRole('textbox', { name: 'Password' }).fill(password);
  await page.keyboard.press('Enter');
  await cover().waitFor({ state: 'detached' });
}

/** It is noticed by a refresh, not by a press: someone else changed what stands below the dialog. */
async function changeBelow(): Promise<void> {
  const { manager } = job.practice;
  const { patient } = await manager.do(openPatient, { params: { id: ids.person } });
  const body = { version: patient.version, change: { email: `nell${patient.version}@test.example` } };
  await manager.do(changePatient, { params: { id: ids.person }, body });
}

const isRecord = (url: URL) => url.pathname === `/api${record()}`;

const end = () => page.context().clearCookies({ name: sessionCookie });
/** The session ends while the page is at rest. */
async function expire(): Promise<void> {
  await rest();
  await end();
}

async function openPlace(place: Place): Promise<void> {
  await page.goto(job.office.url + place.path());
  await place.open?.();
  if (!place.onPage) await dialog().waitFor();
}

// `npm test` plays every third place, `npm run prove` all of them.
const played = rounds(1, 3) === 3 ? places : places.filter((_, at) => at % 3 === 0);

describe('nothing typed is lost', () => {
  it.each(played.map((place) => [place.name, place] as const))('%s', async (_, place) => {
    await openPlace(place);
    await fill(place);
    // The network is cut: it says so, at the fields, and what to do.
    await page.context().setOffline(true);
    await place.send();
    await offline().first().waitFor();
    await page.getByText('try again').filter({ visible: true }).first().waitFor();
    await expectKept(place);
    await page.context().setOffline(false);
    // Somebody comes to the window: locked, and there again after the password.
    const dialogs = place.onPage ? 0 : 1;
    await page.keyboard.press('Control+Shift+L');
    await unlock();
    await expectKept(place);
    // The session has run out: asked for over the page, and the very save goes on.
    await expire();
    await place.send();
    await signInOver(dialogs);
    await place.done();
  });

  it('also when a refresh below fails, or finds the session gone', async () => {
    const place = placeOf('who receives a record');
    await openPlace(place);
    await fill(place);
    await page.route(isRecord, (route) => route.fulfill({ status: 500, json: { error: 'bug' } }));
    const failed = page.waitForResponse((answer) => isRecord(new URL(answer.url())));
    await changeBelow();
    expect((await failed).status()).toBe(500);
    await page.unrouteAll();
    await expectKept(place);

    await expire();
    await changeBelow();
    await signInOver();
    await expectKept(place);
    await place.send();
    await place.done();
  });

  it('also when the stream of changes finds the session gone first', async () => {
    const place = placeOf('a note about a person');
    // Refused, it looks again every few seconds who is here.
    await page.route('**/api/live', (route) => route.fulfill({ status: 401, json: {} }));
    await openPlace(place);
    await place.typed[0]?.at().fill('Rings three times');
    await end();
    await cover().waitFor();
    await page.unrouteAll();
    await signInOver();
    expect(await place.typed[0]?.at().inputValue()).toBe('Rings three times');
    // And the focus is where it was.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-path')))
      .toBe('note');
  });

  it('what was chosen for a merge, and a merge that is taken apart', async () => {
    await page.goto(`${job.office.url}/patients/${ids.person}/merge-with/${ids.same}`);
    const inputs = page.locator('[role=radiogroup][aria-label="First name"] input');
    await page.locator('.mg-row input:focus').waitFor();
    const other = (await inputs.first().isChecked()) ? inputs.nth(1) : inputs.first();
    await other.check();
    await page.context().setOffline(true);
    await ctrlEnter();
    await offline().first().waitFor();
    expect(await other.isChecked()).toBe(true);
    await page.context().setOffline(false);
    await expire();
    await ctrlEnter();
    await signInOver(0);
    await page.getByText('became part of this one').waitFor();

    await button(/^Take record/).click();
    await dialog().waitFor();
    await expire();
    await dialog().getByRole('button', { name: 'Take apart' }).click();
    await signInOver(0);
    await page.getByText('Everything that had moved went back.').waitFor();
  });

  it('what was typed to find the other record', async () => {
    await page.goto(`${job.office.url}${record()}?merge=choose`);
    const typed = dialog().getByRole('combobox', { name: 'The other record' });
    await typed.fill('larch id');
    await dialog().getByRole('option', { name: 'Larch' }).waitFor();
    await expire();
    await page.keyboard.press('a');
    await signInOver();
    expect(await typed.inputValue()).toBe('larch ida');
    await dialog().getByRole('option', { name: 'Larch' }).waitFor();
    await typed.press('Enter');
    await page.waitForURL(`**/merge-with/${ids.double}`);
  });

  it('a table and what was said of it', async () => {
    await page.goto(`${job.office.url}/settings/imports`);
    await page.getByText('Nothing yet').waitFor();
    await expire();
    const buffer = Buffer.from('Last,First\r\nAldermann,Bo\r\n');
    await page.getByLabel('CSV file').setInputFiles({ name: 'doctors.csv', mimeType: 'text/csv', buffer });
    await signInOver(0);
    const kind = page.getByRole('combobox', { name: 'Each line is' });
    await kind.click();
    await page.getByRole('option', { name: 'Doctors and organizations' }).click();
    const source = page.getByRole('textbox', { name: 'Name of the old system' });
    await source.fill('Old ledger');
    await page.context().setOffline(true);
    await button('Check the file').click();
    await offline().first().waitFor();
    await page.context().setOffline(false);
    await expire();
    await button('Check the file').click();
    await signInOver(0);
    // The check is asked for again only now: its job may not be there at once.
    const checked = async () => {
      await job.office.runner.drain();
      return page.getByText('1 can go in').count();
    };
    await expect.poll(checked, { timeout: 15_000 }).toBe(1);
    // As the office keeps it, where the page has seen the check under way; a quick one is over before that.
    expect((await source.inputValue()).toLowerCase().replace(' ', '-')).toBe('old-ledger');
    await offline().first().waitFor({ state: 'detached' });
    expect(await kind.inputValue()).toBe('Doctors and organizations');
  });
});
