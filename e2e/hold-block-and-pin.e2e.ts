import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookVisit } from '../src/features/schedule/visits/api.ts';
import { setUpSchedule, type TestSchedule } from '../test/practice.ts';
import { focusOn, type Job, keepPictures, openJob } from './desk.ts';

let job: Job;
let schedule: TestSchedule;
let ana: Page;
let ben: Page;
beforeAll(async () => {
  job = await openJob();
  schedule = await setUpSchedule(job.practice);
  const quill = await job.person('Marta', 'Quill');
  const book = (patientId: string, startsAt: string) =>
    job.practice.manager.do(bookVisit, {
      body: {
        patientId,
        visitTypeId: schedule.followUp,
        siteId: schedule.main,
        physicianId: schedule.lee,
        startsAt,
      },
    });
  await book(quill, '2026-03-04T10:30:00-05:00');
  ana = await job.desk(await job.account('Ana', 'secretary'), '/schedule');
  ben = await job.desk(await job.account('Ben', 'secretary'), '/schedule');
  for (const page of [ana, ben]) await item(page, 'Quill').waitFor();
});
afterAll(() => job?.close());
keepPictures(() => job);

const item = (page: Page, words: string) => page.locator(`[data-item][aria-label*="${words}"]`).first();

/** From a card to the free time after it, by keys alone. */
async function walkBelow(page: Page, words: string): Promise<void> {
  await focusOn(item(page, words));
  await page.keyboard.press('Control+ArrowDown');
  await page.locator('.tg-slot:focus').waitFor();
}

const toast = (page: Page, words: string) => page.getByText(words).first().waitFor();

describe('a desk on the phone, by keyboard', () => {
  it('holds a time, books the same again, blocks time: every colleague sees it', async () => {
    // Hold the time after the visit: the colleague sees whose it is, and gives nothing away there
    await walkBelow(ana, 'Quill');
    await ana.keyboard.press('Shift+Enter');
    await item(ben, 'held by Ana Ruiz for a call, 5 min more').waitFor();
    await focusOn(item(ana, 'held by you'));
    await ana.keyboard.press('Delete');
    await item(ben, 'held by Ana Ruiz').waitFor({ state: 'detached' });

    // Copy: the same again, later
    await focusOn(item(ana, 'Quill'));
    await ana.keyboard.press('Control+c');
    await walkBelow(ana, 'Quill');
    for (let i = 0; i < 3; i++) await ana.keyboard.press('ArrowDown');
    await ana.keyboard.press('Control+v');
    await item(ben, '11:30 am, Quill').waitFor();
    await ana.keyboard.press('Escape');

    // Block the time after it, with a word
    await walkBelow(ana, '11:30 am, Quill');
    await ana.keyboard.press('.');
    await ana.getByLabel('What for').fill('Rounds');
    await ana.keyboard.press('Enter');
    await item(ben, 'blocked: Rounds').waitFor();
    await focusOn(item(ana, 'blocked: Rounds'));
    await ana.keyboard.press('Delete');
    await item(ben, 'blocked: Rounds').waitFor({ state: 'detached' });
    await toast(ana, 'Open again: Rounds');
  });

  it('pins a visit, turns the day, takes it up and puts it down', async () => {
    await focusOn(item(ana, '11:30 am, Quill'));
    await ana.keyboard.press('k');
    await item(ben, 'on the pinboard of Ana Ruiz').waitFor();
    await ana.keyboard.press(']');
    await item(ana, '10:30 am, Quill').waitFor({ state: 'detached' });
    await ana.locator('.pb-card').waitFor();
    await ana.keyboard.press('Alt+k');
    await ana.locator('.pb-card:focus').waitFor();
    await ana.keyboard.press('Enter');
    await ana.getByText('Moving').first().waitFor();
    await ana
      .locator('[data-column]')
      .first()
      .click({ position: { x: 60, y: 300 } });
    await ana.locator('.pb-card').waitFor({ state: 'detached' });
    await item(ben, '11:30 am, Quill').waitFor({ state: 'detached' });
    expect(await ana.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('Quill');
  });

  it('the time of a booking form that stands open is held, and given back when it is left', async () => {
    await ana.keyboard.press('Escape');
    await ana.keyboard.press('[');
    await item(ana, '10:30 am, Quill').waitFor();
    await walkBelow(ana, '10:30 am, Quill');
    await ana.keyboard.press('Enter');
    await ana.getByText('Held for you, 5 min more').waitFor();
    await item(ben, 'held by Ana Ruiz').waitFor();
    await ana.keyboard.press('Escape');
    await item(ben, 'held by Ana Ruiz').waitFor({ state: 'detached' });
  });

  it('one column of three, saved under a digit, and seen again by it', async () => {
    await ana.keyboard.press('Escape');
    const columns = ana.locator('.tg-colhead');
    await ana.keyboard.press('v');
    await ana.getByLabel('Whose columns').fill('lee');
    await ana.keyboard.press('Enter');
    await ana.getByLabel('Name', { exact: true }).fill('Dr. Lee alone');
    await ana.keyboard.press('Enter');
    await toast(ana, 'Saved: Dr. Lee alone, under 5.');
    await ana.keyboard.press('Escape');
    await ana.keyboard.press('1');
    await columns.nth(2).waitFor();
    await ana.keyboard.press('5');
    await columns.nth(1).waitFor({ state: 'detached' });
    expect(new URL(ana.url()).search).toContain('saved=');
  });

  it('the flow: one key for the next step, another room, and a wall without names', async () => {
    const page = await job.desk(await job.account('Ana', 'nurse'), '/flow');
    const card = page.locator('.fl-card', { hasText: 'Quill' }).first();
    await focusOn(card);
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Waiting' }).getByText('Quill').waitFor();
    await page.keyboard.press('x');
    await page.getByRole('dialog').getByText('Room 1').waitFor();
    await page.keyboard.press('1');
    await page.getByRole('region', { name: 'Rooms' }).getByText('Quill').waitFor();
    await toast(page, 'is in Room 1');
    await page.keyboard.press('u');
    await page.getByRole('region', { name: 'Waiting' }).getByText('Quill').waitFor();
    await page.keyboard.press('v');
    await page.locator('.fl-wall').getByText('M. Q.').first().waitFor();
    expect(await page.locator('.fl-wall').innerText()).not.toContain('Quill');
    await page.keyboard.press('Escape');
    await page
      .getByLabel(/password/i)
      .first()
      .waitFor();
  });
});
