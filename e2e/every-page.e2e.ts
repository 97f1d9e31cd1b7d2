import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskPages } from '../src/app/desk-pages.tsx';
import { permissions } from '../src/app/lists.ts';
import { addContact } from '../src/features/contacts/api.ts';
import type { NewContact } from '../src/features/contacts/schema.ts';
import { arriveVisit, bookVisit, roomVisit } from '../src/features/schedule/visits/api.ts';
import { makeTask } from '../src/features/tasks/api.ts';
import { addAbsence } from '../src/features/team/api.ts';
import { draftHandoff, sendHandoff } from '../src/features/team/handoffs/api.ts';
import { addNote } from '../src/features/team/notes/api.ts';
import type { RoleKey } from '../src/platform/contributions.ts';
import { setUpSchedule, type TestSchedule } from '../test/practice.ts';
import { rounds } from '../test/rounds.ts';
import { seriousFaults } from './axe.ts';
import { type Job, keepPictures, openedAt, openJob } from './desk.ts';

const folder = path.resolve(import.meta.dirname, '../test-results/screens');
const sizes = {
  wide: { width: 1440, height: 900 },
  small: { width: 1280, height: 720 },
  phone: { width: 390, height: 844 },
};
const people = [
  ['Lena', 'Abbot', '1990-05-02'],
  ['Omar', 'Baxter', '1948-07-21'],
  ['Ruth', 'Calder', '1975-11-30'],
  ['Ines', 'Delgado', '2019-02-14'],
  ['Hugo', 'Eastman', '1983-09-09'],
  ['Nora', 'Fielding', '1961-03-14'],
  ['Theodore', 'Montgomery-Blackwood', '1955-12-01'],
] as const;

let job: Job;
let patientId: string;
let otherId: string;
let handoffId: string;
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  job = await openJob();
  const schedule = await setUpSchedule(job.practice, 0);
  job.office.clock.set('2026-03-04T12:45:00.000Z');
  const ids: string[] = [];
  for (const [given, family, bornOn] of people) ids.push(await job.person(given, family, bornOn));
  patientId = ids[0] ?? '';
  // The same person again, misheard: a likely pair.
  otherId = await job.person('Lena', 'Abott', '1990-05-02');
  await fillDay(schedule, ids);
  await fillDirectory();
  await fillTeam(ids[2] ?? '');
});
afterAll(() => job?.close());
keepPictures(() => job);

/** A morning in progress: one late, one who waits too long, one in a room, others to come. */
async function fillDay(schedule: TestSchedule, ids: readonly string[]): Promise<void> {
  const { manager } = job.practice;
  const times = ['13:30', '14:15', '14:30', '15:00', '15:30', '19:00', '20:00'];
  for (const [at, id] of ids.entries()) {
    const physicianId = at % 2 === 0 ? schedule.lee : schedule.okoye;
    const body = { patientId: id, physicianId, siteId: schedule.main, resourceIds: [] };
    const visitTypeId = at % 3 === 0 ? schedule.newPatient : schedule.followUp;
    const startsAt = `2026-03-04T${times[at]}:00.000Z`;
    const { visit } = await manager.do(bookVisit, { body: { ...body, visitTypeId, startsAt } });
    await manager.do(bookVisit, {
      body: { ...body, visitTypeId, startsAt: startsAt.replace('-04T', '-05T') },
    });
    if (at > 1) continue;
    job.office.clock.set(`2026-03-04T14:${at === 0 ? '00' : '20'}:00.000Z`);
    const here = { params: { id: visit.visitId } };
    const { visit: arrived } = await manager.do(arriveVisit, { ...here, body: { version: visit.version } });
    if (at === 0) await manager.do(roomVisit, { ...here, body: { version: arrived.version } });
  }
  job.office.clock.set(openedAt);
  const task = { text: 'Call the laboratory about the missing result', dueAt: '2026-03-04T16:00:00.000Z' };
  await manager.do(makeTask, {
    body: { ...task, patientId: ids[2] ?? null, ownerStaffId: null, ownerRole: 'secretary' },
  });
}

/** Who sends people: a group, who works there, and one out in the country. */
async function fillDirectory(): Promise<void> {
  const { manager } = job.practice;
  const add = (contact: NewContact) => manager.do(addContact, { body: { contact } });
  const numbers = { phones: [{ number: '6075550100' }], fax: '6075550109' };
  const group = {
    kind: 'organization',
    organizationName: 'Alder Heart & Vascular Group',
    ...numbers,
  } as const;
  const { contact } = await add({ ...group, address: { city: 'Alderton', state: 'NY' } });
  const ben = { familyName: 'Okafor', givenName: 'Benjamin', credentials: 'MD', specialty: 'Cardiology' };
  await add({ ...ben, organizationId: contact.contactId });
  await add({ familyName: 'Montgomery-Blackwood', kind: 'clinician', specialty: 'Physical therapy' });
}

