import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { setUpSchedule } from '../test/practice.ts';
import { type Job, keepPictures, openJob } from './desk.ts';

let job: Job;
let page: Page;
beforeAll(async () => {
  job = await openJob();
  await setUpSchedule(job.practice);
  page = await job.desk(await job.account('Mara', 'manager'), '/settings/slot-codes');
});
afterAll(() => job?.close());
keepPictures(() => job);

async function openSettings(label: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: label }).click();
}

async function save(): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
}

it('a manager keeps an hour for new patients by a template, sees what it changes, and takes it back', async () => {
  await page.getByRole('button', { name: 'Add a slot code' }).first().click();
  await page.getByRole('textbox', { name: 'Code', exact: true }).fill('np');
  await page.getByRole('textbox', { name: 'Kept for', exact: true }).fill('New patients');
  await page.getByLabel('New patient', { exact: true }).check();
  await save();
  await page.getByRole('grid', { name: 'Slot codes' }).getByText('NP', { exact: true }).waitFor();

  await openSettings('Week templates');
  await page.getByRole('button', { name: 'Add a template' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Mornings');
  await page.getByLabel('Hours on Monday').fill('8-9 NPX, 9-12');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText('There is no slot code NPX.').waitFor();
  await page.getByLabel('Hours on Monday').fill('8-9 NP, 9-12, 1-5');
  await page.getByRole('button', { name: 'Copy Monday to Friday' }).press('Enter');
  await save();

  await page.getByRole('button', { name: 'Apply Mornings' }).click();
  await page.getByLabel('Dr. Lee').check();
  await page.getByRole('button', { name: 'Show what changes' }).click();
  const changes = page.getByRole('region', { name: 'What changes' });
  await changes.getByText('Every booked visit still fits.').waitFor();
  expect(await changes.getByRole('row', { name: /Dr. Lee/ }).textContent()).toContain('NP');
  await page.getByRole('dialog').getByRole('button', { name: 'Apply', exact: true }).click();
  const applied = page.getByRole('grid', { name: 'Who works by a template' });
  await applied.getByText('Dr. Lee').waitFor();

  await openSettings('Rules of booking');
  await page.getByRole('textbox', { name: 'Day', exact: true }).fill('3/5/2026');
  await page.getByRole('textbox', { name: 'Time', exact: true }).fill('8:30a');
  await page.keyboard.press('Enter');
  await page.getByText('keeps 8:00 am to 9:00 am for NP (New patients)').waitFor();

  await page.locator('.ui-rail').getByText('Schedule').click();
  await page.getByRole('button', { name: 'The day after' }).click();
  await page.locator('.tg-band.free', { hasText: 'NP · 1 h · New patient' }).waitFor();

  await page.locator('.ui-rail').getByText('Settings').click();
  await openSettings('Week templates');
  await page.getByRole('button', { name: /^Take back Mornings/ }).click();
  await page.locator('.ui-toast-message', { hasText: 'Taken back' }).waitFor();
  await page.getByText('Nobody yet.').waitFor();
});
