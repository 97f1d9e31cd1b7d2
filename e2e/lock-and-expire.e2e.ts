import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchPatients } from '../src/features/patients/api.ts';
import { setUpSchedule } from '../test/practice.ts';
import { type Job, keepPictures, openJob, password, watchRest } from './desk.ts';

let job: Job;
let ana: string;
let bea: string;
beforeAll(async () => {
  job = await openJob();
  await setUpSchedule(job.practice);
  ana = await job.account('Ana', 'secretary');
  bea = await job.account('Bea', 'secretary');
});
afterAll(() => job?.close());
keepPictures(() => job);

const lastName = (page: Page) => page.locator('[data-path="familyName"]');
const cover = (page: Page) => page.getByRole('dialog', { name: 'This desk is locked' });
const passwordField = (page: Page) => cover(page).getByRole('textbox', { name: 'Password' });
// Someone new each time: nobody's session outlasts the night.
const found = async (text: string) =>
  (await (await job.practice.as('secretary')).do(searchPatients, { body: { text } })).hits.length;

/** Nothing of the page below can be seen, reached by a key or heard. */
async function expectHidden(page: Page, words: string): Promise<void> {
  await cover(page).waitFor();
  await expect.poll(() => page.getByText(words).filter({ visible: true }).count()).toBe(0);
  expect(
    await page.locator('.shell-below').evaluate((below) => below.matches('[inert][aria-hidden=true]')),
  ).toBe(true);
}

async function signInOver(page: Page, email = ''): Promise<void> {
  if (email) await cover(page).getByLabel('E-mail').fill(email);
  await passwordField(page).fill(password);
  await page.keyboard.press('Enter');
  await cover(page).waitFor({ state: 'detached' });
}

describe('a shared desk', () => {
  it('is hidden by a key; what was typed is there after the password', async () => {
    const page = await job.desk(ana, '/patients/register');
    await lastName(page).fill('Quarry');
    await page.keyboard.press('Control+Shift+L');
    await expectHidden(page, 'Register a person');
    expect(await lastName(page).isVisible()).toBe(false);

    // A new look at the address shows no more.
    const other = await page.context().newPage();
    await other.goto(`${job.office.url}/patients`);
    await cover(other).waitFor();
    expect(await other.getByText('Find a person').filter({ visible: true }).count()).toBe(0);
    await other.close();

    await passwordField(page).fill('not this one');
    await page.keyboard.press('Enter');
    await cover(page).getByRole('alert').waitFor();
    await passwordField(page).fill(password);
    await page.keyboard.press('Enter');
    await cover(page).waitFor({ state: 'detached' });
    expect(await lastName(page).inputValue()).toBe('Quarry');
    await page.context().close();
  });

  it('is taken over by a colleague, who does not see what was typed', async () => {
    const page = await job.desk(ana, '/patients/register');
    await lastName(page).fill('Marlow');
    await page.keyboard.press('Control+Shift+L');
    await cover(page).getByRole('button', { name: 'Somebody else' }).click();
    await signInOver(page, bea);
    await page.getByRole('button', { name: 'Sign out Bea Ruiz' }).waitFor();
    const shown = await page
      .locator('input')
      .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
    expect(shown).not.toContain('Marlow');

    // Back at the desk, its owner finds it.
    await page.keyboard.press('Control+Shift+L');
    await cover(page).getByRole('button', { name: 'Somebody else' }).click();
    await signInOver(page, ana);
    await expect.poll(() => lastName(page).inputValue()).toBe('Marlow');
    await page.context().close();
  });

  it('asks again over the page when the session has run out, and the save goes on', async () => {
    const page = await job.desk(ana, '/patients/register');
    const rest = watchRest(page);
    await lastName(page).fill('Orchard');
    // Who is likely the same is looked up while it is typed; later, that would find the session gone first.
    const compared = page.waitForResponse((answer) => !!answer.request().postData()?.includes('Nell'));
    await page.locator('[data-path="givenName"]').fill('Nell');
    await compared;
    await rest();
    // A night later.
    job.office.clock.advance(13 * 60 * 60_000);
    await page.context().clock.setFixedTime(job.office.clock.now());
    await page.keyboard.press('Control+Enter');
    await expectHidden(page, 'Register a person');
    expect(await found('orchard nell')).toBe(0);
    // The office no longer knows the session; the page still knows whose it is.
    expect(await cover(page).getByLabel('E-mail').inputValue()).toBe(ana);
    await signInOver(page);
    await page.waitForURL(/\/patients\/[0-9a-f-]{36}$/);
    expect(await found('orchard nell')).toBe(1);
    await page.context().close();
  });

  it('that was left behind is signed out from another, by keyboard', async () => {
    const left = await job.desk(bea, '/patients/register');
    await lastName(left).fill('Farrow');
    const here = await job.desk(bea, '/help');
    const places = here.getByRole('region', { name: 'Where you are signed in' });
    await places.getByText('this desk').waitFor();
    expect(await places.getByRole('listitem').count()).toBe(2);
    await places.getByRole('button', { name: /^Sign out there/ }).focus();
    await here.keyboard.press('Enter');
    await here.getByText('Signed out: Chrome on Linux.').first().waitFor();
    await expect.poll(() => places.getByRole('listitem').count()).toBe(1);
    // Nothing of that page is shown to whoever stands before it now; what was typed waits for its owner.
    await left.reload();
    await left.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await left.getByText('Farrow').count()).toBe(0);
    await Promise.all([left.context().close(), here.context().close()]);
  });
});
