import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPatientFollowUps } from '../src/features/follow-ups/api.ts';
import { makeRecalls } from '../src/features/follow-ups/recalls/commands.ts';
import { arriveVisit, checkOutVisit } from '../src/features/schedule/steps/commands.ts';
import { bookVisit } from '../src/features/schedule/visits/commands.ts';
import { BookVisit } from '../src/features/schedule/visits/schema.ts';
import { setUpSchedule } from '../test/practice.ts';
import { type Job, keepPictures, openJob } from './desk.ts';

let job: Job;
let page: Page;
let patientId: string;
beforeAll(async () => {
  job = await openJob();
  const { newPatient, lee, main } = await setUpSchedule(job.practice);
  patientId = await job.person('Joanna', 'Smithers');
  await job.practice.tx(async (tx) => {
    tx.now = new Date('2026-01-05T15:00:00.000Z');
    const place = { patientId, visitTypeId: newPatient, physicianId: lee, siteId: main };
    const visit = await bookVisit(tx, BookVisit.parse({ ...place, startsAt: '2026-01-06T15:00:00.000Z' }));
    tx.now = new Date('2026-01-06T15:10:00.000Z');
    const arrived = await arriveVisit(tx, visit.visitId, { version: 1 });
    await checkOutVisit(tx, visit.visitId, { version: arrived.version });
  });
  page = await job.desk(await job.account('Ana', 'manager'), '/settings/recalls');
});
afterAll(() => job?.close());
keepPictures(() => job);

describe('people are called back, by keyboard alone', () => {
  it('a rule says beforehand who is due, and is kept', async () => {
    await page.getByText('No recall yet').waitFor();
    await page.getByRole('button', { name: 'Add a rule' }).first().focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-path=name]:focus').waitFor();
    await page.keyboard.type('After a month');
    await page.keyboard.press('Tab');
    await page.locator('[data-path=visitTypeId]:focus').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('option', { name: 'Follow-up' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[data-path=months]').focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('1');
    await page.getByRole('checkbox', { name: 'New patient' }).focus();
    await page.keyboard.press('Space');
    await page.getByText('1 person is due now, 1 of them past their day.').waitFor();
    await page.locator('[data-path=months]').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /After a month/ }).waitFor();
  });

  it('a letter goes to who was picked, and the yield counts it', async () => {
    expect(await job.practice.tx((tx) => makeRecalls(tx))).toBe(1);
    await page.goto(`${job.office.url}/follow-ups?filter=recalls`);
    await page.locator('.fu-line').filter({ hasText: 'Smithers' }).waitFor();
    await page.keyboard.press('x');
    await page.getByRole('checkbox', { name: 'Letter for Joanna Smithers', checked: true }).waitFor();
    await page.keyboard.press('w');
    await page.locator('[data-path=nextWeeks]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('1 letter is noted.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('No recall is due').waitFor();
    const { followUps } = await job.practice.manager.do(listPatientFollowUps, { params: { id: patientId } });
    expect(followUps).toMatchObject([{ letters: 1, lastAttempt: { channel: 'mail', letterNo: 1 } }]);
    await page.keyboard.press('y');
    await page
      .getByRole('row', { name: /After a month/ })
      .filter({ hasText: '100.0%' })
      .waitFor();
  });

  it('letters that were lost are printed again, and are no second try', async () => {
    await page.keyboard.press('7');
    await page.getByText('No recall is due').waitFor();
    await page.keyboard.press('p');
    const dialog = page.getByRole('dialog', { name: 'Letters written lately' });
    await dialog.getByText('1 letter').waitFor();
    const asked = page.waitForResponse((answer) => answer.url().endsWith('/api/recall-letters/again'));
    await dialog.getByRole('button', { name: 'Letters' }).focus();
    await page.keyboard.press('Enter');
    expect((await asked).status()).toBe(200);
    const { followUps } = await job.practice.manager.do(listPatientFollowUps, { params: { id: patientId } });
    expect(followUps).toMatchObject([{ letters: 1, attempts: 1 }]);
  });
});
