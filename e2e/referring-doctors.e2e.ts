import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addContact } from '../src/features/contacts/api.ts';
import { focusOn, type Job, keepPictures, openJob } from './desk.ts';

let job: Job;
let page: Page;
beforeAll(async () => {
  job = await openJob();
  page = await job.desk(await job.account('Ana', 'secretary'), '/contacts');
});
afterAll(() => job?.close());
keepPictures(() => job);
describe('referring doctors', () => {
  it('are added, found and changed, and likely the same are offered first', async () => {
    await page.getByText('No contacts yet').waitFor();
    const key = (k: string) => page.keyboard.press(k);
    await page.getByRole('combobox', { name: 'Find a doctor' }).fill('ben okafor');
    await page.getByRole('option', { name: 'Add “ben okafor”' }).waitFor();
    await key('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await page.getByLabel('Last name').inputValue()).toBe('Okafor');
    await page.getByLabel('Phone', { exact: true }).fill('607 555 0123');
    await page.getByLabel('Works at').fill('Alder Heart');
    await page.getByLabel('Last name').press('Enter');
    await page.getByText('Added: Ben Okafor').first().waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await focusOn(page.getByRole('combobox', { name: 'Find a doctor' }));
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await page.getByRole('option', { name: 'Okafor' }).waitFor();
    await key('Escape');
    const field = page.getByRole('combobox', { name: 'Find a doctor' });
    await field.fill('okafor ben');
    await field.press('Control+Enter');
    await page.getByLabel('Phone', { exact: true }).fill('6075550123');
    await page.getByLabel('Last name').fill('Okafor');
    await page.getByLabel('First name').fill('Ben');
    await page.getByText('Already here?').waitFor();
    await page.getByRole('button', { name: 'Add', exact: true }).last().click();
    await page.getByText('may be here already').waitFor();
    await page.keyboard.press('Alt+o');
    await page.getByRole('heading', { name: 'Another one' }).waitFor();
    await page.keyboard.press('Escape');
    await field.fill('0123');
    await field.press('Enter');
    await page.getByRole('dialog', { name: 'Okafor, Ben' }).waitFor();
    expect(page.url()).toContain('contact=');
    await page.getByLabel('Specialty').fill('Cardiology');
    await page.getByLabel('Specialty').press('Enter');
    await page.getByText('Saved.').first().waitFor();
    await field.fill('cardio');
    await field.press('Enter');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'Take out of use' }).click();
    await page.getByText('out of use.').first().waitFor();
    await page.getByText('Nobody is found').waitFor();
    await page.getByLabel('Also those out of use').check();
    await page.getByRole('option', { name: 'not in use' }).waitFor();
  });
  it('work at an organization of the directory', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    const { contact } = await job.practice.manager.do(addContact, {
      body: {
        contact: {
          kind: 'organization',
          organizationName: 'Alder Heart Group',
          phones: [{ number: '6075550100' }],
        },
      },
    });
    await page.getByLabel('Also those out of use').uncheck();
    const field = page.getByRole('combobox', { name: 'Find a doctor' });
    await field.fill('zoe lin');
    await field.press('Control+Enter');
    await page.getByLabel('Works at').fill('alder');
    await page.getByRole('button', { name: 'Alder Heart Group' }).click();
    await page.getByText('Works at Alder Heart Group').waitFor();
    await page.getByRole('button', { name: 'Add', exact: true }).last().click();
    await page.getByText('Added: Zoe Lin').first().waitFor();
    await field.fill('lin alder');
    await page.getByRole('option', { name: /Lin, Zoe.*0100/ }).waitFor();
    await page.goto(`${job.office.url}/contacts?contact=${contact.contactId}`);
    await page.getByText('1 contact at this organization').waitFor();
  });
});
describe('the doctors of a person', () => {
  it('are added, end and go on', async () => {
    const id = await job.person('Lena', 'Abbot');
    await job.practice.manager.do(addContact, {
      body: {
        contact: {
          familyName: 'Quill',
          givenName: 'Rae',
          specialty: 'Urology',
          phones: [{ number: '6075550177' }],
        },
      },
    });
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${job.office.url}/patients/${id}`);
    await page.getByText('Nobody yet.').waitFor();
    await page.getByRole('button', { name: 'Add doctor' }).click();
    await page.getByRole('combobox', { name: 'Doctor or organization' }).fill('quill');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Choose another' }).waitFor();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('since 03/04/2026').waitFor();
    await page.getByRole('button', { name: 'Ended: Rae Quill' }).click();
    await page.getByText('03/04/2026 to 03/04/2026').waitFor();
    await page.getByRole('button', { name: 'Goes on: Rae Quill' }).click();
    await page.getByText('since 03/04/2026').waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'Entered in error: Rae Quill' }).click();
    await page.getByRole('button', { name: 'Wrong person' }).click();
    await page.getByRole('button', { name: 'Take off' }).click();
    await page.getByText('Nobody yet.').waitFor();
  });
});
