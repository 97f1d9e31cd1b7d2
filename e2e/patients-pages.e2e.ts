import { sql } from 'kysely';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bookVisit, readVisit } from '../src/features/schedule/visits/api.ts';
import { listRequests } from '../src/features/self-service/api.ts';
import { joinWaitlist, listOpenings, listWaitlist, readOpening } from '../src/features/waitlist/api.ts';
import { linkTo, openBookingPage } from '../test/patient-pages.ts';
import { setUpSchedule, type TestSchedule } from '../test/practice.ts';
import { seriousFaults } from './axe.ts';
import { focusOn, type Job, keepPictures, openJob } from './desk.ts';

/** A phone of 390×844 on which no script runs: each page is a form. */
let job: Job;
let plan: TestSchedule;
let phone: BrowserContext;
let page: Page;
let booking: string;
const loaded: { url: string; bytes: number }[] = [];

beforeAll(async () => {
  job = await openJob();
  await job.office.openPublic();
  plan = await setUpSchedule(job.practice);
  await job.practice.tx((tx) => sql`update patients set born_on = '1961-03-14'`.execute(tx.db));
  booking = await openBookingPage(job.office, job.practice, plan);
  phone = await job.browser.newContext({
    viewport: { width: 390, height: 844 },
    javaScriptEnabled: false,
    isMobile: true,
    hasTouch: true,
    locale: 'en-US',
  });
  phone.setDefaultTimeout(15_000);
  page = await phone.newPage();
  page.on('response', (response) => {
    void response.body().then(
      (body) => loaded.push({ url: new URL(response.url()).pathname, bytes: body.length }),
      () => undefined,
    );
  });
});
// Each job a minute of its own: an address may ask so often in one
beforeEach(() => job.office.clock.advance(60_000));
afterAll(() => job?.close());
keepPictures(() => job);

const book = async (person: number, startsAt: string) => {
  const who = { patientId: plan.patients[person]!, visitTypeId: plan.followUp };
  const where = { siteId: plan.main, physicianId: plan.lee, startsAt };
  return (await job.practice.manager.do(bookVisit, { body: { ...who, ...where } })).visit;
};
const linkOf = (visit: { visitId: string; patientId: string }) =>
  linkTo(job.practice, { subjectId: visit.visitId, patientId: visit.patientId });
const visitOf = async (id: string) => job.practice.manager.do(readVisit, { params: { id } });
const heading = (words: string) => page.getByRole('heading', { level: 1, name: words }).waitFor();
const press = (words: string) => page.getByRole('button', { name: words, exact: true }).tap();

async function prove(link: string, words = { month: 'Month', day: 'Day', year: 'Year', go: 'Go on' }) {
  await page.goto(link);
  await page.getByLabel(words.month).selectOption('3');
  await page.getByLabel(words.day).fill('14');
  await page.getByLabel(words.year).fill('1961');
  await press(words.go);
}

/** axe runs a script of its own: in a browser that lets scripts run, on the same page. */
async function expectClean() {
  const other = await job.browser.newContext({ viewport: { width: 390, height: 844 } });
  const shown = await other.newPage();
  await shown.setContent(await page.content());
  expect(await seriousFaults(shown)).toEqual([]);
  const width = await shown.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
  await other.close();
}