/** Somebody away now with a cover, a note that mentions, a hand-off that waits. */
async function fillTeam(subjectId: string): Promise<void> {
  const { manager } = job.practice;
  const [ana, ben] = [await job.practice.as('secretary'), await job.practice.as('nurse')];
  const when = { startsAt: '2026-03-03T05:00:00.000Z', endsAt: '2026-03-10T04:00:00.000Z' };
  const covers = [{ staffId: ben.staffId, duties: '' }];
  await manager.do(addAbsence, { body: { staffId: ana.staffId, kind: 'vacation', ...when, covers } });
  await manager.do(addNote, {
    body: { aboutKind: 'patient', aboutId: subjectId, text: '@nurse, please call her' },
  });
  const { items } = await manager.do(draftHandoff, {});
  const { handoff } = await manager.do(sendHandoff, {
    body: { toRole: 'secretary', text: 'Good night', items: items.map(({ key }) => ({ key })) },
  });
  handoffId = handoff.handoffId;
}

async function settle(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.locator('.ui-skeleton').first().waitFor({ state: 'detached' });
  await page.waitForTimeout(100);
}

/** From page to page as a link does it, without loading the desk anew: half of the time of this file was that. */
async function turnTo(page: Page, address: string): Promise<void> {
  const shown = () => page.locator('body').innerText();
  const before = await shown();
  await page.evaluate((to) => history.pushState(null, '', to), address);
  await expect.poll(shown).not.toBe(before);
}

/** What stands out over the right edge. */
const overflow = (page: Page) =>
  page.evaluate(() => {
    const over = document.documentElement.scrollWidth - window.innerWidth;
    if (over <= 0) return [];
    return [...document.querySelectorAll('*')]
      .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
      .map((one) => `${one.tagName}.${one.className}`)
      .slice(0, 5);
  });

const isOpenTo = (role: RoleKey, permission: string) =>
  permission === 'signed-in' || permissions.some((one) => one.key === permission && one.roles.includes(role));
// `/settings` shows the first of its pages, which is looked at by its own address.
const pagesOf = (role: RoleKey) =>
  deskPages
    .filter(({ path, permission }) => path !== '/settings' && isOpenTo(role, permission))
    .map((page) => page.path)
    // Help is where it starts.
    .sort((a, b) => Number(a === '/help') - Number(b === '/help'));
const fileOf = (at: string) => at.replace(/[^a-z]+/gi, '-').replace(/^-|-$/g, '');

// `npm test` looks at every page as the manager, wide, and that nothing stands out on a phone; `npm run prove` lets
// axe look at the phone too, in the dark, at 1280×720 and as the secretary, and keeps pictures.
const roles = (['manager', 'secretary'] as const).slice(0, rounds(1, 2));
const whole = roles.length > 1;

describe.each(roles)('as %s', (role) => {
  let page: Page;
  const faults: string[] = [];
  beforeAll(async () => {
    page = await job.desk(await job.account('Ana', role), '/help');
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(String(error)));
  });
  afterAll(() => page?.context().close());

  it.each(pagesOf(role))('%s can be used by everyone, at every size', async (at) => {
    faults.length = 0;
    const shot = async (name: string) => {
      if (whole) await page.screenshot({ path: path.join(folder, `${fileOf(at)}-${role}-${name}.png`) });
    };
    await page.setViewportSize(sizes.wide);
    const address = at.replace('$patientId', patientId).replace('$otherId', otherId);
    await turnTo(page, address.replace('$handoffId', handoffId));
    await settle(page);
    const found: Record<string, string[]> = { wide: await seriousFaults(page) };
    await shot('wide');
    if (whole && role === 'manager') {
      await page.emulateMedia({ colorScheme: 'dark' });
      found.dark = await seriousFaults(page);
      await shot('dark');
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize(sizes.small);
      await shot('small');
    }
    await page.setViewportSize(sizes.phone);
    await settle(page);
    found.overflow = await overflow(page);
    if (role === 'manager' && whole) found.phone = await seriousFaults(page);
    await shot('phone');
    const nothing = Object.fromEntries(Object.keys(found).map((key) => [key, []]));
    expect(found).toEqual(nothing);
    expect(faults).toEqual([]);
  });

  it('says of the pages for other roles who can change that', async () => {
    const closed = deskPages.filter((page) => !isOpenTo(role, page.permission));
    for (const { path: at } of closed.slice(0, 1)) {
      await page.goto(job.office.url + at);
      await page.getByText('is not for your roles').waitFor();
    }
  });
});
