import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestOffice, storages, type TestOffice } from '../test/office.ts';
import { rounds } from '../test/rounds.ts';
import { seriousFaults } from './axe.ts';
import { counted, launchBrowser, openedAt, tabTo } from './desk.ts';

/** A newcomer's path through an office that was just installed: to the first booked visit, by keys alone. */
const folder = path.resolve(import.meta.dirname, '../test-results/screens');
const sizes = {
  wide: { width: 1440, height: 900 },
  tablet: { width: 820, height: 1180 },
  phone: { width: 390, height: 844 },
};
const whole = rounds(1, 2) > 1;

let office: TestOffice;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  office = await openTestOffice({ web: true, at: openedAt, storage: storages.at(-1) });
  browser = await launchBrowser();
  const context = await browser.newContext({ viewport: sizes.wide, timezoneId: 'America/Chicago' });
  context.setDefaultTimeout(15_000);
  await context.clock.setFixedTime(office.clock.now());
  page = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await office?.close();
});

/** What keeps someone out, and what stands out over the edge, at each size. */
async function expectUsable(name: string): Promise<void> {
  const found: Record<string, unknown> = {};
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: path.join(folder, `first-run-${name}-${size}.png`) });
    const over = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await expect.poll(over, { message: `${name}, ${size}: over the edge` }).toBeLessThanOrEqual(0);
    if (size !== 'phone' && !whole) continue;
    found[size] = await seriousFaults(page);
  }
  await page.setViewportSize(sizes.wide);
  const fine = Object.fromEntries(Object.keys(found).map((size) => [size, []]));
  expect(found, name).toEqual(fine);
}

describe('an office that was just installed', () => {
  it('leads a newcomer to the first booked visit, by keys alone', async () => {
    const { counts, press, type } = counted(page);
    /** A field after the other: what is typed, '' for one that stays. */
    const fill = async (...texts: string[]) => {
      for (const [at, text] of texts.entries()) {
        if (at > 0) await press('Tab');
        if (text) await type(text);
      }
    };
    const step = async (name: string) => {
      await page.getByRole('heading', { name, level: 2 }).waitFor();
      await page.locator('.start-step input:focus').waitFor();
    };
    await page.goto(office.url);
    await page.getByRole('heading', { name: 'Welcome to Frontdesk' }).waitFor();
    await page.locator('input[name=name]:focus').waitFor();
    expect(await page.getByRole('combobox', { name: 'Time zone' }).inputValue()).toBe('Central (Chicago)');
    await expectUsable('welcome');
    await fill('Birch Road Pediatrics', '', '', 'Mara', 'Voss', 'mara@birch.example', 'too short');
    await press('Enter');
    // Wrong is said at its field, and nothing that was typed is lost.
    await page.locator('[data-path=password][aria-invalid=true]').waitFor();
    await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery');
    await press('Enter');

    await step('Where you work');
    await expectUsable('sites');
    await press('Enter');
    await step('Who sees patients');
    await fill('Ingrid', 'Sato', 'MD', '1234567890');
    await press('Enter');
    // The last digit checks the others.
    await page.locator('[data-path="people.0.npi"][aria-invalid=true]').waitFor();
    await page.locator('[data-path="people.0.npi"]').fill('1234567893');
    await press('Enter');
    await step('Rooms');

    // Someone calls: the manager leaves, and comes back to where they were.
    await page.goto(`${office.url}/today`);
    await page.getByRole('link', { name: 'Go on setting up' }).press('Enter');
    await step('Rooms');
    await expectUsable('rooms');
    await tabTo(page, '.start-foot button:nth-of-type(3)');
    await press('Enter');
    await step('Who sees patients');
    await page.getByText('Already there: Dr. Sato').waitFor();
    await expectUsable('physicians');
    await tabTo(page, '.start-foot button:nth-of-type(2)');
    await press('Enter');
    await step('Rooms');
    await press('Enter');
    await step('Visit types');
    expect(await page.locator('.start-type').count()).toBe(8);
    await expectUsable('types');
    await press('Enter');
    await step('Hours');
    await expectUsable('hours');
    await press('Enter');
    await step('Your colleagues');
    await expectUsable('people');
    await fill('Ana', 'Ruiz', 'ana@birch.example');
    await press('Enter');
    await page.getByRole('heading', { name: 'Their first passwords' }).waitFor();
    await expectUsable('passwords');
    await page.getByRole('button', { name: 'I have passed them on' }).focus();
    await press('Enter');

    await step('Your first visit');
    await expectUsable('visit');
    await fill('Orchard', 'Nell', '3/14/2019', '5185550123');
    await press('Enter');
    await page.getByRole('dialog').getByText('Wed', { exact: false }).first().waitFor();
    await page.locator('.sc-openings button:focus').waitFor();
    await press('Enter');
    await page.waitForURL(/\/schedule\?date=2026-03-0\d/);
    await page.locator('[data-item][aria-label*="Orchard, Nell"]').first().waitFor();
    console.log(
      `From nothing to a booked visit: ${counts.keys} keys, ${counts.clicks} clicks, ${counts.text} letters.`,
    );
    // Ten minutes: a second and a half for each key, a quarter for each letter.
    expect(counts.keys * 1.5 + counts.text * 0.25).toBeLessThan(600);
    expect(counts.clicks).toBe(0);

    // Once is enough: there is nothing left to set up, and nobody else makes a practice here.
    await page.goto(`${office.url}/today`);
    await page.locator('.ui-rail').waitFor();
    expect(await page.getByRole('link', { name: 'Go on setting up' }).count()).toBe(0);
  });
});