describe('on a phone, without a script', () => {
  it('someone confirms a visit and reads how to prepare and where to park', async () => {
    const visit = await book(0, '2026-03-12T10:00:00-04:00');
    await page.goto(await linkOf(visit));
    await expectClean();
    await prove(await linkOf(visit));
    await heading('Your visit');
    await page.getByText('Bring your list of medicines.').waitFor();
    await page.getByText('Park behind the house.').waitFor();
    await expectClean();
    await press('Yes, I will come');
    await heading('Thank you: we expect you');
    expect((await visitOf(visit.visitId)).visit.confirmedAt).not.toBeNull();
    const download = page.waitForEvent('download');
    await press('Add to my calendar');
    expect((await download).suggestedFilename()).toBe('visit.ics');
  });

  it('chooses another time, in Spanish', async () => {
    const visit = await book(1, '2026-03-12T11:00:00-04:00');
    await page.goto(await linkOf(visit));
    await press('Español');
    await heading('La fecha de nacimiento del paciente, por favor');
    await page.getByLabel('Mes').selectOption('3');
    await page.getByLabel('Día').fill('14');
    await page.getByLabel('Año').fill('1961');
    await press('Continuar');
    await heading('Su cita');
    await page.getByText('Traiga su lista de medicinas.').waitFor();
    await expectClean();
    await press('Elegir otra hora');
    await heading('Elija una hora');
    await expectClean();
    await page.locator('.choice').first().tap();
    await press('Tomar esta hora');
    await heading('Su cita tiene una nueva hora');
    const { visit: moved, steps } = await visitOf(visit.visitId);
    expect(moved.startsAt).not.toBe(visit.startsAt);
    expect(steps.at(-1)).toMatchObject({ step: 'moved', detail: { by: 'patient', askedBy: 'patient' } });
  });

  it('cancels with a reason; whoever waits takes the time by a link', async () => {
    const visit = await book(2, '2026-03-05T10:00:00-05:00');
    const { manager } = job.practice;
    await manager.do(joinWaitlist, { body: { patientId: plan.patients[3]!, visitTypeId: plan.followUp } });
    await prove(await linkOf(visit));
    await press('Cancel the visit');
    await heading('Cancel this visit?');
    await expectClean();
    await page.getByText('I am ill').tap();
    await press('Yes, cancel it');
    await heading('Your visit is cancelled');
    await job.office.runner.drain();
    const [opening] = (await manager.do(listOpenings, {})).openings;
    const { offers } = await manager.do(readOpening, { params: { id: opening!.openingId } });
    const offer = { purpose: 'offer', subjectId: offers[0]!.offerId, patientId: plan.patients[3]! } as const;
    await prove(await linkTo(job.practice, offer));
    await heading('A time has opened');
    await expectClean();
    await press('Yes, I want it');
    await heading('It is yours');
    await page.getByRole('link', { name: 'Open my visit' }).waitFor();
    expect((await manager.do(listWaitlist, { query: { state: 'filled' } })).entries).toHaveLength(1);
  });

  it('waits for an earlier time', async () => {
    const visit = await book(4, '2026-03-19T10:00:00-04:00');
    await prove(await linkOf(visit));
    await press('Tell me if an earlier time opens');
    await heading('Wait for an opening');
    await expectClean();
    await page.getByText('Tuesday').tap();
    await page.getByText('Mornings').tap();
    await press('Put me on the list');
    await heading('You are on the list');
    const { entries } = await job.practice.manager.do(listWaitlist, {});
    expect(entries.at(-1)).toMatchObject({ visitId: visit.visitId, weekdays: [2] });
  });

  it('someone new asks for a time on the booking page', async () => {
    await page.goto(booking);
    await heading('Book a visit');
    await expectClean();
    await page.getByText('No, I am new').tap();
    await page.getByText('Follow-up visit').tap();
    await press('Go on');
    await heading('Choose a time');
    await page.locator('.choice').first().tap();
    await press('Take this time');
    await heading('Who is coming?');
    await expectClean();
    await page.getByLabel('First name').fill('Nora');
    await page.getByLabel('Last name').fill('Quill');
    await page.getByLabel('Month').selectOption('6');
    await page.getByLabel('Day').fill('2');
    await page.getByLabel('Year').fill('1990');
    await page.getByLabel('Phone number').fill('(212) 555-0177');
    await press('Send');
    await heading('Thank you: we have your request');
    await expectClean();
    await job.office.runner.drain();
    const { requests } = await job.practice.manager.do(listRequests);
    expect(requests[0]).toMatchObject({ givenName: 'Nora', why: 'new', isHeld: true });
  });

  it('a link that leads nowhere says so kindly', async () => {
    await page.goto(`${job.office.store.publicUrl}/my?k=v0000`);
    await heading('This page cannot be opened');
    await expectClean();
  });

  it('every page is light: one answer with its form and its look, and nothing else', async () => {
    // The look that the page brings along is the one that its policy lets in
    expect(await page.locator('main').evaluate((main) => getComputedStyle(main).paddingLeft)).toBe('20px');
    expect(new Set(loaded.map((one) => one.url.replace(/^\/book\/.*/, '/…')))).toEqual(
      new Set(['/my', '/…']),
    );
    expect(Math.max(...loaded.map((one) => one.bytes))).toBeLessThan(20_000);
  });
});

describe('at the desk', () => {
  it('the visit’s panel gives the link, and the request is booked for someone new', async () => {
    const visit = await book(5, '2026-03-04T15:30:00-05:00');
    const desk = await job.desk(await job.account('Ana', 'secretary'), '/schedule?date=2026-03-04');
    await focusOn(desk.locator(`[data-item="${visit.visitId}"]`));
    await desk.keyboard.press('Enter');
    await desk.getByRole('button', { name: 'Link for the patient' }).click();
    const link = await desk.locator('[role=dialog] code').innerText();
    await desk.keyboard.press('Escape');
    await prove(link);
    await heading('Your visit');
    await desk.goto(`${job.office.url}/online`);
    await desk.getByText('Nora Quill').click();
    await desk.getByRole('button', { name: 'Register as new and book' }).click();
    await desk.locator('.ui-toast-message', { hasText: 'Booked.' }).waitFor();
    const { requests } = await job.practice.manager.do(listRequests);
    expect(requests[0]).toMatchObject({ outcome: 'booked' });
  });
});
