import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAlert } from '../src/features/patients/alerts/commands.ts';
import { bookVisit } from '../src/features/schedule/visits/commands.ts';
import { pdftotext, textOfBase64 } from '../test/pdf-text.ts';
import { setUpSchedule } from '../test/practice.ts';
import { type Job, keepPictures, openJob, openLine } from './desk.ts';

let job: Job;
let page: Page;
let context: BrowserContext;
let patientId: string;
const names = ['Łódź, Zoë', 'Nguyễn, Thị Ánh', 'O’Brien-Šimůnek, José'];

beforeAll(async () => {
  job = await openJob({ viewer: true });
  const plan = await setUpSchedule(job.practice, 0);
  for (const [at, name] of names.entries()) {
    const [familyName = '', givenName = ''] = name.split(', ');
    const id = await job.person(givenName, familyName);
    patientId = id;
    await job.practice.tx(async (tx) => {
      await addAlert(tx, id, { text: `Alert ${at}`, tone: 'wait' });
      await bookVisit(tx, {
        patientId: id,
        visitTypeId: plan.followUp,
        siteId: plan.main,
        physicianId: plan.lee,
        resourceIds: [],
        reason: '',
        note: '',
        startsAt: `2026-03-04T1${at + 3}:00:00-05:00`,
      });
    });
  }
  context = await job.context();
  page = await job.desk(await job.account('Mara', 'secretary'), '/schedule', context);
});
afterAll(() => job?.close());
keepPictures(() => job);

/** Press what opens a print; answers the text of the file that the viewer was given. */
async function printed(press: () => Promise<unknown>): Promise<string> {
  const [tab, answer] = await Promise.all([
    context.waitForEvent('page'),
    page.waitForResponse((one) => one.url().includes('/api/prints/')),
    press(),
  ]);
  const { pdf } = (await answer.json()) as { pdf: string };
  await expect.poll(() => tab.url()).toMatch(/^blob:/);
  await tab.close();
  return textOfBase64(pdf).normalize('NFC');
}

describe.runIf(pdftotext)('paper for the day', () => {
  it('a day sheet opens in the viewer with two keys', async () => {
    await page.getByRole('button', { name: 'Print …' }).waitFor();
    await page.keyboard.press('p');
    await page.getByRole('dialog', { name: 'Print the day' }).getByText('Day sheets').waitFor();
    await page.locator('[role=dialog] :focus').waitFor();
    const text = await printed(() => page.keyboard.press('Enter'));
    for (const name of names) expect(text).toContain(name);
    for (const at of [0, 1, 2]) expect(text).toContain(`Alert ${at}`);
    expect(text).toContain('Dr. Lee');
  });

  it('labels begin at the first free place of the sheet; a place that is none is said at the field', async () => {
    await page.keyboard.press('p');
    const dialog = page.getByRole('dialog', { name: 'Print the day' });
    await dialog.getByText('Address labels').click();
    await dialog.getByLabel('First free place').fill('31');
    await page.keyboard.press('Enter');
    await dialog.getByText('Type a number from 1 to 30.').waitFor();
    await dialog.getByLabel('First free place').fill('30');
    const text = await printed(() => page.keyboard.press('Enter'));
    expect(text).toContain('Zoë Łódź');
    expect(text.split('\f').slice(0, -1)).toHaveLength(2);
    await dialog.waitFor({ state: 'detached' });
  });

  it('the line prints by words, and a person’s page its labels', async () => {
    await openLine(page);
    await page.locator('.ln-field:focus').waitFor();
    await page.keyboard.type('print');
    await page
      .locator('.ln-list[aria-busy=false]')
      .getByRole('option', { name: /Everyone/ })
      .waitFor();
    expect(await printed(() => page.keyboard.press('Enter'))).toContain('Nguyễn, Thị Ánh');
    await page.goto(`${job.office.url}/patients/${patientId}`);
    await page.getByRole('button', { name: 'Print …' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Print' });
    await dialog.getByText('Chart labels').click();
    expect(await printed(() => page.keyboard.press('Enter'))).toContain('O’Brien-Šimůnek, José');
  });
});

describe('a calendar outside the office', () => {
  it('gets an address that is copied once, and reads the visits there', async () => {
    const own = await job.context();
    await own.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: job.office.url });
    const desk = await job.desk(await job.account('Max', 'manager'), '/settings/feeds', own);
    await desk.getByRole('button', { name: 'Make an address for Dr. Lee' }).press('Enter');
    const dialog = desk.getByRole('dialog', { name: 'The calendar’s address' });
    await dialog.getByRole('button', { name: 'Copy' }).press('Enter');
    await desk.getByRole('region', { name: 'Notes' }).getByText('Copied.').waitFor();
    const address = await desk.evaluate(() => navigator.clipboard.readText());
    expect(address).toBe(await dialog.locator('code').innerText());
    const feed = await (await fetch(address)).text();
    expect(feed.match(/BEGIN:VEVENT/g)).toHaveLength(3);
    expect(feed).not.toContain('Nguy');
    await dialog.getByRole('button', { name: 'I have put it into the calendar' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await desk.getByRole('button', { name: 'Stop the feed of Dr. Lee' }).waitFor();
  });
});
