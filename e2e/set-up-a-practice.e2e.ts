import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFhir } from '../src/app/import-fhir.ts';
import { createPractice } from '../src/features/practice/commands.ts';
import { type Job, keepPictures, openJob, openLine, password } from './desk.ts';

const synthea = path.resolve(import.meta.dirname, '../../shared/data/synthea');
const email = 'manager@practice.example';

let job: Job;
let page: Page;
let practiceId: string;
beforeAll(async () => {
  job = await openJob();
  // As `frontdesk init` does.
  ({ practiceId } = await createPractice(job.office.store, {
    name: 'Birch Road Practice',
    timeZone: 'America/New_York',
    kind: 'real',
    manager: { givenName: 'Mara', familyName: 'Voss', email, password },
  }));
  page = await job.desk(email);
});
afterAll(() => job?.close());
keepPictures(() => job);

/** Fill the fields of the open dialog, and choose where there is a choice. */
async function fill(fields: Record<string, string>, choices: Record<string, string> = {}): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  for (const [label, text] of Object.entries(fields)) {
    await dialog.getByRole('textbox', { name: label, exact: true }).fill(text);
  }
  for (const [label, option] of Object.entries(choices)) {
    await dialog.getByRole('combobox', { name: label }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  }
}

async function save(): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function fillAndSave(...values: Parameters<typeof fill>): Promise<void> {
  await fill(...values);
  await save();
}

async function openSettings(label: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: label }).click();
}

describe('a new practice', () => {
  it('is set up by its manager in the program', async () => {
    await page.locator('.ui-rail').getByText('Settings').click();
    await page.getByRole('button', { name: 'Add a site' }).click();
    await fillAndSave({ Name: 'Birch Road' });
    await page.getByRole('grid', { name: 'Sites' }).getByText('Birch Road', { exact: true }).waitFor();

    await openSettings('Staff');
    await page.getByRole('button', { name: 'Add someone' }).click();
    await fill({ 'First name': 'Ingrid', 'Last name': 'Sato', NPI: '1234567890' }, { Is: 'Physician' });
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    // The last digit checks the others.
    await page.locator('[data-path=npi][aria-invalid=true]').waitFor();
    await fillAndSave({ NPI: '1234567893' });

    await openSettings('Physicians');
    await page.getByRole('button', { name: 'Add a physician' }).click();
    await fillAndSave({}, { Who: 'Dr. Sato' });
    await page.getByRole('button', { name: 'Add a room' }).click();
    await fillAndSave({ Name: 'Room 1' }, { 'Stands at': 'Birch Road' });

    await openSettings('Visit types');
    await page.getByRole('button', { name: 'Add a visit type' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Needs a room' }).click();
    await fillAndSave({ Name: 'Follow-up', Code: 'fu', Minutes: '15' });

    await openSettings('Hours');
    await page.getByRole('button', { name: 'Set the week' }).click();
    await page.getByLabel('Hours on Monday').fill('8-12, 1-5');
    await page.getByRole('dialog').getByLabel('Site on Monday').first().click();
    await page.getByRole('option', { name: 'Birch Road', exact: true }).click();
    await page.getByRole('button', { name: 'Same to Friday' }).click();
    await save();
    await page.getByRole('button', { name: 'Change the week' }).waitFor();
  });

  it('takes in real records; one is found by a misspelled scrap, booked, moved, checked in and out', async () => {
    if (!existsSync(synthea)) throw new Error('The Synthea bundles are missing: ../shared/data/synthea.');
    const { files, counts, faults } = await importFhir(job.office.store, practiceId, synthea);
    expect({ files, faults }).toEqual({ files: 57, faults: [] });
    expect(counts.Patient?.made).toBeGreaterThanOrEqual(55);

    await openLine(page);
    await page.locator('.ln-field:focus').waitFor();
    await page.keyboard.type('runolfson anto fu today');
    // Nobody of a new practice has work with him yet.
    await page.getByRole('dialog', { name: 'Why do you open this record?' }).waitFor();
    await page.keyboard.press('1');
    await page.locator('.ln-field:focus').waitFor();
    await page
      .locator('.ln-list[aria-busy=false] .ln-item')
      .filter({ hasText: 'Dr. Sato' })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.ln-field').waitFor({ state: 'detached' });

    await page.locator('.ui-rail').getByText('Schedule').click();
    const visit = page.locator('[data-item][aria-label*="Runolfsson, Antonio"]').first();
    const says = (words: string) => expect.poll(() => visit.getAttribute('aria-label')).toContain(words);
    await says('10:00 am');
    await visit.focus();
    await page.keyboard.press('Alt+ArrowDown');
    await says('10:05 am');
    for (const [key, words] of [
      ['a', 'arrived'],
      ['r', 'in room'],
      ['d', 'with physician'],
      ['o', 'left'],
    ] as const) {
      const answered = page.waitForResponse(/\/api\/visits\/[^/]+\/[a-z-]+$/);
      await page.keyboard.press(key);
      await says(words);
      expect((await answered).status()).toBe(200);
    }
    await page.locator('.sc-choices button:focus').waitFor();
    await page.keyboard.press('0');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.reload();
    await says('left');
  }, 180_000);
});
