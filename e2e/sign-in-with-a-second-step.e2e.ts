import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askRole } from '../src/features/practice/second-step/api.ts';
import { type Job, keepPictures, openJob, password, watchRest } from './desk.ts';

let job: Job;
let ana: string;
beforeAll(async () => {
  job = await openJob();
  ana = await job.account('Ana', 'secretary');
});
afterAll(() => job?.close());
keepPictures(() => job);

const codeOf = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({
    timestamp: job.office.clock.now().getTime(),
  });
/** The office's clock and the browser's go on together. */
async function wait(page: Page, ms: number): Promise<void> {
  job.office.clock.advance(ms);
  await page.context().clock.setFixedTime(job.office.clock.now());
}
const lastName = (page: Page) => page.locator('[data-path="familyName"]');
const codeField = (page: Page) => page.getByLabel('Code of your authenticator app');

/** What stands in the field after the password is typed and Enter pressed. */
async function typePassword(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.keyboard.press('Enter');
}

/** Set up the app where it is offered; by keys alone. @returns its key and the recovery codes */
async function setUpApp(page: Page): Promise<{ secret: string; codes: string[] }> {
  await page.locator('input[type=password]:focus').waitFor();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  const secret = (await page.locator('.own-key').textContent()) ?? '';
  await page.getByRole('img', { name: 'Picture of the key' }).waitFor();
  await page.locator('input:focus').waitFor();
  await page.keyboard.type(codeOf(secret));
  await page.keyboard.press('Enter');
  const shown = page.getByRole('region', { name: 'Recovery codes' });
  await shown.waitFor();
  const codes = await shown.locator('code').allTextContents();
  expect(codes).toHaveLength(10);
  await shown.getByRole('button', { name: 'I have kept them' }).focus();
  await page.keyboard.press('Enter');
  await shown.waitFor({ state: 'detached' });
  return { secret, codes };
}

describe('a sign-in', () => {
  it('goes by keys alone to the page that was asked for; a wrong password keeps the e-mail', async () => {
    const context = await job.context();
    const page = await context.newPage();
    await page.goto(`${job.office.url}/contacts`);
    await page.getByLabel('E-mail').waitFor();
    await page.getByLabel('E-mail').focus();
    await page.keyboard.type(ana);
    await page.keyboard.press('Tab');
    await page.keyboard.type('not this one');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('E-mail').inputValue()).toBe(ana);
    const field = page.getByRole('textbox', { name: 'Password' });
    await field.focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.locator('.ui-rail').waitFor();
    expect(new URL(page.url()).pathname).toBe('/contacts');
    await context.close();
  });
});

describe('a second step', () => {
  it('newly asked of a role is set up over the page, and asked at the next sign-in; nothing typed is lost', async () => {
    const page = await job.desk(ana, '/patients/register');
    const rest = watchRest(page);
    await lastName(page).fill('Quarry');
    await (await job.practice.as('manager')).do(askRole, {
      params: { role: 'secretary' },
      body: { graceDays: 0, was: null },
    });
    // Who is at work goes on; a night later they sign in again.
    const compared = page.waitForResponse((answer) => !!answer.request().postData()?.includes('Nell'));
    await page.locator('[data-path="givenName"]').fill('Nell');
    await compared;
    await rest();
    await wait(page, 13 * 3_600_000);
    await page.keyboard.press('Control+Enter');
    const locked = page.getByRole('dialog', { name: 'This desk is locked' });
    await locked.getByText('Signed out by the clock').waitFor();
    await locked.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.keyboard.press('Enter');
    const cover = page.getByRole('dialog', { name: 'Set up your second step' });
    await cover.getByRole('button', { name: 'Use an authenticator app' }).press('Enter');
    const { secret, codes } = await setUpApp(page);
    // What waited goes on by itself.
    await page.waitForURL(/\/patients\/[0-9a-f-]{36}$/);
    await page.getByText('Quarry').first().waitFor();

    // The next time the code is asked, over the page too; one that was used is refused, and then the next one is taken.
    await page.goto(`${job.office.url}/patients/register`);
    await lastName(page).fill('Marlow');
    await wait(page, 13 * 3_600_000);
    await page.keyboard.press('Control+k');
    await locked.getByText('Signed out by the clock').waitFor();
    await locked.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.keyboard.press('Enter');
    await codeField(page).fill('000000');
    await page.keyboard.press('Enter');
    await locked.getByRole('alert').getByText('not right').waitFor();
    await codeField(page).fill(codeOf(secret));
    await page.keyboard.press('Enter');
    await locked.waitFor({ state: 'detached' });
    expect(await lastName(page).inputValue()).toBe('Marlow');
    await page.context().close();

    // Without the phone: a recovery code, from a clean browser.
    const other = await (await job.context()).newPage();
    await other.goto(job.office.url);
    await typePassword(other, ana);
    await other.getByRole('button', { name: 'Use a recovery code' }).press('Enter');
    expect(await other.getByLabel('Recovery code').getAttribute('autocomplete')).toBe('one-time-code');
    await other.locator('input:focus').waitFor();
    await other.keyboard.type(codes[0] ?? '');
    await other.keyboard.press('Enter');
    await other.locator('.ui-rail').waitFor();
    await other.getByText('9 recovery codes are left').first().waitFor();
    await other.context().close();
  });

  it('by passkey: made on the device, signs in alone, unlocks, and is removed', async () => {
    // Passkeys belong to a name; 127.0.0.1 is none.
    const home = job.office.url.replace('127.0.0.1', 'localhost');
    const bea = await job.account('Bea', 'nurse');
    const page = await (await job.context()).newPage();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto(`${home}/your-sign-in`);
    await typePassword(page, bea);
    await page.getByRole('button', { name: 'Add a passkey' }).press('Enter');
    await page.locator('input:focus').waitFor();
    await page.keyboard.type('Front desk computer');
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'I have kept them' }).press('Enter');
    const passkeys = page.getByRole('region', { name: 'Passkeys' });
    await passkeys.getByText('Front desk computer').waitFor();

    await page.keyboard.press('Control+Shift+L');
    const locked = page.getByRole('dialog', { name: 'This desk is locked' });
    await locked.getByRole('button', { name: 'Use a passkey' }).press('Enter');
    await locked.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Sign out Bea Ruiz' }).click();
    await page.getByRole('button', { name: 'Use a passkey' }).press('Enter');
    await page.locator('.ui-rail').waitFor();

    await page.goto(`${home}/your-sign-in`);
    await passkeys.getByRole('button', { name: 'Remove Front desk computer' }).press('Enter');
    await page.locator('input[type=password]:focus').waitFor();
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await passkeys.getByText('Front desk computer').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Sign out Bea Ruiz' }).click();
    await page.getByRole('button', { name: 'Use a passkey' }).press('Enter');
    await page.getByRole('alert').waitFor();
    await page.context().close();
  });
});
